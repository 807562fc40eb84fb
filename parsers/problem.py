"""Errors of reading, split by who can mend them (P11)."""

from dossier.model import Problem


class UnreadableError(Exception):
    """A file that was not read. `problem` tells whose fault it is; the text says what was met, in English."""

    def __init__(self, problem: Problem, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail
