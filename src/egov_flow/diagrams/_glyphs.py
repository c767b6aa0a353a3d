# SPDX-License-Identifier: Apache-2.0
"""The markers inside events, gateways and activities as paths, so that no font has to hold them (BPMN 2.0.2 §10.5.6, §10.6, §10.3)."""

from __future__ import annotations

from egov_flow.bpmn.model import Activity, Event, Gateway
from egov_flow.diagrams._style import INK, PAPER
from egov_flow.diagrams._svg import element, number

__all__ = ["activity_markers", "event_glyph", "gateway_glyph", "task_glyph"]

_ENVELOPE, _FLAP = "M-9.5 -6.5H9.5V6.5H-9.5Z", "M-9.5 -6.5L0 1L9.5 -6.5"
_PLUS = "M-3 -10H3V-3H10V3H3V10H-3V3H-10V-3H-3Z"
_PENTAGON = "M0 -10L9.5 -3.1L5.9 8.1H-5.9L-9.5 -3.1Z"

# Outline, and lines on top of it; drawn around (0, 0) for a circle of radius 18.
_EVENTS = {
    "message": (_ENVELOPE, _FLAP),
    "timer": ("M0 -10.5A10.5 10.5 0 1 1 -0.01 -10.5Z", "M0 -10.5V-8M10.5 0H8M0 10.5V8M-10.5 0H-8M0 -6V0L4.5 2.5"),
    "error": ("M-9 8L-4 -7L3 3L9 -9L4 7L-3 -2Z", ""),
    "escalation": ("M0 -10L8 9L0 1L-8 9Z", ""),
    "signal": ("M0 -10L10 7H-10Z", ""),
    "compensate": ("M0 -7V7L-10 0ZM10 -7V7L0 0Z", ""),
    "cancel": ("M-8 -5L-5 -8L0 -3L5 -8L8 -5L3 0L8 5L5 8L0 3L-5 8L-8 5L-3 0Z", ""),
    "conditional": ("M-7 -9.5H7V9.5H-7Z", "M-4.5 -6H4.5M-4.5 -2H4.5M-4.5 2H4.5M-4.5 6H4.5"),
    "link": ("M-9 -4H2V-9L11 0L2 9V4H-9Z", ""),
    "terminate": ("M0 -10.5A10.5 10.5 0 1 1 -0.01 -10.5Z", ""),
    "multiple": (_PENTAGON, ""),
    "parallelMultiple": (_PLUS, ""),
}
_GATEWAYS = {
    "exclusiveGateway": ("M-8 -9L8 9M8 -9L-8 9", 3.6),
    "parallelGateway": ("M0 -12V12M-12 0H12", 3.6),
    "inclusiveGateway": ("M0 -11.5A11.5 11.5 0 1 1 -0.01 -11.5Z", 2.8),
    "complexGateway": ("M0 -12V12M-12 0H12M-8 -8L8 8M8 -8L-8 8", 3.0),
}
_GEAR = (
    "M6.6 3.1L6.6 .9L9.4 .9L9.4 3.1L10.5 3.5L12 1.9L14.1 4L12.5 5.5L12.9 6.6L15.1 6.6L15.1 9.4L12.9 9.4L12.5 10.5L14.1 12L12 14.1L10.5 12.5"
    "L9.4 12.9L9.4 15.1L6.6 15.1L6.6 12.9L5.5 12.5L4 14.1L1.9 12L3.5 10.5L3.1 9.4L.9 9.4L.9 6.6L3.1 6.6L3.5 5.5L1.9 4L4 1.9L5.5 3.5Z"
)
_HAND = (
    "M1.5 8.6L6.6 3.4Q8 2.4 8.3 3.8L6.6 6H14Q15.2 6.9 14 7.8H9.4H14.4Q15.4 8.7 14.4 9.6H9.4H13.8Q14.8 10.5 13.8 11.4H9.4H12.8"
    "Q13.7 12.3 12.8 13.2H4.4Q2 13 1.5 11Z"
)
_SCROLL = "M4.5 1.5H13.5C10 4.5 10.5 6 12 8.2C13.4 10.4 13 12.4 10.5 14.5H2C5 12 5 10.3 3.6 8.2C2.2 6 2.2 4 4.5 1.5Z"
# Filled parts, outlined parts; in a square of 16.
_TASKS = {
    "userTask": ("", "M8 1.6A3 3 0 1 1 7.99 1.6ZM2 15C2 10.5 4.5 8.8 8 8.8S14 10.5 14 15Z"),
    "manualTask": ("", _HAND),
    "serviceTask": ("", _GEAR + "M8 5.6A2.4 2.4 0 1 1 7.99 5.6Z"),
    "scriptTask": ("", _SCROLL + "M4.6 4.6H9M4.8 7H9.8M6 9.4H11M6.3 11.8H10.8"),
    "businessRuleTask": ("M1.5 2.5H14.5V5.5H1.5Z", "M1.5 2.5H14.5V13.5H1.5ZM1.5 5.5H14.5M1.5 9.5H14.5M5.5 5.5V13.5"),
    "sendTask": ("M1.5 3.5H14.5V12.5H1.5Z", ""),
    "receiveTask": ("", "M1.5 3.5H14.5V12.5H1.5ZM1.5 3.5L8 8.6L14.5 3.5"),
}
# Around (0, 0), 14 wide.
_MARKERS = {
    "loop": "M-2.5 5.2A5.6 5.6 0 1 1 2.5 5.2M-2.5 5.2V1.4M-2.5 5.2H-6.3",
    "parallel": "M-4.5 -6V6M0 -6V6M4.5 -6V6",
    "sequential": "M-6 -4.5H6M-6 0H6M-6 4.5H6",
    "compensation": "M0 -5V5L-7 0ZM7 -5V5L0 0Z",
    "adhoc": "M-6.5 1.5C-4 -4 -2 -3 0 0S4 4 6.5 -1.5",
    "collapsed": "M-7 -7H7V7H-7ZM0 -4.5V4.5M-4.5 0H4.5",
}


def _line(path: str, ink: str, width: float = 1.2, fill: str = "none") -> str:
    return element("path", d=path, fill=fill, stroke=ink, stroke_width=width, stroke_linejoin="round", stroke_linecap="round")


def event_glyph(event: Event, x: float, y: float, radius: float, *, throws: bool, ink: str = INK) -> str:
    """Draw the marker of an event around a centre; "" for a none event. A throwing event's marker is filled."""
    kinds = [d.kind for d in event.definitions]
    if not kinds:
        return ""
    kind = kinds[0] if len(kinds) == 1 else ("parallelMultiple" if event.is_parallel_multiple else "multiple")
    outline, lines = _EVENTS.get(kind, _EVENTS["multiple"])
    filled = throws or kind == "terminate"
    drawn = _line(outline, ink, 1.2, ink if filled else "none")
    if lines:
        drawn += _line(lines, PAPER if filled else ink)
    scale = f" scale({number(radius / 18)})" if radius != 18 else ""
    return element("g", drawn, transform=f"translate({number(x)} {number(y)}){scale}")


def gateway_glyph(kind: str, gateway: Gateway, x: float, y: float, size: float, *, ink: str = INK) -> str:
    """Draw the marker of a gateway around a centre; `size` is the height of its diamond."""
    if kind == "eventBasedGateway":
        rings = (13.0,) if gateway.is_instantiating else (13.0, 10.6)
        inner = _PLUS if gateway.event_type == "Parallel" else _PENTAGON
        drawn = "".join(element("circle", r=r, fill="none", stroke=ink, stroke_width=1.0) for r in rings)
        drawn += element("g", _line(inner, ink, 1.6), transform="scale(.66)")
    else:
        path, width = _GATEWAYS.get(kind, _GATEWAYS["complexGateway"])
        drawn = _line(path, ink, width)
    return element("g", drawn, transform=f"translate({number(x)} {number(y)}) scale({number(size / 50)})")


def task_glyph(kind: str, activity: Activity, left: float, top: float, ink: str = INK) -> str:
    """Draw the sign of a task's type with its left upper corner there; "" for a task without type."""
    if kind not in _TASKS:
        return ""
    filled, outlined = _TASKS[kind]
    drawn = _line(filled, ink, 1.0, ink) if filled else ""
    drawn += _line(outlined, ink, 1.0) if outlined else _line("M1.5 3.5L8 8.6L14.5 3.5", PAPER, 1.0)
    if kind == "receiveTask" and activity.is_instantiating:
        drawn = element("circle", cx=8, cy=8, r=9.5, fill="none", stroke=ink, stroke_width=1.0) + drawn
    return element("g", drawn, transform=f"translate({number(left)} {number(top)})")


def activity_markers(kind: str, activity: Activity, x: float, bottom: float, *, is_collapsed: bool, ink: str = INK) -> str:
    """Draw the row of markers at the foot of an activity, centred at `x`: collapsed, loop, multi-instance, compensation, ad-hoc."""
    names = ["collapsed"] if is_collapsed else []
    if activity.loop is not None:
        names.append("loop")
    if activity.multi_instance is not None:
        names.append("sequential" if activity.multi_instance.is_sequential else "parallel")
    if activity.is_for_compensation:
        names.append("compensation")
    if kind == "adHocSubProcess":
        names.append("adhoc")
    first = x - (len(names) - 1) * 9
    return "".join(
        element("g", _line(_MARKERS[name], ink, 1.5), transform=f"translate({number(first + 18 * n)} {number(bottom - 10)})")
        for n, name in enumerate(names)
    )
