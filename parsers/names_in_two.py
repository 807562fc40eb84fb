"""A name told in two columns, as payrolls have it: "Họ và tên lót" and "Tên"."""

import re

from dossier.folding import fold

_FAMILY = re.compile(r"ho(?: (?:va )?(?:ten )?(?:chu )?(?:lot|dem))?(?:,? (?:ten|chu) (?:lot|dem))?")
_GIVEN = re.compile(r"ten")


def are_parts(first: str, second: str) -> bool:
    """Whether two headers beside each other ask for family and middle names, and for the given name."""
    return bool(_FAMILY.fullmatch(fold(first).strip(" .:")) and _GIVEN.fullmatch(fold(second).strip(" .:")))
