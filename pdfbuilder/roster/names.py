"""Names for the files of a roster: by id, never by a person's name, and safe on every system."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

_SUFFIX: Final = ".pdf"
_LONGEST_SLUG: Final = 80
_HASH_DIGITS: Final = 12
#: An id that is a file's name as it stands.
_PLAIN: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?", re.ASCII)
_HASHED: Final = re.compile(rf"-[0-9a-f]{{{_HASH_DIGITS}}}$", re.IGNORECASE)
#: Devices of Windows, whatever comes after a dot.
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin|conout|clock)", re.IGNORECASE)


def file_names(ids: Sequence[str]) -> list[str]:
    """A file's name for each id.

    `p001` becomes `p001.pdf`. Whatever is not safe in a name is replaced, and then the name ends in a short hash of the
    exact id. Ids that differ only in case have it, too, since some file systems do not tell them apart. So two ids
    share a name only where somebody has looked for such a pair, and the order of the ids does not matter.

    Args:
        ids: different or not; equal ids have equal names.
    """
    folds = Counter(each.casefold() for each in set(ids))
    return [each + _SUFFIX if _is_plain(each) and folds[each.casefold()] == 1 else _hashed(each) for each in ids]


def _is_plain(id_: str) -> bool:
    # One that looks like a name with a hash could be somebody else's.
    return bool(
        _PLAIN.fullmatch(id_)
        and len(id_) <= _LONGEST_SLUG
        and not _HASHED.search(id_)
        and not _RESERVED.fullmatch(id_.partition(".")[0])
    )


def _hashed(id_: str) -> str:
    letters = "".join(char for char in unicodedata.normalize("NFKD", id_) if not unicodedata.combining(char))
    # Without dots: what stands before the first one may not be a device.
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", letters, flags=re.ASCII).strip("-")[:_LONGEST_SLUG] or "id"
    digest = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]
    return f"{slug}-{digest}{_SUFFIX}"
