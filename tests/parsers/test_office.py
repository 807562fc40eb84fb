"""Programs that convert documents: what they may do, what they may not, and what becomes of their failures."""

import contextlib
import io
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from support.attachments import attachment
from support.word_documents import needs_antiword, needs_office, odt, rtf

from dossier.model import Problem
from parsers.conversion import Form, WordKind
from parsers.limits import OfficeLimits
from parsers.office import Office
from parsers.office_programs import Programs, finish, installed, socket_of, start
from parsers.problem import UnreadableError

MEMO, TABLE = attachment("d07"), attachment("d07", 1)
NO_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
FAKE = """#!/bin/sh
case "$*" in
  *--terminate_after_init*) exit {first};;
  *--convert-to*) {convert};;
  *) exec sleep 60;;
esac
"""


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office(OfficeLimits(seconds=60)) as opened:
        yield opened


def fake(folder: Path, convert: str, first: int = 0) -> Programs:
    """A LibreOffice that fails as it is told to; its work lies in the folder after --outdir."""
    program = folder / "program" / "soffice.bin"
    program.parent.mkdir()
    program.write_text(FAKE.format(convert=convert, first=first))
    program.chmod(0o755)
    return Programs(str(program), None)


def refusal(office: Office, content: bytes = MEMO, kind: WordKind = WordKind.DOC) -> str:
    with pytest.raises(UnreadableError) as raised:
        office.convert(kind, content)
    assert raised.value.problem is Problem.NOT_READ, "a conversion proves nothing"
    return raised.value.detail


@needs_office
def test_a_document_of_word_97_becomes_docx(office: Office) -> None:
    converted = office.convert(WordKind.DOC, MEMO)
    assert converted.form is Form.DOCX
    assert converted.content.startswith(b"PK")


@needs_office
def test_what_cannot_be_loaded_gives_no_document_and_the_next_is_converted(office: Office) -> None:
    assert refusal(office, NO_OFFICE) == "LibreOffice could not load the document"
    assert office.convert(WordKind.DOC, MEMO).content


@needs_office
def test_no_two_documents_share_a_profile_and_nothing_is_left() -> None:
    others = _roots()
    seen: set[Path] = set()
    listened = False
    with Office(OfficeLimits(seconds=60, ahead=2)) as office:
        threads = [threading.Thread(target=office.convert, args=(WordKind.DOC, each)) for each in (MEMO, TABLE, MEMO)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            seen |= _folders_in_use(others)
            listened = listened or any(socket_of(folder).exists() for folder in seen)
            time.sleep(0.02)
        own = {folder for folder in seen if folder.name != "first"}
        left = {folder for folder in own if folder.exists()}
        assert left <= _folders_in_use(others)
    assert len(own) >= 3
    assert listened, "else nothing is proven about sockets"
    assert _folders_in_use(others) == set()
    assert [folder for folder in seen if folder.exists() or socket_of(folder).exists()] == []


@needs_office
def test_the_next_one_is_started_ahead(office: Office) -> None:
    office.convert(WordKind.DOC, MEMO)
    assert [command for command in _standing(1).values() if "--convert-to" not in command]


@needs_office
def test_fault_38_nothing_outside_of_the_document_is_fetched(office: Office, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mat khau")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        source = (
            '<text:section text:name="{0}"><text:section-source xlink:href="{1}"/><text:p>c</text:p></text:section>'
        )
        sections = source.format("A", secret.as_uri()) + source.format("B", url)
        picture = f'<draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{url}"/></draw:frame>'
        opened = odt(f"<text:p>Truoc</text:p>{sections}<text:p>{picture}</text:p>")
        field = '{{\\field{{\\*\\fldinst {0} "{1}"}}{{\\fldrslt c}}}}'
        rich = rtf("").replace(
            b"}",
            "".join(field.format(*pair) for pair in (("INCLUDETEXT", secret), ("INCLUDEPICTURE", url))).encode() + b"}",
            1,
        )
        for kind, content in ((WordKind.ODT, opened), (WordKind.RTF, rich)):
            assert b"mat khau" not in _unpacked(office.convert(kind, content).content)
        with pytest.raises(TimeoutError):
            server.accept()


@needs_office
def test_a_program_has_nothing_of_ours_and_its_limits(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_SECRET", "mat-khau")
    office.convert(WordKind.DOC, MEMO)
    office.convert(WordKind.DOC, MEMO)
    (process,) = _standing(1)
    _wait_for_program(process)
    environment = Path(f"/proc/{process}/environ").read_bytes()
    assert b"HOSO" not in environment
    limits = Path(f"/proc/{process}/limits").read_text()
    for name, value in (
        ("address space", 1 << 30),
        ("file size", 32 << 20),
        ("open files", 256),
        ("core file size", 0),
    ):
        assert any(line.startswith(f"Max {name} ") and str(value) in line.split() for line in limits.splitlines()), name
    assert os.getsid(process) == process


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("cat /etc/hostname", ""),
        ("cat /proc/self/environ", ""),
        ("ls /tmp", ""),
        ("echo x > /tmp/hoso-outside", ""),
        ("exec 3<>/dev/tcp/127.0.0.1/{port} && echo connected", ""),
        ("echo x > {folder}/a && cat {folder}/a", "x"),
    ],
)
def test_a_program_sees_its_own_folder_and_no_network(tmp_path: Path, command: str, told: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = command.format(folder=tmp_path, port=server.getsockname()[1])
        process = start(["/bin/bash", "-c", f"{line} || true"], tmp_path, OfficeLimits(), output=subprocess.PIPE)
        assert finish(process, "bash", time.monotonic() + 20).decode().strip() == told


def test_a_program_that_is_not_there_is_our_failure(tmp_path: Path) -> None:
    process = start([str(tmp_path / "missing")], tmp_path, OfficeLimits())
    with pytest.raises(UnreadableError, match="exit status 97"):
        finish(process, "it", time.monotonic() + 20)


@pytest.mark.parametrize(
    ("convert", "detail"),
    [
        ("exit 0", "LibreOffice could not load the document"),
        ("exit 3", "LibreOffice failed: exit status 3"),
        ("kill -SEGV $$", "LibreOffice failed: signal 11"),
        ("mkdir out; ln -s /etc/passwd out/in.docx", "LibreOffice could not load the document"),
        ("mkdir -p out/in.docx", "LibreOffice wrote"),
        ("mkdir out; : > out/in.docx", "LibreOffice wrote"),
        ("mkdir out; head -c 9000000 /dev/zero > out/in.docx; true", "LibreOffice wrote"),
        ("exec sleep 60", "stopped: LibreOffice took too long"),
    ],
)
def test_a_conversion_that_fails_says_so_and_leaves_nothing(tmp_path: Path, convert: str, detail: str) -> None:
    before = _programs()
    limits = OfficeLimits(seconds=2, output=8 << 20)
    with Office(limits, fake(tmp_path, convert)) as office:
        assert refusal(office).startswith(detail)
    assert _programs().keys() == before.keys()


def test_a_libreoffice_that_does_not_start_is_told(tmp_path: Path) -> None:
    with Office(OfficeLimits(ahead=1), fake(tmp_path, "exit 0", first=5)) as office:
        assert refusal(office) == "LibreOffice does not start (status 5)"


def test_a_deadline_of_the_message_goes_before_the_limit(tmp_path: Path) -> None:
    with Office(OfficeLimits(seconds=60), fake(tmp_path, "exec sleep 60")) as office:
        began = time.monotonic()
        with pytest.raises(UnreadableError, match="too long"):
            office.convert(WordKind.DOC, MEMO, time.monotonic() + 0.5)
        assert time.monotonic() - began < 50


def test_a_program_that_ended_while_it_waited_is_replaced(tmp_path: Path) -> None:
    programs = fake(tmp_path, "mkdir out; echo docx > out/in.docx")
    with Office(OfficeLimits(seconds=20), programs) as office:
        assert office.convert(WordKind.RTF, b"x").content == b"docx\n"
        for process, command in _programs().items():
            if "sleep 60" in command:
                os.kill(process, 9)
        assert office.convert(WordKind.RTF, b"x").content == b"docx\n"


def test_an_office_that_is_not_open_says_so(tmp_path: Path) -> None:
    office = Office(programs=fake(tmp_path, "exit 0"))
    assert refusal(office) == "the office is not open"
    with office:
        pass
    assert refusal(office) == "the office is not open"


@needs_antiword
def test_without_libreoffice_antiword_gives_the_text_of_a_doc_and_nothing_else() -> None:
    antiword = replace(installed(), office=None)
    with Office(programs=antiword) as office:
        converted = office.convert(WordKind.DOC, MEMO)
        assert converted.form is Form.TEXT
        assert "Kính gửi" in converted.content.decode()
        assert "failed" in refusal(office, b"no document")
        assert "libreoffice-writer-nogui" in refusal(office, b"{\\rtf1}", WordKind.RTF)
        assert [hold.held for hold in office.describe()] == [False]


def test_without_any_program_it_is_said_what_to_install() -> None:
    with Office(programs=Programs(None, None)) as office:
        for kind in set(WordKind) - {WordKind.HEIC}:
            assert "libreoffice-writer-nogui" in refusal(office, kind=kind)
        (hold,) = office.describe()
        assert not hold.held
        assert "libreoffice-writer-nogui" in hold.detail


def _programs() -> dict[int, str]:
    """What this process has started and is running: id → command line."""
    found = {process: _command(process) for process in _children(os.getpid())}
    return {process: command for process, command in found.items() if command}


def _standing(count: int) -> dict[int, str]:
    """Those that wait for a document, once there are as many."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = {process: command for process, command in _programs().items() if _profile(command)}
        if len(found) == count:
            return found
        time.sleep(0.05)
    raise TimeoutError(f"{count} programs were to stand ready")


def _profile(command: str) -> str:
    return next((word.partition("=")[2] for word in command.split() if word.startswith("-env:UserInstallation=")), "")


def _wait_for_program(process: int) -> None:
    """Until it has limited itself and has become the program."""
    until = time.monotonic() + 20
    while b"parsers.launch" in Path(f"/proc/{process}/cmdline").read_bytes() and time.monotonic() < until:
        time.sleep(0.02)


def _roots() -> set[Path]:
    """The folders of the offices that are open."""
    return set(Path(tempfile.gettempdir()).resolve().glob("hoso-office-*"))


def _folders_in_use(others: set[Path]) -> set[Path]:
    """Of the programs that run now, without those of other offices: one of them may be starting its next."""
    profiles = [profile for command in _programs().values() if (profile := _profile(command))]
    folders = {Path(profile.removeprefix("file://")).parent for profile in profiles}
    return {folder for folder in folders if folder.parent not in others}


def _unpacked(docx: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_service_that_is_killed_takes_its_programs_with_it_and_the_next_one_clears_up(tmp_path: Path) -> None:
    fake(tmp_path, "exit 0")
    script = (
        "import os, sys, time; from parsers.office import Office; from parsers.limits import OfficeLimits\n"
        "from parsers.office_programs import Programs\n"
        f"Office(OfficeLimits(ahead=1), Programs({str(tmp_path / 'program' / 'soffice.bin')!r}, None)).open()\n"
        "time.sleep(60)\n"
    )
    service = subprocess.Popen([sys.executable, "-c", script], cwd=Path(__file__).parents[2])
    try:
        pattern = f"hoso-office-{service.pid}-*/*/profile"
        program = _until(lambda: next((one for one in _children(service.pid) if "sleep 60" in _command(one)), None))
    finally:
        service.kill()
        service.wait()
    assert _until(lambda: not _command(program) or None)
    assert list(Path(tempfile.gettempdir()).glob(pattern))
    with Office(programs=Programs(None, None)):
        assert not list(Path(tempfile.gettempdir()).glob(f"hoso-office-{service.pid}-*"))


_T = TypeVar("_T")


def _until(ask: Callable[[], _T | None]) -> _T:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        answer = ask()
        if answer is not None:
            return answer
        time.sleep(0.02)
    raise TimeoutError


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if int(path.read_text().rsplit(")", 1)[1].split()[1]) == parent:
                found.append(int(path.parent.name))
    return found
