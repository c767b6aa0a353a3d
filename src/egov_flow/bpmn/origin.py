# SPDX-License-Identifier: Apache-2.0
"""Where something stands in a BPMN file, and the two things that only stand there: a reference and an expression."""

from __future__ import annotations

import attrs

from egov_flow.errors import Place

__all__ = ["Formula", "Origin", "Reference"]


@attrs.frozen
class Origin:
    """Where an element stands in its file: the place people read and the bytes that the splice writer cuts.

    Attributes:
        place: file, line and column of the start tag.
        start: offset of the `<` of the start tag, in bytes of the file.
        inner_start: offset behind the start tag's `>` (equals `end` for an empty tag).
        inner_end: offset of the end tag's `<` (equals `end` for an empty tag).
        end: offset behind the last `>`.
    """

    place: Place = Place()
    start: int = 0
    inner_start: int = 0
    inner_end: int = 0
    end: int = 0


@attrs.frozen
class Reference:
    """A child element that names another element by its id: `incoming`, `outgoing` or `flowNodeRef` (`kind` is the tag)."""

    kind: str
    target: str
    origin: Origin = Origin()


@attrs.frozen
class Formula:
    """An expression as it stands in the file; `language` is its own or the file's, "" where none is stated or the file says FEEL."""

    text: str
    language: str = ""
    origin: Origin = Origin()

    @property
    def is_feel(self) -> bool:
        """Return whether it is FEEL by its language."""
        return not self.language or "feel" in self.language.lower()
