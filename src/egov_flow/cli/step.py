# SPDX-License-Identifier: Apache-2.0
"""`egov-flow step`: one token at a time, with a picture."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import click

from egov_flow.cli.moves import Asked, Option, Script, is_asking, play, tell_possible
from egov_flow.cli.opening import read_procedure
from egov_flow.cli.options import common, example, on_database
from egov_flow.cli.output import show_document, show_text
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import named, state_word, waiting_text
from egov_flow.cli.token_play import Frame, TokenPlay
from egov_flow.procedure import Procedure

__all__ = ["step"]


@click.command(
    epilog=example(
        "step processes/indonesia/foi_request --svg tokens.svg",
        "step drawing.bpmn --free",
        "step drawing.bpmn --do moves.txt --choices Flow_yes,Flow_no",
    )
)
@click.argument("path")
@click.option("--svg", type=click.Path(dir_okay=False, writable=True), help="Draw the tokens there, anew after each element.")
@click.option("--free", is_flag=True, help="Ignore data: every gateway is chosen by hand.")
@click.option(
    "--do", "do", type=click.Path(exists=True, dir_okay=False), help="Make the moves of this file, one a line, instead of asking."
)
@click.option("--choices", default="", metavar="FLOWS", help="Flows for open gateways, in order: Flow_a,Flow_b+Flow_c.")
@click.option("--ask/--no-ask", default=None, help="Whether to ask what to do next; asked on a terminal by default.")
@on_database
@common
def step(settings: Settings, *, path: str, svg: str | None, free: bool, do: str | None, choices: str, ask: bool | None) -> None:
    """Move one token at a time, with a picture.

    PATH is a procedure folder, a .bpmn file, or the name of a deployed procedure. Nothing is stored, and nothing written without --svg; open that file in a
    browser beside the terminal. Moves are `start`, `complete ELEMENT`, `report ELEMENT`, `fail ELEMENT`, `error ELEMENT`, `send MESSAGE`,
    `signal SIGNAL`, `fire TIMER`, `expire DEADLINE`, `begin ELEMENT`, `end ELEMENT`, `retry ELEMENT`, `skip ELEMENT`, `next` and `rest`,
    each with data as a JSON object behind it; `choose FLOW` answers a gateway without conditions.
    """
    from egov_flow.kernel import compile as compile_program

    procedure = read_procedure(settings, path)
    program = compile_program(procedure, conditions="free")
    is_asked = is_asking(ask, do, choices)
    screen = _Screen(settings, procedure, svg)
    player = TokenPlay(
        settings=settings,
        procedure=procedure,
        program=program,
        moves=Asked(settings) if is_asked else Script.read(settings, do, choices),
        now=settings.moment or datetime.now(UTC).replace(microsecond=0),
        ignores_data=free,
        show=screen.show,
    )
    screen.player = player
    screen.draw()
    if svg:
        settings.warn("EF-L012", file=svg)
    play(player, player.moves)
    player.finish()
    possible = player.options()
    if not is_asked:
        tell_possible(settings, possible, is_new=not screen.frames and not svg)
    screen.end(possible)


@attrs.define
class _Screen:
    """Shows each move as a line, and draws the tokens where a file is named."""

    settings: Settings
    procedure: Procedure
    svg: str | None
    player: TokenPlay | None = None
    frames: list[Frame] = attrs.Factory(list)

    def show(self, frame: Frame) -> None:
        self.frames.append(frame)
        self.draw()
        if self.settings.is_json:
            return
        model = self.procedure.model
        places = dict(frame.tokens)
        waiting = waiting_text(model, [e for e, n in places.items() for _ in range(n)])
        entered = ", ".join(named(model, e) for e in frame.entered)
        say = self.settings.say
        parts = [f"{len(self.frames):>4}  {frame.move}"]
        parts += [say("EF-L210", elements=entered)] if entered else []
        parts += [say("EF-L211", elements=waiting)] if waiting else []
        parts += [say("EF-L212", elements=", ".join(frame.under_way))] if frame.under_way else []
        parts += [state_word(self.settings, frame.status)] if frame.status != "running" else []
        show_text("  ".join(parts))
        for incident in frame.incidents:
            show_text("      " + say("EF-L029", element=named(model, incident.element), cause=incident.cause))

    def draw(self) -> None:
        from egov_flow.diagrams import diagram

        if self.svg is None:
            return
        assert self.player is not None
        marks = self.player.marks()
        stuck = dict.fromkeys(self.player.parked(), "incident")
        path = self.player.path
        title = f"{self.procedure.id} {len(self.frames)}: {self.frames[-1].move}" if self.frames else self.procedure.id
        states = {**dict.fromkeys(path, "completed"), **dict.fromkeys(marks, "active"), **stuck}
        diagram(self.procedure, tokens=marks, states=states, title=title, language=self.settings.language).save(self.svg)

    def end(self, possible: list[Option]) -> None:
        if self.settings.is_json:
            lines = [option.line for option in possible]
            show_document({"procedure": self.procedure.id, "svg": self.svg, "frames": self.frames, "possible": lines})
        elif self.frames:
            show_text(self.settings.say("EF-L213", status=state_word(self.settings, self.frames[-1].status), moves=len(self.frames)))
