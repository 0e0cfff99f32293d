"""What somebody is called in a heading."""

from __future__ import annotations

import pytest

from pdfbuilder.domain.person import addressed

HONORIFICS = frozenset({"Mr", "Mrs", "Dr"})


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ann Smith", "Ann"),
        ("Mary-Jane O'Neill", "Mary-Jane"),
        ("Ann", "Ann"),
        ("", ""),
        # where no first name is to be had, the whole name is better than a wrong one
        ("Mrs Smith", "Mrs Smith"),
        ("Dr. Ann Smith", "Dr. Ann Smith"),
        ("A. Smith", "A. Smith"),
        ("A Smith", "A Smith"),
        ("Smith, Ann", "Smith, Ann"),
    ],
)
def test_a_first_name_is_used_only_where_it_is_one(name: str, called: str) -> None:
    assert addressed(name, HONORIFICS) == called
