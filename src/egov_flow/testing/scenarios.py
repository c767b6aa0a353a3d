# SPDX-License-Identifier: Apache-2.0
"""Run the scenarios of a procedure: the story of one case, in virtual time, on a fresh database, with what shall be seen after each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import attrs

from egov_flow.agency import Agency, Case
from egov_flow.data import Context
from egov_flow.errors import EgovFlowError, Finding, NotFound, Place
from egov_flow.kernel import stores_of
from egov_flow.procedure import Expectation, Procedure, Scenario, ScenarioStep, read_scenario, read_source
from egov_flow.testing.clock import VirtualClock
from egov_flow.testing.fakes import FakeDataStore, SequentialIds
from egov_flow.testing.passing import pass_time
from egov_flow.values import SYSTEM, Actor, Call

__all__ = ["ScenarioResult", "run_scenario"]


@attrs.frozen(kw_only=True)
class ScenarioResult:
    """How a scenario went.

    Attributes:
        name: of the scenario; the file's stem if it cannot be read.
        steps: how many steps were done.
        skipped: elements of optional steps that this version does not have.
        findings: what was seen and was not expected, with the place of the step; none if the scenario passed.
        case: as it stands in the end; None if it never started.
    """

    name: str
    steps: int = 0
    skipped: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    case: Case | None = None

    @property
    def passed(self) -> bool:
        """Return whether everything was as expected."""
        return not self.findings


def run_scenario(path: str | Path, *, url: str = "memory:", procedure: Procedure | None = None) -> ScenarioResult:
    """Run one scenario file on a fresh agency and return how it went; a scenario that goes wrong is told, never raised.

    Service tasks are answered at once, without variables. Those that the scenario reports on (`report`) fail until their step has come: until
    then the case has an incident there. Each data store of the diagram holds what the scenario says under `stores`, and else nothing.

    Args:
        path: `processes/…/scenarios/<name>.yaml`.
        url: of an empty database, `memory:` or `sqlite:///…`.
        procedure: another version to run the story on (a redesign's result); by default the folder that the scenario stands in.

    Raises:
        NotFound: there is no such file or no procedure beside it.
        StoreError: the database cannot be opened.
    """
    file = Path(path)
    try:
        source = read_source(file)
    except OSError as cause:
        raise NotFound("EF-Q001", path=str(file)) from cause
    scenario, findings = read_scenario(source, str(file))
    if scenario is None or findings:
        return ScenarioResult(name=file.stem, findings=findings)
    version = procedure or Procedure.read(file.parent.parent)
    clock = VirtualClock(scenario.start)
    answers = _Answers(frozenset(step.target for step in scenario.steps if step.command == "report"))
    handlers = dict.fromkeys(_handlers(version), answers)
    stores = {name: FakeDataStore(*scenario.stores.get(name, ())) for name, _ in stores_of(version)}
    with Agency.open(url, clock=clock, ids=SequentialIds(), handlers=handlers, stores=stores) as agency:
        return _Run(scenario, version, agency, clock, answers).run()


def _handlers(procedure: Procedure) -> Iterator[str]:
    """Yield every name of a handler: of a link, of the diagram's vendor words, of a script task that calls one."""
    yield from (link.handler for link in procedure.links if link.handler)
    for node in procedure.model.nodes():
        if node.vendor.handler:
            yield node.vendor.handler
        if node.activity is not None and node.activity.script and node.activity.script_format.strip().lower() == "handler":
            yield node.activity.script.text.strip()


@attrs.define
class _Answers:
    """Answers every service task: at once, or when the scenario says so."""

    held: frozenset[str]
    given: dict[str, Context] = attrs.Factory(dict)

    def __call__(self, call: Call) -> Mapping[str, object]:
        if call.element in self.held:
            return self.given.pop(call.element)  # not there before its step: the job fails, and the step retries it
        return {}


@attrs.define
class _Run:
    scenario: Scenario
    procedure: Procedure
    agency: Agency
    clock: VirtualClock
    answers: _Answers
    case: str = ""
    steps: int = 0
    skipped: list[str] = attrs.Factory(list)
    findings: list[Finding] = attrs.Factory(list)

    def run(self) -> ScenarioResult:
        try:
            self.agency.deploy(self.procedure, by=SYSTEM)
            goes_on = True
        except EgovFlowError as error:
            goes_on = self._wrong("EF-Q017", Place(), error=error.text())
        for step in self.scenario.steps if goes_on else ():
            if step.optional and self.procedure.node(step.target) is None:
                self.skipped.append(step.target)
            elif not self._step(step):
                break
        case = self.agency.case(self.case, by=SYSTEM) if self.case else None
        return ScenarioResult(
            name=self.scenario.name, steps=self.steps, skipped=tuple(self.skipped), findings=tuple(self.findings), case=case
        )

    def _step(self, step: ScenarioStep) -> bool:
        """Do a step and compare; False when the story cannot go on."""
        before = len(self.agency.history(self.case, by=SYSTEM)) if self.case else 0
        try:
            self._do(step)
        except EgovFlowError as error:
            return self._refused(step, error, before)
        self.steps += 1
        if step.expect.refused:
            return self._wrong("EF-Q015", step.place, wanted=step.expect.refused)
        if not self.case:
            return self._wrong("EF-Q018", step.place)
        self._compare(step.expect, step.place)
        return True

    def _refused(self, step: ScenarioStep, error: EgovFlowError, before: int) -> bool:
        if not step.expect.refused:
            return self._wrong("EF-Q017", step.place, error=error.text())
        if error.code != step.expect.refused:
            return self._wrong("EF-Q016", step.place, wanted=step.expect.refused, error=error.text())
        if self.case and len(self.agency.history(self.case, by=SYSTEM)) != before:
            return self._wrong("EF-Q019", step.place, wanted=error.code)
        self.steps += 1
        if self.case:
            self._compare(step.expect, step.place)
        return True

    def _wrong(self, code: str, place: Place, **arguments: str) -> bool:
        self.findings.append(Finding(code=code, place=place, arguments=arguments))
        return False

    # ---- doing

    def _do(self, step: ScenarioStep) -> None:
        doing: dict[str, Callable[[ScenarioStep, Actor], object]] = {
            "start": self._start,
            "complete": lambda s, by: self.agency.complete(self._task(s), s.data, by=by),
            "claim": lambda s, by: self.agency.claim(self._task(s), by=by),
            "release": lambda s, by: self.agency.release(self._task(s), by=by),
            "send": lambda s, by: self.agency.send(s.target, s.data, correlate={"case": self.case}, by=by),
            "extend": lambda s, by: self.agency.extend(self.case, s.target, reason=s.reason, by=by),
            "report": self._report,
            "cancel": lambda s, by: self.agency.cancel(self.case, reason=s.reason, by=by),
            "suspend": lambda s, by: self.agency.suspend(self.case, reason=s.reason, by=by),
            "resume": lambda s, by: self.agency.resume(self.case, reason=s.reason, by=by),
            "advance": lambda s, by: self._pass(s),
            "at": lambda s, by: self._pass(s),
        }
        doing[step.command](step, self._actor(step.by))

    def _start(self, step: ScenarioStep, by: Actor) -> None:
        self.case = self.agency.start(step.target, step.data, by=by).id

    def _pass(self, step: ScenarioStep) -> None:
        now = self.clock.now()
        pass_time(self.agency, self.clock, step.moment or now + step.duration if step.duration else step.moment or now)

    def _report(self, step: ScenarioStep, _: Actor) -> None:
        """The job failed because its answer was not there; now it is, so it is tried again."""
        for incident in self.agency.case(self.case, by=SYSTEM).incidents:
            if incident.element == step.target:
                self.answers.given[step.target] = step.data
                self.agency.retry(incident.id, by=SYSTEM)
                return
        raise NotFound("EF-Q020", element=step.target)

    def _task(self, step: ScenarioStep) -> str:
        tasks = self.agency.tasks(by=SYSTEM, case=self.case, element=step.target) if self.case else []
        if not tasks:
            raise NotFound("EF-Q020", element=step.target)
        return tasks[0].id

    def _actor(self, name: str) -> Actor:
        for person in self.scenario.people:
            if person.name == name:
                return Actor(person.id, office=person.office or None, roles=frozenset(person.roles))
        return SYSTEM

    # ---- comparing

    def _compare(self, expect: Expectation, place: Place) -> None:
        case = self.agency.case(self.case, by=SYSTEM)
        if expect.status and case.status != expect.status:
            self._wrong("EF-Q010", place, expected=expect.status, found=case.status)
        if expect.waiting is not None and sorted(expect.waiting) != sorted(case.waiting):
            self._wrong("EF-Q011", place, expected=_listed(expect.waiting), found=_listed(case.waiting))
        for name, value in expect.data.items():
            if name not in case.data or case.data[name] != value:
                self._wrong("EF-Q012", place, name=name)  # never its value, even of an invented person
        found = {deadline.name: deadline.status for deadline in case.deadlines}
        for name, status in expect.deadlines.items():
            if found.get(name) != status:
                self._wrong("EF-Q013", place, name=name, expected=status, found=found.get(name, "-"))
        entered = {event.element for event in self.agency.history(self.case, by=SYSTEM) if event.kind == "entered"}
        for element in expect.ended:
            if element not in entered:
                self._wrong("EF-Q014", place, element=element)


def _listed(elements: tuple[str, ...]) -> str:
    return ", ".join(sorted(elements)) or "-"
