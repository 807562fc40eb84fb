"""A campaign (đợt xét chọn) as data: another campaign of another sector is another YAML file.

Read by `hoso.campaigns` into these frozen types; nothing here is a constant of one programme.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dossier.examination import Examination
from dossier.model import Kind
from dossier.targets import Target

# Keys of the columns that rules and letters speak of; a campaign may name further ones of its own.
NO, AUTHOR, POSITION, TITLE, FIELD, BLOCK = "no", "author", "position", "title", "field", "block"
SUMMARY, BENEFIT, APPLIED = "summary", "benefit", "applied"


@dataclass(frozen=True, slots=True)
class Union:
    """A grassroots union (công đoàn cơ sở) of the roster."""

    code: str
    name: str
    block: str = ""
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Its own known addresses, as in the roster, lower case."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is asked to send (danh sách công đoàn cơ sở)."""

    unions: tuple[Union, ...]

    def by_code(self, code: str) -> Union | None:
        return next((union for union in self.unions if union.code == code), None)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the summary table; column names are configuration, never constants (FORMS.md)."""

    key: str
    label: str
    """As letters and the blank form write it: "Tóm tắt nội dung sáng kiến"."""
    synonyms: tuple[str, ...]
    """Folded words that a header is told by: "ten sang kien". The closest (longest) match wins."""
    mandatory: bool = False
    rank: int = 100
    """Between equally close matches the lower rank wins (FORMS.md: author before title, and so on)."""
    limit: int | None = None
    """The portal's limit in characters; longer is a warning, never a refusal."""
    choices: tuple[str, ...] = ()
    """What the blank form offers to choose from, verbatim of the plan."""
    hint: str = ""
    """What the blank form says under the label."""


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A document (văn bản) that a dossier must hold."""

    kind: Kind
    label: str
    """As letters write it: "Tờ trình"."""
    titles: tuple[str, ...]
    """Folded type names, each of which stands on a line of its own near the top: "to trinh"."""
    descriptions: tuple[str, ...] = ()
    """Those of the titles that head a description of one initiative: it counts where there is no such document."""


@dataclass(frozen=True, slots=True)
class Window:
    """When an initiative must have been put into practice, both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a union may call or write to."""

    name: str
    email: str
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Portal:
    """Where the unions themselves enter their initiatives."""

    url: str
    closes: str
    """As the plan writes it: "24h ngày 20/4/2021"."""


class PaperDue(StrEnum):
    """By what the paper copy is in time."""

    ARRIVAL = "arrival"
    """When it arrived: "gửi về … chậm nhất đến ngày" (plan 39/CĐN)."""
    POSTMARK = "postmark"
    """By the day of the post office's stamp; where there is none, when it arrived."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """How a message is known to be for this campaign."""

    recipients: tuple[str, ...] = ()
    """Addresses in To, Cc, Delivered-To that mean this campaign alone, lower case."""
    phrases: tuple[str, ...] = ()
    """Folded words in the subject, the own words or the memo's text that mean this campaign."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One call for dossiers with its deadline, roster, required documents, columns and texts."""

    key: str
    name: str
    """The programme, as letters write it."""
    plan_number: str
    """"39/CĐN"."""
    plan_date: date
    organisation: str
    """The sector union that asks and answers."""
    parent_organisation: str
    """The line over it in letters and outgoing documents; may be empty."""
    place: str
    code_prefix: str
    """First part of every dossier code: "SK39"."""
    opens_at: datetime
    deadline: datetime
    """The last second that is in time; the second itself is included."""
    zone: str
    """IANA name; every time in a letter is of this zone."""
    required: tuple[RequiredDocument, ...]
    columns: tuple[Column, ...]
    """In the order of the blank form."""
    window: Window | None
    contact: Contact
    roster: Roster
    paper_copy: bool = True
    """The dossier goes by post or by hand as well; letters remind the union of it."""
    paper_due: PaperDue = PaperDue.ARRIVAL
    """By what the paper copy is in time; it is due by the same deadline."""
    portal: Portal | None = None
    recognition: Recognition = field(default_factory=Recognition)
    targets: tuple[Target, ...] = ()
    """What the plan sets out to reach, in its order."""
    quotes: Mapping[str, str] = field(default_factory=dict)
    """The plan's own sentences, verbatim: documents, deadline, valid, window."""
    examination: Examination | None = None
    """How initiatives are examined and selected; None where the campaign does not say."""

    def __post_init__(self) -> None:
        for name, moment in (("opens_at", self.opens_at), ("deadline", self.deadline)):
            if moment.tzinfo is None:
                raise ValueError(
                    f"{name} of campaign {self.key} has no time zone: give it one, as in 2021-04-20T23:59:59+07:00"
                )
        if self.deadline <= self.opens_at:
            raise ValueError(f"campaign {self.key} ends ({self.deadline}) before it opens ({self.opens_at})")
        ZoneInfo(self.zone)

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)

    @property
    def mandatory(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.mandatory)

    def requires(self, kind: Kind) -> bool:
        return any(document.kind == kind for document in self.required)
