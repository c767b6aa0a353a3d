# SPDX-License-Identifier: Apache-2.0
"""What a picture says in words: the text alternative of every element and of the whole."""

from __future__ import annotations

import attrs

from egov_flow.diagrams._index import Item, words
from egov_flow.diagrams._style import look_of_change, look_of_state
from egov_flow.diagrams.marks import Marks
from egov_flow.texts import render

__all__ = ["Words"]


@attrs.frozen
class Words:
    """Sentences in one language about one set of marks."""

    marks: Marks
    language: str = "en"

    def say(self, code: str, **arguments: object) -> str:
        """Return a text of the catalogue."""
        return render(code, "message", {k: str(v) for k, v in arguments.items()}, self.language)

    def state(self, state: str) -> str:
        """Return the word of a state; a state of the caller's own is its own word."""
        code = look_of_state(state).code
        return self.say(code) if code else state

    def steps(self, element: str) -> list[int]:
        """Return at which steps, from 1, a path goes through an element."""
        return [n for n, step in enumerate(self.marks.path, 1) if step == element]

    def marked(self, element: str) -> list[str]:
        """Return what the marks say of an element, each as a phrase."""
        marks, said = self.marks, []
        if element in marks.changes:
            said.append(self.say(look_of_change(marks.changes[element]).code))
        if element in marks.states:
            said.append(self.state(marks.states[element]))
        if marks.tokens.get(element):
            said.append(self.say("EF-G041", count=marks.tokens[element]))
        if element in marks.counts:
            said.append(self.say("EF-G042", count=marks.counts[element]))
        said += [self.say("EF-G043", step=step) for step in self.steps(element)[:3]]
        return said

    def element(self, item: Item) -> str:
        """Return the text alternative of one element: kind, name, id and every mark."""
        named = f"{item.name} ({item.id})" if item.name else item.id
        return "; ".join([f"{words(item.kind)}: {named}", *self.marked(item.id)])
