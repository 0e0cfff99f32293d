"""The clinic in a file of its own: its head, its logo, and what it says to do if it hurts."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from PIL import Image
from samples import placed, run, said, write

from pdfbuilder.handout.hurts import HurtsBlock
from pdfbuilder.layout.core.display import Drawing, Words
from pdfbuilder.pipeline import Renderer
from pdfbuilder.reading.orders import order_in_words
from pdfbuilder.reading.schemas import SCHEMAS

CLINIC = """\
name: Riverside Physiotherapy
address: 12 Mill Lane, Ely
phone: "01632 960 142"
hours: Monday to Friday, 8 to 5
web: riverside.example
logo: logo.svg
if_it_hurts:
  go_on: {if: Aches for an hour, do: that is all right.}
  less: {if: "Still sore next morning:", do: do half as many.}
  stop: {if: Sharp pain or swelling, do: "stop, and call us."}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'
PLAN = "title: My plan\nexercises: [pelvic-tilt]\n"


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    write(tmp_path, LOGO, "logo.svg")
    write(tmp_path, PLAN, "plan.yaml")
    return write(tmp_path, CLINIC, "clinic.yaml")


def shown(folder: Path, *options: str) -> str:
    done = run("show", "plan.yaml", "-s", "left", *options, folder=folder)
    return done.text + done.err


def test_hours_without_a_number_are_said_to_be_told_to_nobody(clinic: Path, tmp_path: Path) -> None:
    write(tmp_path, CLINIC.replace('phone: "01632 960 142"\n', ""), "clinic.yaml")
    done = run("build", "plan.yaml", "-s", "left", "--clinic", "clinic.yaml", folder=tmp_path)
    assert done.code == 0
    assert "clinic.yaml:3:8: warning[never-printed] hours: nobody is told the hours" in done.err
    assert "hint: add phone, or leave them out" in done.err


HEAD = """\
Riverside Physiotherapy
12 Mill Lane, Ely
riverside.example
Questions? Call us, Monday to Friday, 8 to 5: 01632 960 142
"""


def test_an_option_a_routine_and_the_environment_can_name_it(
    clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(tmp_path, "--clinic", "clinic.yaml").startswith(HEAD)
    write(tmp_path, PLAN + "clinic: clinic.yaml\n", "plan.yaml")
    assert shown(tmp_path).startswith(HEAD)
    write(tmp_path, PLAN + "clinic: {name: Another}\n", "plan.yaml")
    monkeypatch.setenv("PDFBUILDER_CLINIC", "clinic.yaml")
    assert shown(tmp_path).startswith(HEAD)


def test_what_to_do_if_it_hurts_is_said_after_the_warning_signs(clinic: Path, tmp_path: Path) -> None:
    handout = Renderer().compose(order_in_words(str(tmp_path / "plan.yaml"), "left", clinic=clinic)).copy.handout
    block = handout.find(HurtsBlock)
    assert block
    assert list(block.lines(handout)) == [
        "",
        "If it hurts",
        "-----------",
        "  - Aches for an hour: that is all right.",
        "  - Still sore next morning: do half as many.",
        "  - Sharp pain or swelling: stop, and call us.",
    ]
    names = [type(each).__name__ for each in handout.front]
    assert names.index("SafetyBlock") < names.index("HurtsBlock")


def test_the_logo_stands_left_of_the_name_and_no_larger_than_its_square(clinic: Path, tmp_path: Path) -> None:
    renderer = Renderer()
    order = order_in_words(str(tmp_path / "plan.yaml"), "left", clinic=clinic)
    head = renderer.press.lay_out(renderer.compose(order).copy).pages[0].placed[1].fragment
    (logo,) = (item for item in head.items() if isinstance(item, Drawing))
    name = next(item for item in head.items() if isinstance(item, Words))
    assert logo.x + logo.width <= name.x
    assert (logo.width, logo.height) == pytest.approx((11 * 72 / 25.4, 5.5 * 72 / 25.4))
    assert str(tmp_path / "logo.svg") in renderer.library.files


def test_it_is_checked_and_has_a_schema(clinic: Path, tmp_path: Path) -> None:
    assert run("check", "clinic.yaml", folder=tmp_path).code == 0
    jsonschema.validate(json.loads(json.dumps(yaml.safe_load(CLINIC))), SCHEMAS["clinic"]())
    assert json.loads(run("schema", "clinic", folder=tmp_path).text)["title"] == "ClinicSpec"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: Riverside Physiotherapy\n", "", "1:1 missing-key name"),
        ("phone:", "telephone:", "3:1 unknown-key telephone"),
        ("  less: {if: \"Still sore next morning:\", do: do half as many.}\n", "", "7:1 missing-key if_it_hurts.less"),
        ("do half as many.", "rest your left leg.", "9:57 literal-side"),
        ("do half as many.", '"rest your {affected leg}."', "9:53 no-side if_it_hurts.less.do"),
        ("logo.svg", "nowhere.svg", "6:7 missing-picture logo"),
        ("web: riverside.example", f"web: {'a' * 61}", "5:6 text-length web"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it_is_said_where_it_stands(
    clinic: Path, tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in CLINIC
    found = placed(tmp_path, CLINIC.replace(old, new), "clinic.yaml")
    assert found[0].split()[1] == expected.split()[1]
    assert found[0].split(":")[0] == expected.split(":", maxsplit=1)[0]


def test_a_clinic_without_a_name_is_refused_with_the_way_out(tmp_path: Path) -> None:
    assert said(tmp_path, 'phone: "1"\n', "clinic.yaml") == (
        "clinic.yaml:1:1: error[missing-key] name: the key name is missing\n"
        '    phone: "1"\n'
        "    ^^^^^\n"
        "  hint: add name: Hill Street Physiotherapy"
    )


def test_a_logo_with_a_script_or_of_30_megapixels_is_refused(clinic: Path, tmp_path: Path) -> None:
    write(tmp_path, LOGO.replace("<rect", "<script>alert(1)</script><rect"), "logo.svg")
    assert shown(tmp_path, "--clinic", "clinic.yaml").count("error[") == 1
    Image.new("1", (6000, 5000)).save(tmp_path / "logo.png")
    write(tmp_path, CLINIC.replace("logo.svg", "logo.png"), "clinic.yaml")
    refused = run("build", "plan.yaml", "-s", "left", "--clinic", "clinic.yaml", folder=tmp_path)
    assert refused.code == 2
    assert refused.err.startswith("clinic.yaml:6:7: error[")
    assert not (tmp_path / "plan-left.pdf").exists()


def test_a_clinic_that_is_nowhere_is_refused_at_the_option(tmp_path: Path) -> None:
    write(tmp_path, PLAN, "plan.yaml")
    assert shown(tmp_path, "--clinic", "none.yaml").startswith("none.yaml: error[")
    write(tmp_path, PLAN, "other.yaml")
    assert "expected a clinic, got a routine" in shown(tmp_path, "--clinic", "other.yaml")
