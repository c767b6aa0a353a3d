# SPDX-License-Identifier: Apache-2.0
"""The state of a case between two commands: SpiffWorkflow's task tree without data, and beside it the variables and the one token."""

from __future__ import annotations

from datetime import datetime

import attrs

from egov_flow.data import Context
from egov_flow.texts import render
from egov_flow.values import Incident

__all__ = ["INCIDENT", "JOB", "ROOT", "WORK", "Resting", "SpiffState", "Trouble", "incident_of"]

WORK, JOB, INCIDENT = "work", "job", "incident"

ROOT = 1
"""The first number of a case; the kernel gives it to the process itself, so that both engines number tokens alike."""


@attrs.frozen
class Trouble:
    """Why the token is parked, and what trying again means.

    Attributes:
        kind, code, arguments: of the incident; the arguments never hold case data.
        redo: `run` (run the element again), `leave` (a gateway chooses again) or `body` (the handler is asked again).
    """

    kind: str
    code: str
    arguments: tuple[tuple[str, str], ...]
    redo: str
    since: datetime


@attrs.frozen
class Resting:
    """Where the one token rests: `phase` is `work`, `job` or `incident`."""

    token: int
    element: str
    phase: str
    trouble: Trouble | None = None


@attrs.frozen(kw_only=True)
class SpiffState:
    """The state of a case.

    Attributes:
        tree: SpiffWorkflow's serialized workflow as canonical JSON, without data; empty once the case has ended.
        counter: the newest token number given.
        resting: None once the case has ended.
    """

    status: str
    counter: int
    tree: bytes
    variables: Context
    resting: Resting | None


def incident_of(resting: Resting, trouble: Trouble) -> Incident:
    """Return the incident that parks the token."""
    cause = f"{trouble.code}: {render(trouble.code, 'message', dict(trouble.arguments))}"
    ways_out = ("retry", "resolve", "cancel")
    return Incident(id=str(resting.token), element=resting.element, kind=trouble.kind, cause=cause, ways_out=ways_out, since=trouble.since)
