# SPDX-License-Identifier: Apache-2.0
"""What the kernel does not execute is refused with the element, its place and what to draw instead; nothing is passed over in silence."""

import attrs
import pytest

from egov_flow import kernel
from egov_flow.bpmn import SequenceFlow
from egov_flow.errors import ProcedureError
from egov_flow.procedure import read_files

MI = '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>'
MAPPING = "<extensionElements><camunda:inputOutput><camunda:inputParameter name='y'>x</camunda:inputParameter></camunda:inputOutput></extensionElements>"
LINK = "<linkEventDefinition name='L'/>"
STORE = (
    "<dataInputAssociation id='i'><sourceRef>d</sourceRef><targetRef>p</targetRef><transformation>x</transformation></dataInputAssociation>"
)
SETS = "<ioSpecification><dataInput id='i' name='x'/><inputSet><dataInputRefs>i</dataInputRefs>@</inputSet><inputSet/><outputSet/></ioSpecification>"
COMPENSATE = "xml <compensateEventDefinition/>"
LISTENER = "<extensionElements><camunda:executionListener event='start' class='x.Y'/></extensionElements>"

CARRYING = "<condition>true</condition><event><dataInput id='d'/><escalationEventDefinition/></event>"


def behaving(definition: str) -> str:
    """Return several instances that throw by a complexBehaviorDefinition."""
    many = MI.replace("isSequential", "behavior='Complex' isSequential")
    return many.replace("</multi", f"<complexBehaviorDefinition>{definition}</complexBehaviorDefinition></multi")


OWNER = (
    "<potentialOwner><resourceAssignmentExpression><formalExpression>@</formalExpression></resourceAssignmentExpression></potentialOwner>"
)

REFUSED = {
    "EF-K001": "start s\ncallActivity a | calledElement other\ns > a",
    "EF-K004": "start s\nuser x\nsub a | triggeredByEvent true {\nstart t\n}\ns > x",
    "EF-K005": "start s\ntask x\ntask y\ncomplexGateway a\nuser b\ns > x\ns > y\nx > a\ny > a\na > b",
    "EF-K006": "start s\nuser a | xml <multiInstanceLoopCharacteristics/>\ns > a",
    "EF-K007": "start s\nuser a | xml <standardLoopCharacteristics/>\ns > a",
    "EF-K010": f"start s\ncatch a | timer PT1H | xml {LINK}\nthrow t | xml {LINK}\ns > t",
    "EF-K094": "start s\nuser u\nboundary a | on u | parallelMultiple true | message M | xml <escalationEventDefinition/>\nend e\ns > u\na > e",
    "EF-K095": "start a | parallelMultiple true | timer PT1H | timer P1D\nuser x\na > x",
    "EF-K096": "start s\nend a | terminate | xml <errorEventDefinition/>\ns > a",
    "EF-K097": "start s\ncatch a | message M | message M\ns > a",
    "EF-K011": "start s\nuser x\nevents a | instantiate true\ncatch c | timer PT1H\ns > x\na > c",
    "EF-K012": "start s\nuser u\nreceive a | message M | instantiate true\nend e\ns > u\na > e",
    "EF-K098": "start s\nevents a | eventGatewayType Parallel\ncatch c | message M\ns > a\na > c",
    "EF-K099": "events a | instantiate true | eventGatewayType Parallel\ncatch c | message M\ncatch d | timer PT1H\na > c\na > d",
    "EF-K013": "start s\nuser a | startQuantity 0\ns > a",
    "EF-K014": f"start s\ndataStoreReference d | name Register\nuser a | xml {STORE}<standardLoopCharacteristics/>\ns > a",
    "EF-K015": f"start s\nxor a | xml {MAPPING}\nuser b\ns > a\na > b",
    "EF-K016": "start s\nrule a | camunda:decisionRef fees\ns > a",
    "EF-K017": "start s\nstart t\ncallActivity a | calledElement P\nuser x\ns > a\nt > x",
    "EF-K018": "start s\nsub p {\nstart a | message M\nuser x\na > x\n}\ns > p",
    "EF-K019": "start s\nsub a {\nstart s1\nstart s2\nuser x\ns1 > x\ns2 > x\n}\ns > a",
    "EF-K020": "start s\nand a\nuser b\nuser c\ns > a\na > b : true\na > c",
    "EF-K021": "start s\nevents a\ncatch c | timer PT1H\nuser u\ns > a\na > c\na > u",
    "EF-K022": "start s\nevents a\ns > a",
    "EF-K023": "start s\nuser u\nend a\nuser v\ns > u\nu > a\na > v",
    "EF-K024": "start s\ncatch a | cycle R3/PT1H\ns > a",
    "EF-K025": "start s\nthrow a | timer PT1H\ns > a",
    "EF-K026": "start s\nsub a {\nuser x\nuser y\nx > y\ny > x\n}\ns > a",
    "EF-K027": "start s\ncatch a\ns > a",
    "EF-K029": "user a\nuser b\na > b\nb > a",
    "EF-K034": f"start s\nuser a | xml {LISTENER}\ns > a",
    "EF-K039": f"start s\nuser x\nboundary a | on x | {COMPENSATE}\ns > x",
    "EF-K040": f"start s\nuser x\nboundary b | on x | {COMPENSATE}\nuser a | isForCompensation true\nend e\nb ~ a\ns > x\na > e",
    "EF-K041": f"start s\nthrow a | {COMPENSATE.replace('/>', ' activityRef=%x%/>')}\nsub p {{\nuser x\n}}\ns > a\na > p".replace("%", '"'),
    "EF-K042": "start s\nend a | xml <cancelEventDefinition/>\ns > a",
    "EF-K043": "start s\ntransaction t {\nstart i\nend a | xml <cancelEventDefinition/>\ni > a\n}\ns > t",
    "EF-K044": "start s\nuser x\nboundary a | on x | xml <cancelEventDefinition/>\nend e\ns > x\na > e",
    "EF-K045": (
        f"start s\nuser x\nboundary b | on x | {COMPENSATE}\nboundary a | on x | {COMPENSATE}\nuser u | isForCompensation true\n"
        "b ~ u\na ~ u\ns > x"
    ),
    "EF-K047": f"start s\nuser x\nthrow a | {COMPENSATE.replace('/>', ' activityRef=%x%/>')}\ns > x\nx > a".replace("%", '"'),
    "EF-K090": "start a | timer = office hour\nuser x\na > x",
    "EF-K009": "start s\ntransaction a | method ##Store {\nstart i\nuser x\ni > x\n}\ns > a",
    "EF-K049": "start s\nadHocSubProcess p | xml <completionCondition>true</completionCondition> {\nuser x\nend a\nx > a\n}\ns > p",
    "EF-K080": "start s\nadHocSubProcess a | xml <completionCondition>x +</completionCondition> {\nuser x\n}\ns > a",
    "EF-K050": "start s\nxor g\nuser a\nuser b\ns > g\ng > a : true\ng > b",
    "EF-K051": "start s\nxor g | default g_b\nuser a\nuser b\ns > g\ng > a : x >\ng > b",
    "EF-K054": "start s\ncatch a | xml <timerEventDefinition/>\ns > a",
    "EF-K055": "start s\ncatch a | timer P1X\ns > a",
    "EF-K058": "start s\nservice a\ns > a",
    "EF-K060": "start s\nscript a\ns > a",
    "EF-K061": "start s\nscript a | scriptFormat javascript | is x = 1\ns > a",
    "EF-K062": "start s\nscript a | is 1 +\ns > a",
    "EF-K063": "start s\nreceive a\ns > a",
    "EF-K070": "start s\ncatch a | xml <signalEventDefinition/>\ns > a",
    "EF-K071": "start s\ncatch a | xml <conditionalEventDefinition/>\ns > a",
    "EF-K072": "start s\ncatch a | xml <conditionalEventDefinition><condition>x &gt;</condition></conditionalEventDefinition>\ns > a",
    "EF-K073": "start s\nend a | xml <errorEventDefinition/>\ns > a",
    "EF-K074": "start s\nthrow a | xml <linkEventDefinition name='L'/>\ns > a",
    "EF-K075": f"start s\nthrow t | xml {LINK}\ncatch b | xml {LINK}\ncatch a | xml {LINK}\nuser x\ns > t\na > x\nb > x",
    "EF-K076": f"start s\nuser a | xml {MAPPING.replace('>x<', '>${x y}<')}\ns > a",
    "EF-K077": f"start s\nuser a | xml {MI.replace('isSequential', 'behavior=%One% isSequential')}\ns > a".replace("%", '"'),
    "EF-K092": f"start s\nuser a | xml {behaving('<event><escalationEventDefinition/></event>')}\ns > a",
    "EF-K093": f"start s\nuser a | xml {behaving('<condition>true</condition><event><terminateEventDefinition/></event>')}\ns > a",
    "EF-K078": f"start s\nuser a | xml {MI.replace('</multi', '<outputDataItem id=%o%/></multi')}\ns > a".replace("%", '"'),
    "EF-K079": "start s\nreceive a | message signal:M\ns > a",
    "EF-K082": "start s\nuser a | xml " + SETS.replace("@", "<optionalInputRefs>i</optionalInputRefs>") + "\ns > a",
    "EF-K130": "start s\nuser a | xml " + SETS.replace("@", "") + "\ns > a",
    "EF-K084": f"start s\nuser a | xml {MI.replace('>3<', '>3 +<')}\ns > a",
    "EF-K085": "start s\nuser u\nboundary a | on u | keeps | xml <errorEventDefinition/>\nend e\ns > u\na > e",
    "EF-K086": f"start s\nuser u\nsub a | triggeredByEvent true | xml {MI} {{\nstart t | message M\n}}\ns > u",
    "EF-K131": f"start s\nuser a | xml {OWNER.replace('@', 'office +')}\ns > a",
    "EF-K069": "start s\nscript a | camunda:resultVariable __class__ | is 1\ns > a",
}


@pytest.mark.parametrize("code", REFUSED)
def test_it_is_refused_with_place_and_hint(drawing, code):
    procedure = drawing(REFUSED[code])
    found = [f for f in kernel.refusals(procedure) if f.code == code]

    assert found, [f.code for f in kernel.refusals(procedure)]
    assert found[0].severity == "error"
    assert found[0].hint("en")
    assert found[0].hint("id")
    assert code == "EF-K029" or (found[0].place.line > 1 and found[0].element)
    with pytest.raises(ProcedureError):
        kernel.compile(procedure)


NOTED = {
    "EF-K048": ("info", "start s\nadHocSubProcess a {\nuser x\n}\ns > a"),
    "EF-K030": ("warning", "start s\nuser x\nuser a\ns > x"),
    "EF-K031": ("warning", "start s\nsub a {\n}\ns > a"),
    "EF-K032": ("info", "start s\nuser a | camunda:asyncBefore true\ns > a"),
    "EF-K033": ("info", "start s\nuser a | xml <dataInputAssociation id='i'/>\ns > a"),
    "EF-K087": ("info", "start s\nuser a | camunda:dueDate P3D\ns > a"),
    "EF-K088": ("warning", "start s\nuser a | camunda:assignee ${boss}\ns > a"),
    "EF-K083": ("info", "start a | xml <conditionalEventDefinition><condition>x</condition></conditionalEventDefinition>\nuser x\na > x"),
    "EF-K046": ("warning", "start s\nuser x\nuser a | isForCompensation true\ns > x"),
    "EF-K068": ("warning", "start s\nxor g | default g_b\nuser a\nuser b\ns > g\ng > a : true\ng > b : false"),
}


FOREIGN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" expressionLanguage="{}"><process id="P" isExecutable="true">'
    '<startEvent id="s"/><exclusiveGateway id="g" default="gb"/><userTask id="a"/><userTask id="b"/><sequenceFlow id="sg" sourceRef="s" targetRef="g"/>'
    '<sequenceFlow id="ga" sourceRef="g" targetRef="a"><conditionExpression{}>n = 1</conditionExpression></sequenceFlow>'
    '<sequenceFlow id="gb" sourceRef="g" targetRef="b"/></process></definitions>'
)
XPATH, FEEL = "http://www.w3.org/1999/XPath", "https://www.omg.org/spec/DMN/20191111/FEEL/"


@pytest.mark.parametrize(
    ("of_file", "own", "codes"),
    [(XPATH, "", ["EF-K052"]), (XPATH, f' language="{FEEL}"', []), (FEEL, "", []), (FEEL, f' language="{XPATH}"', ["EF-K052"])],
)
def test_what_is_written_in_the_files_other_language_is_not_read_as_feel(of_file, own, codes):
    procedure = read_files([("process.bpmn", FOREIGN.format(of_file, own).encode())], "foreign")

    assert [f.code for f in kernel.refusals(procedure)] == codes


@pytest.mark.parametrize("code", NOTED)
def test_what_changes_nothing_is_noted_and_runs(drawing, code):
    severity, text = NOTED[code]
    procedure = drawing(text)

    assert (code, severity) in [(f.code, f.severity) for f in kernel.refusals(procedure)]
    assert kernel.compile(procedure)


LINKS = {
    "EF-K053": ("start s\nxor g | default g_b\nuser a\nuser b\ns > g\ng > a : x\ng > b", "g_a: {condition: y}"),
    "EF-K056": ("start s\ncatch a | timer PT1H\ns > a", "a: {expires: answer}"),
    "EF-K057": ("start s\ncatch a | xml <timerEventDefinition/>\ns > a", "a: {expires: answer}"),
    "EF-K059": ("start s\nservice a | handler h\ns > a", "a: {handler: other}"),
    "EF-K064": ("start s\nreceive a | message M\ns > a", "a: {message: N}"),
    "EF-K066": ("start s\nuser a\ns > a", "b: {handler: h}"),
    "EF-K097": ("start s\ncatch a | xml <messageEventDefinition/><messageEventDefinition/>\ns > a", "a: {message: M}"),
    "EF-K067": ("start s\nuser a\ns > a", "a: {handler: h}"),
}


@pytest.mark.parametrize("code", LINKS)
def test_a_link_that_contradicts_the_drawing_or_fits_nothing_is_refused_at_its_place(drawing, code):
    text, link = LINKS[code]
    procedure = drawing(text, f"procedure: demo\nlinks:\n  {link}\n")
    found = [f for f in kernel.refusals(procedure) if f.code == code]

    assert [f.place.line for f in found] == [3]
    assert found[0].place.file.endswith("procedure.yaml")


def test_data_that_an_event_of_instances_would_carry_are_refused(drawing):
    assert [f.code for f in kernel.refusals(drawing(f"start s\nuser a | xml {behaving(CARRYING)}\ns > a"))] == ["EF-K015"]


def test_a_condition_in_another_language_is_refused(drawing):
    text = drawing("start s\nxor g | default g_b\nuser a\nuser b\ns > g\ng > a : x\ng > b").files[0][1]
    changed = text.replace(b"<conditionExpression>", b'<conditionExpression language="groovy">')
    assert [f.code for f in kernel.refusals(read_files([("process.bpmn", changed)]))] == ["EF-K052"]


def test_java_expressions_are_refused_with_the_feel_they_should_be(drawing):
    (found,) = kernel.refusals(drawing("start s\nxor g | default g_b\nuser a\nuser b\ns > g\ng > a : ${amount > 10}\ng > b"))

    assert found.code == "EF-K051"
    assert "amount > 10" in found.hint()


def test_a_file_without_a_process_is_refused_by_what_is_wrong_with_the_file():
    with pytest.raises(ProcedureError) as refused:
        kernel.compile(read_files([("process.bpmn", b"<html/>")]))

    assert [f.code for f in refused.value.findings] == ["EF-B001"]


def test_a_file_without_the_process_that_is_named_is_refused():
    drawn = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"><process id="P"/></definitions>'
    with pytest.raises(ProcedureError) as refused:
        kernel.compile(attrs.evolve(read_files([("process.bpmn", drawn)]), process_id="Q"))

    assert "EF-K028" in [f.code for f in refused.value.findings]


def test_a_model_made_by_hand_is_guarded_too(drawing):
    procedure = drawing("start s\nuser a\ns > a")
    process = procedure.process
    for change, code in (
        ({"flows": (*process.content.flows, SequenceFlow(id="x", source="a", target="nowhere"))}, "EF-K037"),
        ({"nodes": (*process.content.nodes, process.content.nodes[0])}, "EF-K038"),
    ):
        content = attrs.evolve(process.content, **change)
        changed = attrs.evolve(procedure, model=attrs.evolve(procedure.model, processes=(attrs.evolve(process, content=content),)))
        assert code in [f.code for f in kernel.refusals(changed)]


def test_with_free_conditions_an_analysts_first_drawing_is_taken(drawing):
    text = """start s
    xor g
    user a
    user b
    service c
    script d | scriptFormat javascript | is x = 1
    receive r
    catch t | xml <timerEventDefinition/>
    s > g
    g > a
    g > b : ${amount > 10}
    a > c
    c > d
    d > r
    r > t"""

    assert len(kernel.refusals(drawing(text))) == 6
    assert kernel.refusals(drawing(text), conditions="free") == ()
    assert kernel.compile(drawing(text), conditions="free").nodes[1].is_open


def test_two_procedures_of_the_same_bytes_but_with_other_content_have_programs_of_their_own(drawing):
    procedure = drawing("start s\nuser a\ns > a")
    process = procedure.process
    content = attrs.evolve(process.content, nodes=process.content.nodes[:1], flows=())
    changed = attrs.evolve(procedure, model=attrs.evolve(procedure.model, processes=(attrs.evolve(process, content=content),)))

    assert changed.sha256 == procedure.sha256
    assert [len(kernel.compile(p).nodes) for p in (procedure, changed)] == [2, 1]


def test_a_link_whose_references_lead_elsewhere_than_its_name_is_refused(drawing):
    text = (
        "start s\nthrow t | xml <linkEventDefinition id='T' name='L'><target>A</target></linkEventDefinition>\n"
        "catch a | xml <linkEventDefinition id='A' name='M'><source>T</source></linkEventDefinition>\n"
        "catch b | xml <linkEventDefinition id='B' name='L'/>\nuser x\ns > t\na > x\nb > x"
    )

    assert [(f.code, f.element) for f in kernel.refusals(drawing(text))] == [("EF-K075", "a"), ("EF-K075", "b")]


def test_a_link_that_names_another_which_does_not_name_it_is_refused(drawing):
    text = (
        "start s\nthrow t | xml <linkEventDefinition id='T' name='L'><target>A</target></linkEventDefinition>\n"
        "catch a | xml <linkEventDefinition id='A' name='M'/>\nuser x\ns > t\na > x"
    )

    assert [(f.code, f.element) for f in kernel.refusals(drawing(text))] == [("EF-K074", "t"), ("EF-K074", "a")]
