# SPDX-License-Identifier: Apache-2.0
"""`egov-flow start`, `send`, `signal`, `begin`, `end`, `comment`, `extend`: what people do in cases, besides their tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import click

from egov_flow.cli.inputs import read_data, read_text
from egov_flow.cli.opening import find_case, open_agency, open_answering, version_of
from egov_flow.cli.options import acting, common, example, on_database, with_data, with_handlers, with_key, with_reason
from egov_flow.cli.output import moment, show_document, show_text
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import tell_case
from egov_flow.data import Context, zone_named

__all__ = ["begin", "comment", "end", "extend", "send", "signal", "start"]

Answers = Mapping[str, Context]

_token = click.option("--token", default="", help="Token of the ad-hoc sub-process, where several of it run; the refusal names them.")


@click.command(epilog=example("""start foi_request --as citizen:17 --data '{"subject": "Budget of the village road"}'"""))
@click.argument("procedure")
@click.option("--version", help="The deployed version; the newest by default.")
@click.option("--at", default="", metavar="ELEMENT", help="Id of the start event, where the procedure has several.")
@with_data
@with_key
@with_handlers
@acting
@on_database
@common
def start(
    settings: Settings, *, procedure: str, version: str | None, at: str, data: Context | None, key: str | None, answers: Answers
) -> None:
    """Start a case.

    PROCEDURE is the name of a deployed procedure. The number that is printed is the applicant's receipt; --as is the applicant.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        tell_case(settings, agency.start(procedure, data, by=by, key=key, version=version, at=at))


@click.command(epilog=example("""send "Payment received" --number FR-7K3M-9QXT-2BHD-VN --as system --data '{"amount": 50000}'"""))
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
@with_data
@with_key
@with_handlers
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
    with open_answering(settings, answers) as agency:
        time = None if keep is None else timedelta(days=keep)
        tell_case(settings, *agency.send(message, data, correlate={**(correlate or {}), **named}, keep=time, by=by, key=key))


@click.command(epilog=example("""signal "Office closed" --as system --data '{"until": "2026-02-01"}'"""))
@click.argument("signal")
@with_data
@with_key
@with_handlers
@acting
@on_database
@common
def signal(settings: Settings, *, signal: str, data: Context | None, key: str | None, answers: Answers) -> None:
    """Broadcast a signal to every case that waits for it.

    SIGNAL is its name in the diagram. A case begins at every start event for it too. The system and administrators do it.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        reached = agency.signal(signal, data, by=by, key=key)
    if settings.is_json:
        show_document({"cases": reached})
    elif reached:
        tell_case(settings, *reached)
    else:
        show_text(settings.say("EF-L031", signal=signal))


@click.command(epilog=example("begin FR-7K3M-9QXT-2BHD-VN Task_AskArchive --as officer:3 --role ppid"))
@click.argument("case", metavar="CASE")
@click.argument("element")
@_token
@with_key
@with_handlers
@acting
@on_database
@common
def begin(settings: Settings, *, case: str, element: str, token: str, key: str | None, answers: Answers) -> None:
    """Begin an activity of an ad-hoc sub-process.

    CASE is its public number or its id; ELEMENT the activity's id in the diagram. Whoever has a role in the procedure does it.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        found = find_case(agency, case, by)
        tell_case(settings, agency.begin(found.id, element, token=token, by=by, key=key))


@click.command(epilog=example("end FR-7K3M-9QXT-2BHD-VN Activity_Inquiries --as officer:3 --role ppid"))
@click.argument("case", metavar="CASE")
@click.argument("element")
@_token
@with_key
@with_handlers
@acting
@on_database
@common
def end(settings: Settings, *, case: str, element: str, token: str, key: str | None, answers: Answers) -> None:
    """End an ad-hoc sub-process that people end.

    CASE is its public number or its id; ELEMENT the sub-process's id in the diagram. What runs in it is cancelled, or awaited if the diagram says so.
    """
    by = settings.actor()
    with open_answering(settings, answers) as agency:
        found = find_case(agency, case, by)
        tell_case(settings, agency.end(found.id, element, token=token, by=by, key=key))


@click.command(epilog=example("""comment FR-7K3M-9QXT-2BHD-VN "Asked the archive by telephone." --as officer:3 --role ppid"""))
@click.argument("case", metavar="CASE")
@click.argument("text", callback=read_text)
@with_key
@acting
@on_database
@common
def comment(settings: Settings, *, case: str, text: str, key: str | None) -> None:
    """Add a remark to the record of a case.

    CASE is its public number or its id. The remark is sealed like the data of the case. The applicant does it, whoever has a role in the
    procedure, and who has a task in the case.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        found = find_case(agency, case, by)
        tell_case(settings, agency.comment(found.id, text, by=by, key=key))


@click.command(
    epilog=example("""extend FR-7K3M-9QXT-2BHD-VN decision --reason "The files lie in the regional archive." --as officer:3 --role ppid""")
)
@click.argument("case", metavar="CASE")
@click.argument("deadline")
@with_reason
@with_key
@acting
@on_database
@common
def extend(settings: Settings, *, case: str, deadline: str, reason: str, key: str | None) -> None:
    """Extend a statutory deadline.

    CASE is its public number or its id; DEADLINE the name that `egov-flow show` prints. It is extended as far and as often as its rule allows. Whoever has a
    role in the procedure does it.
    """
    by = settings.actor()
    with open_agency(settings) as agency:
        found = find_case(agency, case, by)
        extended = agency.extend(found.id, deadline, reason=reason, by=by, key=key)
        zone = zone_named(version_of(agency, extended).zone)
    tell_case(settings, extended)
    if not settings.is_json:
        due = next(d.due for d in extended.deadlines if d.name == deadline)
        show_text(settings.say("EF-L032", deadline=deadline, due=moment(due, zone)))
