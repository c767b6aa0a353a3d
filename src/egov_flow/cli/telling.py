# SPDX-License-Identifier: Apache-2.0
"""Telling a case: in one line, or with everything that a reader may know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from egov_flow.agency import Case
from egov_flow.bpmn import Definitions
from egov_flow.cli.output import clean, show_document, show_text
from egov_flow.cli.settings import Settings

__all__ = ["named", "state_word", "tell_case", "tell_incidents", "waiting_text"]


STATES = {
    "running": "EF-L260",
    "suspended": "EF-L261",
    "completed": "EF-L262",
    "cancelled": "EF-L263",
    "failed": "EF-L264",
    "stopped": "EF-L265",
    "open": "EF-L275",
    "waiting": "EF-L276",
    "done": "EF-L254",
    "met": "EF-L266",
    "expired": "EF-L267",
    "withdrawn": "EF-L268",
    "same state": "EF-L269",
    "same path": "EF-L270",
    "other path": "EF-L271",
    "shorter path": "EF-L299",
    "cannot follow": "EF-L272",
    "divergence": "EF-L273",
    "semantics changed": "EF-L274",
}
"""Statuses of cases, tasks, jobs and deadlines and outcomes of replays, as people read them."""


def state_word(settings: Settings, state: str) -> str:
    """Return a status or outcome in the chosen language."""
    return settings.say(STATES[state]) if state in STATES else state


def named(model: Definitions, element: str) -> str:
    """Return an element as its diagram names it, with its id: `Decide (Task_Decide)`."""
    name = next((n.name for n in model.nodes() if n.id == element), "")
    return f"{' '.join(name.split())} ({element})" if name else element


def waiting_text(model: Definitions, waiting: Iterable[str]) -> str:
    """Return where tokens rest, each element once, with how many when they are several."""
    counted = Counter(waiting)
    return ", ".join(f"{named(model, e)} ×{n}" if n > 1 else named(model, e) for e, n in counted.items())


def tell_case(settings: Settings, *cases: Case) -> None:
    """Print how cases stand after a command: one line each, and their incidents."""
    if settings.is_json:
        show_document({"cases": cases} if len(cases) != 1 else {"case": cases[0]})
        return
    for case in cases:
        waiting = waiting_text(case.model, case.waiting)
        code = "EF-L021" if waiting else "EF-L020"
        show_text(settings.say(code, number=case.number, id=case.id, status=state_word(settings, case.status), waiting=waiting))
        tell_incidents(settings, case)


def tell_incidents(settings: Settings, case: Case) -> None:
    """Print the open incidents of a case, with their ways out."""
    for incident in case.incidents:
        where = named(case.model, incident.element)
        ways = ", ".join(incident.ways_out)
        show_text(clean(settings.say("EF-L022", element=where, cause=incident.cause, id=incident.id, ways=ways)))
