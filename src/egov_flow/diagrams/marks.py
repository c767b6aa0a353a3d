# SPDX-License-Identifier: Apache-2.0
"""What a picture shows on top of a diagram: where a case stands, what was counted, what a change did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

import attrs

from egov_flow.bpmn.model import Definitions

__all__ = ["Drawable", "Marks"]


@attrs.frozen(kw_only=True)
class Marks:
    """What to show on top of a diagram, by element id; an id that the diagram does not draw is named in the picture's note.

    Attributes:
        states: `completed`, `active`, `waiting`, `incident`, `overdue`, `cancelled`, `skipped`, `error`, `warning`, or a word of your own.
        counts: a number on an element or flow: how often it was taken.
        tokens: how many tokens stand there.
        changes: `added`, `removed`, `changed` or `moved`.
        path: elements in the order in which a case went through them; flows between two of them may be left out.
        before: the model that `removed` elements are drawn from, as ghosts.
        title: stands above the picture.
    """

    states: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    counts: Mapping[str, int] = attrs.field(factory=dict, hash=False)
    tokens: Mapping[str, int] = attrs.field(factory=dict, hash=False)
    changes: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    path: tuple[str, ...] = ()
    before: Definitions | None = None
    title: str = ""

    def joined(self, other: Marks) -> Marks:
        """Return both marks together; where they speak of one element, the other's word counts."""
        return Marks(
            states={**self.states, **other.states},
            counts={**self.counts, **other.counts},
            tokens={**self.tokens, **other.tokens},
            changes={**self.changes, **other.changes},
            path=other.path or self.path,
            before=other.before or self.before,
            title=other.title or self.title,
        )

    def elements(self) -> set[str]:
        """Return every id that a mark names."""
        return {*self.states, *self.counts, *self.tokens, *self.changes, *self.path}


@runtime_checkable
class Drawable(Protocol):
    """Anything that knows its own picture: a case, a comparison of two versions, a counterexample."""

    def __diagram__(self) -> tuple[Definitions, Marks]:
        """Return the model and what to show on it."""
        ...
