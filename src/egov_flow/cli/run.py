# SPDX-License-Identifier: Apache-2.0
"""`egov-flow run`: one case, from its start to wherever it goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs
import click
from click.core import ParameterSource

from egov_flow.agency import Handler
from egov_flow.cli.case_play import CasePlay
from egov_flow.cli.inputs import parse_data, read_answers, read_data, read_stores
from egov_flow.cli.moves import Asked, Move, Moves, Option, Script, is_asking, play, tell_possible
from egov_flow.cli.opening import open_agency, read_procedure
from egov_flow.cli.options import acting, common, example, on_database
from egov_flow.cli.output import clean, moment, show_document, show_heading, show_table
from egov_flow.cli.scenario import show_scenario
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import named, tell_case
from egov_flow.data import EMPTY, Context, zone_named
from egov_flow.procedure import Procedure
from egov_flow.testing import FakeDataStore, VirtualClock
from egov_flow.values import SYSTEM, Call

__all__ = ["run"]

FOI = "processes/indonesia/foi_request"
QUIET = frozenset({"left", "taken", "waiting"})
"""Kinds of events that say nothing which the others do not say."""


@click.command(
    epilog=example(
        f"run {FOI}",
        f"run {FOI} --scenario {FOI}/scenarios/withdrawn.yaml",
        """run permit.bpmn --data '{"street": "Canal 5"}' --do moves.txt""",
    )
)
@click.argument("procedure", metavar="PATH|NAME")
@click.option("--data", metavar="JSON|FILE", callback=read_data, help="Variables of the start; the case is then started at once.")
@click.option("--scenario", type=click.Path(exists=True, dir_okay=False), help="Play this scenario file and compare what it expects.")
@click.option(
    "--do", "do", type=click.Path(exists=True, dir_okay=False), help="Make the moves of this file, one a line, instead of asking."
)
@click.option(
    "--handler",
    "answers",
    metavar="NAME=JSON",
    multiple=True,
    callback=read_answers,
    help='What service tasks of a handler get: name={"variable": 1}; *={} answers all others.',
)
@click.option(
    "--store",
    "stores",
    metavar="NAME=JSON",
    multiple=True,
    callback=read_stores,
    help='What a data store of the diagram holds: name={"variable": 1}, as often as needed; name= for nothing.',
)
@click.option("--accept", default="", metavar="REASON", help="Run although something is not verified.")
@click.option("--ask/--no-ask", default=None, help="Whether to ask what to do next; asked on a terminal by default.")
@acting
@on_database
@common
def run(
    settings: Settings,
    *,
    procedure: str,
    data: Context | None,
    scenario: str | None,
    do: str | None,
    answers: Mapping[str, Context],
    stores: Mapping[str, list[Context]],
    accept: str,
    ask: bool | None,
) -> None:
    """Run one case and show each step.

    PATH|NAME is a procedure folder, a .bpmn file or, with --db, the name of a deployed procedure. Without --db nothing is stored, and time passes when you say
    so. Moves are `start` (`start ELEMENT` where something else than its one plain start event begins it), `complete ELEMENT`, `send MESSAGE`, `wait` (until
    something is due) or `wait P3D`, `begin ELEMENT` and `end ELEMENT` (in an ad-hoc sub-process), `retry ELEMENT` and `skip ELEMENT`, each with data as a JSON
    object behind it. A task is done by an invented holder of its role; with --db, --as says who does everything. A service task without --handler is asked
    for, or becomes an incident where nobody is asked.
    """
    _forget_environment(settings, procedure)
    version = read_procedure(settings, procedure)
    if scenario is not None:
        show_scenario(settings, scenario, version)
        return
    is_asked = is_asking(ask, do)
    is_kept = bool(settings.database)
    by = settings.actor() if is_kept else settings.actor(SYSTEM) if settings.actor_id else None
    start = settings.moment or datetime.now(zone_named(version.zone)).replace(microsecond=0)
    clock = None if is_kept and settings.moment is None else VirtualClock(start)
    handlers = _handlers(settings, version, answers, is_asked=is_asked)
    moves: Moves = Asked(settings) if is_asked else Script.read(settings, do)
    fakes = {name: FakeDataStore(*rows) for name, rows in stores.items()}
    with open_agency(settings, creates=True, default="memory:", handlers=handlers, stores=fakes, clock=clock) as agency:
        if Path(procedure).exists():
            agency.deploy(version, accept=accept)
        screen = _Screen(settings, version)
        player = CasePlay(settings, agency, version, clock, by, screen.show)
        screen.player = player
        if data is not None:
            player.make(Move("start", data=data))
        play(player, moves)
        possible = player.options()
        if not is_asked:
            tell_possible(settings, possible, is_new=not player.case_id, code="EF-L035" if is_kept else "EF-L034")
        screen.end(possible)


def _forget_environment(settings: Settings, procedure: str) -> None:
    """Try a drawing out in memory although EGOV_FLOW_DB names the office's database: only --db says that the case shall be kept there."""
    source = click.get_current_context().get_parameter_source("database")
    if source is ParameterSource.ENVIRONMENT and Path(procedure).exists():
        settings.database = ""


def _handlers(settings: Settings, procedure: Procedure, answers: Mapping[str, Context], *, is_asked: bool) -> dict[str, Handler]:
    """Return a handler for each name in the procedure: with the given answer, or one that asks; none where nobody answers."""
    from egov_flow.kernel import compile as compile_program

    names = {node.handler for node in compile_program(procedure, conditions="free").nodes if node.handler}
    found: dict[str, Handler] = {}
    for name in sorted(names | set(answers) - {"*"}):
        given = answers.get(name, answers.get("*"))
        if given is not None or is_asked:
            found[name] = _Answering(settings, procedure, given)
    # any handler makes the agency run jobs at once; without one they would wait for an application that is not there
    return found or {"–": _Answering(settings, procedure, EMPTY)}


@attrs.frozen
class _Answering:
    """Answers for a handler, or asks who runs the case."""

    settings: Settings
    procedure: Procedure
    answer: Context | None

    def __call__(self, call: Call) -> Context:
        if self.answer is not None:
            return self.answer
        question = self.settings.say("EF-L094", name=call.name, element=named(self.procedure.model, call.element))
        try:
            text = click.prompt(clean(question), default="", show_default=False, err=True)
        except click.Abort as ended:
            raise KeyboardInterrupt from ended  # Abort would count as a failure of the handler, and the case would go on
        return parse_data(text, call.name) if text.strip() else EMPTY


@attrs.define
class _Screen:
    """Shows what each move did, as a table of its events."""

    settings: Settings
    procedure: Procedure
    player: CasePlay | None = None
    seen: int = 0
    moves: list[dict[str, Any]] = attrs.Factory(list)

    def show(self, move: str) -> None:
        assert self.player is not None
        case = self.player.case
        events = [e for e in self.player.agency.history(case.id, by=SYSTEM) if e.case_seq > self.seen]
        self.seen = max((e.case_seq for e in events), default=self.seen)
        told = [e for e in events if e.kind not in QUIET]
        if self.settings.is_json:
            self.moves.append({"move": move, "events": told, "status": case.status, "waiting": case.waiting})
            return
        from egov_flow.audit import describe

        zone = zone_named(self.procedure.zone)
        show_heading(self.settings, "EF-L240", move=move)
        rows = []
        for event in told:
            # describe tells when and who first; the table has columns for them
            told_of = event._replace(actor="", element=named(case.model, event.element), reason="")
            rows.append((moment(event.time, zone), event.actor, describe(told_of, self.settings.language, zone).partition("  ")[2]))
        if rows:
            show_table(self.settings, ("EF-L144", "EF-L145", "EF-L146"), rows)
        tell_case(self.settings, case)

    def end(self, possible: list[Option]) -> None:
        assert self.player is not None
        if self.settings.is_json:
            case = self.player.case if self.player.case_id else None
            show_document({"moves": self.moves, "case": case, "possible": [option.line for option in possible]})
