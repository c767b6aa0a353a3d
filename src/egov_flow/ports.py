# SPDX-License-Identifier: Apache-2.0
"""What egov_flow asks of the outside, in its own values.

Six ports keep cases (`CaseStore`, `TaskQuery`, `JobQueue`, `Registry`, `AuditLog`, `KeyVault`); one adapter implements all of them as a `Store`. Contract
suites for each port are in `egov_flow.testing.contracts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Protocol, TypeVar

from egov_flow.data import Context
from egov_flow.errors import Finding
from egov_flow.values import (
    Call,
    CaseFilter,
    CaseKey,
    CaseRecord,
    ChainedEvent,
    Change,
    Command,
    Count,
    Deadline,
    Deployment,
    Due,
    Incident,
    Job,
    Marking,
    Recorded,
    Remembered,
    Step,
    Task,
    TaskFilter,
    View,
    Wait,
    WorkingDay,
)

__all__ = [
    "Administration",
    "AuditLog",
    "Calendar",
    "CaseStore",
    "CheckpointSink",
    "Clock",
    "DataStore",
    "Directory",
    "Engine",
    "Ids",
    "JobQueue",
    "KeyVault",
    "Notifier",
    "Registry",
    "Signer",
    "Store",
    "TaskQuery",
]


class CaseStore(Protocol):
    """Keeps cases and their commands. A tenant never sees another's rows."""

    def load(self, tenant: str, case: str) -> CaseRecord | None:
        """Return the case, or None."""
        ...

    def cases(self, tenant: str, filter: CaseFilter) -> tuple[CaseRecord, ...]:  # noqa: A002 - the word of the trade
        """Return the cases that the filter asks for, newest first."""
        ...

    def commit(self, change: Change, *more: Change) -> None:
        """Write the change, or several of different cases, in one transaction.

        Raises:
            ConflictError: the case has another version or newest event, a fence is stale, a key or version exists already; nothing was written.
            StoreError: the database did not take it; nothing was written.
        """
        ...

    def recorded(self, tenant: str, case: str) -> tuple[Recorded, ...]:
        """Return the accepted commands of a case, in order."""
        ...

    def remembered(self, tenant: str, kind: str, key: str) -> Remembered | None:
        """Return what an idempotency key was used for."""
        ...

    def parts(self, tenant: str, case: str) -> dict[str, bytes]:
        """Return the parts of a large state by name."""
        ...


class TaskQuery(Protocol):
    """Answers questions about open work."""

    def task(self, tenant: str, task: str) -> Task | None:
        """Return the task, or None."""
        ...

    def tasks(self, tenant: str, filter: TaskFilter) -> tuple[Task, ...]:  # noqa: A002
        """Return the tasks that the filter asks for, oldest first."""
        ...

    def deadlines(self, tenant: str, case: str | frozenset[str]) -> tuple[Deadline, ...]:
        """Return the deadlines of a case, or of several, in the order of their opening."""
        ...

    def incidents(self, tenant: str, case: str | frozenset[str] | None) -> tuple[Incident, ...]:
        """Return the open incidents of a case, of several, or of all cases."""
        ...

    def counts(self, tenant: str) -> tuple[Count, ...]:
        """Return how many tasks each element of each procedure has in each status, in that order."""
        ...

    def waits(self, tenant: str, name: str, key: str | None, case: str | None) -> tuple[tuple[str, Wait], ...]:
        """Return (case, wait) for every open wait for the message `name`; with `key` and `case` only theirs."""
        ...


class JobQueue(Protocol):
    """Hands out work for handlers, and says what is due."""

    def lease(self, tenant: str, now: datetime, until: datetime, case: str | None, limit: int) -> tuple[Job, ...]:
        """Lease waiting jobs that are due and free (or whose lease ran out), each with a higher fence.

        Higher priorities first, then the oldest. A case's jobs run one after another: of each case one at most, and none while another is leased.
        Those of suspended cases rest.
        """
        ...

    def due(self, tenant: str, now: datetime, limit: int, case: str | None = None) -> tuple[Due, ...]:
        """Return timers and running deadlines whose time has come, earliest first; suspended cases are left out, for they rest."""
        ...

    def jobs(self, tenant: str, case: str) -> tuple[Job, ...]:
        """Return all jobs of a case, oldest first."""
        ...

    def waiting(self, tenant: str, limit: int) -> tuple[Job, ...]:
        """Return the jobs of all cases that wait, leased or not, in the order in which they are leased: higher priorities first, then the oldest."""
        ...


class Registry(Protocol):
    """Knows the deployed versions; they are written by `CaseStore.commit` alone."""

    def deployments(self, tenant: str) -> tuple[Deployment, ...]:
        """Return every deployed version without its files, oldest first."""
        ...

    def deployment(self, tenant: str, procedure: str, version: str) -> Deployment | None:
        """Return a deployed version whole, or None."""
        ...


class AuditLog(Protocol):
    """Reads the audit trail; it is written by `CaseStore.commit` alone."""

    def events(self, tenant: str, case: str) -> Iterator[ChainedEvent]:
        """Yield the events of a case in order, with the very bytes that were stored."""
        ...

    def chains(self, tenant: str) -> Iterator[tuple[str, int, str]]:
        """Yield (case, last case_seq, last leaf) for every case, as the case rows say it; `registry` is the chain of deployments."""
        ...

    def tenants(self) -> tuple[str, ...]:
        """Return every tenant of whom anything is recorded, in order; where a database shows an account one tenant only, that one."""
        ...


class KeyVault(Protocol):
    """Keeps the keys of cases and of those whom they concern, wrapped; what unwraps them is not here."""

    def keys(self, tenant: str, cases: frozenset[str]) -> tuple[tuple[str, CaseKey, bytes | None], ...]:
        """Return (case, its key as the key of one of its subjects wraps it, that subject's wrapped key) for each subject of each case, in that order.

        There is none if a case never had a key or it was destroyed; None stands for a subject's key that never was or was destroyed.
        """
        ...

    def subject(self, tenant: str, subject: str) -> bytes | None:
        """Return a subject's wrapped key; None if there never was one or it was destroyed."""
        ...


class Store(CaseStore, TaskQuery, JobQueue, Registry, AuditLog, KeyVault, Protocol):
    """The six ports of persistence in one adapter."""

    def joined(self, connection: object) -> Store:
        """Return this store inside the caller's transaction: nothing is committed until the caller commits."""
        ...

    def close(self) -> None:
        """Give back what the store holds open."""
        ...


class Administration(Protocol):
    """What the owner of a store's database does to it; found by the scheme of its URL, like the store."""

    def current(self) -> int:
        """Return the number of the database's layout; 0 if it has none."""
        ...

    def upgrade(self) -> int:
        """Bring it to the newest layout in one transaction, and return the number of the one it had."""
        ...

    def check(self) -> tuple[str, ...]:
        """Return how it differs from what this version expects, one line each; none if it is fit."""
        ...

    def dump(self, file: IO[bytes]) -> int:
        """Write everything as text, as it is at one moment, and return the number of rows."""
        ...

    def load(self, file: IO[bytes]) -> int:
        """Write a dump into a database without rows, read it back and compare; return the number of rows."""
        ...

    def roles(self, role: str) -> str:
        """Return what gives an account of the database the least it needs, for its owner to run."""
        ...


Source = TypeVar("Source", contravariant=True)
Compiled = TypeVar("Compiled")
State = TypeVar("State")


class Engine(Protocol[Source, Compiled, State]):
    """Executes a procedure: `kernel` is ours, `spiff` the second opinion."""

    @property
    def name(self) -> str:
        """Return its name, as recorded with what it did."""
        ...

    @property
    def version(self) -> str:
        """Return the version that is recorded with it."""
        ...

    def refusals(self, procedure: Source) -> tuple[Finding, ...]:
        """Return why this engine would not run the procedure; none if it would."""
        ...

    def compile(self, procedure: Source) -> Compiled:
        """Return what `step` runs; raises ProcedureError with the refusals."""
        ...

    def step(self, program: Compiled, state: State | None, command: Command, now: datetime) -> Step[State]:
        """Return what the command does; the old state is unchanged. Raises NotFound, ConflictError or InvalidData when it is refused."""
        ...

    def view(self, program: Compiled, state: State) -> View:
        """Return status, resting places and variables."""
        ...

    def dump(self, program: Compiled, state: State) -> Marking:
        """Return the state's bytes, equal for equal states."""
        ...

    def load(self, program: Compiled, marking: Marking) -> State:
        """Return the state that `dump` wrote; raises StoreError for bytes that are no state of this program."""
        ...


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """Return the present moment, with its zone."""
        ...


class Ids(Protocol):
    """Makes what nobody may guess or repeat."""

    def case(self) -> str:
        """Return a new case id; later ones sort after earlier ones."""
        ...

    def number(self, procedure: str) -> str:
        """Return a new public case number, unguessable and easy to read aloud."""
        ...

    def random(self, size: int) -> bytes:
        """Return that many random bytes."""
        ...


class Calendar(Protocol):
    """Knows the working days of a place."""

    @property
    def name(self) -> str:
        """Return its name, as recorded with what it did."""
        ...

    @property
    def version(self) -> str:
        """Return the version that is recorded with it."""
        ...

    def day(self, day: date) -> WorkingDay:
        """Return whether it is a working day, and why not."""
        ...


class Directory(Protocol):
    """Knows who holds which role, and who works in which office."""

    def roles(self, actor: str) -> frozenset[str]:
        """Return the roles that the actor really has; none for somebody unknown."""
        ...

    def person(self, actor: str) -> str | None:
        """Return the human behind an account, or None if unknown."""
        ...

    def office(self, actor: str) -> str | None:
        """Return the office that the actor really works in, or None if there is none or the actor is unknown."""
        ...

    def holders(self, role: str) -> frozenset[str]:
        """Return the ids of the actors that have a role."""
        ...


class DataStore(Protocol):
    """Keeps what outlives a case: a register, an archive (BPMN 2.0.2 §10.4.1). A diagram names it by the name of its data store."""

    def read(self, asked: Call) -> object:
        """Return plain or frozen data: what the store holds of that which `asked.data` names; None if nothing."""
        ...

    def write(self, given: Call) -> None:
        """Keep `given.data["value"]`; a repeated `given.key` must have no second effect."""
        ...


class Notifier(Protocol):
    """Tells somebody outside that something concerns them."""

    def notify(self, receiver: str, template: str, arguments: Context, key: str) -> None:
        """Send one notice; a repeated `key` must have no second effect."""
        ...


class Signer(Protocol):
    """Signs checkpoints with a key that the database never holds."""

    @property
    def name(self) -> str:
        """Return the signer's name."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the signature."""
        ...


class CheckpointSink(Protocol):
    """Publishes checkpoints where a database administrator cannot reach them."""

    def publish(self, origin: str, checkpoint: bytes) -> None:
        """Append one checkpoint."""
        ...
