# SPDX-License-Identifier: Apache-2.0
"""`egov-flow start`, `claim`, `complete`, `send`: what people do in cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import click

from egov_flow.agency import Agency
from egov_flow.cli.inputs import read_answers, read_data
from egov_flow.cli.opening import fixed_handlers, open_agency
from egov_flow.cli.options import acting, common, example, on_database
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import tell_case
from egov_flow.data import Context

__all__ = ["claim", "complete", "send", "start"]

Answers = Mapping[str, Context]

_data = click.option("--data", metavar="JSON|FILE", callback=read_data, help="Variables: a JSON object, a JSON file, or - for stdin.")
_key = click.option("--key", help="Idempotency key: the same call again does nothing and gives the first result.")
_handlers = click.option(
    "--handler",
    "answers",
    metavar="NAME=JSON",
    multiple=True,
    callback=read_answers,
    help='What service tasks of a handler get: name={"variable": 1}. Without any, their jobs wait for the application.',
)


def _agency(settings: Settings, answers: Answers) -> Agency:
    return open_agency(settings, handlers=fixed_handlers(answers))


@click.command(epilog=example("""start foi_request --as citizen:17 --data '{"subject": "Budget of the village road"}'"""))
@click.argument("procedure")
@click.option("--version", help="The deployed version; the newest by default.")
@_data
@_key
@_handlers
@acting
@on_database
@common
def start(settings: Settings, *, procedure: str, version: str | None, data: Context | None, key: str | None, answers: Answers) -> None:
    """Start a case.

    PROCEDURE is the name of a deployed procedure. The number that is printed is the applicant's receipt; --as is the applicant.
    """
    by = settings.actor()
    with _agency(settings, answers) as agency:
        tell_case(settings, agency.start(procedure, data, by=by, key=key, version=version))


@click.command(epilog=example("claim 019a2f6c4b1e-5d0c/3 --as officer:3 --role ppid"))
@click.argument("task")
@_key
@acting
@on_database
@common
def claim(settings: Settings, *, task: str, key: str | None) -> None:
    """Take a task.

    TASK is the id that `egov-flow tasks` prints.
    """
    by = settings.actor()
    with _agency(settings, {}) as agency:
        tell_case(settings, agency.claim(task, by=by, key=key))


@click.command(
    epilog=example("""complete 019a2f6c4b1e-5d0c/3 --as officer:3 --role ppid --data '{"decision": "grant", "reasons": "Public."}'""")
)
@click.argument("task")
@_data
@_key
@_handlers
@acting
@on_database
@common
def complete(settings: Settings, *, task: str, data: Context | None, key: str | None, answers: Answers) -> None:
    """Complete a task.

    TASK is the id that `egov-flow tasks` prints; --data is what its form asks for.
    """
    by = settings.actor()
    with _agency(settings, answers) as agency:
        tell_case(settings, agency.complete(task, data, by=by, key=key))


@click.command(epilog=example("""send "Payment received" --number FOIR-7K3M-9QXT-2BHD-VN --as system --data '{"amount": 50000}'"""))
@click.argument("message")
@click.option("--number", help="Public number of the case that it is for.")
@click.option("--case", "case", help="Id of the case that it is for.")
@click.option("--correlate", metavar="JSON|FILE", callback=read_data, help="Correlation properties that tell which case it is for.")
@click.option(
    "--keep",
    metavar="DAYS",
    type=click.IntRange(1, 366),
    help="Days that a message is kept which reaches nobody now; then it is an incident.",
)
@_data
@_key
@_handlers
@acting
@on_database
@common
def send(
    settings: Settings,
    *,
    message: str,
    number: str | None,
    case: str | None,
    correlate: Context | None,
    keep: int | None,
    data: Context | None,
    key: str | None,
    answers: Answers,
) -> None:
    """Send a message to the case that awaits it.

    MESSAGE is its name in the diagram. With --keep, one that nobody awaits yet is kept as a case of the procedure egov_incoming.
    """
    by = settings.actor()
    named = {name: value for name, value in (("number", number), ("case", case)) if value}
    with _agency(settings, answers) as agency:
        time = None if keep is None else timedelta(days=keep)
        tell_case(settings, *agency.send(message, data, correlate={**(correlate or {}), **named}, keep=time, by=by, key=key))
