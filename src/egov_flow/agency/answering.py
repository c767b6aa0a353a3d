# SPDX-License-Identifier: Apache-2.0
"""Questions to the Agency: every answer is filtered by who asks. Another tenant's ids, and those of cases one may not know, are not found."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterator
from itertools import groupby, islice
from operator import attrgetter

import attrs

from egov_flow import work
from egov_flow.agency import folders
from egov_flow.agency.authorising import is_administrator
from egov_flow.agency.case import Case, Shown
from egov_flow.agency.changing import Loaded, searchable
from egov_flow.agency.desk import Desk
from egov_flow.agency.rereading import recording
from egov_flow.data import Context, freeze
from egov_flow.errors import InvalidData, NotAllowed, NotFound
from egov_flow.kernel import Program, variables_seen
from egov_flow.ports import Store
from egov_flow.replaying import History
from egov_flow.values import (
    SYSTEM,
    Actor,
    CaseFilter,
    CaseRecord,
    Count,
    Event,
    Incident,
    Job,
    SearchMark,
    Task,
    TaskFilter,
)

__all__ = ["Reader"]

ROWS_AT_ONCE = 500
"""Cases that one question names; databases bound how many values it may have."""


@attrs.frozen
class Reader:
    """Answers for one tenant."""

    desk: Desk

    @property
    def _store(self) -> Store:
        return self.desk.wiring.store

    def case(self, case: str, by: Actor, connection: object | None = None) -> Case:
        """Return the case; NotFound if there is none or the actor may not know of it."""
        store = self.desk.store(connection)
        record = store.load(self.desk.tenant, case)
        if record is None:
            raise NotFound("EF-A001", case=case)
        return self.shown(record, by, store)

    def shown(self, record: CaseRecord, by: Actor, store: Store, *, acted: bool = False) -> Case:
        """Return a case whose row was just read or written, as far as the actor may see it.

        Who may do one of its open tasks sees those tasks and where they stand, but nothing else of the case. So does, even without such a task, who
        has `acted` on it: what is committed is not answered by a refusal.

        Raises:
            NotFound: the actor may not know of it.
        """
        found = self._seen(record, by, store, acted=acted)
        if found is None:
            raise NotFound("EF-A001", case=record.id)
        return found

    def _seen(self, record: CaseRecord, by: Actor, store: Store, *, acted: bool = False) -> Case | None:
        if self._may_read(record, by):
            return self._case(self.desk.loaded(record, store), by, store)
        loaded = self.desk.loaded(record, store)
        tasks = [t for t in loaded.folder.open_tasks(store).values() if t.assignee == by.id or self._may_take(t, record, by)]
        return self._part(loaded, tuple(tasks), by, store) if tasks or acted else None

    def cases(self, by: Actor, query: CaseFilter, find: tuple[str, object] | None = None) -> list[Case]:
        """Return the cases that the filter asks for and the actor may know of, newest first.

        A number is nobody's guess: who asks for it and has a task in that case finds as much of it as by its id (`shown`).
        """
        if find is not None:
            query = attrs.evolve(query, mark=self._mark(query.procedure, *find))
        elif query.number is not None:  # with `find`, the answer would tell of data that such a reader may not know
            seen = (self._seen(r, by, self._store) for r in self._store.cases(self.desk.tenant, query))
            return [case for case in seen if case is not None]
        loaded = self.desk.all_loaded(list(islice(self._readable(query, by), query.limit)), self._store)
        folders.fill([one.folder for one in loaded], self.desk.tenant, self._store)
        return [self._case(one, by, self._store) for one in loaded]

    def _readable(self, query: CaseFilter, by: Actor) -> Iterator[CaseRecord]:
        """Yield what a filter asks for and somebody may read, newest first, however much else lies between."""
        if is_administrator(self.desk.wiring, by):
            queries = [query]
        else:
            works_in = self._works_in(by) if query.procedure is None else self._works_in(by) & {query.procedure}
            queries = [attrs.evolve(query, procedure=name) for name in sorted(works_in)] + [attrs.evolve(query, applicant=by.id)]
        found = heapq.merge(*map(self._records_of, queries), key=attrgetter("id"), reverse=True)
        once = (next(same) for _, same in groupby(found, attrgetter("id")))
        return (record for record in once if self._may_read(record, by))

    def _records_of(self, query: CaseFilter) -> Iterator[CaseRecord]:
        """Yield the rows of a filter, page by page."""
        while page := self._store.cases(self.desk.tenant, query):
            yield from page
            if len(page) < query.limit:
                return
            query = attrs.evolve(query, after=page[-1].id)

    def counts(self, by: Actor) -> list[Count]:
        """Return how many tasks each element has in each status; NotAllowed for who works in no procedure."""
        if not is_administrator(self.desk.wiring, by) and not self._works_in(by):
            raise NotAllowed("EF-A058", actor=by.id, command="counts")
        return list(self._store.counts(self.desk.tenant))

    def tasks(self, by: Actor, query: TaskFilter, office: str | None = None) -> list[Task]:
        """Return the tasks that the actor may take or has, oldest first, each with the data its form shows; with `office` those offered to it."""
        oversees = is_administrator(self.desk.wiring, by)
        if office is not None:
            query = attrs.evolve(query, roles=frozenset({office}))
        elif not oversees:
            query = attrs.evolve(query, roles=self._names(by), assignee=by.id)
        found = self._store.tasks(self.desk.tenant, query)
        of_case = self._records({task.case for task in found})
        shown = [
            task
            for task in found
            if oversees or (office is None and task.assignee == by.id) or self._may_take(task, of_case[task.case], by)
        ]
        loaded = self.desk.all_loaded([of_case[case] for case in dict.fromkeys(task.case for task in shown)], self._store)
        showing = {one.record.id: self._showing(one, by, knows_case=self._may_read(one.record, by)) for one in loaded}
        return [showing[task.case](task) for task in shown]

    def history(self, case: str, by: Actor) -> list[Event]:
        """Return the audit events of a case, oldest first."""
        self._known(case, by)
        return [chained.event for chained in self._store.events(self.desk.tenant, case)]

    def incidents(self, by: Actor) -> list[Incident]:
        """Return the open incidents of the cases that the actor may know of."""
        found = self._store.incidents(self.desk.tenant, None)
        if by == SYSTEM:
            return list(found)
        of_case = self._records({incident.case for incident in found})
        return [incident for incident in found if self._may_read(of_case[incident.case], by)]

    def jobs(self, case: str | None, by: Actor, limit: int) -> list[Job]:
        """Return the jobs of a case, oldest first; of all cases those that wait, for who oversees them."""
        if case is None:
            if not is_administrator(self.desk.wiring, by):
                raise NotAllowed("EF-A003", actor=by.id, command="jobs", needed=work.OVERSIGHT)
            return list(self._store.waiting(self.desk.tenant, limit))
        self._known(case, by)
        return list(self._store.jobs(self.desk.tenant, case))

    def recording(self, case: str, by: Actor) -> History:
        """Return the accepted commands of a case, opened, as `ef.replay` takes them."""
        self._known(case, by)
        return recording(self._store, self.desk.wiring.seal, self.desk.load(case, self._store))

    def _mark(self, procedure: str | None, name: str, value: object) -> SearchMark:
        """Return the mark of a variable's value in the newest version of a procedure."""
        found = self.desk.versions.newest(procedure)[1].procedure if procedure is not None else None
        if found is None or name not in searchable(found):
            raise InvalidData("EF-A043", name=name, procedure=procedure or "any")
        return self.desk.wiring.keys.mark(self.desk.tenant, found.id, name, freeze(value))

    # ---- what a reader may see

    def _known(self, case: str, by: Actor) -> CaseRecord:
        record = self._store.load(self.desk.tenant, case)
        if record is None or not self._may_read(record, by):
            raise NotFound("EF-A001", case=case)
        return record

    def _records(self, cases: Collection[str]) -> dict[str, CaseRecord]:
        """Return the rows of several cases by id, many with one question."""
        ids, found = sorted(cases), list[CaseRecord]()
        for start in range(0, len(ids), ROWS_AT_ONCE):
            some = frozenset(ids[start : start + ROWS_AT_ONCE])
            found += self._store.cases(self.desk.tenant, CaseFilter(ids=some, limit=ROWS_AT_ONCE))
        return {record.id: record for record in found}

    def _roles(self, by: Actor) -> frozenset[str]:
        return work.counting_roles(by, self.desk.wiring.confirmed(by))

    def _names(self, by: Actor) -> frozenset[str]:
        """Return the names under which a task may be offered to somebody: roles, the office, and the account itself.

        That of applicants is none: it would list the tasks of all of them, and who is one has the own tasks already.
        """
        office = work.counting_office(by, self.desk.wiring.confirmed(by))
        procedures = [self.desk.versions.ready(d).procedure for d in self.desk.versions.all_newest()]
        of_offices = frozenset[str]().union(*(procedure.office_roles for procedure in procedures))
        of_applicants = frozenset(procedure.applicant_role for procedure in procedures) - of_offices
        return ((self._roles(by) - of_applicants) | {office, by.id}) - {""}

    def _may_read(self, record: CaseRecord, by: Actor) -> bool:
        procedure = self.desk.versions.of(record).procedure
        return work.may_read_case(by, record, procedure, self.desk.wiring.confirmed(by)).allowed

    def _works_in(self, by: Actor) -> frozenset[str]:
        """Return the procedures in a version of which somebody has a role of the agency."""
        roles = self._roles(by)
        deployed = {(d.procedure, d.version) for d in self._store.deployments(self.desk.tenant)}
        return frozenset(p for p, v in deployed if roles & self.desk.versions.newest(p, v)[1].procedure.office_roles)

    def _case(self, loaded: Loaded, by: Actor, store: Store) -> Case:
        record, open_tasks = loaded.record, tuple(loaded.folder.open_tasks(store).values())
        store = folders.view(store, loaded.folder)
        view = loaded.version.engine.view(loaded.version.program, loaded.state)
        procedure = loaded.version.procedure
        return Case(
            id=record.id,
            number=record.number,
            procedure=record.procedure,
            version=record.version,
            status=record.status,
            applicant=record.applicant,
            created=record.created,
            updated=record.updated,
            data=view.variables,
            waiting=view.waiting,
            tasks=Shown(open_tasks, self._showing(loaded, by, knows_case=True)),
            deadlines=store.deadlines(record.tenant, record.id),
            incidents=store.incidents(record.tenant, record.id),
            parent=record.parent,
            model=procedure.model,
        )

    def _part(self, loaded: Loaded, tasks: tuple[Task, ...], by: Actor, store: Store) -> Case:
        """Return of a case what its tasks show; they bring their own data."""
        record, named = loaded.record, {task.deadline for task in tasks}
        found = folders.view(store, loaded.folder).deadlines(record.tenant, record.id)
        return Case(
            id=record.id,
            number=record.number,
            procedure=record.procedure,
            version=record.version,
            status=record.status,
            applicant="",
            created=record.created,
            updated=record.updated,
            waiting=tuple(task.element for task in tasks),
            tasks=Shown(tasks, self._showing(loaded, by, knows_case=False)),
            deadlines=tuple(deadline for deadline in found if deadline.name in named),
            is_whole=False,
            model=loaded.version.procedure.model,
        )

    def _may_take(self, task: Task, record: CaseRecord, by: Actor) -> bool:
        procedure = self.desk.versions.of(record).procedure
        return work.eligible(by, task, procedure=procedure, applicant=record.applicant, confirmed=self.desk.wiring.confirmed(by)).allowed

    def _showing(self, loaded: Loaded, by: Actor, *, knows_case: bool) -> Callable[[Task], Task]:
        """Return a function that gives the tasks of a case the data that somebody may see; who may is settled now, whenever it is called."""
        procedure, applicant, confirmed = loaded.version.procedure, loaded.record.applicant, self.desk.wiring.confirmed(by)
        seen: Callable[[int], Context] | None = None

        def show(task: Task) -> Task:
            nonlocal seen
            seen = seen or _variables(loaded)
            decision = work.eligible(by, task, procedure=procedure, applicant=applicant, confirmed=confirmed)
            return work.readable_task(task, procedure, seen(int(task.id.rpartition("/")[2])), decision, knows_case=knows_case)

        return show


def _variables(loaded: Loaded) -> Callable[[int], Context]:
    """Return what is seen at each token: one of several instances has its own item, a called process its own variables."""
    program = loaded.version.program
    if isinstance(program, Program):
        return variables_seen(program, loaded.state)
    variables = loaded.version.engine.view(program, loaded.state).variables
    return lambda _: variables
