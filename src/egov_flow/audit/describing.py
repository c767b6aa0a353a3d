# SPDX-License-Identifier: Apache-2.0
"""An event as a line that a person reads."""

from __future__ import annotations

from datetime import UTC, tzinfo

from egov_flow.texts import render
from egov_flow.values import Event

__all__ = ["describe"]

_CODES = {
    "started": "EF-U110",
    "entered": "EF-U111",
    "left": "EF-U112",
    "taken": "EF-U113",
    "waiting": "EF-U114",
    "opened": "EF-U115",
    "completed": "EF-U116",
    "withdrawn": "EF-U117",
    "caught": "EF-U118",
    "thrown": "EF-U119",
    "fired": "EF-U120",
    "terminated": "EF-U121",
    "ended": "EF-U122",
    "incident": "EF-U123",
    "resolved": "EF-U124",
    "moved": "EF-U125",
    "corrected": "EF-U126",
    "suspended": "EF-U127",
    "resumed": "EF-U128",
    "cancelled": "EF-U129",
    "expired": "EF-U130",
    "begun": "EF-U170",
    "finished": "EF-U171",
    "came": "EF-U172",
    "uncaught": "EF-U173",
    "undecided": "EF-U174",
    "compensating": "EF-U175",
    "reset": "EF-U176",
    "start": "EF-U131",
    "complete": "EF-U132",
    "send": "EF-U133",
    "due": "EF-U134",
    "expire": "EF-U135",
    "report": "EF-U136",
    "retry": "EF-U137",
    "resolve": "EF-U138",
    "correct": "EF-U139",
    "suspend": "EF-U140",
    "resume": "EF-U141",
    "cancel": "EF-U142",
    "move": "EF-U143",
    "begin": "EF-U144",
    "end": "EF-U177",
    "claim": "EF-U145",
    "release": "EF-U146",
    "assign": "EF-U147",
    "hand_over": "EF-U148",
    "delegate_task": "EF-U149",
    "save_draft": "EF-U150",
    "comment": "EF-U151",
    "ask": "EF-U152",
    "answer": "EF-U153",
    "signal": "EF-U154",
    "extend": "EF-U155",
    "stop_clock": "EF-U156",
    "resume_clock": "EF-U157",
    "reopen": "EF-U158",
    "rate": "EF-U159",
    "override": "EF-U160",
    "declare_conflict": "EF-U161",
    "migrate": "EF-U162",
    "deploy": "EF-U163",
    "enable": "EF-U164",
    "disable": "EF-U165",
    "delegate": "EF-U166",
    "revoke": "EF-U167",
    "hold": "EF-U168",
    "erase": "EF-U169",
}
_OTHER = "EF-U100"


def describe(event: Event, language: str = "en", zone: tzinfo = UTC) -> str:
    """Return when, who and what in one line, without data of the case.

    Args:
        event: of the audit trail.
        language: `en` or `id`.
        zone: in which the time is told.
    """
    when = event.time.astimezone(zone).isoformat(" ", timespec="seconds")
    arguments = {"kind": event.kind, "element": event.element, "detail": event.detail}
    parts = [when, event.actor, render(_CODES.get(event.kind, _OTHER), "message", arguments, language).strip(" :")]
    if event.on_behalf_of:
        parts.insert(2, render("EF-U101", "message", {"actor": event.on_behalf_of}, language))
    if event.reason:
        parts.append(render("EF-U102", "message", {"reason": event.reason}, language))
    return "  ".join(part for part in parts if part)
