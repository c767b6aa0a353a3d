# SPDX-License-Identifier: Apache-2.0
"""`egov-flow db`: what the owner of a database does to it."""

from __future__ import annotations

from typing import IO

import click

from egov_flow.agency import administration, give_key
from egov_flow.cli.opening import database_file
from egov_flow.cli.options import common, example, on_database
from egov_flow.cli.output import show_document, show_text
from egov_flow.cli.settings import DEFAULT_DATABASE, Settings
from egov_flow.errors import NotFound
from egov_flow.ports import Administration

__all__ = ["db"]

KEYLESS = 1
"""The layout of databases that had no master key."""


@click.group(epilog=example("db upgrade"))
def db() -> None:
    """Look after a database."""


@db.command(epilog=example("db upgrade --db sqlite:///cases.db"))
@on_database
@common
def upgrade(settings: Settings) -> None:
    """Bring a database to the newest layout.

    A new database gets it at once. An upgrade is one transaction: it is done whole or not at all. Make a backup first; there is no way back. A SQLite database
    of layout 1 never had a master key and gets one beside it, unless EGOV_FLOW_MASTER_KEY_FILE names one.
    """
    administered, url = _administered(settings, creates=True), settings.database or DEFAULT_DATABASE
    # before the upgrade, which cannot be told afterwards from a database whose key is lost
    key = give_key(url) if administered.current() == KEYLESS and database_file(url) is not None else None
    before, now = administered.upgrade(), administered.current()
    if settings.is_json:
        show_document({"before": before, "layout": now, "key": str(key) if key else None})
        return
    show_text(settings.say("EF-L310" if before == now else "EF-L311", before=before, layout=now))
    if key is not None:
        show_text(settings.say("EF-L317", file=key))


@db.command(epilog=example("db current", "db current --json"))
@on_database
@common
def current(settings: Settings) -> None:
    """Say which layout a database has; 0 is none."""
    layout = _administered(settings).current()
    if settings.is_json:
        show_document({"layout": layout})
    else:
        show_text(settings.say("EF-L312", layout=layout))


@db.command(epilog=example("db check --db sqlite:///cases.db"))
@on_database
@common
def check(settings: Settings) -> None:
    """Check that a database is as this version expects.

    Its tables, columns, indexes, and the triggers and policies that guard evidence and tenants; of SQLite also the file itself. `egov-flow audit verify` checks
    what is written in it. The exit code is 1 if anything differs.
    """
    found = _administered(settings).check()
    if settings.is_json:
        show_document({"differences": list(found)})
    else:
        for line in found:
            show_text(line)
        show_text(settings.say("EF-L314" if found else "EF-L313", count=len(found)))
    if found:
        raise click.exceptions.Exit(1)


@db.command(epilog=example("db dump cases.jsonl --db sqlite:///cases.db"))
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@on_database
@common
def dump(settings: Settings, *, file: str) -> None:
    """Write a whole database to FILE as text.

    As it is at one moment, whatever is written meanwhile; every tenant. What was sealed stays sealed: the master key is not in it.
    """
    administered = _administered(settings)
    with _new(file) as stream:
        rows = administered.dump(stream)
    if settings.is_json:
        show_document({"rows": rows})
    elif file != "-":
        show_text(settings.say("EF-L315", rows=rows))


@db.command(epilog=example("db load cases.jsonl --db postgresql+psycopg://egov@db/cases"))
@click.argument("file", type=click.File("rb"))
@on_database
@common
def load(settings: Settings, *, file: IO[bytes]) -> None:
    """Load what `db dump` wrote into a database without rows.

    SQLite to PostgreSQL and back. All of it is read back and compared before anything is kept. The master key is not in it: copy it along.
    """
    rows = _administered(settings, creates=True).load(file)
    if settings.is_json:
        show_document({"rows": rows})
    else:
        show_text(settings.say("EF-L316", rows=rows))
        settings.warn("EF-L318")


@db.command(epilog=example("db roles egov_app --db postgresql+psycopg://egov@db/cases | psql cases"))
@click.argument("role")
@on_database
@common
def roles(settings: Settings, *, role: str) -> None:
    """Print SQL that gives ROLE the least it needs.

    The account of an application reads and writes rows of one tenant, adds evidence and never changes it. Whoever owns the tables runs it.
    """
    script = _administered(settings, creates=True).roles(role)
    if settings.is_json:
        show_document({"sql": script})
    else:
        show_text(script.rstrip("\n"))


def _new(file: str) -> IO[bytes]:
    """Open a file that is there only once it is whole."""
    try:
        return click.open_file(file, "wb", atomic=True)
    except OSError as cause:  # it names the file that would have become this one
        raise OSError(cause.errno, cause.strerror, file) from cause


def _administered(settings: Settings, *, creates: bool = False) -> Administration:
    """Open the database that `--db` names; who only looks leaves no empty one behind."""
    url = settings.database or DEFAULT_DATABASE
    file = database_file(url)
    if file is not None and not creates and not file.exists():
        raise NotFound("EF-L003", file=file)
    return administration(url)
