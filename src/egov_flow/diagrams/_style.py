# SPDX-License-Identifier: Apache-2.0
"""Colours, strokes and fonts of the pictures: BPMN's black on white, and the few colours that marks bring."""

from __future__ import annotations

import attrs

__all__ = ["CHANGES", "FONT", "INK", "PALE", "PAPER", "PATH", "QUIET", "STATES", "TOKEN", "Look", "look_of_change", "look_of_state"]

# The first three have the same widths; the others are what a machine without them has.
FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
INK, QUIET, PALE, PAPER = "#22242e", "#6b7280", "#c9cdd6", "#ffffff"
PATH, TOKEN = "#1456a0", "#0f766e"


@attrs.frozen(kw_only=True)
class Look:
    """How a marked element looks: its colours, the sign on its badge (colour is never the only sign) and the code of its word."""

    fill: str
    stroke: str
    sign: str
    code: str = ""
    dashes: str = ""


_DONE = Look(fill="#e8f5ec", stroke="#23744a", sign="check", code="EF-G021")
_RUNNING = Look(fill="#e4effd", stroke="#1d5fbf", sign="play", code="EF-G022")
_WAITING = Look(fill="#e4effd", stroke="#1d5fbf", sign="clock", code="EF-G023")
_FAULTY = Look(fill="#fdeaea", stroke="#b3261e", sign="exclamation", code="EF-G024")
_LATE = Look(fill="#fff0de", stroke="#b45309", sign="clock", code="EF-G025")
_ENDED = Look(fill="#f1f2f4", stroke="#7b818c", sign="cross", code="EF-G026", dashes="6 4")

STATES = {
    "completed": _DONE,
    "active": _RUNNING,
    "running": _RUNNING,
    "waiting": _WAITING,
    "incident": _FAULTY,
    "failed": _FAULTY,
    "error": Look(fill="#fdeaea", stroke="#b3261e", sign="exclamation", code="EF-C920"),
    "warning": Look(fill="#fff0de", stroke="#b45309", sign="tilde", code="EF-C921"),
    "overdue": _LATE,
    "cancelled": _ENDED,
    "withdrawn": _ENDED,
    "skipped": _ENDED,
}
_OTHER_STATE = Look(fill="#f2edfb", stroke="#6441a5", sign="dot")

CHANGES = {
    "added": Look(fill="#e4f6e9", stroke="#1a7f37", sign="plus", code="EF-G031"),
    "removed": Look(fill="#fdeeee", stroke="#c62828", sign="minus", code="EF-G032", dashes="7 4"),
    "changed": Look(fill="#fff5d6", stroke="#a16207", sign="tilde", code="EF-G033"),
    "moved": Look(fill="#eef1f6", stroke="#52606d", sign="arrow", code="EF-G034"),
}


def look_of_state(state: str) -> Look:
    """Return how an element in that state looks; a state that is not known here has a look of its own and keeps its word."""
    return STATES.get(state, _OTHER_STATE)


def look_of_change(change: str) -> Look:
    """Return how a changed element looks.

    Raises:
        KeyError: `change` is not `added`, `removed`, `changed` or `moved`.
    """
    return CHANGES[change]
