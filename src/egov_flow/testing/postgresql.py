# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of one's own for a test run: from the system's binaries, in a temporary folder, on a socket that nobody else can reach."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import attrs

__all__ = ["Server", "missing", "serve"]

OWNER = "egov"
_DEFAULTS = ("listen_addresses=", "shared_buffers=64MB", "max_connections=120", "timezone=UTC")
_HASTY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def missing() -> str:
    """Return why no server can be started here; "" if one can."""
    if not hasattr(os, "getuid"):
        return "no POSIX system"
    return "" if _binaries() is not None else "initdb and pg_ctl are not installed (Debian, Ubuntu: apt-get install postgresql)"


@attrs.define
class Server:
    """A running server.

    Attributes:
        folder: of its socket and log.
    """

    folder: Path
    _numbers: Iterator[int] = attrs.field(factory=count)

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def database(self, *, template: str = "template0") -> str:
        """Make a new database, as a copy of another that nobody is connected to, and return its name."""
        name = f"cases_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected to it."""
        self.run(f"DROP DATABASE {database} WITH (FORCE)")

    def run(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run one statement outside a transaction and return its rows."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user=OWNER, dbname=database, autocommit=True) as connection:
            result = connection.execute(statement.encode())
            return result.fetchall() if result.description else []


@contextmanager
def serve(*, durable: bool = True) -> Iterator[Server]:
    """Run a server until the block ends, then remove it with all its data.

    Args:
        durable: False lets it answer before the disk has written, which is faster; a killed client is survived all the same, a power cut is not.

    Raises:
        RuntimeError: it cannot be started; the text says why.
    """
    binaries = _binaries()
    if binaries is None:
        raise RuntimeError(missing())
    folder = Path(tempfile.mkdtemp(prefix="egov-pg-"))
    user = _unprivileged(folder)
    options = " ".join(f"-c {setting}" for setting in (*_DEFAULTS, f"unix_socket_directories={folder}", *(() if durable else _HASTY)))
    data, log = folder / "data", folder / "log"
    try:
        _do(user, binaries / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        _do(user, binaries / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield Server(folder)
        finally:
            _do(user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    """The folder of initdb and pg_ctl: Debian keeps them off the PATH, one folder per version."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


def _unprivileged(folder: Path) -> str | None:
    """The account that the server runs under; it refuses to run as root."""
    if os.getuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next(name for name in ("postgres", "nobody", "daemon") if name in known)
    shutil.chown(folder, user)
    return user


def _do(user: str | None, *command: str | Path) -> None:
    done = subprocess.run(  # noqa: S603 - the binaries of PostgreSQL, with arguments of ours
        [str(part) for part in command],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stdout.strip()[-2000:]}")
