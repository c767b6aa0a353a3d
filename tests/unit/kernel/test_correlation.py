# SPDX-License-Identifier: Apache-2.0
"""Correlation keys and subscriptions of the standard, and the vendors' simple forms (§8.4.2)."""

from datetime import UTC, datetime

import pytest

from egov_flow import kernel
from egov_flow.data import freeze
from egov_flow.errors import NotFound
from egov_flow.procedure import read_files
from egov_flow.values import Command

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
RETRIEVED = (
    '<correlationProperty id="{0}" name="{0}"><correlationPropertyRetrievalExpression messageRef="m"><messagePath>{1}</messagePath>'
    "</correlationPropertyRetrievalExpression></correlationProperty>"
)
BOUND = '<correlationPropertyBinding correlationPropertyRef="{0}"><dataPath>{1}</dataPath></correlationPropertyBinding>'
WAITS = (
    '<startEvent id="s"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="c"/>'
)
THROWS = (
    '<startEvent id="s"/><intermediateThrowEvent id="t"><extensionElements><z:ioMapping xmlns:z="http://camunda.org/schema/zeebe/1.0">'
    '<z:input source="=order" target="number"/></z:ioMapping></extensionElements><messageEventDefinition messageRef="m"/></intermediateThrowEvent>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="t"/>'
)


def procedure_of(body: str, *properties: tuple[str, str, str], subscribes: bool = True):
    """Return a procedure; each property has a name, what reads it from a message, and what the process says it must be."""
    roots = "".join(RETRIEVED.format(name, path) for name, path, _ in properties)
    refs = "".join(f"<correlationPropertyRef>{name}</correlationPropertyRef>" for name, _, _ in properties)
    bindings = "".join(BOUND.format(name, data) for name, _, data in properties)
    subscription = f'<correlationSubscription id="cs" correlationKeyRef="k">{bindings}</correlationSubscription>' if subscribes else ""
    xml = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t"><message id="m" name="Payment"/>'
        f'{roots}<collaboration id="C"><participant id="p" processRef="P"/><correlationKey id="k" name="order">{refs}</correlationKey></collaboration>'
        f'<process id="P" isExecutable="true">{body}{subscription}</process></definitions>'
    )
    return read_files([("process.bpmn", xml.encode())], "keyed")


def started(procedure, **data):
    return kernel.step(kernel.compile(procedure), None, Command(kind="start", data=freeze(data)), NOW)


def test_a_wait_has_the_key_that_the_process_subscribes_to():
    step = started(procedure_of(WAITS, ("number", "number", "order.id")), order={"id": 7})

    assert [(w.name, w.key) for w in step.waits] == [("Payment", "7")]


def test_a_key_of_several_properties_is_canonical():
    step = started(procedure_of(WAITS, ("year", "year", "y"), ("number", "number", "n")), n=7, y="2026")

    assert step.waits[0].key == '{"number":"7","year":"2026"}'


def test_a_message_of_another_key_is_not_for_this_case():
    procedure = procedure_of(WAITS, ("number", "number", "n"))
    program, state = kernel.compile(procedure), started(procedure, n=7).state
    with pytest.raises(NotFound):
        kernel.step(program, state, Command(kind="send", target="Payment", arguments=freeze({"key": "8"})), NOW)

    assert kernel.step(program, state, Command(kind="send", target="Payment", arguments=freeze({"key": "7"})), NOW).status == "completed"


def test_a_thrown_message_has_the_key_that_is_read_from_what_it_carries():
    step = started(procedure_of(THROWS, ("number", "number", "n")), order=7, number=9)

    assert [(m.key, m.data) for m in step.messages] == [("7", {"number": 7})]


def test_a_key_that_no_process_subscribes_to_is_refused():
    (found,) = kernel.refusals(procedure_of(WAITS, ("number", "number", "n"), subscribes=False))

    assert (found.code, found.element) == ("EF-K081", "c")


def test_a_key_that_cannot_be_computed_parks_the_token():
    step = started(procedure_of(WAITS, ("number", "number", "order.id")))

    assert [i.kind for i in step.incidents] == ["expression"]


@pytest.mark.parametrize(
    ("body", "at"),
    [
        (
            (
                '<startEvent id="s" parallelMultiple="true"><messageEventDefinition messageRef="m"/><messageEventDefinition messageRef="o"/></startEvent>'
                '<userTask id="a"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>'
            ),
            "s",
        ),
        (
            (
                '<eventBasedGateway id="g" instantiate="true" eventGatewayType="Parallel"/>'
                '<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
                '<intermediateCatchEvent id="d"><messageEventDefinition messageRef="o"/></intermediateCatchEvent>'
                '<sequenceFlow id="f" sourceRef="g" targetRef="c"/><sequenceFlow id="h" sourceRef="g" targetRef="d"/>'
            ),
            "c",
        ),
    ],
    ids=["a start event that needs both", "a parallel event-based gateway"],
)
def test_the_message_that_begins_a_case_says_which_others_belong_to_it(body, at):
    retrieved = "<correlationPropertyRetrievalExpression"
    other = f'{retrieved} messageRef="o"><messagePath>number</messagePath></correlationPropertyRetrievalExpression>'
    procedure = procedure_of(body, ("number", "number", "number"))
    text = (
        procedure.files[0][1]
        .decode()
        .replace(retrieved, other + retrieved, 1)
        .replace("<message ", '<message id="o" name="Proof"/><message ', 1)
    )
    program = kernel.compile(read_files([("process.bpmn", text.encode())], "keyed"))
    step = kernel.step(
        program, None, Command(kind="start", target=at, data=freeze({"number": 7}), arguments=freeze({"message": "Payment"})), NOW
    )

    assert [(w.name, w.key) for w in step.waits] == [("Proof", "7")]
