"""Campaign files: the shipped one says what the plan says; every mistake in one of one's own is told."""

import pickle
import shutil
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.folding import fold
from dossier.model import Kind
from hoso.campaigns import example_campaign, load_campaign, load_campaigns
from hoso.local_time import first_moment, last_moment
from hoso.strict_yaml import ConfigError

SHIPPED = Path(str(resources.files("hoso"))) / "examples" / "plan_39_cdn"
CORPUS = Path(__file__).parents[1] / "corpus"
SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped campaign, to be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "campaign"))


def spoil(folder: Path, old: str, new: str) -> str:
    path = folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_campaign(path)
    return str(caught.value)


def test_the_example_is_plan_39() -> None:
    campaign = example_campaign()
    assert campaign.plan_number == "39/CĐN"
    assert campaign.plan_date == date(2021, 3, 16)
    assert campaign.deadline == datetime(2021, 4, 20, 16, 59, 59, tzinfo=UTC)
    assert campaign.opens_at == datetime(2021, 3, 15, 17, 0, 0, tzinfo=UTC)
    assert campaign.window is not None
    assert (campaign.window.first, campaign.window.last) == (date(2021, 2, 1), date(2021, 5, 31))
    assert [document.kind for document in campaign.required] == [Kind.MEMO, Kind.SUMMARY_TABLE]
    assert {column.key for column in campaign.mandatory} == {"author", "title", "summary", "applied"}
    assert [column.limit for column in campaign.columns if column.limit] == [1000]


def test_columns_are_told_in_the_order_of_their_rank() -> None:
    """FORMS.md: author, position, applied, benefit, summary, field, title."""
    ranked = sorted(example_campaign().columns, key=lambda column: column.rank)
    told = [column.key for column in ranked if column.key in ("author", "position", "applied", "benefit")]
    assert told == ["author", "position", "applied", "benefit"]
    assert [column.key for column in ranked if column.key in ("summary", "field", "title")] == [
        "summary",
        "field",
        "title",
    ]


def test_the_roster_of_the_example_is_that_of_the_corpus() -> None:
    assert (SHIPPED / "roster.csv").read_bytes() == (CORPUS / "roster.csv").read_bytes()
    assert len(example_campaign().roster.unions) == 34


def test_everything_that_is_compared_is_folded() -> None:
    campaign = example_campaign()
    words = [word for column in campaign.columns for word in column.synonyms]
    words += [word for document in campaign.required for word in document.titles]
    words += campaign.recognition.phrases
    assert all(word == fold(word) for word in words)


def test_no_address_of_the_example_is_a_real_one() -> None:
    text = (SHIPPED / "campaign.yaml").read_text(encoding="utf-8") + (SHIPPED / "roster.csv").read_text(
        encoding="utf-8"
    )
    assert all(word.endswith(".example") for word in text.replace("]", " ").split() if "@" in word)


def test_a_campaign_can_be_handed_to_another_process() -> None:
    campaign = example_campaign()
    assert pickle.loads(pickle.dumps(campaign)) == campaign


def test_a_day_lasts_from_its_first_to_its_last_second() -> None:
    assert first_moment("2021-04-20", SAIGON).isoformat() == "2021-04-20T00:00:00+07:00"
    assert last_moment("2021-04-20", SAIGON).isoformat() == "2021-04-20T23:59:59+07:00"


def test_a_moment_without_offset_is_of_the_campaigns_zone() -> None:
    assert last_moment("2021-04-20T17:00", SAIGON).isoformat() == "2021-04-20T17:00:00+07:00"
    assert last_moment("2021-04-20T10:00Z", SAIGON).isoformat() == "2021-04-20T17:00:00+07:00"


def test_an_hour_that_comes_twice_must_be_told_apart() -> None:
    with pytest.raises(
        ValueError, match=r"comes twice .* write 2021-10-31T02:30:00\+02:00 or 2021-10-31T02:30:00\+01:00"
    ):
        last_moment("2021-10-31T02:30:00", BERLIN)
    assert last_moment("2021-10-31T02:30:00+01:00", BERLIN).astimezone(UTC).hour == 1


def test_an_hour_that_clocks_skip_is_refused() -> None:
    with pytest.raises(ValueError, match="does not exist in Europe/Berlin"):
        last_moment("2021-03-28T02:30:00", BERLIN)


def test_where_the_last_hour_of_a_day_comes_twice_the_second_counts() -> None:
    """In Chile clocks went back at midnight of 3 April 2021: 23:00 to 23:59:59 came twice."""
    assert last_moment("2021-04-03", ZoneInfo("America/Santiago")).isoformat() == "2021-04-03T23:59:59-04:00"


def test_where_midnight_is_skipped_a_day_begins_with_its_first_second() -> None:
    """In Chile clocks went forward at midnight of 5 September 2021: the day began at 01:00."""
    assert first_moment("2021-09-05", ZoneInfo("America/Santiago")).isoformat() == "2021-09-05T01:00:00-03:00"


@given(
    st.dates(date(1990, 1, 1), date(2037, 12, 30)),
    st.sampled_from(["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "UTC"]),
)
def test_one_day_ends_a_second_before_the_next_begins(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    end = last_moment(day.isoformat(), zone).astimezone(UTC)
    begin = first_moment((day + timedelta(days=1)).isoformat(), zone).astimezone(UTC)
    assert begin - end == timedelta(seconds=1)


@pytest.mark.parametrize("written", ["20/4/2021", "2021-02-30", "soon", "2021-04-20T25:00"])
def test_a_deadline_that_is_none_is_told(folder: Path, written: str) -> None:
    said = spoil(folder, "deadline: 2021-04-20", f"deadline: {written}")
    assert "deadline: " in said
    assert "calendar" in said or "as in 2021-04-20" in said


def test_only_what_can_be_told_and_missed_may_be_required(folder: Path) -> None:
    assert "required[1].kind" in spoil(folder, "kind: memo", "kind: other")


def test_a_kind_is_required_once(folder: Path) -> None:
    assert "required: names a kind twice" in spoil(folder, "kind: memo", "kind: summary_table")


def test_a_campaign_does_not_end_before_it_opens(folder: Path) -> None:
    assert "deadline: lies before opens_at" in spoil(folder, "deadline: 2021-04-20", "deadline: 2021-03-01")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("deadline:", "dedline:", "dedline: is not a known key: did you mean deadline?"),
        (
            "    mandatory: true",
            "    mandatry: true",
            "columns[2].mandatry: is not a known key: did you mean mandatory?",
        ),
        ("kind: memo", "kind: memmo", "required[1].kind: must be one of 'memo'"),
        ("zone: Asia/Ho_Chi_Minh", "zone: Asia/Saigong", "zone: is no zone"),
        ("last: 2021-05-31", "last: 2021-01-31", "window: ends before it begins"),
        ("plan_date: 2021-03-16", "plan_date: 16.3.2021", "plan_date: must be a date, as in 2021-04-20"),
        ("[ghi chú, chú thích]", "[ghi chú, TÁC GIẢ]", "the synonym “tac gia” stands in two columns (author, note)"),
        ("key: note", "key: phone", "the key phone stands in two columns"),
        ("titles: [tờ trình]", "titles: []", "required[1].titles: needs at least 1 item(s)"),
        ("name: Chương trình", "name: ''\n#", "name: must not be empty"),
        ("roster: roster.csv", "roster: none.csv", "roster none.csv: cannot be read (No such file or directory)"),
    ],
)
def test_a_mistake_is_told_with_its_key(folder: Path, old: str, new: str, said: str) -> None:
    assert said in spoil(folder, old, new)


def test_mistakes_of_the_roster_are_told_with_the_campaigns_own(folder: Path) -> None:
    (folder / "roster.csv").write_text("code,name\nA,\n", encoding="utf-8")
    said = spoil(folder, "deadline: 2021-04-20", "deadline: soon")
    assert "deadline: must be a day" in said
    assert "roster roster.csv: line 2: the union A has no name" in said


def test_two_campaigns_do_not_share_a_key(folder: Path) -> None:
    with pytest.raises(ConfigError, match="key: plan-39-cdn is also that of example"):
        load_campaigns(("example", str(folder / "campaign.yaml")))


def test_campaigns_are_loaded_in_the_order_of_the_settings(folder: Path) -> None:
    path = folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8").replace("key: plan-39-cdn", "key: other").replace("SK39", "SK40")
    path.write_text(text, encoding="utf-8")
    assert [campaign.key for campaign in load_campaigns((str(path), "example"))] == ["other", "plan-39-cdn"]


def test_the_example_examines_by_criteria_of_a_hundred_points_and_the_plans_own_numbers() -> None:
    examination = example_campaign().examination
    assert examination is not None
    assert (examination.maximum, examination.quota, examination.shortlist) == (100, 1, 2)
    assert examination.outgoing.recipient == "Ban Thường vụ Liên đoàn Lao động tỉnh Đồng Nai"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("      points: 30\n", "      points: 0\n", "criteria[1].points: must be more than 0"),
        ("      points: 30\n", "      points: many\n", "criteria[1].points: must be a number, as in 10 or 0.5"),
        ("      points: 30\n", "      points: 30.25\n", "criteria[1].points: 30.25 is no multiple of step (0.5)"),
        ("    - key: benefit\n", "    - key: novelty\n", "has two criteria with the key “novelty”: keep one"),
        ("      points: 30\n", "      pints: 30\n", "did you mean points?"),
        ("  quotas: {}\n", "  quotas: {BVDNN: 2}\n", "the roster has no union BVDNN: did you mean BVDN?"),
        ("  quota: 1\n", "  quota: -1\n", "quota: must be at least 0"),
        ("  shortlist: 2\n", "  shortlist: 0\n", "shortlist: must be at least 1"),
        ("  examiners: []\n", "  examiners: [Trần Thị Bình, tran thi binh]\n", "twice: tell them apart"),
        ("    symbol: TTr-CĐN\n", "    symbol: a/b\n", "symbol"),
    ],
)
def test_mistakes_in_the_examination_are_told(folder: Path, old: str, new: str, said: str) -> None:
    assert said in spoil(folder, old, new)
