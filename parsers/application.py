"""Reads a "Đơn yêu cầu công nhận sáng kiến": the form of law by which authors ask that an initiative be recognised.

Circular 18/2013/TT-BKHCN, appendix I, filled in all over the country and often sent beside the summary table. Its table
is one of persons, so it is no summary table; what it asks for stands in sentences too long for questions of a form.
Each application tells of one initiative; a file may hold several.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from dossier.campaign import APPLIED, AUTHOR, BENEFIT, FIELD, POSITION, SUMMARY, TITLE, Campaign
from dossier.model import SummaryTable
from parsers.columns import initiative_nouns
from parsers.content import Content, Grid, Origin
from parsers.dotted_lines import without_dots
from parsers.form_answers import Form, Pair
from parsers.summary_table import Found
from parsers.wording import join_lines, letters_of, lines_of, plain

_TITLED = re.compile(r"don(?:yeucau|denghi|xin|dangky)(?:xet|duoc|vaxet)*(?:congnhan|dangky)?")
_FIRST_WORDS = 200
"""Characters of a title over two lines."""
_LIST, _END = "list", "end"
_BULLET = r"\s*(?:[-–+•*]|\d{1,2}\s*[.)]|[a-zđ]\s*[.)])?\s*"
_TAIL = re.compile(r"\s*[\d¹²³⁴-⁹]{0,2}\s*[,;]?\s*(?:\([^()]*\)\s*[\d¹²³⁴-⁹]{0,2}\s*[,;]?\s*)*[:.…]*\s*")
"""Behind a question: the mark of a note, remarks in brackets, a colon, dots."""
_QUESTIONS: tuple[tuple[str, str], ...] = (
    (
        TITLE,
        r"la(?:\s+(?:cac|nhom|dong))*\s+tac gia\b[^:]{{0,40}}?(?:de nghi|yeu cau)(?:\s+(?:xet|cong nhan),?)*\s+{noun}",
    ),
    (FIELD, r"linh vuc ap dung(?:\s+(?:cua\s+)?{noun})?"),
    (APPLIED, r"ngay\s+{noun}\s+(?:duoc\s+)?ap dung(?:\s+lan dau)?(?:\s*,?\s*hoac\s+ap dung\s+thu(?:\s+nghiem)?)?"),
    (SUMMARY, r"mo ta(?:\s+ve)?(?:\s+(?:noi dung|ban chat))+(?:\s+cua)?(?:\s+{noun})?"),
    (BENEFIT, r"danh gia (?:loi ich|hieu qua)\b[^:(]*?theo y kien cua (?:cac\s+|nhom\s+)?tac gia"),
    ("", r"danh gia (?:loi ich|hieu qua)\b[^:(]*?theo y kien cua (?:cac\s+)?to chuc[^:(]*"),
    ("", r"chu dau tu tao ra {noun}"),
    ("", r"(?:nhung\s+)?thong tin can(?:\s+duoc)? bao mat"),
    ("", r"(?:cac\s+)?dieu kien can thiet(?:\s+de)?(?:\s+ap dung\s+{noun})?"),
    (_LIST, r"danh sach\s+(?:nhung\s+)?(?:nguoi|ca nhan|thanh vien)\b"),
    (_END, r"(?:toi|chung toi)\b[^:]{{0,20}}?(?:xin\s+)?cam doan\b"),
)
"""Column ('' for none, _LIST: persons follow, _END: it is over), and the folded words that a line begins with."""
_LINES = 4
"""Over which a question may be printed."""
_NAME = re.compile(r"(?:ho (?:va |, )?(?:chu lot |dem )?ten|ten tac gia|tac gia)\b")
_POST = re.compile(r"(?:chuc danh|chuc vu|nghe nghiep)\b")
_PLACE = re.compile(r"(?:noi (?:cong tac|lam viec)|don vi|co quan)\b")
_HEADER_ROWS = 3
NO_AUTHOR = "an application for recognition names no author in its table"
NO_TITLE = "an application for recognition does not tell the initiative's name"


@dataclass(slots=True)
class _Application:
    """One application while it is read."""

    form: Form = field(default_factory=lambda: Form(""))
    authors: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    asking: bool = False
    """What follows goes on with the last answer."""
    ended: bool = False

    def read(self, grid: Grid, initiative: re.Pattern[str]) -> int:
        """Persons before the initiative is named; behind that a table that names initiatives is another thing."""
        heads = (plain(join_lines(cell.text)) for row in grid.rows[:_HEADER_ROWS] for cell in row)
        if TITLE in self.form.labels:
            self.ended = any(map(initiative.match, heads))
        else:
            for name, post in _persons(grid):
                self.authors.append(name)
                self.posts.append(post)
        return 1

    def ask(self, lines: Sequence[str], questions: Sequence[tuple[str, re.Pattern[str]]]) -> int:
        """Read the first of these lines, and more where its question is printed over several; tells how many."""
        text = " ".join(lines)
        folded = plain(text)
        for key, question in questions:
            match = question.match(folded)
            if match is None or match.end() <= 0:
                continue
            if key in (_LIST, _END):
                self.asking, self.ended = False, key == _END and TITLE in self.form.labels
                return 1
            return self._answer(key, text, match.end(), lines)
        if self.asking:
            self.form.put(Pair("", lines[0]))
        return 1

    def _answer(self, key: str, text: str, end: int, lines: Sequence[str]) -> int:
        tail = _TAIL.match(text, end)
        begin = tail.end() if tail else end
        taken, size = 0, -1
        while taken < len(lines) and (size < begin - 1 or not taken):
            size += len(lines[taken]) + 1
            taken += 1
        label, answer = text[:end].strip(" -–+•*"), without_dots(text[begin : max(size, begin)])
        texts, name = (self.form.cells, key) if key else (self.form.extra, label)
        texts[name], self.form.last = answer, (texts, name)
        if key:
            self.form.labels[key] = Pair(label, answer)
        self.asking = True
        return taken

    def whole(self) -> Form:
        """With what the table of its authors tells."""
        posts = "; ".join(dict.fromkeys(filter(None, self.posts)))
        told = ((AUTHOR, "Họ và tên", "\n".join(self.authors)), (POSITION, "Chức danh, nơi công tác", posts))
        for key, label, answer in told:
            if answer:
                self.form.labels[key], self.form.cells[key] = Pair(label, answer), answer
        return self.form


def read_applications(content: Content, campaign: Campaign) -> Found | None:
    """The applications of a file, a row each; None where there is none that names its initiative."""
    nouns = initiative_nouns(campaign)
    asked = [(key, re.compile(_BULLET + words.format(noun=f"(?:{'|'.join(nouns)})"))) for key, words in _QUESTIONS]
    initiative = re.compile(rf"ten\s+(?:{'|'.join(nouns)})")
    pieces = list(_pieces(content))
    found: list[_Application] = []
    used: set[int] = set()
    at = 0
    while at < len(pieces):
        place, piece = pieces[at]
        following = [each for _, each in pieces[at : at + _LINES] if isinstance(each, str)]
        if isinstance(piece, str) and _is_titled(following, nouns):
            found.append(_Application())
        taken = 1
        if found and not found[-1].ended:
            last = found[-1]
            taken = last.read(piece, initiative) if isinstance(piece, Grid) else last.ask(following, asked)
            used |= set() if last.ended and isinstance(piece, Grid) else {place}
        at += taken
    return _rows(found, frozenset(used), campaign)


def _rows(found: Sequence[_Application], used: frozenset[int], campaign: Campaign) -> Found | None:
    named = [one for one in found if TITLE in one.form.labels]
    if not named:
        return None
    forms = [one.whole() for one in named]
    columns = {
        key: pair.label for form in forms for key, pair in form.labels.items() if campaign.column(key) is not None
    }
    doubts = [NO_AUTHOR] * any(not one.authors for one in named)
    doubts += [NO_TITLE] * (len(named) < len(found) or any(not form.cells[TITLE].strip() for form in forms))
    table = SummaryTable(columns, tuple(form.row(columns) for form in forms))
    return Found(table, used, tuple(doubts), certain=True, describes=True)


def _pieces(content: Content) -> Iterator[tuple[int, str | Grid]]:
    """Lines and grids with their places in Content.blocks."""
    for place, block in enumerate(content.blocks):
        if isinstance(block, Grid):
            yield place, block
        else:
            yield from ((place, text) for text in lines_of(block.text))


def _is_titled(lines: Sequence[str], nouns: Sequence[str]) -> bool:
    """Whether a line begins a title "ĐƠN YÊU CẦU / CÔNG NHẬN SÁNG KIẾN"."""
    if not lines[0][:3].isupper() or _TITLED.match(letters_of(lines[0][:_FIRST_WORDS])) is None:
        return False
    letters = letters_of(" ".join(lines[:2])[:_FIRST_WORDS])
    title = _TITLED.match(letters)
    return title is not None and letters.startswith(tuple(noun.replace(" ", "") for noun in nouns), title.end())


def _persons(grid: Grid) -> Iterator[tuple[str, str]]:
    """Name and post of each person in a table of persons."""
    for number, row in enumerate(islice(grid.rows, _HEADER_ROWS)):
        heads = [plain(join_lines(cell.text)) for cell in row]
        names = [place for place, head in enumerate(heads) if _NAME.match(head)]
        if not names:
            continue
        posts = [place for place, head in enumerate(heads) if _POST.match(head)]
        posts += [place for place, head in enumerate(heads) if _PLACE.match(head)]
        for person in grid.rows[number + 1 :]:
            name = person[names[0]]
            if name.origin is Origin.OWN and any(map(str.isalpha, name.text)):
                told = (join_lines(person[place].text) for place in posts if person[place].origin is Origin.OWN)
                yield join_lines(name.text), ", ".join(dict.fromkeys(filter(None, told)))
        return
