# SPDX-License-Identifier: Apache-2.0
"""Moves: one line says what to do next, typed by a person at the prompt or written in a file for `--do`.

    start {"subject": "Budget"}
    complete Task_Register {"name": "Siti"}
    send "Payment received"

Empty lines and lines that begin with `#` say nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import attrs
import click

from egov_flow.cli.inputs import parse_data, read_lines
from egov_flow.cli.output import clean
from egov_flow.cli.settings import Settings
from egov_flow.data import EMPTY, Context, encode, freeze
from egov_flow.errors import ConflictError, EgovFlowError, InvalidData

__all__ = ["CHOSEN", "Asked", "Move", "Moves", "Option", "Player", "Script", "is_asking", "parse_move", "play", "tell_possible"]

CHOSEN = {"begin": "EF-L234", "end": "EF-L235"}
"""Moves in an ad-hoc sub-process, by their word, with what is said of them."""


@attrs.frozen
class Move:
    """One thing to do: a word, what it acts on, and the variables that come with it."""

    word: str
    target: str = ""
    data: Context = EMPTY

    def __str__(self) -> str:
        return f"{self.word} {self.target}".rstrip()


@attrs.frozen
class Option:
    """A move that is possible now, in words, and the JSON Schema of its data (None: it takes none, or anything)."""

    move: Move
    about: str
    form: Mapping[str, Any] | None = None
    takes_data: bool = False

    @property
    def line(self) -> str:
        """Return the line that makes this move, with a value to be replaced for all that its form requires."""
        form = self.form if self.takes_data and self.form else {}
        data = {name: _stand_in(form.get("properties", {}).get(name, {})) for name in form.get("required", ())}
        target = f'"{self.move.target}"' if " " in self.move.target else self.move.target
        return " ".join(filter(None, (self.move.word, target, encode(freeze(data)).decode() if data else "")))


class Player(Protocol):
    """Something that can be moved: a case of an agency, or the bare tokens."""

    def options(self) -> list[Option]:
        """Return what can be done now; nothing when it has ended."""
        ...

    def make(self, move: Move) -> None:
        """Make a move and show what it did; a refusal raises and changes nothing."""
        ...


class Moves(Protocol):
    """Where moves come from."""

    def next(self, options: Sequence[Option]) -> Move | None:
        """Return the next move; None when there is none."""
        ...

    def choose(self, question: str, ways: Sequence[tuple[str, ...]]) -> int:
        """Return which of several ways to go, by its number from 0."""
        ...

    def refused(self, error: EgovFlowError) -> None:
        """Go on after a refused move, or raise it."""
        ...


def is_asking(wish: bool | None, *files: str | None) -> bool:
    """Return whether a person is asked: as wished, else on a terminal without a file that answers."""
    return wish if wish is not None else not any(files) and sys.stdin.isatty()


def play(player: Player, moves: Moves) -> None:
    """Make moves until there are no more, or nothing can be done."""
    while options := player.options():
        try:
            move = moves.next(options)
            if move is None:
                return
            player.make(move)
        except EgovFlowError as error:
            moves.refused(error)


def tell_possible(settings: Settings, options: Sequence[Option], *, is_new: bool, code: str = "EF-L034") -> None:
    """Say on stderr what could be done next, and how, where nobody is asked; nothing if nothing can be done.

    Args:
        is_new: no case was begun so far, which no caller can have wanted.
        code: of the sentence that says it.

    Raises:
        ConflictError: it is new.
    """
    if not options:
        return
    known = {"possible": "; ".join(str(option.move) for option in options), "line": options[0].line}
    if is_new:
        raise ConflictError("EF-L033", **known)
    click.echo(clean(settings.say(code, **known)), err=True)


def parse_move(line: str, what: str) -> Move:
    """Return the move that a line says; InvalidData for data that is no JSON object."""
    word, _, rest = line.strip().partition(" ")
    target, brace, data = rest.partition("{")
    return Move(word, target.strip().strip('"'), parse_data(brace + data, what) if brace else EMPTY)


@attrs.define
class Script:
    """Moves from a file, and the flows that `--choices` names for open splits.

    Attributes:
        place: file and number of the line that was read last.
    """

    settings: Settings
    file: str = ""
    lines: list[tuple[int, str]] = attrs.Factory(list)
    flows: list[str] = attrs.Factory(list)
    place: str = ""

    @classmethod
    def read(cls, settings: Settings, file: str | None, choices: str = "") -> Script:
        """Read a file of moves; without one there are none."""
        text = read_lines(file) if file else ""
        lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip() and not line.lstrip().startswith("#")]
        return cls(settings, file or "", lines, [flow.strip() for flow in choices.split(",") if flow.strip()])

    def next(self, options: Sequence[Option]) -> Move | None:
        """Return the move of the next line."""
        del options
        if not self.lines:
            return None
        number, line = self.lines.pop(0)
        self.place = f"{self.file}:{number}"
        return parse_move(line, self.place)

    def choose(self, question: str, ways: Sequence[tuple[str, ...]]) -> int:
        """Return the way that the next line `choose FLOW` or the next of `--choices` names.

        Raises:
            InvalidData: nothing chooses, or it names no way.
        """
        chosen: list[str] = []
        if self.lines and self.lines[0][1].split()[0] == "choose":
            chosen = self.lines.pop(0)[1].replace(",", " ").split()[1:]
        elif self.flows:
            chosen = self.flows.pop(0).split("+")
        for index, way in enumerate(ways):
            if chosen and set(way) == set(chosen):
                return index
        raise InvalidData("EF-L013", question=question, ways=" | ".join("+".join(way) for way in ways), chosen="+".join(chosen) or "–")

    def refused(self, error: EgovFlowError) -> None:
        """Say which line it was, and stop: the lines behind were written for what this one should have done."""
        if self.place:
            click.echo(f"{clean(self.place)}:", err=True)
        raise error


@attrs.define
class Asked:
    """Moves from a person at the prompt, who goes on after a refusal."""

    settings: Settings

    def next(self, options: Sequence[Option]) -> Move | None:
        """Show what is possible, and ask; `q` ends, and so does the end of the input."""
        click.echo(err=True)
        for number, option in enumerate(options, start=1):
            click.echo(f"  {number}  {clean(option.about)}", err=True)
        click.echo(f"  q  {self.settings.say('EF-L090')}", err=True)
        try:
            answer = _number(self.settings.say("EF-L091"), len(options), ("q",))
        except click.Abort as ended:
            if not isinstance(ended.__context__, EOFError):
                raise
            click.echo(err=True)
            return None
        if answer is None:
            return None
        option = options[answer]
        return attrs.evolve(option.move, data=self._data(option)) if option.takes_data else option.move

    def choose(self, question: str, ways: Sequence[tuple[str, ...]]) -> int:
        """Ask which way to go."""
        click.echo(clean(question), err=True)
        for number, way in enumerate(ways, start=1):
            click.echo(f"  {number}  {clean(' + '.join(way) or '–')}", err=True)
        return _number(self.settings.say("EF-L091"), len(ways), ()) or 0

    def refused(self, error: EgovFlowError) -> None:
        """Say why, and go on."""
        click.echo(clean(error.text(self.settings.language)), err=True)

    def _data(self, option: Option) -> Context:
        properties = (option.form or {}).get("properties")
        if not properties:
            answer = click.prompt(self.settings.say("EF-L092"), default="", show_default=False, err=True)
            return parse_data(answer, "data") if answer.strip() else EMPTY
        required = (option.form or {}).get("required", ())
        answers: dict[str, object] = {}
        for name, schema in properties.items():
            answer = click.prompt(_label(name, schema, name in required), default="", show_default=False, err=True)
            if answer.strip():
                answers[name] = _value(name, answer, schema)
        found: Context = freeze(answers)
        return found


def _stand_in(schema: Mapping[str, Any]) -> object:
    """Return a value of a form's field that shows what is to be written there."""
    by_type = {"boolean": True, "integer": 1, "number": 1, "array": [], "object": {}}
    return next(iter(schema.get("enum", ())), by_type.get(str(schema.get("type")), "…"))


def _number(question: str, count: int, others: tuple[str, ...]) -> int | None:
    """Ask for a number from 1 (returned from 0); None for another answer. Enter is the first."""
    known = [*map(str, range(1, count + 1)), *others]
    answer = click.prompt(question, default="1", type=click.Choice(known), show_choices=False, err=True)
    return None if answer in others else int(answer) - 1


def _label(name: str, schema: Mapping[str, Any], is_required: bool) -> str:
    known = schema.get("enum") or (["true", "false"] if schema.get("type") == "boolean" else [])
    choices = f" [{' | '.join(map(str, known))}]" if known else ""
    return clean(f"  {schema.get('title') or name}{choices}{' *' if is_required else ''}")


def _value(name: str, answer: str, schema: Mapping[str, Any]) -> object:
    if schema.get("type", "string") == "string":
        return answer
    value = parse_data(f'{{"answer": {answer}}}', name)
    if "answer" not in value:
        raise ConflictError("EF-L014", name=name)
    return value["answer"]
