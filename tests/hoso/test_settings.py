"""Settings: read once, frozen, every mistake told at once, and no secret ever shown (P12)."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from pydantic import ValidationError
from sqlalchemy import make_url

from hoso.secret import Secret
from hoso.settings import Settings, load_settings
from hoso.strict_yaml import ConfigError, known_keys

EXAMPLE = Path(__file__).parents[2] / "settings.example.yaml"
ENVIRON = {"HOSO_IMAP_PASSWORD": "imap-geheim", "HOSO_SMTP_PASSWORD": "smtp-geheim"}

LEAST = """
mailboxes:
  - name: main
    host: imap.example
    user: a@b.example
    password: ${HOSO_IMAP_PASSWORD}
    addresses: [a@b.example]
smtp:
  host: smtp.example
  from_address: A@B.example
  from_name: Hoso
campaigns: [example, mine.yaml]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load_settings(written(folder, text), ENVIRON)
    return str(caught.value)


def dotted(data: object, prefix: str = "") -> set[str]:
    if isinstance(data, list):
        return {key for item in data for key in dotted(item, prefix)}
    if not isinstance(data, dict):
        return set()
    return {prefix + name for name in data} | {
        key for name, item in data.items() for key in dotted(item, f"{prefix}{name}.")
    }


def test_the_example_is_loaded_and_holds_the_defaults() -> None:
    settings = load_settings(EXAMPLE, ENVIRON)
    assert settings.mailboxes[0].password == Secret("imap-geheim")
    assert settings.campaigns == ("example",)
    assert settings.store.url.get_secret_value() == f"sqlite:///{EXAMPLE.parent}/var/hoso.sqlite"


def test_the_example_changed_as_the_readme_says_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var/password").write_text("app-geheim", encoding="utf-8")
    mailboxes, smtp, rest = re.split(r"(?m)^(?=smtp:|campaigns:)", EXAMPLE.read_text(encoding="utf-8"))
    changed = [re.sub(r"(?m)^ *password: \$.*\n", "", part) for part in (mailboxes, smtp)]
    changed = [part.replace("password_file: null", "password_file: var/password") for part in changed]
    assert "".join((*changed, rest)).count("# <-\n") == 4
    settings = load_settings(written(tmp_path, "".join((*changed, rest))), {})
    assert settings.mailboxes[0].password == settings.smtp.password == Secret("app-geheim")


def test_every_known_key_stands_in_the_example() -> None:
    assert dotted(yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))) == set(known_keys(Settings))


def test_the_values_of_the_example_are_the_defaults(tmp_path: Path) -> None:
    example, least = load_settings(EXAMPLE, ENVIRON), load_settings(written(tmp_path, LEAST), ENVIRON)
    for part in ("letters", "reading", "receipt", "schedule", "logs", "audit", "backup", "retention"):
        assert getattr(example, part) == getattr(least, part)
    for key in ("port", "security", "after", "idle", "poll_seconds", "batch", "timeouts", "folders"):
        assert getattr(example.mailboxes[0], key) == getattr(least.mailboxes[0], key)
    for key in ("port", "security", "timeouts", "plus_addressing"):
        assert getattr(example.smtp, key) == getattr(least.smtp, key)


def test_paths_belong_to_the_folder_of_the_file(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, LEAST + "letters: {templates: mau-thu}\n"), ENVIRON)
    assert settings.store.blobs == tmp_path / "var/blobs"
    assert settings.store.url.get_secret_value() == f"sqlite:///{tmp_path}/var/hoso.sqlite"
    assert settings.letters.templates == tmp_path / "mau-thu"
    assert settings.campaigns == ("example", str(tmp_path / "mine.yaml"))


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, LEAST), ENVIRON)
    with pytest.raises(ValidationError, match="frozen"):
        settings.smtp.host = "other.example"  # type: ignore[misc]


def test_our_own_addresses_are_of_mailboxes_and_letters(tmp_path: Path) -> None:
    text = LEAST.replace("from_name: Hoso", "from_name: Hoso\n  envelope_sender: Bounces@b.example")
    assert load_settings(written(tmp_path, text), ENVIRON).own_addresses == {"a@b.example", "bounces@b.example"}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("hots: x.example", "host"), ("folder: [INBOX]", "folders"), ("poll_secs: 5", "poll_seconds")],
)
def test_an_unknown_key_names_the_nearest_known_one(tmp_path: Path, wrong: str, right: str) -> None:
    said = problems(tmp_path, LEAST.replace("    host: imap.example", f"    host: imap.example\n    {wrong}"))
    assert f"line 5: mailboxes[1].{wrong.partition(':')[0]}: is not a known key: did you mean {right}?" in said


def test_a_key_like_no_other_is_told_what_is_known(tmp_path: Path) -> None:
    said = problems(tmp_path, LEAST + "logs: {quux: 1}\n")
    assert "logs.quux: is not a known key: known here are level, json_lines, file" in said


def test_all_mistakes_are_told_at_once_by_line(tmp_path: Path) -> None:
    said = problems(
        tmp_path,
        LEAST.replace("host: imap.example", "port: 99a")
        .replace("host: smtp.example", "host: smtp.example\n  security: ssl\n  user: ${NOWHERE}")
        .replace("A@B.example", "nobody"),
    )
    assert said.splitlines()[1:] == [
        "  - line 3: mailboxes[1].host: is missing: add it",
        "  - line 4: mailboxes[1].port: must be a whole number",
        "  - line 10: smtp.security: must be one of 'tls', 'starttls' or 'plain'",
        "  - line 11: smtp.user: the environment has no NOWHERE: set it, as in `export NOWHERE=…`",
        "  - line 12: smtp.from_address: must be one email address, as in sangkien@cdyte.example",
    ]


@pytest.mark.parametrize("literal", ["hunter2-geheim", "geheim${HOSO_IMAP_PASSWORD}", "12345678"])
def test_a_password_in_the_file_is_refused_and_not_repeated(tmp_path: Path, literal: str) -> None:
    said = problems(tmp_path, LEAST.replace("${HOSO_IMAP_PASSWORD}", literal))
    assert "line 6: mailboxes[1].password: a password must not stand in this file" in said
    assert literal not in said
    assert "geheim" not in said


def test_a_password_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mật khẩu \n", encoding="utf-8")
    text = LEAST.replace("password: ${HOSO_IMAP_PASSWORD}", "password_file: secret")
    assert load_settings(written(tmp_path, text), {}).mailboxes[0].password == Secret("mật khẩu ")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("password_file: nowhere", "cannot be read (No such file or directory)"),
        ("password_file: empty", "is empty"),
        ("password_file: empty\n    password: ${HOSO_IMAP_PASSWORD}", "has both password and password_file"),
        ("idle: true", "mailboxes[1].password: is missing: add it"),
    ],
)
def test_a_password_that_cannot_be_had_is_told(tmp_path: Path, keys: str, said: str) -> None:
    (tmp_path / "empty").touch()
    assert said in problems(tmp_path, LEAST.replace("password: ${HOSO_IMAP_PASSWORD}", keys))


def test_a_name_without_a_password_is_told(tmp_path: Path) -> None:
    said = problems(tmp_path, LEAST.replace("host: smtp.example", "host: smtp.example\n  user: a@b.example"))
    assert "smtp: needs both user and password (or password_file), or neither" in said


def test_secrets_are_not_shown_by_print_dump_or_traceback(tmp_path: Path) -> None:
    text = LEAST + "store: {url: 'postgresql://hoso:${HOSO_SMTP_PASSWORD}@db.example/hoso'}\n"
    settings = load_settings(written(tmp_path, text), ENVIRON)
    assert settings.store.url.get_secret_value() == "postgresql+psycopg://hoso:smtp-geheim@db.example/hoso"
    for shown in (repr(settings), str(settings), settings.model_dump_json(), str(settings.model_dump())):
        assert "geheim" not in shown
        assert "<secret>" in shown


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://hoso:pw@db.example/hoso", "url holds a password"),
        ("mysql://db.example/hoso", "url must begin with"),
        ("sqlite://", "url must name a file"),
        ("postgresql://hoso@/hoso?host=db.example&password=pw", "url holds a password"),
        ("var/hoso.sqlite", "url is no database url"),
        ("postgresql://hoso@db.example:port/hoso", "url is no database url"),
    ],
)
def test_a_store_that_cannot_be_used_is_told(tmp_path: Path, url: str, said: str) -> None:
    assert said in problems(tmp_path, LEAST + f"store: {{url: '{url}'}}\n")


@pytest.mark.parametrize("password", ["Geh@im/47", "Geheim@47:11", "@", "a@b@c"])
def test_a_password_that_would_end_the_url_is_refused_and_no_part_of_it_told(tmp_path: Path, password: str) -> None:
    text = LEAST + "store: {url: 'postgresql://hoso:${DB}@db.example/hoso'}\n"
    with pytest.raises(ConfigError) as wrong:
        load_settings(written(tmp_path, text), {**ENVIRON, "DB": password})
    said = str(wrong.value).replace(str(tmp_path), "")  # the folder's own number may be 47
    assert "use password_file" in said
    assert not any(part in said for part in ("Geh", "47", "a@b", "@c"))


@pytest.mark.parametrize("password", ["Geheim:47/11?#%", "ba'p\"x y", "75%25"])
def test_other_letters_of_a_password_stay_in_it(tmp_path: Path, password: str) -> None:
    text = LEAST + "store: {url: 'postgresql://hoso:${DB}@db.example/hoso?application_name=a@b'}\n"
    url = load_settings(written(tmp_path, text), {**ENVIRON, "DB": password}).store.url.get_secret_value()
    assert (make_url(url).password, make_url(url).host) == (unquote(password), "db.example")


def test_the_whole_url_may_come_from_the_environment(tmp_path: Path) -> None:
    text = LEAST + "store: {url: '${URL}'}\n"
    environment = {**ENVIRON, "URL": "postgresql://hoso:geheim@db.example/hoso"}
    url = load_settings(written(tmp_path, text), environment).store.url
    assert url.get_secret_value() == "postgresql+psycopg://hoso:geheim@db.example/hoso"
    assert "geheim" not in repr(url)


def test_the_password_of_the_store_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("p@ss/word\n", encoding="utf-8")
    text = LEAST + "store: {url: 'postgresql://hoso@db.example/hoso', password_file: secret}\n"
    url = load_settings(written(tmp_path, text), ENVIRON).store.url.get_secret_value()
    assert url == "postgresql+psycopg://hoso:p%40ss%2Fword@db.example/hoso"


@pytest.mark.parametrize(("host", "allowed"), [("127.0.0.1", True), ("localhost", True), ("10.0.0.7", False)])
def test_plain_connections_stay_on_this_machine(tmp_path: Path, host: str, allowed: bool) -> None:
    text = LEAST.replace("host: smtp.example", f"host: {host}\n  security: plain")
    if allowed:
        assert load_settings(written(tmp_path, text), ENVIRON).smtp.security == "plain"
    else:
        assert "smtp.security: plain would send" in problems(tmp_path, text)


def test_words_are_not_taken_for_booleans_nor_times_for_numbers(tmp_path: Path) -> None:
    assert "idle: must be true or false" in problems(
        tmp_path, LEAST.replace("name: main", "name: main\n    idle: 12:30")
    )
    settings = load_settings(written(tmp_path, LEAST.replace("from_name: Hoso", "from_name: no")), ENVIRON)
    assert settings.smtp.from_name == "no"


def test_a_key_that_stands_twice_is_a_mistake(tmp_path: Path) -> None:
    assert "line 14: campaigns: stands twice" in problems(tmp_path, LEAST + "\ncampaigns: [other.yaml]\n")


def test_what_is_no_yaml_is_told_by_line_without_its_text(tmp_path: Path) -> None:
    said = problems(tmp_path, "smtp:\n  password: geheim\n bad: [\n")
    assert "is no valid YAML: line 3" in said
    assert "geheim" not in said


@pytest.mark.parametrize("text", ["a: &a [*a]", "&x {y: *x}"])
def test_a_file_that_holds_itself_is_refused(tmp_path: Path, text: str) -> None:
    assert "aliases" in problems(tmp_path, text)


@pytest.mark.parametrize("text", ["", "- a\n", "just words", "{mailboxes: , smtp: }"])
def test_a_file_of_another_shape_is_told_what_is_missing(tmp_path: Path, text: str) -> None:
    assert "must be" in problems(tmp_path, text) or "is missing" in problems(tmp_path, text)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_settings(tmp_path / "settings.yaml", ENVIRON)


def test_two_mailboxes_have_two_names(tmp_path: Path) -> None:
    box = LEAST.split("smtp:", maxsplit=1)[0].split("mailboxes:\n")[1]
    assert "two mailboxes have the same name" in problems(tmp_path, LEAST.replace(box, box + box))
