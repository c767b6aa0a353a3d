# SPDX-License-Identifier: Apache-2.0
"""Choices: open conditions are decided from outside, and everything that can happen can be enumerated when data is ignored."""

from datetime import UTC, datetime

import pytest

from egov_flow import kernel
from egov_flow.data import freeze
from egov_flow.errors import ConflictError, StoreError
from egov_flow.values import Command

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
XOR = "start s\nxor g | default g_c\nuser a\nuser b\nuser c\ns > g\ng > a : x = 1\ng > b : x = 2\ng > c"
LOOP = "start s\nxor m\nscript a | is {n: n + 1}\nxor g | default g_m\nend e\ns > m\nm > a\na > g\ng > e : n > 9\ng > m"


def waiting(program, outcome):
    return sorted(kernel.view(program, outcome.step.state).waiting)


def test_every_way_out_of_an_exclusive_gateway_is_one_outcome(drawn):
    program = drawn(XOR).program
    found = list(kernel.outcomes(program, None, Command(kind="start"), NOW))

    assert [waiting(program, o) for o in found] == [["a"], ["b"], ["c"]]
    assert [o.picks for o in found] == [(0,), (1,), (2,)]


@pytest.mark.parametrize(("default", "count"), [("", 3), (" | default g_c", 4)])
def test_every_subset_of_an_inclusive_gateway_is_one_outcome(drawn, default, count):
    text = f"start s\nor g{default}\nuser a\nuser b\nuser c\ns > g\ng > a : x > 1\ng > b : x > 2"
    program = drawn(text + ("\ng > c" if default else "")).program
    found = {tuple(waiting(program, o)) for o in kernel.outcomes(program, None, Command(kind="start"), NOW)}

    assert found == {("a",), ("b",), ("a", "b"), *([("c",)] if default else [])}
    assert len(found) == count


def test_picks_of_several_gateways_multiply(drawn):
    text = "start s\nxor g\nxor h\nuser a\nuser b\nuser c\ns > g\ng > a : x\ng > h : y\nh > b : x\nh > c : y"
    program = drawn(text).program

    assert [o.picks for o in kernel.outcomes(program, None, Command(kind="start"), NOW)] == [(0,), (1, 0), (1, 1)]


def test_a_loop_without_rest_is_explored_element_by_element(drawn):
    """Paused between two elements, a state has a marking too, and there are only so many."""
    program = drawn(LOOP).program
    todo = [o.step.state for o in kernel.outcomes(program, None, Command(kind="start"), NOW, entries=0)]
    seen = {}
    while todo:
        state = todo.pop()
        if kernel.marking(state) not in seen:
            seen[kernel.marking(state)] = state.status
            if state.pending or state.late:
                todo += [o.step.state for o in kernel.continuations(program, state, NOW)]

    assert 5 <= len(seen) <= 10
    assert "completed" in seen.values()


def test_the_marking_forgets_ids_times_and_data(drawn):
    text = "start s\nxor m\nuser a\nxor g | default g_m\nend e\nboundary b | on a | timer PT1H\ns > m\nm > a\na > g\ng > m : again\ng > e\nb > m"
    story = drawn(text.replace(" | default g_m", " | default g_e")).start()
    first = kernel.marking(story.state)

    assert kernel.marking(story.wait(hours=1).state) == first
    assert kernel.marking(story.complete("a", {"again": True, "x": 1}).state) == first
    assert kernel.marking(story.complete("a", {"again": False}).state) != first


def test_the_marking_tells_in_which_of_two_equal_subprocesses_a_token_is_under_way(drawn):
    text = "start s\nand f\nxor m\nsub p {\nuser a\nuser b\na > b\n}\ns > f\nf > m\nf > m2\nxor m2\nm2 > m\nm > p"
    story = drawn(text).start()
    first, second = (r.token for r in kernel.resting(story.program, story.state, "work"))
    story.do("complete", first)  # one sub-process stands at b, the other at a
    paused = [
        kernel.step(story.program, story.state, Command(kind="complete", target=str(t)), NOW, entries=0).state
        for t in (second, story.token("b"))
    ]

    assert len({kernel.marking(p) for p in paused}) == 2


def test_what_may_come_next_is_listed(drawn):
    text = """start s
    and f
    user a
    service b | handler h
    catch c | message Note
    catch d | timer P1D
    user k
    s > f
    f > a
    f > b
    f > c
    f > d"""
    story = drawn(text).start()

    assert [c.kind for c in kernel.possible_commands(story.program, story.state)] == ["complete", "report", "send", "due"]
    assert [c.target for c in kernel.starts(story.program)] == ["s"]


def test_a_timer_may_fire_at_once_when_data_is_ignored(drawn):
    program = drawn("start s\ncatch c | timer length\nend e\ns > c\nc > e").program
    (started,) = kernel.outcomes(program, None, Command(kind="start"), NOW)
    (command,) = kernel.possible_commands(program, started.step.state)
    (ended,) = kernel.outcomes(program, started.step.state, command, NOW)

    assert ended.step.status == "completed"


@pytest.mark.parametrize("ticks", [0, 1])
def test_a_repeating_timer_may_tick_for_ever_when_data_is_ignored(drawn, ticks):
    """Also from a state in which it has only one tick to come: the count is data."""
    story = drawn("start s\nuser a\nboundary b | on a | cycle R2/P1D | keeps\nend e\ns > a\na > e\nb > e").start()
    for _ in range(ticks):
        story.wait(days=1)
    state, markings = story.state, {kernel.marking(story.state)}
    for _ in range(4):
        command = kernel.possible_commands(story.program, state)[-1]
        assert command.kind == "due"
        (found,) = kernel.outcomes(story.program, state, command, NOW)
        state = found.step.state
        markings.add(kernel.marking(state))

    assert len(markings) == 1


def test_a_deadline_may_expire_when_data_is_ignored_and_the_step_may_be_paused(drawn):
    more = "procedure: demo\ndeadlines:\n  answer: {amount: 10, unit: working days, ends: [{element: a}]}\nlinks:\n  b: {expires: answer}\n"
    text = "start s\nuser a\nboundary b | on a | xml <timerEventDefinition/>\nuser late\ns > a\nb > late"
    program = drawn(text, more).program
    (started,) = kernel.outcomes(program, None, Command(kind="start"), NOW)
    command = kernel.possible_commands(program, started.step.state)[-1]
    (paused,) = kernel.outcomes(program, started.step.state, command, NOW, entries=0)

    assert (command.kind, command.target) == ("expire", "answer")
    assert len(paused.step.state.pending) == 1


def test_without_choices_an_open_condition_is_an_incident(drawn):
    story = drawn("start s\nxor g\nuser a\nuser b\ns > g\ng > a\ng > b", conditions="free").start()

    assert story.incidents == [("g", "condition")]
    assert story.do("resolve", story.token("g"), flow="g_b").waiting == ["b"]


class Following:
    """Choices that follow a log, and leave all else to data."""

    ignores_data = False

    def __init__(self, *flows):
        self.flows = flows

    def pick(self, options):
        return options.index(self.flows)


def test_a_log_decides_open_conditions_and_data_the_others(drawn):
    text = "start s\nxor h | default h_z\nuser z\nor g\nuser a\nuser b\nuser c\ns > h\nh > g : x = 1\nh > z\ng > a\ng > b\ng > c"
    program = drawn(text, conditions="free").program
    command = Command(kind="start", data=freeze({"x": 1}))
    step = kernel.step(program, None, command, NOW, choices=Following("g_a", "g_c"))

    assert sorted(kernel.view(program, step.state).waiting) == ["a", "c"]


def test_options_number_every_way_once(drawn):
    text = "start s\nor g | default g_d\nuser a\nuser b\nuser d\ns > g\ng > a : x\ng > b : x\ng > d"
    program = drawn(text).program
    options = kernel.options_of(program, program.node("g"))
    ways = [options.flows(i) for i in range(options.count)]

    assert len(set(ways)) == options.count == 4
    assert [options.index(way) for way in ways] == [0, 1, 2, 3]
    assert options.index(["g_a", "g_d"]) is None


def test_a_paused_state_is_neither_stored_nor_commanded(drawn):
    program = drawn(LOOP).program
    (paused,) = kernel.outcomes(program, None, Command(kind="start"), NOW, entries=1)

    with pytest.raises(StoreError, match="EF-K303"):
        kernel.dump(program, paused.step.state)
    with pytest.raises(ConflictError, match="EF-K224"):
        kernel.step(program, paused.step.state, Command(kind="correct"), NOW)


def test_a_stuck_join_is_found_at_the_end_of_a_paused_step_too(drawn):
    program = drawn("start s\nxor g\nand j\nxor x\nuser a\ns > g\ng > j : true\ng > x : false\nx > j\nj > a").program
    state = kernel.step(program, None, Command(kind="start"), NOW, entries=0).state
    while state.pending:
        state = kernel.proceed(program, state, NOW).state

    assert [(r.element, r.kind) for r in kernel.resting(program, state)] == [("j", "stuck")]


def test_proceed_goes_on_like_the_step_itself(drawn):
    text = "start s\nand f\nuser a\nsub p {\nuser b\n}\nthrow t | message M\nor j\nend e\ns > f\nf > a\nf > p\nf > t\nt > j\nj > e"
    program = drawn(text).program
    whole = kernel.step(program, None, Command(kind="start"), NOW).state
    state = kernel.step(program, None, Command(kind="start"), NOW, entries=0).state
    while state.pending or state.late:
        state = kernel.proceed(program, state, NOW).state

    assert kernel.dump(program, state) == kernel.dump(program, whole)
