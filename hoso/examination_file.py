"""The group `examination` of a campaign file: criteria, examiners, quotas, the shortlist, the outgoing proposal."""

from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from dossier import examination as model
from dossier.campaign import Roster
from dossier.folding import fold, squeeze
from hoso.strict_yaml import Strict


def _exact(value: object) -> object:
    """0.1 of a YAML file is meant as it is written, not as the nearest binary fraction."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("number", "must be a number, as in 10 or 0.5")
    return Decimal(str(value))


def _filled(text: str) -> str:
    if not (squeezed := squeeze(text)):
        raise PydanticCustomError("empty", "must not be empty")
    return squeezed


Text = Annotated[str, AfterValidator(_filled)]
Line = Annotated[str, AfterValidator(squeeze)]
Amount = Annotated[Decimal, BeforeValidator(_exact), Field(gt=0, le=1000, decimal_places=2)]
Count = Annotated[int, Field(ge=1, le=100_000)]
Quota = Annotated[int, Field(ge=0, le=100_000)]


class CriterionFile(Strict):
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
    label: Text
    points: Amount
    weight: Amount = Decimal(1)


class OutgoingFile(Strict):
    basis: Line = ""
    recipient: Line = ""
    symbol: Annotated[str, Field(pattern=r"^[^\s/]{0,40}$")] = ""
    authority: Line = ""
    position: Line = ""
    copies: tuple[Text, ...] = ()


class ExaminationFile(Strict):
    """What the keys mean stands in `dossier.examination.Examination`."""

    criteria: Annotated[tuple[CriterionFile, ...], Field(min_length=1, max_length=20)]
    step: Amount = Decimal("0.5")
    examiners: tuple[Text, ...] = ()
    quota: Quota | None = None
    quotas: Mapping[str, Quota] = {}
    shortlist: Count = 10
    outgoing: OutgoingFile = OutgoingFile()

    @field_validator("criteria")
    @classmethod
    def told_apart(cls, criteria: tuple[CriterionFile, ...]) -> tuple[CriterionFile, ...]:
        for name in ("key", "label"):
            values = [fold(getattr(one, name)) for one in criteria]
            twice = next((value for value in values if values.count(value) > 1), None)
            if twice is not None:
                raise PydanticCustomError(
                    "twice", "has two criteria with the {name} “{twice}”: keep one", {"name": name, "twice": twice}
                )
        return criteria

    @field_validator("examiners")
    @classmethod
    def each_once(cls, examiners: tuple[str, ...]) -> tuple[str, ...]:
        names = [fold(name) for name in examiners]
        for name in examiners:
            if names.count(fold(name)) > 1:
                raise PydanticCustomError("twice", "names {name} twice: tell them apart", {"name": name})
        return examiners

    def problems(self, roster: Roster | None) -> list[str]:
        """What does not fit together, each with its key."""
        found = [
            f"examination.criteria[{place}].points: {one.points} is no multiple of step ({self.step}): change one"
            for place, one in enumerate(self.criteria, start=1)
            if one.points % self.step
        ]
        for code in self.quotas if roster is not None else ():
            if roster is not None and roster.by_code(code) is None:
                near = get_close_matches(code.upper(), [one.code for one in roster.unions], 1, 0.5)
                hint = f": did you mean {near[0]}?" if near else ": see the roster for its code"
                found.append(f"examination.quotas: the roster has no union {code}{hint}")
        return found

    def examination(self) -> model.Examination:
        return model.Examination(
            criteria=tuple(model.Criterion(**dict(one)) for one in self.criteria),
            step=self.step,
            examiners=self.examiners,
            quota=self.quota,
            quotas=dict(self.quotas),
            shortlist=self.shortlist,
            outgoing=model.Outgoing(**dict(self.outgoing)),
        )
