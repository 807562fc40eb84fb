"""Logs: no secret, no address, whoever logs (P12); in UTC; one JSON object a line by choice."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from hoso.logs import configure, secrets_of, sieve
from hoso.secret import Secret
from hoso.settings import Logs, Settings

SECRETS = ("gehe1m", "p@ss wörd")


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in [added for added in root.handlers if added not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    structlog.reset_defaults()


def written(logs: Logs) -> io.StringIO:
    stream = io.StringIO()
    configure(logs, SECRETS, stream)
    return stream


def fail(text: str) -> None:
    local = "kept " * 2
    raise ValueError(text if local else local)


@pytest.mark.parametrize("json_lines", [True, False])
def test_no_secret_and_no_address_reaches_a_line(json_lines: bool) -> None:
    stream = written(Logs(json_lines=json_lines))
    log = structlog.get_logger("hoso")
    log.warning("login with gehe1m failed", user="An <an@bv.example>", password="anything", nested={"a": ["p@ss wörd"]})
    logging.getLogger("imaplib").error("LOGIN %s %s", "an@bv.example", "gehe1m")
    try:
        fail("no answer to <id-7@bv.example> for gehe1m")
    except ValueError:
        log.exception("broken")
        logging.getLogger("other").exception("broken too")
    said = stream.getvalue()
    assert said.count("ValueError") >= 2
    assert said.count("broken") == 2
    for private in ("gehe1m", "p@ss", "an@bv", "id-7", "anything"):
        assert private not in said


def test_tracebacks_show_no_local_variables() -> None:
    stream = written(Logs())
    try:
        fail("broken")
    except ValueError:
        structlog.get_logger().exception("failed")
    assert "ValueError: broken" in stream.getvalue()
    assert "kept kept" not in stream.getvalue()


def test_json_lines_hold_the_time_in_utc_and_vietnamese_as_it_is() -> None:
    stream = written(Logs(json_lines=True))
    structlog.get_logger().info("received", union="BVĐN", digest="ab12", at=datetime(2021, 4, 20, 17, tzinfo=UTC), n=3)
    line = json.loads(stream.getvalue())
    assert line["timestamp"].endswith("Z")
    assert (line["event"], line["union"], line["n"], line["level"]) == ("received", "BVĐN", 3, "info")
    assert line["at"] == "2021-04-20T17:00:00+00:00"
    assert "BVĐN" in stream.getvalue()


def test_a_line_feed_or_escape_in_a_text_makes_no_line_of_its_own() -> None:
    stream = written(Logs())
    structlog.get_logger().info("name\n2021 [info] forged \x1b[2J", file="a\nb")
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b[2J" not in stream.getvalue()


def test_what_is_below_the_level_is_not_written() -> None:
    stream = written(Logs(level="warning"))
    structlog.get_logger().info("everyday")
    logging.getLogger("apscheduler.scheduler").info("everyday")
    assert stream.getvalue() == ""


def test_a_file_takes_the_lines_in_place_of_the_terminal(tmp_path: Path) -> None:
    stream = written(Logs(file=tmp_path / "hoso.log"))
    structlog.get_logger().info("received")
    assert stream.getvalue() == ""
    assert "received" in (tmp_path / "hoso.log").read_text(encoding="utf-8")


def test_configuring_again_does_not_double_the_lines() -> None:
    written(Logs())
    stream = written(Logs())
    structlog.get_logger().info("once")
    assert stream.getvalue().count("once") == 1


def test_every_secret_of_the_settings_is_known_in_each_of_its_forms() -> None:
    server = {"host": "localhost", "user": "u", "password": Secret("p@ss/word")}
    settings = Settings.model_validate(
        {
            "mailboxes": [{"name": "a", "addresses": ["a@b.example"], **server}],
            "smtp": {"from_address": "a@b.example", "from_name": "x", **server, "password": Secret("other")},
            "campaigns": ["example"],
            "store": {"url": Secret("postgresql+psycopg://u:db%3Dword@h/d")},
        }
    )
    assert {"p@ss/word", "p%40ss%2Fword", "other", "db=word", "db%3Dword"} <= secrets_of(settings)


@given(
    st.recursive(
        st.text() | st.binary() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_whatever_is_logged_the_secret_is_not_in_it(value: object) -> None:
    event = sieve(["gehe1m"])(None, "info", {"event": "x", "value": [value, {"k": f"<gehe1m>{value}"}, ("gehe1m",)]})
    assert "gehe1m" not in str(event)
