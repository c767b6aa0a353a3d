# SPDX-License-Identifier: Apache-2.0
"""Draw a procedure, a case or a change as one SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import attrs

from egov_flow.bpmn.model import Definitions, Diagram
from egov_flow.diagrams._automatic import arrange
from egov_flow.diagrams._drawing import Drawing, draw
from egov_flow.diagrams._geometry import Box
from egov_flow.diagrams._index import drawn
from egov_flow.diagrams._legend import heading, legend, listed, notes
from egov_flow.diagrams._style import CHANGES, FONT, PAPER
from egov_flow.diagrams._svg import element, escape, number
from egov_flow.diagrams._words import Words
from egov_flow.diagrams.marks import Drawable, Marks
from egov_flow.diagrams.picture import Picture
from egov_flow.errors import InvalidData, NotFound
from egov_flow.procedure.model import Procedure

__all__ = ["diagram"]

_MARGIN = 20.0
_FARTHEST = 1e6  # pixels; what lies farther out is a slip of the pen, and would make everything else a dot

Subject = Procedure | Definitions | Drawable


def diagram(
    subject: Subject,
    *,
    states: Mapping[str, str] | None = None,
    counts: Mapping[str, int] | None = None,
    tokens: Mapping[str, int] | None = None,
    changes: Mapping[str, str] | None = None,
    path: Sequence[str] | None = None,
    title: str = "",
    plane: str = "",
    view: Literal["overlay", "beside"] = "overlay",
    language: str = "en",
) -> Picture:
    """Draw a procedure, a BPMN model, or anything that knows its own picture (a case, a comparison of two versions).

    Marks given here are added to those that the subject brings. Everything that the picture cannot show is named in a note beneath it.

    Args:
        subject: what to draw.
        states: word by element id, `completed`, `active`, `waiting`, `incident`, `overdue`, `cancelled`, `skipped`, `error`, `warning` or your own.
        counts: how often an element or flow was taken, by id.
        tokens: how many tokens stand on an element, by id.
        changes: `added`, `removed`, `changed` or `moved` by element id.
        path: element ids in the order a case took them.
        title: stands above the picture.
        plane: id of the diagram, or of the element it draws, in a file with several; the first by default.
        view: `overlay` draws the new version with what was removed as ghosts; `beside` draws the old version, where there is one,
            above the new one.
        language: of the legend and the notes, `en` or `id`.

    Raises:
        NotFound: the file has no such plane.
        InvalidData: the subject has no picture, a change is none of the four, or there is no such view.
    """
    definitions, own = _resolve(subject)
    given = Marks(states=states or {}, counts=counts or {}, tokens=tokens or {}, changes=changes or {}, path=tuple(path or ()), title=title)
    words = Words(_checked(own.joined(given), view), language)
    if view == "beside" and own.before is not None:
        return _beside(definitions, own.before, words, plane)
    body, box, said = _panel(definitions, words, plane)
    return _picture(body, box, words, definitions.file, said)


def _checked(marks: Marks, view: str) -> Marks:
    for change in marks.changes.values():
        if change not in CHANGES:
            raise InvalidData("EF-G010", change=change)
    if view not in {"overlay", "beside"}:
        raise InvalidData("EF-G011", view=view)
    return marks


def _resolve(subject: Subject) -> tuple[Definitions, Marks]:
    if isinstance(subject, Procedure):
        return subject.model, Marks()
    if isinstance(subject, Definitions):
        return subject, Marks()
    if isinstance(subject, Drawable):
        return subject.__diagram__()
    raise InvalidData("EF-G006", type=type(subject).__name__)


def _planes(definitions: Definitions) -> list[Diagram]:
    """Return the diagrams that show anything, without shapes and lines whose place no picture can have; the note tells of those."""
    usable = (
        attrs.evolve(
            d,
            shapes=tuple(
                s
                for s in d.shapes
                if _fits(s.bounds.x, s.bounds.y, s.bounds.width, s.bounds.height) and s.bounds.width > 0 < s.bounds.height
            ),
            edges=tuple(e for e in d.edges if _fits(*(c for point in e.waypoints for c in point))),
        )
        for d in definitions.diagrams
    )
    return [d for d in usable if d.shapes or d.edges]


def _fits(*numbers: float) -> bool:
    return all(-_FARTHEST <= n <= _FARTHEST for n in numbers)


def _choose(definitions: Definitions, plane: str) -> tuple[Diagram, bool]:
    planes = _planes(definitions)
    if not planes and not plane:
        return arrange(definitions), True
    chosen = [d for d in planes if plane in {"", d.id, d.element}]
    if not chosen:
        known = ", ".join(d.element or d.id for d in planes)
        raise NotFound("EF-G005", plane=plane, file=definitions.file, planes=known)
    return chosen[0], False


def _panel(definitions: Definitions, words: Words, plane: str, top: str = "") -> tuple[str, Box, list[str]]:
    """Draw one plane with a heading, its legend and its notes around it."""
    chosen, is_automatic = _choose(definitions, plane)
    drawing = draw(definitions, chosen, words)
    sentences = _sentences(definitions, words, chosen, drawing, is_automatic=is_automatic)
    box = drawing.box
    explained, below = legend(words, drawing.shown, box)
    noted, under = notes(sentences, box, below)
    above, room = "", 0.0
    if top:
        _, room = heading(top, 0, 0, max(box.width, 240))
        above, _ = heading(top, box.left, box.top - room - 6, max(box.width, 240))
        room += 6
    whole = Box(box.left, box.top - room, max(box.right, box.left + 240), box.bottom + below + under)
    if sentences:
        whole = attrs.evolve(whole, right=max(whole.right, box.left + 320))
    return above + drawing.svg + explained + noted, whole, sentences


def _sentences(definitions: Definitions, words: Words, chosen: Diagram, drawing: Drawing, *, is_automatic: bool) -> list[str]:
    said = [words.say("EF-G003")] if is_automatic else []
    planes = [chosen] if is_automatic else _planes(definitions)
    placed = {s.element for d in planes for s in d.shapes} | {e.element for d in planes for e in d.edges}
    missing = [item.name or item.id for item in drawn(definitions) if item.id not in placed]
    if missing:
        said.append(words.say("EF-G001", names=listed(missing)))
    if drawing.unknown:
        said.append(words.say("EF-G002", names=listed(drawing.unknown)))
    others = [d.element or d.id for d in planes if d != chosen]
    if others:
        said.append(words.say("EF-G004", names=listed(others)))
    lost = sorted(words.marks.elements() - drawing.shown)
    if lost:
        said.append(words.say("EF-G009", names=listed(lost)))
    return said


def _beside(definitions: Definitions, before: Definitions, words: Words, plane: str) -> Picture:
    marks = words.marks
    old = attrs.evolve(
        marks, changes={e: c for e, c in marks.changes.items() if c != "added"}, states={}, tokens={}, counts={}, path=(), before=None
    )
    new = attrs.evolve(marks, changes={e: c for e, c in marks.changes.items() if c != "removed"}, before=None)
    upper, first, said = _panel(before, attrs.evolve(words, marks=old), plane, words.say("EF-G047"))
    lower, second, more = _panel(definitions, attrs.evolve(words, marks=new), plane, words.say("EF-G048"))
    down, across = first.bottom + 36 - second.top, first.left - second.left
    moved = element("g", lower, transform=f"translate({number(across)} {number(down)})")
    box = Box(first.left, first.top, max(first.right, second.right + across), second.bottom + down)
    return _picture(upper + moved, box, words, definitions.file, [*said, *more])


def _picture(body: str, box: Box, words: Words, file: str, said: Sequence[str]) -> Picture:
    marks = words.marks
    name = marks.title or words.say("EF-G049", file=file)
    above = ""
    if marks.title:
        _, room = heading(marks.title, 0, 0, max(box.width, 240), 20)
        above, _ = heading(marks.title, box.left, box.top - room - 10, max(box.width, 240), 20)
        box = attrs.evolve(box, top=box.top - room - 10)
    frame = box.grown(_MARGIN)
    told = [f"{e}: {', '.join(words.marked(e))}" for e in sorted(marks.elements())]
    description = ". ".join([*told, *said])
    paper = element("rect", x=frame.left, y=frame.top, width=frame.width, height=frame.height, fill=PAPER)
    svg = element(
        "svg",
        element("title", escape(name)),
        element("desc", escape(description)) if description else "",
        paper,
        above + body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(map(number, (frame.left, frame.top, frame.width, frame.height))),
        width=frame.width,
        height=frame.height,
        role="img",
        aria_label=name,
        font_family=FONT,
    )
    return Picture(svg + "\n", frame.width, frame.height)
