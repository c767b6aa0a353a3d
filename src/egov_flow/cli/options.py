# SPDX-License-Identifier: Apache-2.0
"""Options that many commands share; they fill `Settings`, so that a command's own parameters are its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs
import click

from egov_flow.cli.inputs import read_answers, read_data, read_text
from egov_flow.cli.settings import DEFAULT_DATABASE, Settings
from egov_flow.texts import LANGUAGES

__all__ = ["acting", "common", "example", "on_database", "read_moment", "with_data", "with_handlers", "with_key", "with_reason"]

LAST_YEAR = 9000
"""Of a clock that is pretended: what falls due later must still have a date, and there is none after 9999."""

Function = Callable[..., Any]
Decorator = Callable[[Function], Function]

with_data = click.option("--data", metavar="JSON|FILE", callback=read_data, help="Variables: a JSON object, a JSON file, or - for stdin.")
with_key = click.option("--key", help="Idempotency key: the same call again does nothing and gives the first result.")
with_handlers = click.option(
    "--handler",
    "answers",
    metavar="NAME=JSON",
    multiple=True,
    callback=read_answers,
    help='What service tasks of a handler get: name={"variable": 1}. Without any, their jobs wait for the application.',
)
with_reason = click.option("--reason", metavar="TEXT", required=True, callback=read_text, help="Why; it is recorded.")


def example(*lines: str) -> str:
    """Return the epilogue of a command's help: one example a line."""
    return "\b\nExample:\n" + "\n".join(f"  egov-flow {line}" for line in lines)


def common(command: Function) -> Function:
    """Add what every command has: `--json`, `--lang`, `--debug`; the command receives the `Settings` first."""
    command = click.pass_obj(command)
    command = _option("is_debug", "--debug", is_flag=True, help="Show the traceback of an unexpected error.")(command)
    command = _option(
        "language",
        "--lang",
        type=click.Choice(LANGUAGES),
        default="en",
        envvar="EGOV_FLOW_LANG",
        show_default=True,
        help="Language of messages.",
    )(command)
    return _option("is_json", "--json", is_flag=True, help="Print one JSON document on stdout.")(command)


def on_database(command: Function) -> Function:
    """Add where the cases are: `--db`, `--tenant`, `--directory`, `--clock`."""
    command = _option(
        "moment", "--clock", read_moment, metavar="MOMENT", help="Pretend that it is this moment, for tests: 2026-01-05T09:00+07:00."
    )(command)
    command = _option(
        "directory",
        "--directory",
        type=click.Path(exists=True, dir_okay=False),
        envvar="EGOV_FLOW_DIRECTORY",
        show_envvar=True,
        help="organisation.yaml that confirms roles; without one, the roles that --role claims are trusted.",
    )(command)
    command = _option("tenant", "--tenant", default="default", envvar="EGOV_FLOW_TENANT", show_default=True, help="Whose cases.")(command)
    return _option(
        "database",
        "--db",
        metavar="URL",
        envvar="EGOV_FLOW_DB",
        show_envvar=True,
        help=f"Database of the cases.  [default: {DEFAULT_DATABASE}]",
    )(command)


def acting(command: Function) -> Function:
    """Add who acts: `--as`, `--role` and `--works-in`."""
    command = _option(
        "office", "--works-in", metavar="OFFICE", envvar="EGOV_FLOW_OFFICE", show_envvar=True, help="Office that the actor works in."
    )(command)
    command = _option(
        "roles",
        "--role",
        multiple=True,
        envvar="EGOV_FLOW_ROLES",
        show_envvar=True,
        help="Role that the actor has; may be given several times.",
    )(command)
    return _option(
        "actor_id", "--as", metavar="ACTOR", envvar="EGOV_FLOW_AS", show_envvar=True, help="Who acts: officer:3, citizen:17, or system."
    )(command)


@attrs.frozen
class _Keep:
    """Puts an option's value into the settings."""

    field: str
    convert: Callable[[click.Context, click.Parameter, Any], Any] | None = None

    def __call__(self, context: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value is not None:
            kept = self.convert(context, parameter, value) if self.convert else value
            setattr(context.ensure_object(Settings), self.field, kept)


def _option(field: str, name: str, convert: Any = None, **arguments: Any) -> Decorator:
    # eager, so that the language and the form are known before another option is refused
    return click.option(name, field, expose_value=False, is_eager=True, callback=_Keep(field, convert), **arguments)


def read_moment(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    """Return the date and time that an option gives; a click callback, and a usage error for anything without an offset."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise click.BadParameter(context.ensure_object(Settings).say("EF-L011", value=value[:60]), context, parameter)
    if moment.year > LAST_YEAR:
        raise click.BadParameter(context.ensure_object(Settings).say("EF-L059", last=LAST_YEAR), context, parameter)
    return moment
