# SPDX-License-Identifier: Apache-2.0
"""The tables. All begin with `egov_`, so that they can live beside an application's own; moments are microseconds since 1970 in UTC."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import postgresql

__all__ = [
    "APPEND_ONLY",
    "FORMAT",
    "METADATA",
    "REVISIONS",
    "STATISTICS",
    "candidates",
    "case_keys",
    "cases",
    "deadlines",
    "deployment_files",
    "deployments",
    "events",
    "incidents",
    "jobs",
    "parts",
    "registries",
    "remembered",
    "revisions",
    "schema",
    "search",
    "subject_keys",
    "tasks",
    "timers",
    "waits",
]

FORMAT = 4
"""Number of this layout; a database of a lower number is upgraded by `egov-flow db upgrade`, one of a higher number is refused."""

METADATA = MetaData()
REVISIONS = "egov_revision"
TEXT = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")  # ids sort as in SQLite, whatever language the database speaks
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str, *, key: str | None = None) -> Column[Any]:
    return Column(name, TEXT, key=key or name, nullable=False)


def _number(name: str) -> Column[Any]:
    return Column(name, NUMBER, nullable=False)


def _bytes(name: str) -> Column[Any]:
    return Column(name, LargeBinary(), nullable=False)


def _moment(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, NUMBER, nullable=optional)


def _case() -> Column[Any]:
    return _text("case_id", key="case")  # CASE is a word of SQL


def _of_case() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant", "case"], ["egov_cases.tenant", "egov_cases.id"])


def _table(name: str, *columns: Any, primary: tuple[str, ...], wide: bool = False) -> Table:
    """Make a table. Its rows lie in the order of the primary key, so that those of a case share pages and a step writes few; wide rows lie apart."""
    return Table(f"egov_{name}", METADATA, _text("tenant"), *columns, PrimaryKeyConstraint(*primary), sqlite_with_rowid=wide)


def _partial(name: str, table: Table, condition: str, *columns: str) -> Index:
    where = text(condition)
    return Index(f"egov_{name}", *(table.c[column] for column in columns), sqlite_where=where, postgresql_where=where)


revisions = Table(REVISIONS, METADATA, Column("version_num", String(32), primary_key=True))  # as Alembic makes it

schema = Table("egov_schema", METADATA, Column("format", Integer(), primary_key=True, autoincrement=False), _moment("created"))

cases = _table(
    "cases",
    *map(_text, ("id", "number", "procedure", "version", "sha256", "engine", "semantics", "status", "applicant", "parent")),
    *map(_bytes, ("clear", "payload")),
    *map(_number, ("state_version", "last_seq")),
    _text("last_leaf"),
    *map(_moment, ("created", "updated")),
    UniqueConstraint("tenant", "number"),
    primary=("tenant", "id"),
    wide=True,
)
Index("egov_cases_by_procedure", cases.c.tenant, cases.c.procedure, cases.c.id)
Index("egov_cases_by_applicant", cases.c.tenant, cases.c.applicant, cases.c.id)
Index("egov_cases_by_status", cases.c.tenant, cases.c.status, cases.c.id)

events = _table(
    "events",
    _case(), _number("case_seq"), _bytes("lines"), _bytes("leaves"),
    Column("number", NUMBER), Column("target", TEXT), Column("payload", LargeBinary()),  # of the command; the registry's events have none
    primary=("tenant", "case", "case_seq"), wide=True,
)  # fmt: skip

tasks = _table(
    "tasks",
    _text("id"), _case(), _number("counter"),
    *map(_text, ("element", "name", "role", "candidates", "assignee", "form")),
    _moment("created"), _moment("due", optional=True), _text("deadline"), _text("status"), _moment("ended", optional=True), _text("ended_by"),
    _of_case(),
    primary=("tenant", "case", "id"),
)  # fmt: skip
_partial("tasks_by_age", tasks, "status = 'open'", "tenant", "created", "case", "counter")
_partial("tasks_by_role", tasks, "status = 'open'", "tenant", "role", "created", "case", "counter")
_partial("tasks_by_assignee", tasks, "status = 'open' AND assignee <> ''", "tenant", "assignee", "created", "case", "counter")
_partial("tasks_by_due", tasks, "status = 'open' AND due IS NOT NULL", "tenant", "due")

candidates = _table("candidates", _text("name"), _case(), _text("task"), primary=("tenant", "name", "case", "task"))
Index("egov_candidates_by_task", candidates.c.tenant, candidates.c.case, candidates.c.task)

jobs = _table(
    "jobs",
    _text("id"), _case(), _number("counter"), _text("element"), _text("name"), _bytes("payload"), _text("status"), _number("attempts"),
    _moment("due"), _moment("leased_until", optional=True), _number("fence"),
    Column("priority", NUMBER, nullable=False, server_default=text("0")), Column("cause", TEXT, nullable=False, server_default=text("''")), _of_case(),
    primary=("tenant", "case", "id"),
)  # fmt: skip
Index(
    "egov_jobs_by_due", jobs.c.tenant, jobs.c.priority.desc(), jobs.c.due,
    sqlite_where=text("status = 'waiting'"), postgresql_where=text("status = 'waiting'"),
)  # fmt: skip

timers = _table("timers", _case(), _number("wait"), _text("element"), _moment("due"), _of_case(), primary=("tenant", "case", "wait"))
Index("egov_timers_by_due", timers.c.tenant, timers.c.due)

waits = _table(
    "waits", _case(), _number("wait"), _text("element"), _text("name"), _text("key"), _of_case(), primary=("tenant", "case", "wait")
)
Index("egov_waits_by_name", waits.c.tenant, waits.c.name, waits.c.key, waits.c.case, waits.c.wait)

deadlines = _table(
    "deadlines",
    _case(), _text("name"), _moment("opened"), _moment("due"), _number("amount"), *map(_text, ("unit", "status", "days", "calendar", "legal_basis")),
    Column("verified", Boolean(), nullable=False), _number("extensions"), _text("reason"), _moment("stopped", optional=True),
    _moment("ended", optional=True), _of_case(),
    primary=("tenant", "case", "name"),
)  # fmt: skip
_partial("deadlines_by_due", deadlines, "status = 'running'", "tenant", "due")

incidents = _table(
    "incidents",
    _text("id"), _case(), _number("counter"), *map(_text, ("element", "kind", "cause", "ways_out")), _moment("since", optional=True),
    _moment("closed", optional=True), _of_case(),
    primary=("tenant", "case", "id"),
)  # fmt: skip
_partial("incidents_by_case", incidents, "closed IS NULL", "tenant", "case")

remembered = _table("remembered", *map(_text, ("kind", "key", "digest", "result")), _moment("at"), primary=("tenant", "kind", "key"))

deployments = Table(
    "egov_deployments",
    METADATA,
    Column("position", NUMBER, primary_key=True),
    *map(_text, ("tenant", "procedure", "version", "sha256")),
    _text("deployed_by", key="by"),
    _moment("at"),
    _text("accepted"),
    UniqueConstraint("tenant", "procedure", "version"),
)
deployment_files = _table(
    "deployment_files",
    _text("procedure"),
    _text("version"),
    _text("path"),
    _bytes("content"),
    primary=("tenant", "procedure", "version", "path"),
    wide=True,
)

case_keys = _table("case_keys", _case(), _text("subject"), _bytes("wrapped"), _of_case(), primary=("tenant", "case", "subject"))
Index("egov_case_keys_by_subject", case_keys.c.tenant, case_keys.c.subject)
subject_keys = _table("subject_keys", _text("subject"), _bytes("wrapped"), primary=("tenant", "subject"))

parts = _table("parts", _case(), _text("name"), _bytes("content"), _of_case(), primary=("tenant", "case", "name"), wide=True)

search = _table("search", _case(), _text("name"), _text("mark"), _of_case(), primary=("tenant", "case", "name"))
Index("egov_search_by_mark", search.c.tenant, search.c.name, search.c.mark, search.c.case)

registries = _table("registries", _number("last_seq"), _text("last_leaf"), primary=("tenant",))

STATISTICS = {
    ("tasks", "tasks"): "3000000 3000000 3 1",
    ("tasks", "tasks_by_age"): "1000000 1000000 1 1 1",
    ("tasks", "tasks_by_role"): "1000000 1000000 10000 1 1 1",
    ("tasks", "tasks_by_assignee"): "500000 500000 50 1 1 1",
    ("tasks", "tasks_by_due"): "1000 1000 1",
    ("candidates", "candidates"): "100000 100000 1000 2 1",
    ("candidates", "candidates_by_task"): "100000 100000 2 2 1",
    ("jobs", "jobs"): "1000000 1000000 2 1",
    ("jobs", "jobs_by_due"): "100 100 100 1",
    ("timers", "timers"): "1000000 1000000 2 1",
    ("timers", "timers_by_due"): "1000000 1000000 1",
    ("deadlines", "deadlines"): "1000000 1000000 2 1",
    ("deadlines", "deadlines_by_due"): "1000000 1000000 1",
    ("search", "search"): "1000000 1000000 1 1",
    ("search", "search_by_mark"): "1000000 1000000 1000000 1 1",
    ("waits", "waits"): "1000000 1000000 2 1",
    ("waits", "waits_by_name"): "1000000 1000000 100000 2 1 1",
    ("incidents", "incidents"): "10000 10000 2 1",
    ("incidents", "incidents_by_case"): "100 100 1",
}
"""What SQLite's planner is told about tables and indexes from the first day (rows, then rows per value of each leading column).

Without it, it believes that a tenant has ten rows, and reads a whole ministry's tasks to find one officer's.
"""

APPEND_ONLY = ("egov_deployment_files", "egov_deployments", "egov_events")
"""Rows of these are never changed or deleted; triggers refuse it. That guards against accidents; the chain and its checkpoints are the proof."""
