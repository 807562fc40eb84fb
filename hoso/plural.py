"""How a number of things is said in English: "1 dossier", "2 dossiers"."""


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 dossier", "12 dossiers"; `many` where it is not `one` with an s."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
