"""The backends of the ledger: every test that asks for ``address`` runs on each of them.

PostgreSQL is Debian's own (apt package ``postgresql``), started for the session in a temporary folder on a Unix
socket, without a network, and stopped after it; where it is missing, its tests are skipped with that reason.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

_USER = "hkconcept"
_SETTINGS = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=40", "-c", "shared_buffers=16MB")


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Give the address of a running PostgreSQL server, without a database name."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    # A socket's path may have 107 bytes, which the folders of pytest can exceed.
    folder = Path(tempfile.mkdtemp(prefix="hkpg-"))
    # The server refuses to run as root.
    runs_as = "postgres" if os.geteuid() == 0 else None
    if runs_as:
        shutil.chown(folder, runs_as)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def run(*command: str | Path) -> None:
        ran = subprocess.run(command, check=False, user=runs_as, env=environment, cwd=folder, capture_output=True)
        assert ran.returncode == 0, ran.stderr.decode(errors="replace")

    data = folder / "data"
    run(binaries / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = " ".join((*_SETTINGS, "-c", f"unix_socket_directories={folder}"))
    subprocess.run(
        [binaries / "pg_ctl", "-D", data, "-o", settings, "-l", folder / "log", "-w", "start"],
        check=True, user=runs_as, env=environment, cwd=folder, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield f"postgresql://{_USER}@/{{}}?host={folder}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: str) -> Iterator[str]:
    """Give the address of a new, empty database."""
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}"')
    yield server.format(name)
    with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
        owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite file", "sqlite memory", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a new, empty ledger on each backend in turn."""
    if request.param == "sqlite memory":
        return ":memory:"
    if request.param == "sqlite file":
        return str(tmp_path / "ledger.sqlite")
    found: str = request.getfixturevalue("database")
    return found
