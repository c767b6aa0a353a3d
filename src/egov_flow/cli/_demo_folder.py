# SPDX-License-Identifier: Apache-2.0
"""The demo's folder: made whole beside its place and put there at the end, so that a broken run leaves nothing and nobody's files are overwritten."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from egov_flow.errors import ConflictError, InvalidData, NotFound, StoreError
from egov_flow.values import Event

__all__ = ["fresh_folder", "shipped", "tamper"]

MARK = ".egov-flow-demo"
PROCEDURE = Path("indonesia/foi_request")
READ = "SELECT case_seq, lines FROM egov_events WHERE tenant = ? AND case_id = ? AND case_seq <= ? ORDER BY case_seq DESC LIMIT 1"
FORGE = "UPDATE egov_events SET lines = ? WHERE tenant = ? AND case_id = ? AND case_seq = ?"


def shipped() -> Path:
    """Return the folder of the procedure that the demo plays.

    Raises:
        NotFound: this installation has no shipped procedures.
    """
    package = Path(__file__).resolve().parents[1]
    places = (package / "processes", package.parents[1] / "processes", Path("processes"))
    for place in places:
        if (place / PROCEDURE / "process.bpmn").is_file():
            return place / PROCEDURE
    raise NotFound("EF-L901", procedure=PROCEDURE.as_posix())


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """Give an empty folder beside `out`; after the block it takes the place of `out`, after an exception it is gone.

    Raises:
        ConflictError: `out` is there and is no folder of an earlier demo, or one stands in it; nothing is touched.
        InvalidData: no database URL can name the folder.
        StoreError: the folder cannot be written.
    """
    place = out.absolute()
    _refuse_foreign(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    except OSError as cause:
        raise StoreError("EF-L903", folder=out, reason=cause.strerror or type(cause).__name__) from cause
    try:
        (work / MARK).write_text("Written by egov-flow demo; the next demo replaces this folder.\n", "utf-8")
        yield work
        _refuse_foreign(place)
        work.chmod(0o755)  # a temporary folder is for its owner alone
        _swap(work, place)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _refuse_foreign(place: Path) -> None:
    if Path.cwd().is_relative_to(place):
        raise ConflictError("EF-L904", folder=place)
    if "?" in str(place):
        raise InvalidData("EF-L905", folder=place)
    if place.is_symlink() or (place.exists() and not (place / MARK).is_file() and not _is_empty(place)):
        raise ConflictError("EF-L902", folder=place)


def _is_empty(place: Path) -> bool:
    return place.is_dir() and not any(place.iterdir())


def _swap(work: Path, place: Path) -> None:
    if not place.exists():
        work.rename(place)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    place.rename(old / "old")
    try:
        work.rename(place)
    except OSError:
        (old / "old").rename(place)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def tamper(source: Path, copy: Path, event: Event, actor: str) -> None:
    """Copy a database of cases, and change in the copy who caused an event.

    Args:
        event: the one to change.
        actor: who shall have done it instead.
    """
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(copy)) as forged:
        original.backup(forged)
        forged.execute("DROP TRIGGER egov_events_no_update")  # what keeps the trail append-only stops nobody who owns the file
        first, lines = forged.execute(READ, (event.tenant, event.case, event.case_seq)).fetchone()
        told = lines.splitlines(keepends=True)
        told[event.case_seq - first] = told[event.case_seq - first].replace(event.actor.encode(), actor.encode())
        forged.execute(FORGE, (b"".join(told), event.tenant, event.case, first))
        forged.commit()
        forged.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    key = Path(f"{source}.key")  # the master key that a SQLite database has beside it; whoever copies all of a folder has it too
    if key.exists():
        shutil.copy2(key, f"{copy}.key")
    for left in (f"{copy}-wal", f"{copy}-shm"):
        Path(left).unlink(missing_ok=True)
