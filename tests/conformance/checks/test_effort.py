# SPDX-License-Identifier: Apache-2.0
"""Rules about joins look at as much as they may and say where they stopped; what they take is counted in steps, not in time."""

from __future__ import annotations

import pytest

from egov_flow.checks import RULES, Example, Subject, check
from egov_flow.checks.checking import MOST
from egov_flow.checks.circles import circles
from egov_flow.checks.effort import MOST as MOST_STEPS
from egov_flow.checks.effort import Effort
from egov_flow.checks.rules.specification._starving import left_alone

MAYBE = '<conditionExpression xsi:type="tFormalExpression">again</conditionExpression>'


def _flow(source: str, target: str, condition: str = "") -> str:
    return f'<sequenceFlow id="Flow_{source}_{target}" sourceRef="{source}" targetRef="{target}">{condition}</sequenceFlow>'


def _meeting(joins: int) -> Example:
    """Inclusive joins in a ring: behind each a choice leads to the end or to the next."""
    parts = ['<startEvent id="S" /><endEvent id="E" /><parallelGateway id="P" />', _flow("S", "P")]
    for i in range(joins):
        parts.append(f'<inclusiveGateway id="J{i}" /><exclusiveGateway id="X{i}" default="Flow_X{i}_E" />')
        parts += [_flow("P", f"J{i}"), _flow(f"J{i}", f"X{i}"), _flow(f"X{i}", "E"), _flow(f"X{i}", f"J{(i + 1) % joins}", MAYBE)]
    return Example(bpmn="".join(parts))


def _blocks(count: int, *, kind: str) -> Example:
    """Splits and joins one after the other, without a way back."""
    parts = ['<startEvent id="S" /><endEvent id="E" />']
    before = "S"
    for i in range(count):
        parts.append(f'<{kind} id="P{i}" /><task id="A{i}" /><exclusiveGateway id="B{i}" /><{kind} id="J{i}" />')
        parts += [_flow(before, f"P{i}"), _flow(f"P{i}", f"A{i}", MAYBE), _flow(f"P{i}", f"B{i}", MAYBE), _flow(f"A{i}", f"J{i}")]
        parts += [_flow(f"B{i}", f"J{i}", MAYBE), _flow(f"B{i}", "E", MAYBE)]
        before = f"J{i}"
    return Example(bpmn="".join([*parts, _flow(before, "E")]))


def _steps(example: Example, look) -> int:
    effort = Effort(MOST_STEPS)
    for ways in Subject(procedure=example.procedure).ways:
        list(look(ways, effort))
    assert effort.stopped is None
    return MOST_STEPS - effort.left


def _alone(ways, effort):
    return left_alone(ways, (), effort)


def test_inclusive_joins_without_a_way_back_are_not_compared():
    assert _steps(_blocks(60, kind="inclusiveGateway"), circles) == 0


def test_parallel_joins_take_steps_as_there_are_elements():
    small, large = (_steps(_blocks(n, kind="parallelGateway"), _alone) for n in (20, 200))

    assert small > 0
    assert large <= 10 * small


def test_a_hundred_joins_in_a_ring_are_all_compared():
    example = _meeting(100)

    findings = Subject(procedure=example.procedure).circles

    assert len(findings) == 100 * 99 // 2, "each of them can come to wait for each other one"
    assert "EF-C905" not in {f.code for f in check(example.procedure)}


@pytest.mark.parametrize(
    ("rule", "look", "example"),
    [("inclusive-joins-meeting", circles, _meeting(30)), ("parallel-join-alone", _alone, _blocks(60, kind="parallelGateway"))],
    ids=["inclusive", "parallel"],
)
def test_where_there_is_too_much_to_follow_a_rule_says_where_it_stopped(rule, look, example):
    (looking,) = (known for known in RULES if known.name == rule)
    everything = list(looking(Subject(procedure=example.procedure)))

    *found, last = looking(Subject(procedure=example.procedure, effort=_steps(example, look) * 3 // 4))

    assert 0 < len(found) < len(everything)
    assert (last.code, last.severity, last.arguments) == ("EF-C905", "warning", {"rule": rule})
    assert last.element.startswith("J")
    assert last.place.line


def test_more_places_than_anybody_reads_are_told_as_more():
    many = "".join(f'<task id="T{i}" name="Do {i}" isForCompensation="true" />' for i in range(MOST + 20))

    told = [f for f in check(Example(bpmn=many).procedure) if f.code == "EF-C906"]

    assert [(f.arguments["rule"], f.arguments["count"], f.severity) for f in told] == [("compensation-activity-reached", "500", "info")]
