"""One file for each id, on every system."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pdfbuilder.roster.names import file_names

DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"} | {
    f"{device}{number}" for device in ("COM", "LPT") for number in "0123456789¹²³"
}
ANY_ID = st.text(min_size=1, max_size=64) | st.sampled_from(
    ["a", "A", "ä", "a\u0308", "Ä", "con", "CON.x", "COM¹", "nul.pdf", "..", ".", "-", "../../x", "x", "p1 ", "p1",
     "p1.", "ß", "ss", "SS", "ﬁ", "fi", "İ", "i", "ı", "K", "K", "k", "a-0123456789ab", "ﷺ" * 64, "x" * 64,  " ",
     "\ud800", "1.2"]
)  # fmt: skip
IDS = st.lists(ANY_ID, unique=True, max_size=12)


def as_a_careless_file_system_sees_it(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in unicodedata.normalize("NFKD", apart.casefold()) if not unicodedata.combining(char))


@pytest.mark.parametrize("id_", ["p001", "007", "P001", "a_b", "2026-17", "1.2", "x" * 64])
def test_a_plain_id_is_a_name(id_: str) -> None:
    assert file_names([id_]) == [f"{id_}.pdf"]


@pytest.mark.parametrize(
    ("id_", "slug"),
    [("CON", "CON"), ("com1.x", "com1-x"), ("../../x", "x"), ("..", "id"), ("Müller 3", "Muller-3"), ("山", "id"),
     ("a:b*c?", "a-b-c"), (".hidden", "hidden"), ("-rf", "rf"), ("p1.", "p1")],
)  # fmt: skip
def test_any_other_has_a_readable_name_with_a_hash(id_: str, slug: str) -> None:
    (name,) = file_names([id_])
    assert re.fullmatch(re.escape(slug) + r"-[0-9a-f]{12}\.pdf", name)


def test_two_that_differ_only_in_case_are_told_apart() -> None:
    first, second, third = file_names(["p001", "P001", "p002"])
    assert re.fullmatch(r"p001-[0-9a-f]{12}\.pdf", first)
    assert re.fullmatch(r"P001-[0-9a-f]{12}\.pdf", second)
    assert third == "p002.pdf"


@given(IDS)
@example(["a", file_names(["ä"])[0].removesuffix(".pdf"), "ä"])
@example(["A", "a", "a\u0308", "ä", "Ä", "A\u0308"])
def test_no_two_ids_share_a_name(ids: list[str]) -> None:
    names = file_names(ids)
    assert len({as_a_careless_file_system_sees_it(name) for name in names}) == len(ids)


@given(IDS, st.randoms(use_true_random=False))
def test_the_order_of_the_ids_does_not_matter(ids: list[str], random: object) -> None:
    shuffled = sorted(ids, key=lambda each: each[::-1])
    assert dict(zip(ids, file_names(ids), strict=True)) == dict(zip(shuffled, file_names(shuffled), strict=True))
    assert file_names(ids + ids) == file_names(ids) * 2


@given(IDS)
def test_names_of_names_are_as_good(ids: list[str]) -> None:
    """A file's name is an id like any other, and stays one of its own."""
    names = file_names(ids)
    assert len(set(file_names(names))) == len(ids)


@given(IDS)
def test_every_name_is_one_on_windows(ids: list[str]) -> None:
    for name in file_names(ids):
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.pdf", name)
        assert name.partition(".")[0].upper() not in DEVICES
        assert len(name.encode()) <= 120
        assert "/" not in name
        assert not name.removesuffix(".pdf").endswith((".", " "))
