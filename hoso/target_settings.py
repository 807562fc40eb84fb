"""The targets of a campaign file, read into `dossier.targets.Target`."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from dossier.folding import squeeze
from dossier.targets import SHARES, Measure, Target
from hoso.strict_yaml import Strict


class TargetFile(Strict):
    """What each key means stands in `dossier.targets.Target`."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")]
    label: Annotated[str, AfterValidator(squeeze), Field(min_length=1)]
    measure: Measure
    quote: Annotated[str, AfterValidator(squeeze), Field(min_length=1)]
    least: Annotated[int, Field(ge=1, le=1_000_000)]
    exceed: bool = False
    most: int | None = None
    by: date | None = None
    of: str = ""

    @model_validator(mode="after")
    def makes_sense(self) -> Self:
        if self.measure in SHARES and self.least > 100:
            raise PydanticCustomError("least", "least is in per cent of the unions here: 100 at most")
        if self.most is not None and self.most < self.least:
            raise PydanticCustomError("most", "most is less than least: change one of them")
        if self.of and self.measure is not Measure.RECORDED:
            raise PydanticCustomError("of", "of belongs to the measure recorded: leave it out")
        return self

    @property
    def target(self) -> Target:
        return Target(**dict(self))


def told_apart_targets(targets: Sequence[TargetFile]) -> tuple[TargetFile, ...]:
    """Each key once, and `of` the key of another that is recorded."""
    keys = [one.key for one in targets]
    for one in targets:
        if keys.count(one.key) > 1:
            raise PydanticCustomError("twice", "the target {key} stands there twice: keep one", {"key": one.key})
        wholes = {other.key for other in targets if other.measure is Measure.RECORDED and other.key != one.key}
        if one.of and one.of not in wholes:
            known = ", ".join(sorted(wholes)) or "none"
            told = {"key": one.key, "of": one.of, "known": known}
            raise PydanticCustomError("of", "{key} is of {of}, which is no other recorded target ({known})", told)
    return tuple(targets)
