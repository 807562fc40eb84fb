"""Campaign files: YAML beside a roster, read into `dossier.campaign.Campaign`; one ships with the program."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from dossier import campaign as model
from dossier.folding import fold, squeeze
from dossier.model import Kind
from hoso.examination_file import ExaminationFile
from hoso.local_time import first_moment, last_moment
from hoso.roster import load_roster
from hoso.setting_types import Address
from hoso.settings import EXAMPLE_CAMPAIGN
from hoso.strict_yaml import ConfigError, Strict, read_model
from hoso.target_settings import TargetFile, told_apart_targets


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise PydanticCustomError("zone", "is no zone: write one of the IANA names, as in Asia/Ho_Chi_Minh") from None
    return name


def _filled(text: str) -> str:
    if not (squeezed := squeeze(text)):
        raise PydanticCustomError("empty", "must not be empty")
    return squeezed


def _folded(text: str) -> str:
    return fold(_filled(text))


Text = Annotated[str, AfterValidator(_filled)]
Line = Annotated[str, AfterValidator(squeeze)]
Phrase = Annotated[str, AfterValidator(_folded)]
Phrases = Annotated[tuple[Phrase, ...], Field(min_length=1)]


class RequiredFile(Strict):
    kind: Literal["memo", "summary_table"]
    label: Text
    titles: Phrases
    descriptions: Phrases = ()
    """Those of the titles that head a description of one initiative: it counts where there is no such document."""


class ColumnFile(Strict):
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
    label: Text
    synonyms: Phrases
    mandatory: bool = False
    rank: int = 100
    limit: Annotated[int, Field(ge=1)] | None = None
    choices: tuple[Text, ...] = ()
    hint: Line = ""


class WindowFile(Strict):
    first: date
    last: date

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.last < self.first:
            raise PydanticCustomError("window", "ends before it begins")
        return self


class ContactFile(Strict):
    name: Text
    email: Address
    phone: Line = ""
    address: Line = ""


class PortalFile(Strict):
    url: Annotated[str, Field(pattern=r"^https?://[^\s\"'<>]+$")]
    closes: Text


class RecognitionFile(Strict):
    recipients: tuple[Address, ...] = ()
    phrases: tuple[Phrase, ...] = ()


class CampaignFile(Strict):
    """The keys of a campaign file; what they mean stands in `dossier.campaign.Campaign`."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    name: Text
    plan_number: Text
    plan_date: date
    organisation: Text
    parent_organisation: Line = ""
    place: Text
    code_prefix: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,12}$")]
    zone: Annotated[str, AfterValidator(_zone)]
    opens_at: Text
    deadline: Text
    roster: Text
    required: Annotated[tuple[RequiredFile, ...], Field(min_length=1)]
    columns: Annotated[tuple[ColumnFile, ...], Field(min_length=1)]
    window: WindowFile | None = None
    paper_copy: bool = True
    paper_due: model.PaperDue = model.PaperDue.ARRIVAL
    contact: ContactFile
    portal: PortalFile | None = None
    recognition: RecognitionFile = RecognitionFile()
    targets: Annotated[tuple[TargetFile, ...], AfterValidator(told_apart_targets)] = ()
    quotes: Mapping[str, Text] = {}
    examination: ExaminationFile | None = None

    @field_validator("required")
    @classmethod
    def each_once(cls, required: tuple[RequiredFile, ...]) -> tuple[RequiredFile, ...]:
        kinds = [document.kind for document in required]
        if len(set(kinds)) < len(kinds):
            raise PydanticCustomError("twice", "names a kind twice: put its titles together")
        return required

    @field_validator("columns")
    @classmethod
    def told_apart(cls, columns: tuple[ColumnFile, ...]) -> tuple[ColumnFile, ...]:
        owner: dict[str, str] = {}
        for column in columns:
            for word in (f"the key {column.key}", *(f"the synonym “{synonym}”" for synonym in set(column.synonyms))):
                if word in owner:
                    raise PydanticCustomError(
                        "twice",
                        "{word} stands in two columns ({one}, {other}): keep one",
                        {"word": word, "one": owner[word], "other": column.key},
                    )
                owner[word] = column.key
        return columns


def load_campaign(path: Path) -> model.Campaign:
    """Read a campaign with its roster. Raises ConfigError with all that is wrong, the roster's own lines too."""
    file = read_model(path, CampaignFile, {})
    zone = ZoneInfo(file.zone)
    problems: list[str] = []
    moments = {}
    for key, read, written in (("opens_at", first_moment, file.opens_at), ("deadline", last_moment, file.deadline)):
        try:
            moments[key] = read(written, zone)
        except ValueError as error:
            problems.append(f"{key}: {error}")
    if len(moments) == 2 and moments["deadline"] <= moments["opens_at"]:
        problems.append("deadline: lies before opens_at: change one of them")
    roster = None
    try:
        roster = load_roster(path.parent / file.roster)
    except ConfigError as error:
        problems += [f"roster {file.roster}: {problem}" for problem in error.problems]
    if file.examination is not None:
        problems += file.examination.problems(roster)
    if problems or roster is None:
        raise ConfigError(path, tuple(problems))
    return _campaign(file, moments["opens_at"], moments["deadline"], roster)


def _campaign(file: CampaignFile, opens_at: datetime, deadline: datetime, roster: model.Roster) -> model.Campaign:
    return model.Campaign(
        key=file.key,
        name=file.name,
        plan_number=file.plan_number,
        plan_date=file.plan_date,
        organisation=file.organisation,
        parent_organisation=file.parent_organisation,
        place=file.place,
        code_prefix=file.code_prefix,
        opens_at=opens_at,
        deadline=deadline,
        zone=file.zone,
        required=tuple(_required(document) for document in file.required),
        columns=tuple(model.Column(**dict(column)) for column in file.columns),
        window=None if file.window is None else model.Window(**dict(file.window)),
        contact=model.Contact(**dict(file.contact)),
        roster=roster,
        paper_copy=file.paper_copy,
        paper_due=file.paper_due,
        portal=None if file.portal is None else model.Portal(**dict(file.portal)),
        recognition=model.Recognition(**dict(file.recognition)),
        targets=tuple(one.target for one in file.targets),
        quotes=dict(file.quotes),
        examination=None if file.examination is None else file.examination.examination(),
    )


def _required(file: RequiredFile) -> model.RequiredDocument:
    return model.RequiredDocument(Kind(file.kind), file.label, file.titles, file.descriptions)


def example_campaign() -> model.Campaign:
    """Plan 39/CĐN, as it ships with the program."""
    with resources.as_file(resources.files("hoso") / "examples" / "plan_39_cdn" / "campaign.yaml") as path:
        return load_campaign(path)


def load_campaigns(names: Sequence[str]) -> tuple[model.Campaign, ...]:
    """The campaigns that settings name. Raises ConfigError, also where two have one key or one code prefix."""
    campaigns = tuple(example_campaign() if name == EXAMPLE_CAMPAIGN else load_campaign(Path(name)) for name in names)
    for what in ("key", "code_prefix"):
        seen: dict[str, str] = {}
        for name, campaign in zip(names, campaigns, strict=True):
            value = getattr(campaign, what)
            if value in seen:
                raise ConfigError(Path(name), (f"{what}: {value} is also that of {seen[value]}: change one of them",))
            seen[value] = name
    return campaigns
