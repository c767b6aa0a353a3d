# SPDX-License-Identifier: Apache-2.0
"""How a case begins and ends (BPMN 2.0.2 §10.5.2, §10.5.3, §13.2, §13.5.6)."""

from datetime import UTC, datetime

import pytest
from tests.corners.drawing import bpmn

from egov_flow import kernel
from egov_flow.data import freeze
from egov_flow.errors import AlreadyCompleted, ConflictError, InvalidData, NotFound
from egov_flow.procedure import read_files
from egov_flow.values import Command


def test_a_case_begins_at_its_only_none_start(told):
    story = told("linear").start()

    assert story.happened("started", "completed") == ["started linear", "completed Start_Received"]


def test_each_of_several_none_starts_begins_a_case_of_its_own(drawn):
    """§10.5.2: each start event is an independent event, so a start must name one."""
    text = "start s1\nstart s2\nuser a\nuser b\ns1 > a\ns2 > b"
    with pytest.raises(ConflictError, match="EF-K209"):
        drawn(text).start()

    assert drawn(text).start(at="s2").waiting == ["b"]
    with pytest.raises(NotFound, match="EF-K210"):
        drawn(text).start(at="a")


def test_a_message_start_is_named_by_the_start_command(drawn):
    text = "start s\nstart m | message Petition\nuser a\nuser b\ns > a\nm > b"

    assert drawn(text).start().waiting == ["a"]
    story = drawn(text).start({"x": 1}, at="m")
    assert story.waiting == ["b"]
    assert story.happened("caught") == ["m"]


def test_a_process_with_message_starts_alone_needs_one_named(drawn):
    with pytest.raises(ConflictError, match="EF-K209"):
        drawn("start m | message Petition\nuser a\nm > a").start()


def test_without_a_start_event_everything_without_incoming_flow_gets_a_token(drawn):
    """§10.5.2: all flow objects without incoming sequence flow are started."""
    assert drawn("user a\nuser b\nuser c\na > c").start().waiting == ["a", "b"]


def test_a_case_is_completed_when_no_token_is_left(drawn):
    story = drawn("start s\nand f\nuser a\nend e1\nend e2\ns > f\nf > a\nf > e1\na > e2").start({"x": 1})
    assert story.status == "running"

    story.complete("a")
    assert story.status == "completed"
    assert story.happened("completed")[-1] == "P"
    assert story.variables == {"x": 1}


def test_a_terminate_end_takes_every_token_of_the_process(told):
    story = told("terminate").start()
    story.complete("Task_Check", {"complete": False, "admissible": False})
    while story.status == "running" and story.waiting:
        story.complete(story.waiting[0], {"complete": False, "admissible": False})

    assert story.status == "completed"


def test_a_terminate_end_inside_a_subprocess_ends_only_that(drawn):
    """§13.5.6: the sub-process is terminated; the process around it goes on."""
    text = "start s\nsub p {\nuser a\nuser b\nend t | terminate\nb > t\n}\nuser c\ns > p\np > c"
    story = drawn(text).start().complete("b")

    assert story.waiting == ["c"]
    assert story.happened("withdrawn", "terminated") == ["terminated p", "withdrawn a"]


def test_terminate_takes_what_the_same_step_opened_and_nobody_hears_of_it(drawn):
    text = "start s\nand f\nuser a\nend t | terminate\ns > f\nf > a\nf > t"
    story = drawn(text).start()

    assert (story.status, story.last.work) == ("completed", ())
    assert story.happened("opened", "withdrawn") == ["opened a", "withdrawn a"]


def test_a_case_is_started_once_and_ends_once(drawn):
    story = drawn("start s\nuser a\ns > a").start()
    with pytest.raises(ConflictError, match="EF-K201"):
        story.start()
    story.complete("a")
    for kind in ("complete", "due", "correct", "cancel", "resume"):
        with pytest.raises(AlreadyCompleted, match="EF-K202"):
            story.do(kind, 2)


def test_nothing_happens_before_the_start(drawn):
    with pytest.raises(NotFound, match="EF-K200"):
        drawn("start s\nuser a\ns > a").do("complete", 2)


def test_the_kernel_takes_its_own_commands_only(drawn):
    with pytest.raises(ConflictError, match="EF-K216"):
        drawn("start s\nuser a\ns > a").start().do("claim", 2)


def test_a_moment_without_zone_is_refused(drawn):
    story = drawn("start s\nuser a\ns > a")
    with pytest.raises(InvalidData, match="EF-K221"):
        kernel.step(story.program, None, Command(kind="start"), story.now.replace(tzinfo=None))


def test_a_start_needs_no_data(drawing):
    program = kernel.compile(drawing("start s\nuser a\ns > a"))

    assert kernel.step(program, None, Command(kind="start", data=freeze({})), datetime(2026, 1, 5, 9, tzinfo=UTC)).status == "running"


def test_only_what_a_start_event_maps_of_its_message_becomes_variables(story_of_xml):
    story = story_of_xml(bpmn("start s | message M | out n = x + 1\nuser a\ns > a")).start({"x": 1, "secret": 2}, at="s")
    assert (story.waiting, dict(story.variables)) == (["a"], {"n": 2})


def test_what_a_start_event_cannot_map_parks_the_token_with_what_the_message_brought(story_of_xml):
    mapped = "start s | message M | out n = matches(x, pattern)\nuser a\ns > a"
    story = story_of_xml(bpmn(mapped)).start({"x": "x", "pattern": "(?=x)"}, at="s")
    assert (story.incidents, dict(story.variables)) == ([("s", "expression")], {})

    story.do("resolve", story.incident_token(), flow="s_a")

    assert story.waiting == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "start s\nuser a\ns > a\nesp e {\nstart t | message M | out n = x\nuser h\nt > h\n}",
        "start s\nuser a\ns > a\nuser h\nboundary b | on a | message M | out n = x\nb > h",
        "start s | together | message M | message N | out n = x\nuser a\ns > a",
        "start s | out n = x\nuser a\ns > a",
    ],
    ids=["in an event sub-process", "on a border", "of several messages", "of nothing"],
)
def test_what_an_event_maps_elsewhere_is_refused(text):
    found = kernel.refusals(read_files([("process.bpmn", bpmn(text).encode())], "drawing"))

    assert [f.code for f in found if f.severity == "error"] == ["EF-K015"]


def test_a_process_that_cannot_wait_for_what_may_interrupt_it_has_not_begun(drawn):
    story = drawn("start s\nuser a\ns > a\nsub e | triggeredByEvent true {\nstart t | timer pause\nuser h\nt > h\n}").start()
    assert (story.incidents, story.waiting) == ([("s", "timer")], ["s"])

    story.do("retry", story.incident_token(), {"pause": "PT1H"})

    assert story.waiting == ["a"]
    assert story.wait(hours=1).waiting == ["h"]
