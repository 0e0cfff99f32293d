# Two commands do everything from a fresh clone; they need Python 3.11 or newer and nothing else.
#   make demo   sheets for both sides, in out/
#   make test   lint, types, import contracts, tests

PYTHON ?= python3
DEMO := .venv/demo
TEST := .venv/test

.PHONY: demo test format examples benchmarks clean

demo: $(DEMO)/ready
	@mkdir -p out
	@for side in left right; do \
	  for template in handout fridge large-print diary; do \
	    $(DEMO)/bin/pdfbuilder build sciatica-starter --side $$side --template $$template \
	      --output out/$$template-$$side.pdf || exit 1; \
	  done; \
	done
	@echo "The sheets are in $(CURDIR)/out. Put handout-left.pdf and handout-right.pdf side by side."

test: $(TEST)/ready
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/ruff check .
	$(TEST)/bin/mypy
	$(TEST)/bin/lint-imports --no-logo
	$(TEST)/bin/pytest --numprocesses auto

format: $(TEST)/ready
	$(TEST)/bin/ruff format .
	$(TEST)/bin/ruff check --fix .

# The committed pictures of sheets; look at each before you commit it.
examples: $(TEST)/ready
	$(TEST)/bin/python examples/make.py

benchmarks: $(TEST)/ready
	$(TEST)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[benchmarks]'
	$(TEST)/bin/python -m tests.benchmarks

# A virtual environment is made anew when what it holds has changed.
$(DEMO)/ready: pyproject.toml
	$(PYTHON) -m venv --clear $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TEST)/ready: pyproject.toml
	$(PYTHON) -m venv --clear $(TEST)
	$(TEST)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[test,drawing]'
	@touch $@

clean:
	rm -rf .venv out build dist
