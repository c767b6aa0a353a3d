# SPDX-License-Identifier: Apache-2.0
"""`egov-flow claim`, `release`, `assign`, `complete`: what becomes of a task."""

from __future__ import annotations

from collections.abc import Mapping

import click

from egov_flow.cli.inputs import read_text
from egov_flow.cli.opening import open_agency, open_answering
from egov_flow.cli.options import acting, common, example, on_database, with_data, with_handlers, with_key
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import tell_case
from egov_flow.data import Context
from egov_flow.values import Actor

__all__ = ["assign", "claim", "complete", "release"]


@click.command(epilog=example("claim 019a2f6c4b1e-5d0c/3 --as officer:3 --role ppid"))
@click.argument("task")
@with_key
@acting
@on_database
@common
def claim(settings: Settings, *, task: str, key: str | None) -> None:
    """Take a task.

    TASK is the id that `egov-flow tasks` prints.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        tell_case(settings, agency.claim(task, by=by, key=key))


@click.command(epilog=example("release 019a2f6c4b1e-5d0c/3 --as officer:3 --role ppid"))
@click.argument("task")
@with_key
@acting
@on_database
@common
def release(settings: Settings, *, task: str, key: str | None) -> None:
    """Give a task back.

    TASK is the id that `egov-flow tasks` prints; who has it gives it back, and then anybody with its role may take it.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        tell_case(settings, agency.release(task, by=by, key=key))


@click.command(epilog=example("assign 019a2f6c4b1e-5d0c/3 --to officer:4 --to-role ppid --as officer:9 --role administrator"))
@click.argument("task")
@click.option("--to", metavar="ACTOR", required=True, callback=read_text, help="Who gets it: officer:4.")
@click.option(
    "--to-role", "to_roles", multiple=True, help="Role that the receiver has, where no --directory knows it; may be given several times."
)
@click.option("--to-office", metavar="OFFICE", help="Office that the receiver works in, where no --directory knows it.")
@with_key
@acting
@on_database
@common
def assign(settings: Settings, *, task: str, to: str, to_roles: tuple[str, ...], to_office: str | None, key: str | None) -> None:
    """Give a task to somebody who may do it.

    TASK is the id that `egov-flow tasks` prints. Who may do it gives it on, whoever has it; an administrator does so too. The receiver must be one who may
    do it: a role of the task is known from --directory, or said by --to-role.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        tell_case(settings, agency.assign(task, Actor(to, roles=to_roles, office=to_office), by=by, key=key))


@click.command(
    epilog=example("""complete 019a2f6c4b1e-5d0c/3 --as officer:3 --role ppid --data '{"decision": "grant", "reasons": "Public."}'""")
)
@click.argument("task")
@with_data
@with_key
@with_handlers
@acting
@on_database
@common
def complete(settings: Settings, *, task: str, data: Context | None, key: str | None, answers: Mapping[str, Context]) -> None:
    """Complete a task.

    TASK is the id that `egov-flow tasks` prints; --data is what its form asks for.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        tell_case(settings, agency.complete(task, data, by=by, key=key))
