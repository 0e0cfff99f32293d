# Two commands do everything from a fresh clone; they need Python 3.11 or newer and nothing else.
#   make demo          sheets for both sides, in out/
#   make demo-desk     the desk, a page in the browser; Ctrl-C ends it
#   make test          lint, types, import contracts, tests
# Both install exactly what locks/ names, whatever was released since. The tests with other versions:
#   make test-newest   the newest that pyproject.toml allows
#   make test-lowest   the lowest that it allows of what it names itself, on Python 3.11
# And on the way:
#   make quick         the quick tests, each property with few examples; also quick-newest and quick-lowest
#   make lock          locks/ anew, with what is newest today

PYTHON ?= python3
LOWEST_PYTHON ?= python3.11
DEMO := .venv/demo
TEST := .venv/test
NEWEST := .venv/newest
LOWEST := .venv/lowest
UV := $(TEST)/bin/uv

# Where it is set, each of the hundreds of starts of the program in the tests would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo demo-desk test test-newest test-lowest quick quick-newest quick-lowest newest lowest lock format examples benchmarks \
  clean

demo: $(DEMO)/ready
	@mkdir -p out
	@for side in left right; do \
	  for template in handout fridge large-print diary; do \
	    $(DEMO)/bin/pdfbuilder build sciatica-starter --side $$side --template $$template --no-settings \
	      --output out/$$template-$$side.pdf || exit 1; \
	  done; \
	done
	@echo "The sheets are in $(CURDIR)/out. Put handout-left.pdf and handout-right.pdf side by side."

demo-desk: $(DEMO)/ready
	$(DEMO)/bin/pdfbuilder desk --no-settings

# $(call tests,ENVIRONMENT[,WHICH])
tests = $(1)/bin/pytest --numprocesses auto --dist worksteal $(2)
QUICK := -m "not slow" --hypothesis-profile quick --ignore tests/drawing

test: $(TEST)/ready
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/ruff check .
	$(TEST)/bin/mypy
	$(TEST)/bin/lint-imports --no-logo
	$(call tests,$(TEST))

test-newest: newest
	$(call tests,$(NEWEST))

test-lowest: lowest
	$(call tests,$(LOWEST))

quick: $(TEST)/ready
	$(call tests,$(TEST),$(QUICK))

quick-newest: newest
	$(call tests,$(NEWEST),$(QUICK))

quick-lowest: lowest
	$(call tests,$(LOWEST),$(QUICK))

format: $(TEST)/ready
	$(TEST)/bin/ruff format .
	$(TEST)/bin/ruff check --fix .

# The committed pictures of sheets; look at each before you commit it.
examples: $(TEST)/ready
	$(TEST)/bin/python examples/make.py

benchmarks: $(TEST)/ready
	$(TEST)/bin/python -m tests.benchmarks
	PYTHONPATH=tests $(TEST)/bin/python -m desk.speed

# What is installed, with its hashes, for all platforms and Pythons; the second lock has the first one in it.
COMPILE = $(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-header --group build

lock: $(TEST)/ready
	$(COMPILE) --extra desk --output-file locks/program.txt pyproject.toml
	$(COMPILE) --output-file locks/development.txt --constraint locks/program.txt --group lock --all-extras pyproject.toml

# A virtual environment is made anew when what it holds has changed.
# $(call locked,ENVIRONMENT,LOCK)
PIP := -m pip --quiet --disable-pip-version-check install --no-deps
define locked
	$(PYTHON) -m venv --clear $(1)
	$(1)/bin/python $(PIP) --require-hashes --requirement $(2)
	$(1)/bin/python $(PIP) --no-build-isolation --editable .
	@touch $(1)/ready
endef

$(DEMO)/ready: locks/program.txt pyproject.toml
	$(call locked,$(DEMO),locks/program.txt)

$(TEST)/ready: locks/development.txt pyproject.toml
	$(call locked,$(TEST),locks/development.txt)

# These always: what is newest changes from day to day. What they hold is in versions.txt inside.
# $(call resolved,PYTHON,ENVIRONMENT,RESOLUTION)
define resolved
	$(1) -m venv --clear $(2)
	$(UV) pip compile --quiet --python $(2) --resolution $(3) --no-header --group build --all-extras \
	  --output-file $(2)/versions.txt pyproject.toml
	$(UV) pip install --quiet --python $(2) --no-deps --requirement $(2)/versions.txt
	$(UV) pip install --quiet --python $(2) --no-deps --no-build-isolation --editable .
endef

newest: $(TEST)/ready
	$(call resolved,$(PYTHON),$(NEWEST),highest)

lowest: $(TEST)/ready
	$(call resolved,$(LOWEST_PYTHON),$(LOWEST),lowest-direct)

clean:
	rm -rf .venv out build dist
