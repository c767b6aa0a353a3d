# SPDX-License-Identifier: Apache-2.0
"""Messages (BPMN 2.0.2 §8.4.2, §10.5): waited for by name and key, thrown without data."""

import pytest

from egov_flow import kernel
from egov_flow.errors import ConflictError, NotFound

TWO = "start s\nand f\ncatch c1 | message Note\ncatch c2 | message Note\nend e\ns > f\nf > c1\nf > c2\nc1 > e\nc2 > e"
KEYED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="D" targetNamespace="t">
<message id="m" name="Payment"><extensionElements><zeebe:subscription correlationKey="= number"/></extensionElements></message>
<process id="P" isExecutable="true"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="{first}"/>
<intermediateThrowEvent id="t"><messageEventDefinition messageRef="m"/></intermediateThrowEvent><sequenceFlow id="g" sourceRef="t" targetRef="c"/>
<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent></process></definitions>"""


@pytest.fixture
def keyed(story_of_xml):
    return lambda first: story_of_xml(KEYED.format(first=first))


def test_a_message_goes_to_the_event_that_waits_for_its_name(drawn):
    story = drawn("start s\ncatch c | message Payment\nuser a\ns > c\nc > a").start()
    with pytest.raises(NotFound, match="EF-K211"):
        story.send("Objection")

    story.send("Payment", {"amount": 5})

    assert story.variables == {"amount": 5}
    assert story.waiting == ["a"]


def test_a_message_that_two_events_await_must_name_one(drawn):
    story = drawn(TWO).start()
    with pytest.raises(ConflictError, match="EF-K212"):
        story.send("Note")

    _, second = story.state.waits
    assert story.send("Note", wait=str(second)).happened("caught") == ["c2"]
    assert story.send("Note").status == "completed"


def test_a_correlation_key_is_computed_when_the_wait_begins(keyed):
    story = keyed("c").start({"number": 42})

    assert [(w.name, w.key) for w in story.last.waits] == [("Payment", "42")]
    with pytest.raises(NotFound, match="EF-K211"):
        story.send("Payment", key="43")
    assert story.send("Payment", key="42").status == "completed"


@pytest.mark.parametrize("value", [None, True, "", "x" * 401])
def test_a_key_that_is_none_parks_the_token(keyed, value):
    story = keyed("c").start({"number": value})

    assert story.incidents == [("c", "expression")]
    assert story.do("retry", story.token("c"), {"number": "A-1"}).last.waits[0].key == "A-1"


def test_a_thrown_message_has_a_name_and_key_and_carries_no_variables(keyed):
    """Data passes by explicit mapping only, and none is drawn."""
    story = keyed("t").start({"number": "A-1", "secret": "x"})

    assert [(m.name, m.element, m.key, m.data) for m in story.last.messages] == [("Payment", "t", "A-1", {})]
    assert story.waiting == ["c"]


def test_an_end_event_may_throw(drawn):
    story = drawn("start s\nend e | message Decision\ns > e").start()

    assert (story.status, [m.name for m in story.last.messages]) == ("completed", ["Decision"])
    assert story.happened("thrown") == ["e"]


def test_what_throws_is_entered_when_nothing_else_is_under_way(drawn):
    """The standard gives no order; so that a catcher in another branch is armed before the throw."""
    text = "start s\nand f\nthrow t | message Note\nuser a\nuser b\ns > f\nf > t\nf > a\na > b"

    assert drawn(text).start().happened("entered") == ["s", "f", "a", "t"]


def test_the_message_may_be_named_in_procedure_yaml(drawn):
    story = drawn("start s\nreceive r\nend e\ns > r\nr > e", "procedure: demo\nlinks:\n  r: {message: Payment}\n").start()

    assert story.send("Payment").status == "completed"


OPERATION = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"><message id="M" name="Request"/><message id="N" name="Other"/>'
    '<interface id="I" name="Register"><operation id="O" name="look"><inMessageRef>M</inMessageRef><outMessageRef>N</outMessageRef></operation></interface>'
    '<process id="P" isExecutable="true"><startEvent id="s"/>{}<userTask id="u"/><sequenceFlow id="s_a" sourceRef="s" targetRef="a"/>'
    '<sequenceFlow id="a_u" sourceRef="a" targetRef="u"/></process></definitions>'
)


@pytest.mark.parametrize(("own", "name"), [("", "Request"), (' messageRef="N"', "Other")])
@pytest.mark.parametrize("kind", ["receiveTask", "sendTask", "intermediateCatchEvent", "intermediateThrowEvent"])
def test_an_operation_names_the_message_of_what_names_none(story_of_xml, kind, own, name):
    definition = f"<messageEventDefinition{own}><operationRef>O</operationRef></messageEventDefinition>"
    drawn = f'<{kind} id="a" operationRef="O"{own}/>' if kind.endswith("Task") else f'<{kind} id="a">{definition}</{kind}>'
    story = story_of_xml(OPERATION.format(drawn)).start()

    if kind in ("receiveTask", "intermediateCatchEvent"):
        assert [w.name for w in kernel.awaited(story.program, story.state)] == [name]
    else:
        assert [m.name for m in story.last.messages] == [name]
