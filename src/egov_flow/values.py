# SPDX-License-Identifier: Apache-2.0
"""What the rooms hand to each other: actors, commands, steps, changes, and the records of a case.

Nothing here does anything. Times are aware datetimes; durations of law are `Deadline`s; data is frozen (`egov_flow.data`).
Fields named `payload` hold bytes that only the Agency can open.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

import attrs

from egov_flow.data import EMPTY, Context
from egov_flow.errors import EgovFlowError
from egov_flow.keeping import CaseKey, Count, Due, Fence, Part, Remembered, SearchMark, SubjectKey

__all__ = [
    "CASE_STATUSES",
    "COMMANDS",
    "KERNEL_COMMANDS",
    "SYSTEM",
    "Actor",
    "BpmnError",
    "Call",
    "CaseFilter",
    "CaseKey",
    "CaseRecord",
    "ChainedEvent",
    "Change",
    "Command",
    "Count",
    "Deadline",
    "Deployment",
    "Due",
    "Event",
    "Fence",
    "Incident",
    "Job",
    "JobChange",
    "Marking",
    "Message",
    "Occurrence",
    "Part",
    "Recorded",
    "Remembered",
    "SearchMark",
    "Step",
    "SubjectKey",
    "Task",
    "TaskFilter",
    "Timer",
    "View",
    "Wait",
    "WorkChange",
    "WorkingDay",
]

S = TypeVar("S")

KERNEL_COMMANDS = (
    "start", "complete", "send", "signal", "due", "expire", "report", "retry", "resolve", "correct", "suspend", "resume", "cancel", "move", "begin", "end",
)  # fmt: skip
"""Commands that the kernel steps; only these are replayed."""

COMMANDS = (
    *KERNEL_COMMANDS, "claim", "release", "assign", "hand_over", "delegate_task", "save_draft", "comment", "ask", "answer", "extend",
    "stop_clock", "resume_clock", "reopen", "rate", "override", "declare_conflict", "migrate", "deploy", "enable", "disable", "delegate", "revoke",
    "hold", "erase",
)  # fmt: skip
"""Every kind of command that there is (design: Commands)."""

CASE_STATUSES = ("running", "suspended", "completed", "cancelled", "failed")


def _roles(roles: Iterable[str]) -> frozenset[str]:
    if isinstance(roles, str):
        raise TypeError('roles is a set of names; write roles={"ppid"}')
    return frozenset(roles)


@attrs.frozen
class Actor:
    """Who acts: a citizen, an officer or a system.

    Attributes:
        id: `citizen:17`, `officer:3`; the account, stable.
        person: the human behind the account, for the separation of duties; the id itself if None.
        office: the office the actor acts for.
        roles: claimed roles; with a Directory only those it confirms count.
        on_behalf_of: id of the actor represented.
        assurance: level of authentication.
    """

    id: str
    person: str | None = attrs.field(default=None, kw_only=True)
    office: str | None = attrs.field(default=None, kw_only=True)
    roles: frozenset[str] = attrs.field(default=frozenset(), kw_only=True, converter=_roles)
    on_behalf_of: str | None = attrs.field(default=None, kw_only=True)
    assurance: str | None = attrs.field(default=None, kw_only=True)


SYSTEM = Actor("system", roles=frozenset({"system"}))
"""The product itself and its trusted embedder: timers, jobs, imports. It may do everything and is named in every event."""


@attrs.frozen(kw_only=True)
class Command:
    """One thing somebody wants done to a case (or to the registry).

    Attributes:
        kind: one of `COMMANDS`.
        by: who.
        target: what it acts on, by kind: start → id of a start event or ""; complete, move, retry, resolve → token; send → message name; signal → its name;
            report → token of the job; due → id of the wait; expire → name of the deadline; other kinds say in their room.
        data: variables that come with it.
        arguments: what the kind needs besides, e.g. report: {"outcome": "result" | "error" | "failure", "code": …, "message": …};
            move: {"to": element id}; send: {"wait": id of the wait it goes to}.
        reason: why, in words, where the law wants one.
        key: idempotency key of the caller.
    """

    kind: str = attrs.field(validator=attrs.validators.in_(COMMANDS))
    by: Actor = SYSTEM
    target: str = ""
    data: Context = EMPTY
    arguments: Context = EMPTY
    reason: str = ""
    key: str | None = None


class Occurrence(NamedTuple):
    """One thing that happened in a step, in order. A NamedTuple, like all that every step makes: it costs half of what an attrs value does.

    Attributes:
        kind: `started`, `entered`, `taken` (a sequence flow), `waiting`, `opened`, `withdrawn`, `caught`, `thrown`, `uncaught` (an escalation), `fired`,
            `begun` and `finished` (one instance or round of an activity), `undecided` (a condition that could not be evaluated), `terminated`, `ended`,
            `incident`, `resolved`, `moved`, `corrected`, `suspended`, `resumed`, `cancelled`, `expired`; and, when an element is done, `completed` (once
            for all instances of an activity) or, for a gateway, `left`: whoever waits for the end of an element looks for both.
        element: id of the BPMN element, or of the process.
        token: counter of the token concerned; 0 if none.
        detail: name of the message, deadline, handler …; never case data.
    """

    kind: str
    element: str
    token: int = 0
    detail: str = ""


class WorkChange(NamedTuple):
    """A human task that a step opened, completed or withdrew (`change`); `groups`: who may do it, where the diagram computes that."""

    change: str
    token: int
    element: str
    groups: tuple[str, ...] = ()


@attrs.frozen
class JobChange:
    """Work for a handler that a step asks for (`opened`) or no longer wants (`withdrawn`); `data` is what the handler sees."""

    change: str
    token: int
    element: str
    name: str = ""
    data: Context = EMPTY


@attrs.frozen
class Timer:
    """A wait that time ends: `due` is when, None when it is disarmed."""

    wait: int
    element: str
    due: datetime | None


@attrs.frozen
class Wait:
    """A wait for a message: `open` says whether the step opened or closed it; `key` is its correlation key or "" for none."""

    wait: int
    element: str
    name: str
    key: str = ""
    open: bool = True


@attrs.frozen
class Message:
    """A message that a step throws to whoever awaits it."""

    name: str
    element: str
    data: Context = EMPTY
    key: str = ""


@attrs.frozen(kw_only=True)
class Incident:
    """A token that cannot go on, parked before the faulty element until somebody decides.

    Attributes:
        id: `<case>/<token>`; the kernel leaves `case` empty and the Agency fills it.
        kind: `condition`, `expression`, `handler`, `fuel`, `uncaught error`, …
        cause: a code of `texts/` with its arguments rendered; never case data.
        ways_out: commands that end it: `retry`, `resolve`, `move`, `correct`.
        closed: when and if it ended.
    """

    id: str
    element: str
    kind: str
    cause: str
    case: str = ""
    ways_out: tuple[str, ...] = ("retry", "resolve", "move")
    since: datetime | None = None
    closed: datetime | None = None


class Step(NamedTuple, Generic[S]):
    """What a command does to a case: the new state and everything the outside must know of it.

    Attributes:
        state: the new state; the old one is unchanged.
        status: of the case after the step, one of `CASE_STATUSES`.
        occurrences: what happened, in order.
        incidents: opened ones, and closed ones with `closed` set.
    """

    state: S
    status: str
    occurrences: tuple[Occurrence, ...] = ()
    work: tuple[WorkChange, ...] = ()
    jobs: tuple[JobChange, ...] = ()
    timers: tuple[Timer, ...] = ()
    waits: tuple[Wait, ...] = ()
    messages: tuple[Message, ...] = ()
    incidents: tuple[Incident, ...] = ()


@attrs.frozen(kw_only=True)
class View:
    """What anybody may ask of a state, whichever engine made it.

    Attributes:
        status: one of `CASE_STATUSES`.
        waiting: ids of the elements where tokens rest, each as often as tokens do, in order of their tokens.
        variables: of the case.
    """

    status: str
    waiting: tuple[str, ...]
    variables: Context


@attrs.frozen
class Marking:
    """A state in two parts: `clear` says where tokens stand; `secret` holds variables and is sealed before it is stored."""

    clear: bytes
    secret: bytes


class Event(NamedTuple):
    """One line of the audit trail, a NamedTuple for the same reason as `Occurrence`; its fields are given by name.

    Attributes:
        case_seq: counts the events of the case from 1.
        kind: an occurrence's kind, or a command's (`claim`, `extend`, `deploy`).
        actor: id of who caused it; `person`: the human behind it.
        affiliation: office and roles used, `claimed` when no directory confirmed them.
        policy: the rule that allowed it.
        cause: case_seq of the command's first event; 0 for that event itself.
        command: kind of the command that caused it.
        data_digest: salted digest of the command's data, on a command's first event.
        state_digest: digest of the whole state, on a command's last event.
    """

    tenant: str
    case: str
    case_seq: int
    time: datetime
    kind: str
    command: str
    element: str = ""
    token: int = 0
    detail: str = ""
    actor: str = ""
    person: str = ""
    affiliation: str = ""
    on_behalf_of: str = ""
    delegation: str = ""
    policy: str = ""
    reason: str = ""
    cause: int = 0
    data_digest: str = ""
    state_digest: str = ""


class ChainedEvent(NamedTuple):
    """An event with the bytes that were hashed: `prev` is the leaf of the case's event before it, `leaf` its own (hex)."""

    event: Event
    data: bytes
    prev: str
    leaf: str


@attrs.frozen(kw_only=True)
class Task:
    """A piece of work for a person.

    Attributes:
        id: `<case>/<token>`.
        role: the role that may take it.
        candidates: roles, offices or persons that may take it besides.
        assignee: id of the actor who has it; "" if nobody.
        form: path of its form in the procedure folder; "" if none.
        data: the fields its holder may read; filled on reading.
        due: until when the work should be done.
        deadline: name of the statutory deadline that runs meanwhile.
        status: `open`, `completed` or `withdrawn`.
        ended_by: id of the actor that completed it.
    """

    id: str
    case: str
    element: str
    name: str = ""
    role: str = ""
    candidates: tuple[str, ...] = ()
    assignee: str = ""
    form: str = ""
    data: Context = EMPTY
    created: datetime
    due: datetime | None = None
    deadline: str = ""
    status: str = "open"
    ended: datetime | None = None
    ended_by: str = ""


@attrs.frozen(kw_only=True)
class Job:
    """Work for a handler, kept until it is done.

    Attributes:
        id: `<case>/<token>`; also the idempotency key of its effect.
        name: of the handler.
        payload: sealed data for the handler.
        status: `waiting`, `done`, `withdrawn` or `failed`.
        attempts: how often it was tried; cause: why the last try failed, a code of `texts/` with its arguments rendered.
        due: not before; of those that are due, a higher priority goes first.
        leased_until: somebody works on it until then.
        fence: counts leases; only the newest may report.
    """

    id: str
    case: str
    element: str
    name: str
    payload: bytes = b""
    status: str = "waiting"
    attempts: int = 0
    due: datetime
    leased_until: datetime | None = None
    fence: int = 0
    priority: int = 0
    cause: str = ""


@attrs.frozen(kw_only=True)
class Call:
    """What a handler is given.

    Attributes:
        name: of the handler.
        data: what the element passes in, frozen.
        key: idempotency key; send it to the other side so that a repeated call has no second effect.
    """

    name: str
    data: Context
    case: str
    element: str
    actor: Actor
    key: str


class BpmnError(EgovFlowError):
    """Throw a BPMN error at the element whose handler raises this; a boundary event may catch its code."""

    def __init__(self, code: str, message: str = "") -> None:
        self.error_code = code
        self.message = message
        super().__init__("EF-A900", error=code, message=message)

    def __reduce__(self) -> tuple[type[BpmnError], tuple[str, str]]:
        return (type(self), (self.error_code, self.message))


@attrs.frozen(kw_only=True)
class Deadline:
    """A date that the law sets for a case, and how it came about.

    Attributes:
        name: as procedure.yaml calls it.
        opened: when its clock began.
        due: the moment it ends (the end of the last day, in the procedure's zone).
        amount, unit: as the law says: 10 `working days`.
        days: the days counted, and the days left out with the reason: the answer to "why this date?", one line each.
        calendar: name and version of the calendar that counted.
        legal_basis, verified: from procedure.yaml; an unverified one is never shown as law.
        status: `running`, `stopped`, `met`, `expired` or `withdrawn`.
        extensions: how often it was extended; `reason`: of the last extension.
        stopped: since when the clock stands; `ended`: when it was met or expired.
    """

    case: str
    name: str
    opened: datetime
    due: datetime
    amount: int
    unit: str
    status: str = "running"
    days: tuple[str, ...] = ()
    calendar: str = ""
    legal_basis: str = ""
    verified: bool = False
    extensions: int = 0
    reason: str = ""
    stopped: datetime | None = None
    ended: datetime | None = None


@attrs.frozen(kw_only=True)
class CaseRecord:
    """A case as it is stored; `clear` and `payload` are the two halves of its state, or name the parts that a large one is kept in.

    Attributes:
        number: public and unguessable; the applicant's receipt.
        version: number of the procedure's version; `sha256`: of its bytes.
        semantics: number of the kernel's semantics (or the other engine's version).
        applicant: id of the actor that started it.
        state_version: counts the commands committed; the optimistic lock.
        last_seq, last_leaf: of its newest event, to chain the next.
    """

    tenant: str
    id: str
    number: str
    procedure: str
    version: str
    sha256: str
    engine: str
    semantics: str
    status: str
    applicant: str
    parent: str = ""
    clear: bytes = b""
    payload: bytes = b""
    state_version: int = 0
    last_seq: int = 0
    last_leaf: str = ""
    created: datetime
    updated: datetime


@attrs.frozen(kw_only=True)
class Recorded:
    """A command as it was accepted: all that a replay needs. The first of its events says kind, moment, actor and reason too.

    Attributes:
        number: counts the commands of the case from 1: the version of the case that it led to.
        payload: sealed: the command's target, data and arguments, the element, and the salt of the event's data digest.
    """

    case: str
    number: int
    kind: str
    target: str
    at: datetime
    actor: str
    reason: str = ""
    payload: bytes = b""


@attrs.frozen(kw_only=True)
class Deployment:
    """A procedure's version, stored whole: `files` are (path, bytes), sorted; it never changes."""

    procedure: str
    version: str
    sha256: str
    files: tuple[tuple[str, bytes], ...]
    by: str
    at: datetime
    accepted: str = ""


@attrs.frozen(kw_only=True)
class Change:
    """All that one command writes, committed in one transaction or not at all.

    Attributes:
        expected: the `state_version` that the case must have (0: it must not exist).
        tasks, jobs, deadlines, incidents: written over their older selves, by id; opened: ids of the tasks among them that have none.
        timers, waits: armed or opened ones are added, disarmed or closed ones removed.
        fence: if given and no longer the newest lease, the store raises ConflictError.
        keys: the case's new key, with its start, wrapped once for each subject; subject: a subject's first key.
        parts, search: of the case; each is written over its older self, by name.
        events: of the case, chained; for a deployment those of the pseudo-case `registry`, whose seq the store checks to be gap-free.
    """

    tenant: str
    case: CaseRecord | None = None
    expected: int = 0
    events: tuple[ChainedEvent, ...] = ()
    recorded: Recorded | None = None
    tasks: tuple[Task, ...] = ()
    opened: frozenset[str] = frozenset()
    jobs: tuple[Job, ...] = ()
    timers: tuple[Timer, ...] = ()
    waits: tuple[Wait, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    incidents: tuple[Incident, ...] = ()
    remembered: Remembered | None = None
    fence: Fence | None = None
    keys: tuple[CaseKey, ...] = ()
    subject: SubjectKey | None = None
    parts: tuple[Part, ...] = ()
    search: tuple[SearchMark, ...] = ()
    deployment: Deployment | None = None

    def tells(self, command: Recorded) -> bool:
        """Say whether a command is the newest of the change's case, and the one that its first event tells."""
        if self.case is None or not self.events or (command.case, command.number) != (self.case.id, self.case.state_version):
            return False
        event = self.events[0].event
        told = (event.case, event.command, event.time, event.actor, event.reason)
        return told == (command.case, command.kind, command.at, command.actor, command.reason)


@attrs.frozen(kw_only=True)
class CaseFilter:
    """Which cases to list: newest first, `limit` at most, before the id `after` (keyset paging); `mark` finds them by a variable, `ids` names them."""

    ids: frozenset[str] | None = None
    procedure: str | None = None
    status: str | None = None
    number: str | None = None
    applicant: str | None = None
    mark: SearchMark | None = None
    after: str | None = None
    limit: int = 100


@attrs.frozen(kw_only=True)
class TaskFilter:
    """Which tasks to list: oldest first, `limit` at most.

    Attributes:
        roles: tasks whose role or candidates are among these, or that the `assignee` has; None for all.
        case: only those of a case, or of several.
        overdue_at: only tasks due before that moment.
        unassigned: only tasks that nobody has.
        after: id of the last task of the page before.
    """

    roles: frozenset[str] | None = None
    assignee: str | None = None
    case: str | frozenset[str] | None = None
    element: str | None = None
    status: str | None = "open"
    overdue_at: datetime | None = None
    unassigned: bool = False
    after: str | None = None
    limit: int = 100


@attrs.frozen
class WorkingDay:
    """A day as a calendar sees it: `reason` says why it is no working day."""

    day: date
    is_working: bool
    reason: str = ""
