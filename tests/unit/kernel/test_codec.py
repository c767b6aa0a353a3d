# SPDX-License-Identifier: Apache-2.0
"""Stored states: small, the same for the same state, in two parts, and never misread. (Every story also checks dump and load at each step.)"""

import json
from datetime import UTC, datetime

import attrs
import pytest

from egov_flow import kernel
from egov_flow.errors import StoreError
from egov_flow.values import SYSTEM, Command, Marking

RICH = """start s
and f
user a
service b | handler h
catch c | message Note
sub p {
user x
}
and j
user k
boundary t | on k | cycle R5/P1M | keeps
end e
s > f
f > a
f > b
f > c
f > p
f > k
a > j
c > j
j > e"""


@pytest.fixture
def rich(drawn):
    return drawn(RICH).start({"name": "secret"}).report("b", outcome="failure").complete("a")


def test_a_state_in_the_middle_of_everything_comes_back_as_it_was(rich):
    assert kernel.load(rich.program, kernel.dump(rich.program, rich.state)) == rich.state


def test_variables_and_keys_stand_in_the_secret_part_alone(rich):
    marking = kernel.dump(rich.program, rich.state)

    assert b"secret" not in marking.clear
    assert b"secret" in marking.secret


def test_the_state_of_an_officers_case_is_small(drawn):
    text = """start start
    user u1
    xor xg | default xg_u2b
    user u2a
    user u2b
    xor xm
    and fork
    user u3
    user u4
    and join
    end end
    start > u1
    u1 > xg
    xg > u2a : amount > 100
    xg > u2b
    u2a > xm
    u2b > xm
    xm > fork
    fork > u3
    fork > u4
    u3 > join
    u4 > join
    join > end"""
    story, sizes = drawn(text).start({"amount": 200}), []
    for element in ("u1", "u2a", "u3", "u4"):
        sizes.append(len(kernel.dump(story.program, story.state).clear))
        story.complete(element)

    assert story.status == "completed"
    assert max(sizes) <= 300


GOLDEN = Marking(
    b'{"f":1,"p":"","s":"running","n":10,"c":[[1,"",0,0,[[3,"b","i",0,[],["handler","EF-K107",{"handler":"h"},"body",'
    b'"2026-01-05T09:00:00+00:00",""]],[4,"c","e",0,[5]],[6,"p","b",7],[8,"k","w",0,[9]]],{"j":{"a_j":1}}],[7,"p",1,6,[[10,"x","w"]]]],'
    b'"w":[[5,"m",1,4,"c","Note"],[9,"t",1,8,"t","","2026-02-05T09:00:00+00:00","2026-01-05T09:00:00+00:00",[1],1,[4]]]}',
    b'{"v":{"1":{"name":"secret"}}}',
)
"""Written once by format 1; it must be readable for ever."""


def test_a_state_of_format_1_is_readable_for_ever(rich):
    program = attrs.evolve(rich.program, sha256="")

    assert kernel.load(program, GOLDEN) == rich.state
    assert kernel.dump(program, rich.state) == GOLDEN


GARBAGE = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b"\xff",
    b'{"f":1}',
    b'{"f":1,"p":"","s":"running","n":1,"c":[]}',
    b'{"f":1,"p":"","s":"running","n":1,"c":[[1,"",0,0,[[2,"nowhere","w"]]]]}',
    b'{"f":1,"p":"","s":"running","n":9,"c":[[1,"",0,0,[[2,"a","z"]]]]}',
    b'{"f":1,"p":"","s":"running","n":9,"c":[[1,"",0,0,[[2,"a","w",0,0,0,0,0]]]]}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("clear", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused_with_one_kind_of_error(drawn, clear):
    program = attrs.evolve(drawn("start s\nuser a\ns > a").program, sha256="")

    with pytest.raises(StoreError, match="EF-K30"):
        kernel.load(program, Marking(clear, b'{"v":{}}'))


@pytest.mark.parametrize(
    "change",
    [
        {"n": 3},
        {"s": "asleep"},
        {"s": "completed"},
        {"w": []},
        {"o": [[1, "j"], [7, "j"]]},
    ],
)
def test_a_state_that_contradicts_itself_is_refused(rich, change):
    marking = kernel.dump(rich.program, rich.state)
    clear = json.dumps({**json.loads(marking.clear), **change}).encode()

    with pytest.raises(StoreError, match="EF-K300"):
        kernel.load(rich.program, Marking(clear, marking.secret))


def test_another_format_and_another_program_are_told_apart(rich, drawn):
    marking = kernel.dump(rich.program, rich.state)
    with pytest.raises(StoreError, match="EF-K301"):
        kernel.load(rich.program, Marking(marking.clear.replace(b'"f":1', b'"f":99'), marking.secret))
    with pytest.raises(StoreError, match="EF-K302"):
        kernel.load(drawn("start s\nuser a\ns > a").program, marking)


def test_a_secret_part_that_is_none_is_refused(rich):
    marking = kernel.dump(rich.program, rich.state)
    for secret in (b"", b"null", b"{}", b'{"v":{"1":3}}', b'{"v":{"1":[]}}'):
        with pytest.raises(StoreError, match="EF-K300"):
            kernel.load(rich.program, Marking(marking.clear, secret))


def test_a_scope_that_a_step_left_alone_is_not_written_again(drawn):
    case, engine = drawn("start s\nand f\nsub p {\nuser x\n}\nsub q {\nuser y\n}\ns > f\nf > p\nf > q").start(), kernel.KernelEngine()
    engine.dump(case.program, case.state)
    first = {number: scope.written for number, scope in case.state.scopes.items()}
    (x,) = (r.token for r in kernel.resting(case.program, case.state) if r.element == "x")
    command = Command(kind="complete", by=SYSTEM, target=str(x))
    after = engine.step(case.program, case.state, command, datetime(2026, 1, 5, tzinfo=UTC)).state
    marking = engine.dump(case.program, after)

    written = {number: scope.written for number, scope in after.scopes.items()}
    assert [number for number in written if written[number] is first[number]] == [5]
    assert engine.dump(case.program, engine.load(case.program, marking)) == marking


def test_variables_are_written_again_when_they_changed_and_only_then(drawn):
    case, engine = drawn("start s\nuser a\nuser b\nuser c\ns > a\na > b\nb > c").start({"amount": 1}), kernel.KernelEngine()
    engine.dump(case.program, case.state)
    first = case.state.scopes[1].written
    case.complete("a")
    engine.dump(case.program, case.state)
    left_alone = case.state.scopes[1].written
    case.complete("b", {"amount": 2})

    assert left_alone is not first
    assert left_alone.variables is first.variables
    assert engine.dump(case.program, case.state).secret == b'{"v":{"1":{"amount":2}}}'


def test_of_what_the_instances_yield_only_what_is_new_is_written(drawn):
    loop = (
        "<multiInstanceLoopCharacteristics><extensionElements><z:loopCharacteristics xmlns:z='http://camunda.org/schema/zeebe/1.0' "
        "inputCollection='=offices' inputElement='office' outputCollection='answers' outputElement='=answer'/></extensionElements>"
        "</multiInstanceLoopCharacteristics>"
    )
    case = drawn(f"start s\nuser a | xml {loop}\nuser b\ns > a\na > b").start({"offices": ["north", "south", "east"]})
    case.complete_first("a", {"answer": "yes"})
    engine = kernel.KernelEngine()
    engine.dump(case.program, case.state)
    (first,) = (texts for scope in case.state.scopes.values() for _, texts in scope.written.kept.lists.values())
    case.complete_first("a", {"answer": "no"})
    marking = engine.dump(case.program, case.state)
    (second,) = (texts for scope in case.state.scopes.values() for _, texts in scope.written.kept.lists.values())

    assert (first, second) == ([b'"yes"', b"null", b"null"], [b'"yes"', b'"no"', b"null"])
    assert second[0] is first[0]
    assert b'"outputs":["yes","no",null]' in marking.secret


def test_the_bytes_of_a_scope_are_those_of_the_program_that_asks(drawn):
    case = drawn("start s\nuser a\nend e\ns > a\na > e").start()
    twin = drawn("start s\nuser b\nend e\ns > b\nb > e").start()

    assert b'"a"' in kernel.KernelEngine().dump(case.program, case.state).clear
    assert b'"b"' in kernel.KernelEngine().dump(twin.program, case.state).clear
