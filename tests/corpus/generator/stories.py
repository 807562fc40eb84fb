"""What goes wrong in a dossier, one story each: the defect and what must be found are put in at the same place.

The codes are those of the corpus' README, "Findings".
"""

from dataclasses import replace
from datetime import UTC, timedelta, timezone

from corpus.generator.draft import DEADLINE, Draft, roster
from corpus.generator.initiatives import initiative, initiatives
from corpus.generator.lexicon import person

_SIMPLE = ("plain", "two-row header", "numbered columns", "sections", "total")
_BLANKS = ("", "", "", "……", "...", "-")
_MANDATORY = ("author", "title", "summary", "applied")


def plain(draft: Draft) -> None:
    """Nothing is wrong."""


def without_count(draft: Draft) -> None:
    """The memo names no number of initiatives."""
    draft.stated = None


def listed_in_memo(draft: Draft) -> None:
    """The memo itself lists titles and authors; the whole table is a file of its own."""
    draft.listed = True
    draft.plain_files = True


def long_list(draft: Draft) -> None:
    """Hundreds of initiatives, as the list of a whole sector."""
    count = draft.rng.choice((120, 260, 800))
    draft.initiatives, draft.stated = initiatives(draft.rng, draft.words, count), None
    draft.shapes, draft.long = ("plain", "numbered columns", "sections", "total"), True


def last_second(draft: Draft) -> None:
    """At the deadline or just before it, also told in another zone."""
    moment = DEADLINE - timedelta(seconds=draft.rng.choice((0, 0, 1, 59, 3600)))
    draft.receive(moment.astimezone(draft.rng.choice((DEADLINE.tzinfo, UTC, timezone(timedelta(hours=9))))))


def late(draft: Draft) -> None:
    """After it; the sender's own Date may say otherwise."""
    moment = DEADLINE + timedelta(seconds=draft.rng.choice((1, 2, 61, 3_601, 86_400, 900_000)))
    draft.receive(moment.astimezone(draft.rng.choice((DEADLINE.tzinfo, DEADLINE.tzinfo, UTC))))
    draft.truth.expect("late")


def memo_only(draft: Draft) -> None:
    draft.with_table = False
    draft.truth.expect("missing-summary-table")


def table_only(draft: Draft) -> None:
    draft.with_memo = False
    draft.truth.expect("missing-memo")


def incomplete_row(draft: Draft) -> None:
    """A mandatory cell is empty, or holds nothing but dots."""
    key = draft.rng.choice(_MANDATORY)
    row = draft.rng.randrange(len(draft.initiatives))
    draft.blanks[(row, key)] = draft.rng.choice(_BLANKS)
    draft.shapes, draft.plain_files = _SIMPLE, True
    draft.truth.expect("incomplete-row")


def outside_some(draft: Draft) -> None:
    while len(draft.initiatives) < 2:
        draft.initiatives.append(initiative(draft.rng, draft.words))
        draft.stated = len(draft.initiatives)
    row = draft.rng.randrange(len(draft.initiatives))
    draft.initiatives[row] = replace(draft.initiatives[row], applied=draft.rng.choice(draft.words.outside))
    draft.plain_files = True
    draft.truth.expect("applied-outside-window")


def outside_all(draft: Draft) -> None:
    draft.initiatives = [replace(one, applied=draft.rng.choice(draft.words.outside)) for one in draft.initiatives]
    draft.plain_files = True
    draft.truth.expect("applied-outside-window")
    draft.truth.expect("no-eligible-initiative")


def unclear(draft: Draft) -> None:
    row = draft.rng.randrange(len(draft.initiatives))
    draft.initiatives[row] = replace(draft.initiatives[row], applied=draft.rng.choice(draft.words.unclear))
    draft.plain_files = True
    draft.truth.expect("applied-unclear")


def too_long(draft: Draft) -> None:
    row = draft.rng.randrange(len(draft.initiatives))
    long = initiative(draft.rng, draft.words, long=True)
    draft.initiatives[row] = replace(draft.initiatives[row], summary=long.summary)
    draft.plain_files = True
    draft.truth.expect("summary-too-long")


def empty_table(draft: Draft) -> None:
    draft.initiatives, draft.stated = [], None
    draft.shapes, draft.plain_files = ("plain", "two-row header", "numbered columns"), True
    draft.truth.expect("empty-summary-table")


def column_missing(draft: Draft) -> None:
    draft.without = draft.rng.choice(("author", "summary", "applied"))
    draft.shapes, draft.plain_files = _SIMPLE, True
    draft.truth.expect("column-missing")


def count_differs(draft: Draft) -> None:
    draft.stated = len(draft.initiatives) + draft.rng.choice((1, 2, 5))
    draft.plain_files = True
    draft.truth.expect("count-differs")


def copies_differ(draft: Draft) -> None:
    """Two tables in one message that disagree: nobody can tell which one counts."""
    other = [initiative(draft.rng, draft.words) for _ in range(draft.rng.randint(1, 3))]
    kept = draft.initiatives[: draft.rng.randint(0, len(draft.initiatives))]
    draft.other_table = [*kept, *other] if draft.rng.random() < 0.6 else [*other, *kept]
    draft.stated, draft.plain_files = None, True
    draft.truth.expect("copies-differ")


def unsigned(draft: Draft) -> None:
    draft.signed = False
    draft.plain_files = True
    draft.truth.expect("signature")


# --- Who sends ----------------------------------------------------------------------------------------------------


def personal_address(draft: Draft) -> None:
    """Nobody knows the address; the memo names a union."""
    draft.sender_name = person(draft.rng, draft.words)
    name = draft.rng.choice(("minhthu", "cdcs2021", "hanhchinh.bv", "nguyen_k"))
    draft.sender = f"{name}{draft.rng.randint(10, 9999)}@webmail.example"
    draft.truth.expect("unverified-sender")


def second_address(draft: Draft) -> None:
    draft.sender = draft.union.addresses[-1]


def other_unions_address(draft: Draft) -> None:
    """The address is one union's, the memo another's."""
    other = draft.rng.choice([union for union in roster() if union.code != draft.union.code])
    draft.sender = draft.rng.choice(other.addresses)
    draft.truth.union = None
    draft.truth.expect("union-mismatch")


def stranger(draft: Draft) -> None:
    """A union that is on no roster."""
    draft.claims = draft.rng.choice(draft.words.strangers)
    draft.sender = f"congdoan{draft.rng.randint(1, 99)}@donvikhac.example"
    draft.truth.union = None
    draft.truth.expect("unknown-union")


# --- Files that are something else --------------------------------------------------------------------------------


def corrupt_table(draft: Draft) -> None:
    """Its table cannot be opened."""
    spoil(draft, "summary_table")
    draft.truth.expect("unreadable-attachment")
    draft.truth.expect("missing-summary-table")


def corrupt_memo(draft: Draft) -> None:
    spoil(draft, "memo")
    draft.truth.expect("unreadable-attachment")
    draft.truth.expect("missing-memo")


def spoil(draft: Draft, kind: str) -> None:
    for file in draft.files:
        if file.told is not None and file.told.kinds == (kind,):
            file.damage = draft.rng.choice(("cut", "cut", "empty"))
            file.told.kinds, file.told.memo, file.told.rows = ("unreadable",), None, None


# --- Messages without files ---------------------------------------------------------------------------------------


def linked(draft: Draft) -> None:
    """A link to a cloud drive in place of the files."""
    draft.with_memo = draft.with_table = False
    link = draft.rng.choice(
        (
            "https://drive.google.com/drive/folders/1a2B3c4D5e?usp=sharing",
            "https://drive.google.com/file/d/1XyZ/view",
            "https://1drv.ms/f/s!AbCdEf",
            "https://www.dropbox.com/s/k3y/ho-so.zip?dl=0",
            "https://docs.google.com/document/d/1abcDEF/edit",
        )
    )
    said = draft.rng.choice(("Link hồ sơ", "Tải tại", "Em để ở"))
    draft.own_words = f"{draft.rng.choice(draft.words.greetings[:3])}\n\n{said}: {link}"
    draft.mails = ("plain", "html", "alternative")
    for code in ("linked-not-attached", "missing-memo", "missing-summary-table"):
        draft.truth.expect(code)


def memo_and_link(draft: Draft) -> None:
    """The memo is attached, the table behind a link."""
    linked(draft)
    del draft.truth.findings["missing-memo"]
    draft.with_memo = True
    draft.plain_files = True


def announced(draft: Draft) -> None:
    """The words speak of files, and none came."""
    draft.with_memo = draft.with_table = False
    draft.own_words = draft.rng.choice(draft.words.announcing)
    draft.mails = ("plain", "html", "alternative", "logo")
    for code in ("nothing-attached", "missing-memo", "missing-summary-table"):
        draft.truth.expect(code)


def thanks(draft: Draft) -> None:
    """A person's mail that makes no dossier."""
    draft.with_memo = draft.with_table = False
    draft.own_words = draft.rng.choice(draft.words.thanks)
    draft.mails = ("plain", "html", "reply", "alternative", "logo")
    draft.subject = draft.rng.choice(("Re: Thông báo tiếp nhận hồ sơ", "Hỏi về hồ sơ sáng kiến", "Cảm ơn", ""))
    draft.truth.aside = "correspondence"


def vacation(draft: Draft) -> None:
    """A machine's mail without a dossier."""
    draft.with_memo = draft.with_table = False
    draft.headers = draft.rng.choice(
        (
            {"Auto-Submitted": "auto-replied"},
            {"Auto-Submitted": "auto-generated; by=vacation"},
            {"X-Autoreply": "yes", "Precedence": "bulk"},
            {"List-Unsubscribe": "<mailto:huy@bantin.example>"},
            {"Precedence": "junk", "Auto-Submitted": "auto-replied (vacation)"},
        )
    )
    draft.own_words = "Tôi đang đi công tác, sẽ trả lời thư sau ngày 26/4. Cần gấp xin gọi văn phòng."
    draft.subject = draft.rng.choice(("Trả lời tự động: vắng mặt", "Out of office", "Bản tin tháng 4"))
    draft.mails = ("plain", "html")
    draft.truth.aside = "ignored"


def mailing_list(draft: Draft) -> None:
    """A dossier through a list, or forwarded by a rule."""
    draft.headers = draft.rng.choice(
        (
            {"List-Id": "<y-te.congdoan.example>", "Precedence": "list"},
            {"Auto-Submitted": "auto-forwarded"},
            {"Precedence": "bulk"},
        )
    )
    draft.truth.silent = True
    draft.truth.expect("automatic-with-dossier")
