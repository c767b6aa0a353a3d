# SPDX-License-Identifier: Apache-2.0
"""The bare tokens of a procedure, moved one element at a time by the kernel: no database, no people, no law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import attrs

from egov_flow.cli.moves import CHOSEN, Move, Moves, Option
from egov_flow.cli.settings import Settings
from egov_flow.cli.telling import named
from egov_flow.data import EMPTY, Context
from egov_flow.errors import ConflictError, NotFound
from egov_flow.kernel import Options, Program, State, awaited, possible_commands, proceed, resting, starts, step, tokens
from egov_flow.procedure import Procedure
from egov_flow.values import Command, Incident, Step

__all__ = ["Frame", "TokenPlay"]


@attrs.frozen(kw_only=True)
class Frame:
    """What one move of one token did.

    Attributes:
        move: the line that caused it.
        entered: elements entered.
        tokens: how many tokens rest at each element.
        under_way: flows on which tokens are between two elements.
        status: of the case.
        incidents: causes, by element.
    """

    move: str
    entered: tuple[str, ...]
    tokens: dict[str, int]
    under_way: tuple[str, ...]
    status: str
    incidents: tuple[Incident, ...] = ()


@attrs.define
class _Chooser:
    """Hands every open split to whoever moves the tokens."""

    play: TokenPlay
    ignores_data: bool

    def pick(self, options: Options) -> int:
        ways = [options.flows(index) for index in range(options.count)]
        question = self.play.settings.say("EF-L093", element=named(self.play.procedure.model, options.element))
        return self.play.moves.choose(question, ways)


@attrs.define
class TokenPlay:
    """Moves the tokens of one case.

    Attributes:
        ignores_data: every split is chosen by hand and scripts change nothing; otherwise only splits whose condition is open.
        show: is called after each element.
        path: elements entered so far.
    """

    settings: Settings
    procedure: Procedure
    program: Program
    moves: Moves
    now: datetime
    ignores_data: bool
    show: Callable[[Frame], None]
    state: State | None = None
    path: list[str] = attrs.Factory(list)

    def options(self) -> list[Option]:
        """Return what can be done: go on while a token is under way, else what may come from outside."""
        if self.state is None:
            return [self._start(command) for command in starts(self.program)]
        if self._is_under_way():
            return [Option(Move("next"), self.settings.say("EF-L200")), Option(Move("rest"), self.settings.say("EF-L201"))]
        found = []
        for command in possible_commands(self.program, self.state):
            found += self._outside(command)
        return found + self._repairs()

    def make(self, move: Move) -> None:
        """Make a move; tokens that are still under way from the move before come to rest first, unless it is `next`."""
        if move.word in {"next", "rest"}:
            self._go_on(str(move), everything=move.word == "rest")
            return
        self._go_on("next", everything=True)
        command = self._command(move)
        self._take(str(move), step(self.program, self.state, command, self._moment(command), choices=self._chooser(), entries=1))

    def finish(self) -> None:
        """Let tokens that are under way come to rest."""
        self._go_on("next", everything=True)

    # ---- options

    def _start(self, command: Command) -> Option:
        form = self.procedure.form(self.procedure.start_form) if self.procedure.start_form else None
        about = self.settings.say("EF-L202", element=command.target).rstrip()
        return Option(Move("start", command.target), about, form.schema if form else None, takes_data=not self.ignores_data)

    def _outside(self, command: Command) -> list[Option]:
        say, model = self.settings.say, self.procedure.model
        element = self._element(command)
        where = named(model, element) if element else ""
        with_data = not self.ignores_data
        if command.kind == "complete":
            return [Option(Move("complete", element), say("EF-L203", element=where), self._form(element), takes_data=with_data)]
        if command.kind in {"begin", "end"}:
            return [Option(Move(command.kind, element), say(CHOSEN[command.kind], element=where), takes_data=with_data)]
        if command.kind == "signal":
            return [Option(Move("signal", command.target), say("EF-L209", signal=command.target), takes_data=with_data)]
        if command.kind == "report" and command.arguments:
            return [Option(Move("error", element), say("EF-L223", element=where, error=command.arguments["code"]))]
        if command.kind == "report":
            done = Option(Move("report", element), say("EF-L204", element=where), takes_data=with_data)
            return [done, Option(Move("fail", element), say("EF-L205", element=where))]
        if command.kind == "send":
            about = say("EF-L206", message=command.target, element=where)
            return [Option(Move("send", command.target), about, self._form(element), takes_data=with_data)]
        if command.kind == "due" and with_data and self._is_condition(command):
            return []  # it fires when its data say so
        if command.kind == "due":
            return [Option(Move("fire", element), say("EF-L207", element=where))]
        return [Option(Move("expire", command.target), say("EF-L208", deadline=command.target))]

    def _is_condition(self, command: Command) -> bool:
        waits = awaited(self.program, self.state) if self.state is not None else ()
        return any(wait.kind == "condition" and str(wait.wait) == command.target for wait in waits)

    def _repairs(self) -> list[Option]:
        """Return what mends the tokens that are parked at incidents."""
        assert self.state is not None
        found = []
        for parked in resting(self.program, self.state, "incident"):
            where = named(self.procedure.model, parked.element)
            found.append(Option(Move("retry", parked.element), self.settings.say("EF-L230", element=where)))
            found.append(Option(Move("skip", parked.element), self.settings.say("EF-L231", element=where)))
        return found

    def _form(self, element: str) -> dict[str, object] | None:
        link = self.procedure.link(element)
        form = self.procedure.form(link.form) if link and link.form else None
        return dict(form.schema) if form else None

    def _element(self, command: Command) -> str:
        assert self.state is not None
        if command.kind in {"complete", "report"}:
            return next(r.element for r in resting(self.program, self.state) if str(r.token) == command.target)
        if command.kind in {"expire", "signal"}:
            return ""
        if command.kind in {"begin", "end"}:
            return command.target
        wanted = command.target if command.kind == "due" else str(command.arguments["wait"])
        return next(w.element for w in awaited(self.program, self.state) if str(w.wait) == wanted)

    # ---- moves

    def _command(self, move: Move) -> Command:
        """Return the kernel's command for a move; the element names the oldest token or wait that rests there."""
        if move.word == "start":
            return Command(kind="start", target=move.target, data=move.data)
        if self.state is None:
            raise NotFound("EF-K200")
        for command in possible_commands(self.program, self.state):
            wanted = {"fail": "report", "error": "report", "fire": "due"}.get(move.word, move.word)
            is_error = command.kind == "report" and bool(command.arguments)
            if command.kind == wanted and is_error == (move.word == "error") and move.target in {self._element(command), command.target}:
                arguments = command.arguments if move.word != "fail" else Context({"outcome": "failure", "code": "EF-A014", "error": "–"})
                return attrs.evolve(command, data=move.data, arguments=arguments)
        if move.word in {"retry", "skip"}:
            for parked in resting(self.program, self.state, "incident"):
                if parked.element == move.target:
                    arguments = Context({"skip": True}) if move.word == "skip" else EMPTY
                    return Command(kind="resolve" if arguments else "retry", target=str(parked.token), data=move.data, arguments=arguments)
        possible = "; ".join(str(option.move) for option in self.options())
        raise ConflictError("EF-L015", move=move, possible=possible or "–")

    def _moment(self, command: Command) -> datetime:
        """Return the moment of a command: time passes until a timer that is made to fire is due."""
        if command.kind == "due" and self.state is not None:
            due = next((w.due for w in awaited(self.program, self.state) if str(w.wait) == command.target), None)
            self.now = max(self.now, due or self.now)
        return self.now

    def _go_on(self, move: str, *, everything: bool) -> None:
        while self.state is not None and self._is_under_way():
            self._take(move, proceed(self.program, self.state, self.now, choices=self._chooser(), entries=1))
            if not everything:
                return

    def _take(self, move: str, found: Step[State]) -> None:
        self.state = found.state
        entered = tuple(o.element for o in found.occurrences if o.kind == "entered")
        self.path += entered
        self.show(
            Frame(
                move=move,
                entered=entered,
                tokens=dict(tokens(self.program, found.state)),
                under_way=self._flows(found.state),
                status=found.status,
                incidents=tuple(i for i in found.incidents if i.closed is None),
            )
        )

    def marks(self) -> dict[str, int]:
        """Return where to draw tokens: at elements, and on the flows under way."""
        if self.state is None:
            return {}
        return dict(tokens(self.program, self.state) + Counter(self._flows(self.state)))

    def parked(self) -> tuple[str, ...]:
        """Return the elements at which tokens are parked by an incident."""
        return () if self.state is None else tuple(r.element for r in resting(self.program, self.state, "incident"))

    def _flows(self, state: State) -> tuple[str, ...]:
        arrivals = (*state.pending, *state.late)
        return tuple(self.program.flows[a.flow].id if a.flow >= 0 else self.program.nodes[a.node].id for a in arrivals)

    def _is_under_way(self) -> bool:
        return self.state is not None and bool(self.state.pending or self.state.late)

    def _chooser(self) -> _Chooser:
        return _Chooser(self, self.ignores_data)
