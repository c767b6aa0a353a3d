# SPDX-License-Identifier: Apache-2.0
"""`egov-flow replay`: does the record hold, and what would another version have done?"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from egov_flow.agency import Agency, Case
from egov_flow.cli.opening import find_case, open_agency, read_procedure, version_of
from egov_flow.cli.options import acting, common, example, on_database
from egov_flow.cli.output import show_document, show_table, show_text
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import state_word
from egov_flow.procedure import Procedure
from egov_flow.replaying import Replay
from egov_flow.values import SYSTEM, Actor

__all__ = ["replay"]

PAGE = 200


@click.command(epilog=example("replay --all", "replay --all --on foi_request_2", "replay FR-7K3M-9QXT-2BHD-VN --engine spiff"))
@click.argument("case", required=False)
@click.option("--all", "is_all", is_flag=True, help="Every case that the actor may know of.")
@click.option("--procedure", help="With --all: only cases of this procedure.")
@click.option("--on", metavar="FOLDER", help="Another version: a folder, a .bpmn file, or a deployed one as NAME:VERSION.")
@click.option("--engine", default="kernel", show_default=True, help="Which engine replays: kernel or spiff.")
@acting
@on_database
@common
def replay(settings: Settings, *, case: str | None, is_all: bool, procedure: str | None, on: str | None, engine: str) -> None:
    """Replay recorded cases, on their version or another.

    On its own version a case must reach the very same state. On another (--on) it is told whether it takes the same path. The exit code is 1 if any case
    does not. Only the course of cases is printed, never their data. Without --as the system asks.
    """
    if bool(case) == is_all:
        raise click.UsageError(settings.say("EF-L009"))
    by = settings.actor(SYSTEM)
    with open_agency(settings) as agency:
        other = read_procedure(settings, on) if on else None
        wanted = list(_cases(agency, by, procedure)) if is_all else [find_case(agency, case or "", by)]
        replays = list(_replays(agency, by, wanted, other, engine))
    if settings.is_json:
        show_document({"replays": [_document(c, r) for c, r in zip(wanted, replays, strict=True)]})
    else:
        _show(settings, wanted, replays)
    if not all(r.is_faithful for r in replays):
        raise click.exceptions.Exit(1)


def _cases(agency: Agency, by: Actor, procedure: str | None) -> Iterator[Case]:
    after: str | None = None
    while page := agency.cases(by=by, procedure=procedure, after=after, limit=PAGE):
        yield from page
        after = page[-1].id


def _replays(agency: Agency, by: Actor, cases: list[Case], other: Procedure | None, engine: str) -> Iterator[Replay]:
    from egov_flow.replaying import replay as replay_history

    versions: dict[tuple[str, str], Procedure] = {}
    with click.progressbar(cases, file=sys.stderr, hidden=not sys.stderr.isatty()) as progress:
        for case in progress:
            version = other
            if version is None:
                key = (case.procedure, case.version)
                version = versions.get(key) or versions.setdefault(key, version_of(agency, case))
            yield replay_history(agency.recording(case.id, by=by), version, engine)


def _document(case: Case, found: Replay) -> dict[str, object]:
    fields = ("outcome", "at", "reason", "element", "path", "skipped", "added", "dropped")
    return {"case": case.id, "number": case.number, **{name: getattr(found, name) for name in fields}}


def _show(settings: Settings, cases: list[Case], replays: list[Replay]) -> None:
    from egov_flow.replaying import summary

    rows = [
        (c.number, state_word(settings, r.outcome), str(r.at or ""), r.element, _difference(settings, r))
        for c, r in zip(cases, replays, strict=True)
    ]
    if rows:
        show_table(settings, ("EF-L110", "EF-L148", "EF-L140", "EF-L141", "EF-L143"), rows)
    counts = ", ".join(f"{count} {state_word(settings, outcome)}" for outcome, count in summary(replays).items())
    show_text(settings.say("EF-L082", cases=len(replays), counts=counts or "–"))
    for reason in sorted({r.reason for r in replays if r.reason}):
        show_text(f"{reason}: {settings.say(reason)}")


def _difference(settings: Settings, found: Replay) -> str:
    parts = [("EF-L083", found.skipped), ("EF-L084", found.added), ("EF-L085", found.dropped)]
    return "; ".join(settings.say(code, elements=", ".join(elements)) for code, elements in parts if elements)
