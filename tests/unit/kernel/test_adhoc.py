# SPDX-License-Identifier: Apache-2.0
"""Ad-hoc sub-processes (BPMN 2.0.2 §13.3.5): what people may begin, and when they may not; the traces are corner cases."""

import pytest

from egov_flow import kernel
from egov_flow.errors import ConflictError, NotFound

DONE = "xml <completionCondition>done = true</completionCondition>"
TEXT = f"start s\nadHocSubProcess p | {DONE} {{\nuser a\nuser b\nuser c\nb > c\n}}\nuser n\ns > p\np > n"


def offered(story) -> list[str]:
    return [b.element for b in kernel.beginnings(story.program, story.state)]


def test_people_are_offered_what_nothing_inside_leads_to(drawn):
    story = drawn(TEXT).start()

    assert offered(story) == ["a", "b"]
    with pytest.raises(NotFound):
        story.do("begin", "c")
    with pytest.raises(NotFound):
        story.do("begin", "n")


def test_one_at_a_time_means_that_nothing_is_offered_while_one_runs(drawn):
    story = drawn(TEXT.replace("adHocSubProcess p |", "adHocSubProcess p | ordering Sequential |")).start().do("begin", "a")

    assert offered(story) == []
    with pytest.raises(ConflictError):
        story.do("begin", "b")
    story.complete("a", {"done": False})
    assert offered(story) == ["a", "b"]


def test_nothing_is_begun_in_one_that_is_complete_and_awaits_the_rest(drawn):
    story = drawn(TEXT.replace("adHocSubProcess p |", "adHocSubProcess p | cancelRemainingInstances false |")).start()
    story.do("begin", "a").do("begin", "b").complete("a", {"done": True})

    assert offered(story) == []
    with pytest.raises(ConflictError):
        story.do("begin", "a")


def test_in_several_that_run_at_once_the_place_is_named(drawn):
    several = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    story = drawn(TEXT.replace(DONE, f"{DONE}{several}")).start()
    places = [b.token for b in kernel.beginnings(story.program, story.state) if b.element == "a"]

    with pytest.raises(ConflictError):
        story.do("begin", "a")
    story.do("begin", "a", **{"in": str(places[1])})
    assert story.waiting == ["a"]


def test_without_a_condition_people_are_offered_to_end_it(drawn):
    story = drawn(TEXT.replace(f"p | {DONE}", "p")).start()
    offer = kernel.endings(story.program, story.state)

    assert [e.element for e in offer] == ["p"]
    story.do("end", "p")
    assert story.waiting == ["n"]
    assert kernel.endings(story.program, story.state) == ()


def test_what_has_a_condition_or_does_not_run_is_ended_by_nobody(drawn):
    story = drawn(TEXT).start()

    assert kernel.endings(story.program, story.state) == ()
    for element in ("p", "a", "nowhere"):
        with pytest.raises(NotFound, match="EF-K234"):
            story.do("end", element)


def test_of_several_that_run_at_once_one_is_named_to_end_it(drawn):
    several = "xml <multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    story = drawn(TEXT.replace(DONE, several)).start()
    places = [e.token for e in kernel.endings(story.program, story.state)]

    with pytest.raises(ConflictError, match="EF-K235"):
        story.do("end", "p")
    story.do("end", "p", **{"in": str(places[0])})
    assert [e.token for e in kernel.endings(story.program, story.state)] == places[1:]
    story.do("end", "p")
    assert story.waiting == ["n"]


def test_one_that_awaits_what_runs_is_ended_once(drawn):
    story = drawn(TEXT.replace(f"p | {DONE}", "p | cancelRemainingInstances false")).start().do("begin", "a").do("end", "p")

    assert kernel.endings(story.program, story.state) == ()
    with pytest.raises(ConflictError, match="EF-K236"):
        story.do("end", "p")
    story.complete("a")
    assert story.waiting == ["n"]
