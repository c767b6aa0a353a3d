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
