# SPDX-License-Identifier: Apache-2.0
"""Data stores (§10.4.1): read before the task begins, written once it is done, by jobs; `step` never sees a store."""

from datetime import UTC, datetime

import pytest

from egov_flow import kernel
from egov_flow.data import EMPTY, freeze
from egov_flow.errors import NotFound, ProcedureError
from egov_flow.procedure import read_files
from egov_flow.proof import prove
from egov_flow.values import Command

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
MAPPED = '<extensionElements><zeebe:ioMapping><zeebe:input source="=nik" target="nik"/></zeebe:ioMapping></extensionElements>'
IO = (
    '<ioSpecification><dataInput id="in" name="resident"/><dataOutput id="out" name="address"/><inputSet><dataInputRefs>in</dataInputRefs></inputSet>'
    "<outputSet><dataOutputRefs>out</dataOutputRefs></outputSet></ioSpecification>"
)
READS = '<dataInputAssociation id="i"><sourceRef>r</sourceRef><targetRef>in</targetRef></dataInputAssociation>'
WRITES = '<dataOutputAssociation id="o"><sourceRef>out</sourceRef><targetRef>r</targetRef></dataOutputAssociation>'
BOUNDARY = (
    '<boundaryEvent id="t" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>'
    '<userTask id="late"/><sequenceFlow id="x" sourceRef="t" targetRef="late"/>'
)


def procedure_of(task: str, kind: str = "userTask", more: str = "", attributes: str = ""):
    xml = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="D" '
        'targetNamespace="t"><dataStore id="d" name="Register"/><process id="P" isExecutable="true">'
        '<dataStoreReference id="r" name="Register" dataStoreRef="d"/>'
        f'<startEvent id="s"/><{kind} id="a" {attributes}>{task}</{kind}><userTask id="b"/>{more}'
        '<sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="b"/></process></definitions>'
    )
    return read_files([("process.bpmn", xml.encode())], "stores")


class Story:
    """A case that is stepped; `step` is what the last command did."""

    def __init__(self, procedure, **data: object) -> None:
        self.program = kernel.compile(procedure)
        self.step = kernel.step(self.program, None, Command(kind="start", data=freeze(data)), NOW)

    def do(self, kind: str, token: int | None = None, **data: object) -> "Story":
        command = Command(kind=kind, target="" if token is None else str(token), data=freeze(data))
        self.step = kernel.step(self.program, self.step.state, command, NOW.replace(hour=12))
        assert kernel.defects(self.program, self.step.state) == []
        assert kernel.load(self.program, kernel.dump(self.program, self.step.state)) == self.step.state
        return self

    def report(self, **data: object) -> "Story":
        return self.do("report", self.step.jobs[0].token, **data)

    @property
    def variables(self):
        return kernel.view(self.program, self.step.state).variables

    @property
    def waiting(self):
        return kernel.view(self.program, self.step.state).waiting


def test_a_store_is_asked_with_what_else_passes_into_the_task_and_with_nothing_else():
    story = Story(procedure_of(MAPPED + IO + READS), nik="7", secret=1)

    (job,) = story.step.jobs
    assert (job.name, job.data) == (kernel.READ, {"nik": "7", kernel.STORE: "Register"})
    assert (story.step.work, story.waiting) == ((), ("a",)), "the task begins when its data is there, and people see the case at the task"


def test_what_was_read_belongs_to_the_task_alone():
    story = Story(procedure_of(MAPPED + IO + READS), nik="7").report(Register={"name": "Ani"})

    (work,) = story.step.work
    assert kernel.variables_seen(story.program, story.step.state)(work.token)["resident"] == {"name": "Ani"}
    assert story.do("complete", work.token, seen=True).variables == {"nik": "7", "seen": True}


def test_a_transformation_takes_of_the_store_what_the_task_needs():
    computed = READS.replace("</dataInputAssociation>", "<transformation>Register.name</transformation></dataInputAssociation>")
    story = Story(procedure_of(IO + computed)).report(Register={"name": "Ani", "income": 5})

    assert kernel.variables_seen(story.program, story.step.state)(story.step.work[0].token) == {"resident": "Ani"}


def test_what_a_task_yields_for_a_store_is_written_before_the_case_goes_on():
    story = Story(procedure_of(IO + WRITES))
    story.do("complete", story.step.work[0].token, address="Canal 5", other=1)

    (job,) = story.step.jobs
    assert (job.name, job.data) == (kernel.WRITE, {kernel.WRITTEN: "Canal 5", kernel.STORE: "Register"})
    assert story.report().waiting == ("b",)
    assert story.variables == EMPTY


def test_a_handler_sees_what_was_read_and_what_its_mappings_name():
    handled = '<extensionElements><zeebe:taskDefinition type="h"/></extensionElements>'
    story = Story(procedure_of(handled + IO + READS, "serviceTask"), secret=1).report(Register=5)

    assert [(j.name, j.data) for j in story.step.jobs] == [("h", {"resident": 5})]


def test_a_script_reads_computes_and_writes():
    scripted = "<script>{address: resident.street}</script>"
    story = Story(procedure_of(IO + READS + WRITES + scripted, "scriptTask", attributes='scriptFormat="feel"')).report(
        Register={"street": "Canal 5"}
    )

    assert story.step.jobs[0].data[kernel.WRITTEN] == "Canal 5"


def test_a_boundary_event_waits_from_the_reading_to_the_writing():
    reading = Story(procedure_of(IO + READS, more=BOUNDARY)).do("due")
    writing = Story(procedure_of(IO + WRITES, more=BOUNDARY))
    writing.do("complete", writing.step.work[0].token, address="Canal 5").do("due")

    assert [reading.waiting, writing.waiting] == [("late",), ("late",)]
    assert [[(j.name, j.change) for j in s.step.jobs] for s in (reading, writing)] == [
        [(kernel.READ, "withdrawn")],
        [(kernel.WRITE, "withdrawn")],
    ]


def test_a_store_that_fails_is_an_incident_and_what_is_skipped_reads_null():
    story = Story(procedure_of(IO + READS))
    failed = Command(kind="report", target=str(story.step.jobs[0].token), arguments=freeze({"outcome": "failure"}))
    story.step = kernel.step(story.program, story.step.state, failed, NOW)
    (incident,) = story.step.incidents
    skip = Command(kind="resolve", target=incident.id, arguments=freeze({"skip": True}))
    story.step = kernel.step(story.program, story.step.state, skip, NOW)

    assert kernel.variables_seen(story.program, story.step.state)(story.step.work[0].token) == {"resident": None}


def test_the_proof_follows_the_reads_and_writes():
    proof = prove(procedure_of(IO + READS + WRITES, more=BOUNDARY))

    assert (proof.findings, proof.not_verified) == ((), ())


ODD = {
    "repeated": procedure_of(IO + READS + "<standardLoopCharacteristics/>"),
    "several tokens": procedure_of(IO + READS, attributes='startQuantity="2"'),
    "receive": procedure_of(IO + READS, "receiveTask"),
    "no name": procedure_of((IO + READS).replace("resident", "a/b - c")),
    "written by assignments": procedure_of(
        IO + WRITES.replace("</data", "<assignment><from>1</from><to>address</to></assignment></data", 1)
    ),
}
COMPENSATION = procedure_of(IO + READS, attributes='isForCompensation="true"')


@pytest.mark.parametrize("procedure", [*ODD.values(), COMPENSATION], ids=[*ODD, "compensation"])
def test_what_is_no_single_task_has_no_store(procedure):
    with pytest.raises(ProcedureError) as refused:
        kernel.compile(procedure)

    assert "EF-K014" in {f.code for f in refused.value.findings}


@pytest.mark.parametrize("procedure", ODD.values(), ids=ODD)
def test_in_a_first_drawing_such_a_store_passes_nothing_and_the_task_is_not_taken_apart(procedure):
    program = kernel.compile(procedure, conditions="free")

    assert "a" in program.index
    assert [node.id for node in program.nodes if ":" in node.id] == []


def moved(story: Story, token: int, to: str) -> Story:
    command = Command(kind="move", target=str(token), arguments=freeze({"to": to}), reason="wrongly there")
    story.step = kernel.step(story.program, story.step.state, command, NOW)
    assert kernel.defects(story.program, story.step.state) == []
    return story


def test_a_token_is_moved_out_of_what_stands_around_a_task_with_stores_and_into_it_again():
    story = Story(procedure_of(MAPPED + IO + READS), nik="7")

    moved(story, story.step.jobs[0].token, "b")
    assert (story.waiting, [(j.name, j.change) for j in story.step.jobs]) == (("b",), [(kernel.READ, "withdrawn")])

    moved(story, story.step.work[0].token, "a")
    assert (story.waiting, [(j.name, j.change) for j in story.step.jobs]) == (("a",), [(kernel.READ, "opened")])


def test_a_token_at_a_read_is_moved_to_the_task_itself_which_then_begins_without_it():
    story = Story(procedure_of(IO + READS))

    moved(story, story.step.jobs[0].token, "a")

    assert [(work.element, work.change) for work in story.step.work] == [("a", "opened")]


def test_no_token_is_moved_to_where_nothing_is():
    story = Story(procedure_of(IO + READS))

    with pytest.raises(NotFound, match="EF-K217"):
        moved(story, story.step.jobs[0].token, "nowhere")
