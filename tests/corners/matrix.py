# SPDX-License-Identifier: Apache-2.0
"""The event table of BPMN 2.0.2 (table 10.93): every type of event in every position, with the trace of what is allowed and the finding for what is not."""

from __future__ import annotations

import re

import attrs
from tests.corners.corner import Corner, corner

POSITIONS = ("start", "esp", "esp_beside", "catch", "boundary", "boundary_beside", "throw", "end")
"""Start of a process; of an event sub-process that interrupts or goes beside; caught in the flow; on a border, interrupting or beside; thrown; end."""

ALLOWED = {
    "none": "start throw end",
    "message": "start esp esp_beside catch boundary boundary_beside throw end",
    "timer": "start esp esp_beside catch boundary boundary_beside",
    "error": "esp boundary end",
    "escalation": "esp esp_beside boundary boundary_beside throw end",
    "cancel": "boundary end",
    "compensation": "esp boundary throw end",
    "conditional": "start esp esp_beside catch boundary boundary_beside",
    "link": "catch throw",
    "signal": "start esp esp_beside catch boundary boundary_beside throw end",
    "terminate": "end",
    "multiple": "start esp esp_beside catch boundary boundary_beside throw end",
    "parallel_multiple": "start esp esp_beside catch boundary boundary_beside",
}
"""The marks of the table, row by row."""

DEFINITIONS = {
    "none": "",
    "message": "message M",
    "timer": "timer PT1H",
    "error": "error E",
    "escalation": "escalation X",
    "cancel": "cancel",
    "compensation": "compensate",
    "conditional": "when n > 3",
    "link": "link L",
    "signal": "signal S",
    "terminate": "terminate",
    "multiple": "message M | signal S",
    "parallel_multiple": "together | message M | message N",
}
"""What each type is drawn with."""

COMES = {
    "message": "send M",
    "timer": "wait PT1H",
    "conditional": "correct {n: 4}",
    "signal": "signal S",
    "multiple": "signal S",
    "parallel_multiple": "send N; send M",
}
"""What must happen outside for an event to be caught."""

FRAME = {
    "start": "start s | {}\nuser a\ns > a",
    "esp": "start s\nuser w\ns > w\nesp e {{\nstart t | {}\nuser h\nt > h\n}}",
    "esp_beside": "start s\nuser w\ns > w\nesp e {{\nstart t | keeps | {}\nuser h\nt > h\n}}",
    "catch": "start s\ncatch c | {}\nuser a\ns > c\nc > a",
    "boundary": "start s\nuser w\nuser h\ns > w\nboundary b | on w | {}\nb > h",
    "boundary_beside": "start s\nuser w\nuser h\ns > w\nboundary b | on w | keeps | {}\nb > h",
    "throw": "start s\nthrow t | {}\nuser a\ns > t\nt > a",
    "end": "start s\nuser a\nend x | {}\ns > a\na > x",
}
"""A drawing for each position."""

SEEN = {
    "start": "a / a",
    "esp": "w e h / h",
    "esp_beside": "w e h / h w",
    "catch": "c a / a",
    "boundary": "w b h / h",
    "boundary_beside": "w b h / h w",
    "throw": "t a / a",
    "end": "a x / completed",
}
"""The trace of what comes from outside, and of what is thrown to the outside."""

CLAUSES = {
    "start": "10.5.2", "esp": "13.5.4", "esp_beside": "13.5.4", "catch": "13.5.2", "boundary": "13.5.3", "boundary_beside": "13.5.3",
    "throw": "10.5.4", "end": "10.5.3",
}  # fmt: skip

INSIDE = "start s\nsub p {{\nstart i\n{}\n}}\nuser n\ns > p\np > n\n"
ERROR = "end x | error E\ni > x"
ESCALATION = "throw t | escalation X\nuser a\ni > t\nt > a"
CATCHES = "\nesp e {{\nstart k | {}\nuser h\nk > h\n}}"
BORDER = "boundary b | on p | {}\nuser h\nb > h"
CANCELLED = INSIDE.replace("sub p", "transaction p").format("end x | cancel\ni > x") + BORDER.format("cancel")
DONE = "start s\ntask d\nboundary b | on d | compensate\ntask r | undoes\nb ~ r\n"
LINKED = "start s\nthrow t | link L\ncatch c | link L\nuser a\ns > t\nc > a"

OWN: dict[str, tuple[str, str, str]] = {
    "none_start": ("start s\nuser a\ns > a", "", "a / a"),
    "none_throw": ("start s\nthrow t\nuser a\ns > t\nt > a", "", "t a / a"),
    "none_end": ("start s\nuser a\nend x\ns > a\na > x", "complete a", "a / completed"),
    "error_esp": (INSIDE.format(ERROR + CATCHES.format("error E")), "", "p x e h / h"),
    "error_boundary": (INSIDE.format(ERROR) + BORDER.format("error E"), "", "p x b h / h"),
    "error_end": (
        INSIDE.format(f"and g\nuser a\ni > g\ng > a\ng > x\n{ERROR.splitlines()[0]}") + BORDER.format("error E"),
        "",
        "p a x b h / h",
    ),
    "escalation_esp": (INSIDE.format(ESCALATION + CATCHES.format("escalation X")), "", "p t e h / h"),
    "escalation_esp_beside": (INSIDE.format(ESCALATION + CATCHES.format("keeps | escalation X")), "", "p t e a h / a h"),
    "escalation_boundary": (INSIDE.format(ESCALATION) + BORDER.format("escalation X"), "", "p t b h / h"),
    "escalation_boundary_beside": (INSIDE.format(ESCALATION) + BORDER.format("keeps | escalation X"), "", "p t b h a / a h"),
    "escalation_throw": (FRAME["throw"].format("escalation X"), "", "t !X a / a"),
    "escalation_end": (FRAME["end"].format("escalation X"), "complete a", "a x !X / completed"),
    "cancel_boundary": (CANCELLED, "", "p x b h / h"),
    "cancel_end": (
        INSIDE.replace("sub p", "transaction p").format("and g\nuser a\nend x | cancel\ni > g\ng > a\ng > x") + BORDER.format("cancel"),
        "",
        "p a x b h / h",
    ),
    "compensation_esp": (
        INSIDE.format(
            "task d\nboundary b | on d | compensate\ntask r | undoes\nb ~ r\ni > d\nesp e {\nstart k | compensate\nuser h\nk > h\n}"
        )
        + "throw u | compensate p\nuser m\nn > u\nu > m",
        "complete n",
        "p d n u e h / h",
    ),
    "compensation_boundary": (f"{DONE}throw t | compensate d\nuser a\ns > d\nd > t\nt > a", "", "d t r a / a"),
    "compensation_throw": (f"{DONE}throw t | compensate\nuser a\ns > d\nd > t\nt > a", "", "d t r a / a"),
    "compensation_end": (f"{DONE}end x | compensate\ns > d\nd > x", "", "d x r / completed"),
    "link_catch": (LINKED, "", "t c a / a"),
    "link_throw": (
        LINKED.replace("throw t", "and g\nthrow u | link L\nthrow t").replace("s > t", "s > g\ng > t\ng > u"),
        "",
        "t u c c a a / a a",
    ),
    "terminate_end": ("start s\nand g\nuser w\nend x | terminate\ns > g\ng > w\ng > x", "", "w x / completed"),
}
"""The cells that need a drawing of their own: (drawing, play, trace)."""


def allowed(cell: str) -> Corner:
    """Return the corner case of a cell of the table."""
    kind, _, position = cell.partition("@")
    name = f"{kind}_{position}"
    if name in OWN:
        drawing, play, trace = OWN[name]
    else:
        drawing, trace = FRAME[position].format(DEFINITIONS[kind]), SEEN[position]
        play = {"start": "start s", "throw": "", "end": "complete a"}.get(position, COMES.get(kind, ""))
    return corner(f"table_{name}", f"table 10.93; {CLAUSES[position]}", drawing, play, trace)


CELLS = tuple(f"{kind}@{position}" for kind in ALLOWED for position in POSITIONS)
MARKED = frozenset(f"{kind}@{position}" for kind, marks in ALLOWED.items() for position in marks.split())
EMPTY = tuple(cell for cell in CELLS if cell not in MARKED)

MEMBERS = {
    "start": "message timer conditional signal",
    "esp": "message timer conditional signal error escalation",
    "esp_beside": "message timer conditional signal escalation",
    "catch": "message timer conditional signal",
    "boundary": "message timer conditional signal error escalation cancel",
    "boundary_beside": "message timer conditional signal escalation",
    "throw": "message signal escalation compensation",
    "end": "message signal error escalation cancel compensation terminate",
}
"""What a multiple event may consist of in each position."""
TOGETHER = ("esp", "esp_beside", "catch", "boundary", "boundary_beside")
"""Where a parallel multiple event may consist of what is no message (a process begins by messages only)."""


def beside(case: Corner, position: str, more: str) -> str:
    """Return the drawing of a cell with more definitions at its event."""
    at = {"start": "start s", "esp": "start [tk]", "esp_beside": "start [tk]", "catch": "catch c", "throw": "throw t", "end": "end x"}
    return re.sub(rf"^({at.get(position, 'boundary b')} \|.*)$", rf"\1 | {more}", case.drawing, flags=re.MULTILINE)


def one_of_two(kind: str, position: str) -> Corner:
    """Return the case of a cell whose event also waits for (or throws) a message: the trace is the same."""
    case = allowed(f"{kind}@{position}")
    return attrs.evolve(case, name=f"table_multiple_{position}_{kind}", drawing=beside(case, position, "message Z"))


def both(kind: str, position: str) -> Corner:
    """Return the case of a cell whose event waits for a message too: the trace is the same once both came."""
    case = allowed(f"{kind}@{position}")
    drawing = beside(case, position, "message Z | together")
    return attrs.evolve(case, name=f"table_parallel_multiple_{position}_{kind}", drawing=drawing, play=("start", "send Z", COMES[kind]))


CASES = (
    *(allowed(cell) for cell in CELLS if cell in MARKED),
    *(one_of_two(kind, position) for position, kinds in MEMBERS.items() for kind in kinds.split()),
    *(both(kind, position) for position in TOGETHER for kind in MEMBERS["catch"].split()),
)


def forbidden(cell: str) -> str:
    """Return the drawing of a cell that the table leaves empty."""
    kind, _, position = cell.partition("@")
    if cell == "compensation@boundary_beside":
        return OWN["compensation_boundary"][0].replace("on d", "on d | keeps")
    return FRAME[position].format(DEFINITIONS[kind]).replace(" | \n", "\n")
