"""From inside a reading process: what it may not do, each limit by an attempt against it (promise P10)."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.inside import Inside, inside

from parsers.limits import Limits, ProcessLimits
from parsers.sandbox import MessageUnreadableError


@pytest.fixture(scope="module")
def reading() -> Iterator[Inside]:
    with inside() as found:
        yield found


_README = str(Path(__file__).resolve().parents[2] / "README.md")


def _refused(answer: object) -> bool:
    return str(answer).startswith("refused: ")


@pytest.fixture
def open_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_service_on_loopback_cannot_be_reached(reading: Inside, open_port: int) -> None:
    socket.create_connection(("127.0.0.1", open_port)).close()
    assert _refused(reading.tries("connect", "127.0.0.1", open_port))


def test_nor_one_behind_a_socket_in_a_folder_where_databases_have_theirs(reading: Inside, tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        with socket.socket(socket.AF_UNIX) as free:
            free.connect(path)
        assert _refused(reading.tries("connect-unix", path))


@pytest.mark.parametrize("place", ["settings.yaml", "var/password", "var/hoso.sqlite"])
def test_files_of_the_service_cannot_be_read(reading: Inside, tmp_path: Path, place: str) -> None:
    secret = tmp_path / place
    secret.parent.mkdir(exist_ok=True)
    secret.write_text("mat khau")
    assert _refused(reading.tries("read", str(secret)))
    assert _refused(reading.tries("list", str(secret.parent)))


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "/proc/self/environ", f"/proc/{os.getpid()}/environ", _README],
    ids=["accounts", "its own environment", "the environment of the service", "a file of the project"],
)
def test_nor_those_of_the_machine_or_the_project(reading: Inside, path: str) -> None:
    assert _refused(reading.tries("read", path))


def test_the_folder_of_the_project_where_settings_and_data_lie_cannot_be_listed(reading: Inside) -> None:
    assert _refused(reading.tries("list", str(Path(__file__).resolve().parents[2])))


def test_no_file_is_written_removed_renamed_or_opened_up(reading: Inside, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("as it was")
    kept.chmod(0o600)
    for name, *further in (("write",), ("remove",), ("rename", str(tmp_path / "b")), ("change-mode",)):
        assert _refused(reading.tries(name, str(kept), *further)), name
    assert _refused(reading.tries("write", str(tmp_path / "new")))
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (kept.read_text(), kept.stat().st_mode & 0o777) == ("as it was", 0o600)


def test_its_environment_holds_no_path_no_home_and_nothing_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOSO_IMAP_PASSWORD", "PGPASSWORD", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "mat-khau")
    with inside() as reading:
        found = reading.tries("environment")
    assert found.keys() <= {"LC_ALL", "LC_CTYPE", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MALLOC_ARENA_MAX"} | {
        "OMP_THREAD_LIMIT",
        "OPENCV_FOR_THREADS_NUM",
        "MALLOC_MMAP_THRESHOLD_",
        "GLIBC_TUNABLES",
        "TESSDATA_PREFIX",
    }


def test_it_has_no_descriptor_but_its_own_pipes(tmp_path: Path) -> None:
    with socket.socket() as mail, (tmp_path / "database").open("w+") as database:
        os.set_inheritable(mail.fileno(), True)
        os.set_inheritable(database.fileno(), True)
        with inside() as reading:
            found = sorted(reading.tries("descriptors"))
    assert found == ["device", "device", "device", "device", "file", "pipe", "pipe"], "the file is /proc/self/statm"


@pytest.mark.parametrize("name", ["fork", "thread", "exec", "run"])
def test_no_process_thread_or_program_is_started(reading: Inside, name: str) -> None:
    assert _refused(reading.tries(name))


def test_no_other_process_is_signalled(reading: Inside) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert _refused(reading.tries("kill", other.pid))
        assert _refused(reading.tries("kill", os.getpid()))
        assert other.poll() is None


def test_limits_are_not_lifted_again_not_even_by_root(reading: Inside) -> None:
    assert _refused(reading.tries("raise-limits"))


@pytest.mark.parametrize(
    "number",
    [425, 435, 437, 428, 434],
    ids=["io_uring_setup", "clone3", "openat2", "open_tree", "pidfd_open"],
)
def test_the_large_new_interfaces_of_the_kernel_are_closed(reading: Inside, number: int) -> None:
    assert _refused(reading.tries("call", number))


def test_memory_above_the_limit_is_refused_and_below_it_given(reading: Inside) -> None:
    assert reading.tries("memory", 300 << 20) == 300 << 20
    assert reading.tries("memory", 520 << 20) == "refused: MemoryError"


def test_no_more_files_than_the_limit_are_open(reading: Inside) -> None:
    assert _refused(reading.tries("open-files"))


def test_the_time_of_the_processor_and_the_time_on_the_wall_end_it() -> None:
    with (
        inside(Limits(part_seconds=1, message_seconds=20)) as reading,
        pytest.raises(MessageUnreadableError, match="not read within"),
    ):
        reading.tries("spin")
    limits = Limits(part_seconds=25, message_seconds=50, process=ProcessLimits(cpu_seconds=1))
    with inside(limits) as reading, pytest.raises(MessageUnreadableError, match="signal 24"):
        reading.tries("spin")


def test_what_fails_in_a_used_process_is_tried_once_more_in_a_fresh_one() -> None:
    with inside() as reading:
        assert [reading.tries("only-the-first") for _ in range(3)] == [0, 0, 0]


def test_an_answer_above_its_size_ends_it_and_the_next_message_is_read() -> None:
    with inside(replace(Limits(), frame=1 << 20)) as reading:
        with pytest.raises(MessageUnreadableError, match=r"a frame of .* above the limit"):
            reading.tries("many-words", 2 << 20)
        assert reading.tries("many-words", 10) == "x" * 10
