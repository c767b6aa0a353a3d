# SPDX-License-Identifier: Apache-2.0
"""Choices: how somebody outside decides what a program leaves open.

A Program compiled with `conditions="free"` has open conditions; and who proves something about a procedure ignores all data. Both hand `step` a `Choices`;
it is asked once for each split, never for a single condition, so every answer is a possible way to go on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import attrs

from egov_flow.kernel.program import NONE, Node, Program

__all__ = ["Choices", "Options", "Picked", "options_of"]


@attrs.frozen(kw_only=True)
class Options:
    """The ways to leave one element.

    Attributes:
        element: id of the gateway or activity.
        is_exclusive: exactly one of `conditional` and `default` is taken.
        always: ids of flows without condition, taken whatever is chosen.
        conditional: ids of flows with a condition.
        default: id of the default flow; "" if none.
    """

    element: str
    is_exclusive: bool
    always: tuple[str, ...]
    conditional: tuple[str, ...]
    default: str = ""

    @property
    def count(self) -> int:
        """Return how many ways there are."""
        if self.is_exclusive:
            return len(self.conditional) + (1 if self.default else 0)
        return (1 << len(self.conditional)) - (0 if self.default or self.always else 1)

    def flows(self, index: int) -> tuple[str, ...]:
        """Return the ids of the flows of the way number `index`, from 0."""
        if self.is_exclusive:
            return ((*self.conditional, self.default)[index],)
        # The first way takes the most flows; the last takes none of the conditional ones, where the default or an unconditional flow allows it.
        mask = (1 << len(self.conditional)) - 1 - index
        chosen = tuple(f for bit, f in enumerate(self.conditional) if mask >> bit & 1)
        return (*self.always, *(chosen or ((self.default,) if self.default else ())))

    def index(self, flows: Iterable[str]) -> int | None:
        """Return the number of the way that takes exactly these flows; None if there is none."""
        wanted = frozenset(flows)
        if self.is_exclusive:
            return next((i for i in range(self.count) if wanted == {self.flows(i)[0]}), None)
        mask = sum(1 << bit for bit, f in enumerate(self.conditional) if f in wanted)
        index = (1 << len(self.conditional)) - 1 - mask
        return index if index < self.count and frozenset(self.flows(index)) == wanted else None


class Choices(Protocol):
    """Decides what data would decide.

    Attributes:
        ignores_data: no condition, script, timer or key is evaluated: every split is chosen, scripts change nothing, timers are due at once.
            Otherwise only splits with an open condition are chosen.
    """

    ignores_data: bool

    def pick(self, options: Options) -> int:
        """Return the number of the way to go, from 0 to `options.count` - 1."""
        ...


@attrs.define
class Picked:
    """Choices that are given beforehand; beyond them the first way is taken, and `asked` tells how many ways each split had."""

    picks: tuple[int, ...] = ()
    ignores_data: bool = True
    asked: list[int] = attrs.field(factory=list)

    def pick(self, options: Options) -> int:
        """Return the next pick."""
        position = len(self.asked)
        self.asked.append(options.count)
        return self.picks[position] if position < len(self.picks) else 0

    @property
    def made(self) -> tuple[int, ...]:
        """Return the picks that were really made."""
        return (*self.picks[: len(self.asked)], *[0] * (len(self.asked) - len(self.picks)))

    def next(self) -> tuple[int, ...] | None:
        """Return the picks of the run to try after this one, in depth-first order; None after the last."""
        picks = list(self.made)
        while picks and picks[-1] + 1 >= self.asked[len(picks) - 1]:
            picks.pop()
        return (*picks[:-1], picks[-1] + 1) if picks else None


def options_of(program: Program, node: Node) -> Options:
    """Return the ways to leave a node."""
    flows = [program.flows[f] for f in node.outgoing if f != node.default]
    return Options(
        element=node.id,
        is_exclusive=node.action == "exclusive",
        always=tuple(f.id for f in flows if not f.is_conditional),
        conditional=tuple(f.id for f in flows if f.is_conditional),
        default="" if node.default == NONE else program.flows[node.default].id,
    )
