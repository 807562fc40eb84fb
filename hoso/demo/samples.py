"""What the unions of the demo send, one after another around the deadline: a message for every verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from importlib import resources

from dossier.campaign import APPLIED, SUMMARY, Campaign, Union
from dossier.model import Verdict
from hoso.campaigns import example_campaign
from hoso.demo import initiatives as made_up
from hoso.demo.documents import archive, memo, sheet, table

BEFORE_DEADLINE = timedelta(seconds=25)
"""From the start of the demo to its deadline."""
UNREACHABLE = "congdoan.bvydct@webmail.example"
"""The address of the roster whose mailbox does not exist: the letter to it comes back."""

_STRANGER = "hoa.cn1988@webmail.example"
_DOSSIER = "CĐCS {name} xin gửi hồ sơ xét chọn sáng kiến."
_SUBJECT = "Hồ sơ sáng kiến của {code}"
"""Short: in a longer one the library loses a space where it folds the line."""

_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
_TYPES = {
    "docx": _WORD,
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": ("application", "pdf"),
    "zip": ("application", "zip"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One message, and what becomes of its union's dossier (or of the message itself, where it makes none)."""

    union: str | None
    """Roster code of the sender; None for a stranger."""
    sender: str
    shows: str
    """What there is to see, for the screen."""
    verdict: Verdict
    due: datetime
    content: bytes


def demo_campaign(start: datetime) -> Campaign:
    """Plan 39/CĐN once more, as if it ended a few seconds after `start`; its window stays that of the plan."""
    second = start.replace(microsecond=0)
    example = example_campaign()
    deadline = second + BEFORE_DEADLINE
    # the plan's own sentences and its portal name a day of 2021, which would contradict this deadline
    return replace(example, opens_at=second - timedelta(days=1), deadline=deadline, quotes={}, portal=None)


def samples(campaign: Campaign, deadline: datetime) -> tuple[Sample, ...]:
    """In the order of their coming: the first 24 seconds before `deadline`, the last 4 seconds after it."""
    unions = _Unions(campaign, deadline)
    groups = (_complete(unions), _lacking(unions), _doubtful(unions), _no_dossier(unions), _at_the_deadline(unions))
    return tuple(sorted((sample for group in groups for sample in group), key=lambda sample: sample.due))


def _complete(unions: "_Unions") -> tuple[Sample, ...]:
    with_warnings = (made_up.PRINTER, made_up.OLD, made_up.LONG)
    zipped = archive(unions.dossier("TTTB", (made_up.WASTE,)))
    return (
        unions.sends(
            "BVDN", -24, "memo and table as Word files", unions.dossier("BVDN", (made_up.TROLLEY, made_up.OXYGEN))
        ),
        unions.sends(
            "BVTN",
            -20.5,
            "memo and table as PDF",
            {name: _shipped(name) for name in ("to-trinh.pdf", "bang-tong-hop.pdf")},
        ),
        unions.sends(
            "TTBH",
            -19,
            "an Excel table; one initiative outside the window, one text too long: accepted, with remarks",
            {
                "To trinh TTBH.docx": unions.memo("TTBH", 3),
                "Bang tong hop.xlsx": sheet(unions.campaign, unions["TTBH"], with_warnings),
            },
        ),
        unions.sends("TTTB", -17.5, "both in a ZIP archive", {"Ho so TTTB.zip": zipped}),
        unions.sends(
            "BVYDCT",
            -8.5,
            "complete, but the letter to this address comes back as undeliverable",
            unions.dossier("BVYDCT", (made_up.SAMPLE_BOX,)),
            sender=UNREACHABLE,
        ),
    )


def _lacking(unions: "_Unions") -> tuple[Sample, ...]:
    lacking = Verdict.DEFICIENT
    rows = (made_up.SCALE, made_up.FOOTBATH)
    gaps = table(unions.campaign, unions["TTLK"], rows, {1: SUMMARY, 2: APPLIED})
    broken = table(unions.campaign, unions["CDC"], (made_up.MASKS,))[:4000]
    return (
        unions.sends(
            "BVND", -22, "a memo alone: the table is missing", {"To trinh.docx": unions.memo("BVND", 2)}, lacking
        ),
        unions.sends(
            "TTLK",
            -16,
            "a table with empty cells",
            {"To trinh TTLK.docx": unions.memo("TTLK", 2), "Bang tong hop TTLK.docx": gaps},
            lacking,
        ),
        unions.sends(
            "CDC",
            -14.5,
            "a file that was cut off on its way",
            {"To trinh CDC.docx": unions.memo("CDC", 1), "Bang tong hop CDC.docx": broken},
            lacking,
        ),
        unions.sends(
            "BVP", -13, "the files were forgotten", {}, lacking, body="Em gửi kèm Tờ trình và Bảng tổng hợp ạ."
        ),
        unions.sends(
            "BVND",
            -4.5,
            "the missing table, from the union's other address: the dossier is complete",
            {"Bang tong hop BVND.docx": table(unions.campaign, unions["BVND"], (made_up.PUPPETS, made_up.LIGHT))},
            sender=unions["BVND"].addresses[1],
            body="Em gửi bổ sung bảng tổng hợp ạ.",
        ),
    )


def _doubtful(unions: "_Unions") -> tuple[Sample, ...]:
    review = Verdict.REVIEW
    few, more = (made_up.TRACING,), (made_up.TRACING, made_up.MASKS)
    copies = {
        "To trinh TTDQ.docx": unions.memo("TTDQ", 2),
        "Bang tong hop.docx": table(unions.campaign, unions["TTDQ"], few),
        "Bang tong hop.xlsx": sheet(unions.campaign, unions["TTDQ"], more),
    }
    stranger = unions.sends(
        "BVDL",
        -11.5,
        "a dossier from an address that nobody knows: a person confirms it first",
        unions.dossier("BVDL", (made_up.CHAIRS,)),
        review,
        sender=_STRANGER,
        body="Em gửi ạ",
    )
    return (
        replace(stranger, union=None),
        unions.sends("TTDQ", -10, "two copies of the table that do not agree", copies, review),
    )


def _no_dossier(unions: "_Unions") -> tuple[Sample, ...]:
    return (
        unions.sends(
            "BVDN",
            -7,
            "thanks: no answer",
            {},
            Verdict.CORRESPONDENCE,
            subject="Cảm ơn",
            body="CĐCS đã nhận được thông báo.",
        ),
        unions.sends(
            "TTVC",
            -6,
            "an automatic reply: recorded, never answered",
            {},
            Verdict.IGNORED,
            subject="Trả lời tự động: vắng mặt",
            body="Tôi đang nghỉ phép, sẽ trả lời sau.",
            headers={"Auto-Submitted": "auto-replied"},
        ),
    )


def _at_the_deadline(unions: "_Unions") -> tuple[Sample, ...]:
    worse = {"Bang tong hop moi.docx": table(unions.campaign, unions["BVDN"], (made_up.TROLLEY,), {1: SUMMARY})}
    return (
        unions.sends("DUOC", -2, "just before the deadline", unions.dossier("DUOC", (made_up.STOCK,))),
        unions.sends("TTNT", 2, "just after the deadline", unions.dossier("TTNT", (made_up.TRAINING,)), Verdict.LATE),
        unions.sends("BVDN", 4, "a worse table after the deadline: kept for staff, changes nothing", worse),
    )


def _shipped(name: str) -> bytes:
    """PDF files cannot be made here: they come with the program."""
    return (resources.files("hoso") / "demo" / "files" / name).read_bytes()


class _Unions:
    """The unions of a campaign, and how they write."""

    def __init__(self, campaign: Campaign, deadline: datetime) -> None:
        self.campaign = campaign
        self._deadline = deadline

    def __getitem__(self, code: str) -> Union:
        union = self.campaign.roster.by_code(code)
        if union is None:
            raise KeyError(code)
        return union

    def memo(self, code: str, count: int) -> bytes:
        return memo(self.campaign, self[code], "Mạc Thị Thí Dụ", count, self._deadline.date())

    def dossier(self, code: str, initiatives: Sequence[made_up.Initiative]) -> dict[str, bytes]:
        return {
            f"To trinh {code}.docx": self.memo(code, len(initiatives)),
            f"Bang tong hop {code}.docx": table(self.campaign, self[code], initiatives),
        }

    def sends(
        self,
        code: str,
        seconds: float,
        shows: str,
        files: Mapping[str, bytes],
        verdict: Verdict = Verdict.ACCEPTED,
        *,
        sender: str = "",
        subject: str = _SUBJECT,
        body: str = _DOSSIER,
        headers: Mapping[str, str] | None = None,
    ) -> Sample:
        """A message that comes so many seconds after the deadline, or before it where negative."""
        union = self[code]
        due = self._deadline + timedelta(seconds=seconds)
        message = EmailMessage(policy=SMTP)
        message["From"] = sender = sender or union.addresses[0]
        message["To"] = self.campaign.contact.email
        message["Subject"] = subject.format(code=union.code, name=union.name)
        message["Date"] = format_datetime(due.replace(microsecond=0))
        message["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
        for name, value in (headers or {}).items():
            message[name] = value
        message.set_content(
            f"Kính gửi Công đoàn ngành,\n\n{body.format(name=union.name)}\n\nTrân trọng.\n", cte="base64"
        )
        for name, content in files.items():
            main, sub = _TYPES[name.rpartition(".")[2]]
            message.add_attachment(content, maintype=main, subtype=sub, filename=name)
        return Sample(code, sender, shows, verdict, due, message.as_bytes())
