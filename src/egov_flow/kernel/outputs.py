# SPDX-License-Identifier: Apache-2.0
"""What a step tells the outside, collected: occurrences in order, and of work, jobs, timers and waits only what is left at the end.

A task that the same step opens and withdraws was never anybody's: it shows in the occurrences and nowhere else.
"""

from __future__ import annotations

import attrs

from egov_flow.kernel.state import State, Token, Trouble
from egov_flow.texts import render
from egov_flow.values import Incident, JobChange, Message, Occurrence, Step, Timer, Wait, WorkChange

__all__ = ["Outputs", "incident_of"]


@attrs.define(eq=False)
class Outputs:
    """The outputs of a step, by the id of the token or wait that they are about.

    Attributes:
        newest: the newest id that existed before the step.
    """

    newest: int = attrs.field(default=0, init=False)
    occurrences: list[Occurrence] = attrs.field(factory=list, init=False)
    work: dict[int, WorkChange] = attrs.field(factory=dict, init=False)
    jobs: dict[int, JobChange] = attrs.field(factory=dict, init=False)
    timers: dict[int, Timer] = attrs.field(factory=dict, init=False)
    waits: dict[int, Wait] = attrs.field(factory=dict, init=False)
    messages: list[Message] = attrs.field(factory=list, init=False)
    incidents: dict[str, Incident] = attrs.field(factory=dict, init=False)

    def add_work(self, change: WorkChange) -> None:
        """Note that work was opened, completed or withdrawn."""
        if change.change == "withdrawn" and self.work.pop(change.token, None) is not None:
            return
        self.work[change.token] = change

    def add_job(self, change: JobChange) -> None:
        """Note that a job was opened or withdrawn."""
        if change.change == "withdrawn" and self.jobs.pop(change.token, None) is not None:
            return
        self.jobs[change.token] = change

    def add_timer(self, timer: Timer) -> None:
        """Note that a timer was armed, armed again or disarmed."""
        if timer.due is None and timer.wait > self.newest:
            self.timers.pop(timer.wait, None)
        else:
            self.timers[timer.wait] = timer

    def add_wait(self, wait: Wait) -> None:
        """Note that a wait for a message was opened or closed."""
        if not wait.open and self.waits.pop(wait.wait, None) is not None:
            return
        self.waits[wait.wait] = wait

    def add_incident(self, incident: Incident) -> None:
        """Note that an incident was opened or closed."""
        self.incidents[incident.id] = incident

    def step(self, state: State) -> Step[State]:
        """Return the step that led to a state."""
        return Step(
            state,
            state.status,
            tuple(self.occurrences),
            tuple(self.work.values()),
            tuple(self.jobs.values()) if self.jobs else (),
            tuple(self.timers.values()) if self.timers else (),
            tuple(self.waits.values()) if self.waits else (),
            tuple(self.messages) if self.messages else (),
            tuple(self.incidents.values()) if self.incidents else (),
        )


WAYS_OUT = {
    "fuel": ("retry", "move"),
    "stuck": ("move", "resolve", "cancel"),
}


def incident_of(token: Token, trouble: Trouble, element: str) -> Incident:
    """Return the incident that parks a token."""
    cause = f"{trouble.code}: {render(trouble.code, 'message', dict(trouble.arguments))}"
    ways_out = WAYS_OUT.get(trouble.kind, ("retry", "resolve", "move"))
    return Incident(id=str(token.id), element=element, kind=trouble.kind, cause=cause, ways_out=ways_out, since=trouble.since)
