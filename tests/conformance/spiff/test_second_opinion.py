# SPDX-License-Identifier: Apache-2.0
"""On random diagrams of the slice and random commands, two engines by different people do exactly the same."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egov_flow.errors import EgovFlowError

TASKS = ("user", "manual", "service", "script", "throw")
CONDITIONS = ("n > 3", "n = 2", "b", "not(b)", 'contains(s, "a")', "missing", "n + 1", "s", "true", "false")
SCRIPTS = ("{n: n + 1}", '{b: n > 2, s: s + "a"}', "{list: [n, n]}", "n", "{n: null}")
XML = {
    "user": '<userTask id="{0}"/>',
    "manual": '<manualTask id="{0}"/>',
    "service": '<serviceTask id="{0}" camunda:topic="h"/>',
    "throw": '<intermediateThrowEvent id="{0}"/>',
    "end": '<endEvent id="{0}"/>',
}


@st.composite
def diagrams(draw):
    """Lines of an acyclic diagram: every element leads to later ones, gateways to several, in any order of the file."""
    count = draw(st.integers(1, 8))
    lines, later = [], [*(f"T{n}" for n in range(count)), "E0"]
    for number in range(count):
        name, targets = later[number], later[number + 1 :]
        kind = draw(st.sampled_from((*TASKS, "xor", "xor")))
        if kind == "xor":
            lines += draw(choice(name, targets))
            continue
        lines.append(f"script {name} {draw(st.sampled_from(SCRIPTS))}" if kind == "script" else XML[kind].format(name))
        lines.append(f"{name} > {draw(st.sampled_from(targets[:3]))}")
    return [*draw(st.permutations(lines)), f"S0 > {later[0]}"]


@st.composite
def choice(draw, name, targets):
    """Lines of an exclusive gateway with conditions, and a default or none; several flows may lead to one target."""
    taken = draw(st.lists(st.sampled_from(targets[:4]), min_size=1, max_size=4))
    ids = [f"{name}_F{n}" for n in range(len(taken))]
    default = draw(st.sampled_from([*ids, None]))
    lines = [f'<exclusiveGateway id="{name}"' + (f' default="{default}"' if default else "") + "/>"]
    for flow, target in zip(ids, taken, strict=True):
        condition = "" if flow == default else f"<conditionExpression><![CDATA[{draw(st.sampled_from(CONDITIONS))}]]></conditionExpression>"
        lines.append(f'<sequenceFlow id="{flow}" sourceRef="{name}" targetRef="{target}">{condition}</sequenceFlow>')
    return lines


DATA = st.fixed_dictionaries(
    {}, optional={"n": st.integers(0, 5), "b": st.booleans(), "s": st.sampled_from(["a", "bc", ""]), "missing": st.booleans()}
)
COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(("go on",) * 8 + ("fail", "error", "correct", "expire", "suspend", "resume", "start", "complete", "cancel")), DATA
    ),
    max_size=14,
)


def tell(case, word, data):
    """Let one command happen, or be refused by both."""
    resting = case.states[1].resting
    token = resting.token if resting else 1
    going_on = {"work": "complete", "job": "report", "incident": "resolve"}[resting.phase if resting else "work"]
    arguments = {"outcome": {"fail": "failure", "error": "error"}.get(word, "result")} if going_on == "report" else {}
    kind = going_on if word in {"go on", "fail", "error"} else word
    target = token if kind in {"complete", "report", "resolve"} else ""
    try:
        case.do(kind, target, data, **arguments)
    except EgovFlowError as refused:
        if not refused.code.startswith("EF-K"):  # EF-E2…: SpiffWorkflow lost the token, or asked for what it must not
            raise


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=diagrams(), data=DATA, commands=COMMANDS)
def test_two_engines_do_the_same(both, lines, data, commands):
    case = both(*lines)
    case.do("start", data=data)
    for word, more in commands:
        tell(case, word, more)
