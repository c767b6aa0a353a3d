# SPDX-License-Identifier: Apache-2.0
"""`egov-flow retry`, `resolve`, `move`, `correct`, `suspend`, `resume`, `cancel`: what an administrator does to a case that cannot or shall not go on."""

from __future__ import annotations

from collections.abc import Mapping

import click

from egov_flow.cli.inputs import read_data
from egov_flow.cli.opening import find_case, open_agency, open_answering
from egov_flow.cli.options import acting, common, example, on_database, with_data, with_handlers, with_key, with_reason
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import tell_case
from egov_flow.data import Context

__all__ = ["cancel", "correct", "move", "resolve", "resume", "retry", "suspend"]

Answers = Mapping[str, Context]


@click.command(epilog=example("retry 019a2f6c4b1e-5d0c/7 --as officer:9 --role administrator"))
@click.argument("incident")
@with_key
@with_handlers
@acting
@on_database
@common
def retry(settings: Settings, *, incident: str, key: str | None, answers: Answers) -> None:
    """Try again what led to an incident.

    INCIDENT is the id that `egov-flow incidents` prints; mend the cause first. An administrator does it.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        tell_case(settings, agency.retry(incident, by=by, key=key))


@click.command(
    epilog=example(
        """resolve 019a2f6c4b1e-5d0c/7 --data '{"resident": true}' --reason "Looked up by hand." --as officer:9 --role administrator""",
        """resolve 019a2f6c4b1e-5d0c/7 --skip --reason "Notified by letter." --as officer:9 --role administrator""",
    )
)
@click.argument("incident")
@with_data
@click.option("--skip", is_flag=True, help="Count the element as done.")
@click.option("--flow", default="", metavar="ELEMENT", help="Leave the element as done over this sequence flow.")
@with_reason
@with_key
@with_handlers
@acting
@on_database
@common
def resolve(
    settings: Settings, *, incident: str, data: Context | None, skip: bool, flow: str, reason: str, key: str | None, answers: Answers
) -> None:
    """End an incident.

    INCIDENT is the id that `egov-flow incidents` prints. The variables in --data are changed, and the element is tried again; with --skip or --flow it counts
    as done. An administrator does it.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        tell_case(settings, agency.resolve(incident, data, skip=skip, flow=flow, reason=reason, by=by, key=key))


@click.command(
    epilog=example("""move 019a2f6c4b1e-5d0c/7 Task_CheckExempt --reason "Examined too early." --as officer:9 --role administrator""")
)
@click.argument("incident")
@click.argument("element")
@click.option("--flow", default="", metavar="ELEMENT", help="Sequence flow over which it arrives where several are joined.")
@with_reason
@with_key
@with_handlers
@acting
@on_database
@common
def move(settings: Settings, *, incident: str, element: str, flow: str, reason: str, key: str | None, answers: Answers) -> None:
    """Go on at another element after an incident.

    INCIDENT is the id that `egov-flow incidents` prints; ELEMENT an element of the same process or sub-process, by its id in the diagram. An administrator
    does it.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        tell_case(settings, agency.move(incident, element, flow=flow, reason=reason, by=by, key=key))


@click.command(
    epilog=example(
        """correct FR-7K3M-9QXT-2BHD-VN --data '{"subject": "Budget 2026"}' --reason "Misread." --as officer:9 --role administrator"""
    )
)
@click.argument("case", metavar="CASE")
@click.option(
    "--data", metavar="JSON|FILE", required=True, callback=read_data, help="What the variables shall be; others stay as they are."
)
@with_reason
@with_key
@with_handlers
@acting
@on_database
@common
def correct(settings: Settings, *, case: str, data: Context, reason: str, key: str | None, answers: Answers) -> None:
    """Correct variables of a case.

    CASE is its public number or its id. What was decided on the old values stays as it is. An administrator does it.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        found = find_case(agency, case, by)
        tell_case(settings, agency.correct(found.id, data, reason=reason, by=by, key=key))


@click.command(epilog=example("""suspend FR-7K3M-9QXT-2BHD-VN --reason "Court order 12/2026." --as officer:9 --role administrator"""))
@click.argument("case", metavar="CASE")
@with_reason
@with_key
@acting
@on_database
@common
def suspend(settings: Settings, *, case: str, reason: str, key: str | None) -> None:
    """Let a case rest.

    CASE is its public number or its id. It refuses everything but `resume` and `cancel`. An administrator does it.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        found = find_case(agency, case, by)
        tell_case(settings, agency.suspend(found.id, reason=reason, by=by, key=key))


@click.command(epilog=example("resume FR-7K3M-9QXT-2BHD-VN --as officer:9 --role administrator"))
@click.argument("case", metavar="CASE")
@click.option("--reason", default="", metavar="TEXT", help="Why; it is recorded.")
@with_key
@with_handlers
@acting
@on_database
@common
def resume(settings: Settings, *, case: str, reason: str, key: str | None, answers: Answers) -> None:
    """Let a suspended case go on.

    CASE is its public number or its id. An administrator does it.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        found = find_case(agency, case, by)
        tell_case(settings, agency.resume(found.id, reason=reason, by=by, key=key))


@click.command(epilog=example("""cancel FR-7K3M-9QXT-2BHD-VN --reason "I have found it myself." --as citizen:17"""))
@click.argument("case", metavar="CASE")
@with_reason
@with_key
@acting
@on_database
@common
def cancel(settings: Settings, *, case: str, reason: str, key: str | None) -> None:
    """End a case before its time.

    CASE is its public number or its id. Its applicant may always do that, and an administrator.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        found = find_case(agency, case, by)
        tell_case(settings, agency.cancel(found.id, reason=reason, by=by, key=key))
