# SPDX-License-Identifier: Apache-2.0
"""The Agency: the service that an application embeds. One per process; synchronous and thread-safe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import attrs

from egov_flow.agency import commands
from egov_flow.agency.answering import Reader
from egov_flow.agency.auditing import Audit
from egov_flow.agency.case import Case
from egov_flow.agency.deploying import deploy
from egov_flow.agency.desk import Desk, Prepare
from egov_flow.agency.running import Runner
from egov_flow.agency.sending import broadcast, send
from egov_flow.agency.starting import start
from egov_flow.agency.throwing import THROWN
from egov_flow.agency.versions import Versions
from egov_flow.agency.wiring import Handler, Handling, Wiring, wire
from egov_flow.data import EMPTY, Context, freeze
from egov_flow.errors import InvalidData, NotFound
from egov_flow.ports import Clock, DataStore, Directory, Ids
from egov_flow.procedure import Procedure
from egov_flow.replaying import History
from egov_flow.values import Actor, CaseFilter, CaseRecord, Command, Count, Deployment, Event, Incident, Job, Task, TaskFilter

__all__ = ["Agency"]

Data = Mapping[str, object] | None


@attrs.define(kw_only=True)
class Agency:
    """Runs the cases of one tenant. Open one with `Agency.open`.

    Every command takes `by` (who), `key` (an idempotency key: the same call again gives the first result) and `connection` (a SQLAlchemy Connection:
    the command joins that transaction; its jobs wait for `run_due`). A refused command raises and changes nothing.
    """

    wiring: Wiring
    tenant: str
    _desk: Desk
    _reader: Reader
    _runner: Runner
    audit: Audit

    @classmethod
    def open(
        cls,
        url: str,
        *,
        processes: str | None = None,
        directory: str | Directory | None = None,
        tenant: str = "default",
        handlers: Mapping[str, Handler | Handling] | None = None,
        stores: Mapping[str, DataStore] | None = None,
        run_jobs: str | None = None,
        clock: Clock | None = None,
        ids: Ids | None = None,
    ) -> Agency:
        """Open an agency on a database: `sqlite:///cases.db` or `memory:`.

        Args:
            processes: folder of procedure folders; `deploy` then takes their names.
            directory: organisation.yaml or a Directory; without one, the roles that actors claim are trusted, and events say `claimed`.
            handlers: what service tasks call, by name: a function of a `Call` that returns a dict of variables, or a `Handling` that also says how
                often and when it is tried again.
            stores: the data stores that diagrams read and write, by their names.
            run_jobs: `inline` (default here) runs a case's jobs before a call returns; `worker` leaves them.
            clock, ids: for tests; the system's by default.

        Raises:
            NotFound: no store adapter is installed for the URL's scheme.
            StoreError: the database cannot be opened; the text names it, never its password.
            ProcedureError: the organisation file has findings.
        """
        wiring = wire(
            url, processes=processes, directory=directory, handlers=handlers, stores=stores, run_jobs=run_jobs, clock=clock, ids=ids
        )
        return cls._on(wiring, tenant)

    @classmethod
    def _on(cls, wiring: Wiring, tenant: str) -> Agency:
        desk = Desk(wiring, Versions(wiring, tenant), tenant, commands.due_command)
        return cls(wiring=wiring, tenant=tenant, desk=desk, reader=Reader(desk), runner=Runner(desk), audit=Audit(desk))

    def of(self, tenant: str) -> Agency:
        """Return a view on one tenant; another tenant's ids are not found there."""
        return Agency._on(self.wiring, tenant)

    def close(self) -> None:
        """Give back the database."""
        self.wiring.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # ---- procedures

    def deploy(self, procedure: Procedure | str, *, by: Actor | None = None, accept: str = "") -> Deployment:
        """Deploy a version of a procedure: a Procedure, a folder, one .bpmn file, or a name under `processes`.

        The same content again changes nothing. New cases start on the newest version; running ones stay on theirs.

        Args:
            accept: a reason to deploy although something is `not verified`; it is recorded. A broken obligation cannot be accepted.

        Raises:
            ProcedureError: with every finding that forbids it.
            ConflictError: that version number is deployed with other content.
        """
        return deploy(self._desk, procedure, by=by, accept=accept)

    def procedures(self) -> list[Deployment]:
        """Return every deployed version, oldest first."""
        store = self.wiring.store
        whole = (store.deployment(self.tenant, d.procedure, d.version) for d in store.deployments(self.tenant))
        return [deployment for deployment in whole if deployment is not None]

    # ---- commands on cases

    def start(
        self,
        procedure: str,
        data: Data = None,
        *,
        by: Actor,
        key: str | None = None,
        version: str | None = None,
        at: str = "",
        connection: object | None = None,
    ) -> Case:
        """Start a case on the newest version (or the one asked for) and return it; its number is the applicant's receipt.

        Args:
            at: id of the start event, where the procedure has several; or of the receive task or event behind a gateway that begins it.

        Raises:
            NotFound: the procedure is not deployed.
            InvalidData: the data does not fit the start form.
            ConflictError: the key was used for something else.
        """
        record = start(self._desk, procedure, _frozen(data), by=by, key=key, version=version, at=at, connection=connection)
        return self._after(record, by, connection)

    def claim(self, task: str, *, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Take a task; ConflictError if somebody else has it, NotAllowed if it is not for this actor."""
        return self._on_task("claim", task, by, key=key, connection=connection)

    def release(self, task: str, *, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Give a claimed task back."""
        return self._on_task("release", task, by, key=key, connection=connection)

    def assign(self, task: str, to: Actor, *, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Give a task to somebody who may do it."""
        office = {"office": to.office} if to.office else {}
        arguments = Context({"to": to.id, "roles": tuple(sorted(to.roles)), **office})
        return self._on_task("assign", task, by, arguments=arguments, key=key, connection=connection)

    def complete(self, task: str, data: Data = None, *, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Complete a task with the data of its form.

        Raises:
            NotFound: there is no such task for this actor.
            NotAllowed: it is somebody else's.
            AlreadyCompleted: it has ended before.
            InvalidData: the data does not fit its form; the text names the fields, never their values.
        """
        return self._on_task("complete", task, by, data=_frozen(data), key=key, connection=connection)

    def send(
        self, message: str, data: Data = None, *, correlate: Mapping[str, object] | None = None, keep: timedelta | None = None, by: Actor,
        key: str | None = None, connection: object | None = None,
    ) -> list[Case]:  # fmt: skip
        """Send a message to the case that awaits it; `correlate` names it: `{"number": case.number}`, `{"case": case.id}` or its correlation key.

        A message that nobody awaits begins a case where a message start event of its name is deployed, or a receive task or event-based gateway that
        begins a process. With a correlation key it begins one only where further messages of that key are awaited then.

        Args:
            keep: how long a message that reaches nobody now is kept, in the name of its sender; then it is an incident. Returned is the case that
                keeps it, of the procedure `egov_incoming`. None: it is refused.

        Raises:
            NotFound: no case awaits it, it begins none, and it is not to be kept.
            ConflictError: several do, and `correlate` does not tell them apart.
            InvalidData: it is to be kept for no time, or for more than a year.
        """
        record = send(self._desk, message, _frozen(data), correlate=_frozen(correlate), by=by, key=key, time=keep, connection=connection)
        return [self._after(record, by, connection)]

    def signal(self, signal: str, data: Data = None, *, by: Actor, key: str | None = None, connection: object | None = None) -> list[Case]:
        """Broadcast a signal to every case that waits for it, and begin a case at every start event for it; return those cases.

        Raises:
            NotAllowed: only the system and administrators may reach every case.
        """
        records = broadcast(self._desk, signal, _frozen(data), by=by, key=key, connection=connection)
        return [self._after(record, by, connection) for record in records]

    def extend(self, case: str, deadline: str, *, reason: str, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Extend a statutory deadline, as far and as often as its rule allows, with the reason that the law asks for."""
        command = Command(kind="extend", by=by, target=deadline, reason=reason, key=key)
        return self._do(case, command, commands.extend_deadline(self.wiring, command), connection)

    def comment(self, case: str, text: str, *, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Add a remark to the case's record; it is sealed like all its data.

        The applicant does it, whoever has a role of the agency in the procedure, and who may do one of the case's open tasks.
        """
        command = Command(kind="comment", by=by, data=_frozen({"text": text}), key=key)
        return self._do(case, command, commands.event_only(self.wiring, command), connection)

    def begin(
        self, case: str, element: str, *, by: Actor, token: str = "", key: str | None = None, connection: object | None = None
    ) -> Case:
        """Begin an activity of an ad-hoc sub-process; it takes a role in the procedure.

        Args:
            token: of the sub-process, where several of the same element run; the refusal without it names them.

        Raises:
            NotFound: no ad-hoc sub-process that runs lets it be begun.
            ConflictError: several do and none is named, one activity at a time is allowed and one runs, or the sub-process is complete.
        """
        command = Command(kind="begin", by=by, target=element, arguments=_place(token), key=key)
        return self._do(case, command, commands.kernel_command(self.wiring, command, element=element), connection)

    def end(self, case: str, element: str, *, by: Actor, token: str = "", key: str | None = None, connection: object | None = None) -> Case:
        """End an ad-hoc sub-process without completion condition; it takes a role in the procedure.

        What runs in it is cancelled, or awaited if the diagram says so (`cancelRemainingInstances`).

        Args:
            token: its own, where several of the same element run; the refusal without it names them.

        Raises:
            NotFound: no such sub-process runs.
            ConflictError: several do and none is named, or it is complete and awaits what runs.
        """
        command = Command(kind="end", by=by, target=element, arguments=_place(token), key=key)
        return self._do(case, command, commands.kernel_command(self.wiring, command, element=element), connection)

    def correct(self, case: str, data: Data, *, reason: str, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Correct variables of a case."""
        return self._kernel("correct", case, by, data=_frozen(data), reason=reason, key=key, connection=connection)

    def retry(self, incident: str, *, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Try again what led to an incident."""
        return self._on_incident("retry", incident, by, key=key, connection=connection)

    def resolve(
        self, incident: str, data: Data = None, *, skip: bool = False, flow: str = "", reason: str, by: Actor, key: str | None = None,
        connection: object | None = None,
    ) -> Case:  # fmt: skip
        """End an incident: with corrected variables the element is tried again; with `skip` it counts as done.

        Args:
            flow: the outgoing flow over which the element is left as done, whatever its conditions say.

        Raises:
            InvalidData: variables or a flow for a message that did not arrive; to resolve that is to let it be.
        """
        arguments = Context(({"skip": True} if skip else {}) | ({"flow": flow} if flow else {}))
        return self._on_incident(
            "resolve", incident, by, data=_frozen(data), arguments=arguments, reason=reason, key=key, connection=connection
        )

    def move(
        self, incident: str, to: str, *, flow: str = "", reason: str, by: Actor, key: str | None = None, connection: object | None = None
    ) -> Case:
        """Move the token of an incident before another element of the same scope.

        Args:
            flow: over which it arrives at an element that joins several.
        """
        arguments = Context({"to": to, **({"flow": flow} if flow else {})})
        return self._on_incident("move", incident, by, arguments=arguments, reason=reason, key=key, connection=connection)

    def suspend(self, case: str, *, reason: str, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Let a case rest: it refuses everything but resume and cancel."""
        return self._kernel("suspend", case, by, reason=reason, key=key, connection=connection)

    def resume(self, case: str, *, reason: str = "", by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """Let a suspended case go on."""
        return self._kernel("resume", case, by, reason=reason, key=key, connection=connection)

    def cancel(self, case: str, *, reason: str, by: Actor, key: str | None = None, connection: object | None = None) -> Case:
        """End a case before its time; its applicant may always do that."""
        return self._kernel("cancel", case, by, reason=reason, key=key, connection=connection)

    def run_due(self, goes_on: Callable[[], bool] | None = None) -> int:
        """Run the timers, deadlines and jobs that are due now; return how many ran.

        Args:
            goes_on: asked before each; once it says no, nothing new is begun.
        """
        return self._runner.run_due(goes_on) if goes_on is not None else self._runner.run_due()

    # ---- questions

    def case(self, case: str, *, by: Actor, connection: object | None = None) -> Case:
        """Return a case; NotFound if there is none that this actor may know of.

        The system, the applicant and who has a role of the agency in its procedure (or oversees all) see it whole. Who may do one of its open tasks
        only because the diagram names them, their group or their office sees that task and what it shows.
        """
        return self._reader.case(case, by, connection)

    def cases(
        self, *, by: Actor, procedure: str | None = None, status: str | None = None, number: str | None = None,
        find: tuple[str, object] | None = None, after: str | None = None, limit: int = 100,
    ) -> list[Case]:  # fmt: skip
        """Return the cases that this actor may read whole, newest first, `limit` at most; the next page begins `after` the last id.

        Args:
            number: only the case of this public number; who only has a task in it finds it too, as `case` shows it.
            find: name and value of a variable that the `procedure` declares searchable.

        Raises:
            InvalidData: `find` without a procedure, or by a variable that is not searchable.
        """
        query = CaseFilter(procedure=procedure, status=status, number=number, after=after, limit=limit)
        return self._reader.cases(by, query, find)

    def counts(self, *, by: Actor) -> list[Count]:
        """Return how many tasks each element of each procedure has in each status; NotAllowed for who works in none."""
        return self._reader.counts(by)

    def tasks(
        self, *, by: Actor, case: str | None = None, element: str | None = None, office: str | None = None, overdue: bool = False,
        unassigned: bool = False, after: str | None = None, limit: int = 100,
    ) -> list[Task]:  # fmt: skip
        """Return the open tasks that this actor may take or has, oldest first, `limit` at most; the next page begins `after` the last id.

        Args:
            office: only those that the diagram offers to this office (or role) as a whole.
        """
        query = TaskFilter(
            case=case,
            element=element,
            overdue_at=self.wiring.clock.now() if overdue else None,
            unassigned=unassigned,
            after=after,
            limit=limit,
        )
        return self._reader.tasks(by, query, office)

    def history(self, case: str, *, by: Actor) -> list[Event]:
        """Return the audit events of a case, oldest first."""
        return self._reader.history(case, by)

    def incidents(self, *, by: Actor) -> list[Incident]:
        """Return the open incidents."""
        return self._reader.incidents(by)

    def jobs(self, case: str | None = None, *, by: Actor, limit: int = 100) -> list[Job]:
        """Return all jobs of a case, oldest first; without one those of all cases that wait, in the order in which they are done, `limit` at most.

        Raises:
            NotAllowed: only the system and administrators may ask for those of all cases.
        """
        return self._reader.jobs(case, by, limit)

    def recording(self, case: str, *, by: Actor) -> History:
        """Return the accepted commands of a case, as `ef.replay` takes them."""
        return self._reader.recording(case, by)

    # ---- pieces

    def _on_task(self, kind: str, task: str, by: Actor, *, connection: object | None, **fields: Any) -> Case:
        case, _, token = task.rpartition("/")
        if not case:
            raise NotFound("EF-A004", task=task)
        command = Command(kind=kind, by=by, target=token, **fields)
        return self._do(case, command, commands.task_command(self.wiring, command, task), connection)

    def _on_incident(self, kind: str, incident: str, by: Actor, *, connection: object | None, **fields: Any) -> Case:
        case, _, token = incident.rpartition("/")
        if not case:
            raise NotFound("EF-A045", incident=incident)
        command = Command(kind=kind, by=by, target=token, **fields)
        prepare = commands.message_command if token.startswith(THROWN) and kind in {"retry", "resolve"} else commands.kernel_command
        return self._do(case, command, prepare(self.wiring, command), connection)

    def _kernel(self, kind: str, case: str, by: Actor, *, connection: object | None, **fields: Any) -> Case:
        command = Command(kind=kind, by=by, **fields)
        return self._do(case, command, commands.kernel_command(self.wiring, command), connection)

    def _do(self, case: str, command: Command, prepare: Prepare, connection: object | None) -> Case:
        record = self._desk.execute(case, command, prepare, connection=connection)
        return self._after(record, command.by, connection)

    def _after(self, record: CaseRecord, by: Actor, connection: object | None) -> Case:
        """Run the case's own jobs if they run inline, and return it as it then stands to who has acted on it."""
        store = self._desk.store(connection)
        if connection is None and self.wiring.run_jobs == "inline" and self._desk.may_have_jobs(record) and self._runner.drain(record.id):
            record = self._desk.load(record.id, store).record
        return self._reader.shown(record, by, store, acted=True)


def _place(token: str) -> Context:
    return Context({"in": token}) if token else Context()


def _frozen(data: Mapping[str, object] | None) -> Context:
    if data is not None and not isinstance(data, Mapping):
        raise InvalidData("EF-A006", type=type(data).__name__)
    frozen = freeze(data or {})
    return frozen if isinstance(frozen, Context) else EMPTY
