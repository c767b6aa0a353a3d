# SPDX-License-Identifier: Apache-2.0
"""Boundary events (BPMN 2.0.2 §13.5.3, §10.5.6): interrupting ones take the activity away, the others run beside it."""

import pytest

from egov_flow.errors import AlreadyCompleted
from egov_flow.values import JobChange, WorkChange


def one(kind, boundary, keeps=False):
    return f"start s\n{kind}\nboundary b | on a | {boundary}{' | keeps' if keeps else ''}\nuser other\nend e\ns > a\na > e\nb > other"


def test_an_interrupting_timer_withdraws_the_work(drawn):
    story = drawn(one("user a", "timer P3D")).start()
    token = story.token("a")
    story.wait(days=3)

    assert story.waiting == ["other"]
    assert story.happened("entered", "fired", "withdrawn", "completed") == [
        "entered b",
        "fired b",
        "withdrawn a",
        "completed b",
        "entered other",
    ]
    assert story.last.work[0] == WorkChange("withdrawn", token, "a")
    with pytest.raises(AlreadyCompleted):
        story.do("complete", token)


def test_a_completed_activity_disarms_its_boundary(drawn):
    story = drawn(one("user a", "timer P3D")).start().complete("a")

    assert story.status == "completed"
    assert [(t.element, t.due) for t in story.last.timers] == [("b", None)]


def test_a_non_interrupting_timer_fires_once_and_the_work_stays_open(drawn):
    story = drawn(one("user a", "timer P3D", keeps=True)).start().wait(days=3)

    assert story.waiting == ["a", "other"]
    assert story.state.waits == {}
    assert story.complete("a").status == "running"
    assert story.complete("other").status == "completed"


def test_a_non_interrupting_message_may_come_again(drawn):
    story = drawn(one("user a", "message Question", keeps=True)).start().send("Question").send("Question")

    assert story.waiting == ["a", "other", "other"]
    assert story.complete("a").last.waits[0].open is False


def test_an_interrupting_message_takes_a_job_away(drawn):
    story = drawn(one("service a | handler h", "message Withdrawal")).start()
    token = story.token("a")
    story.send("Withdrawal", {"why": "moved"})

    assert story.last.jobs == (JobChange("withdrawn", token, "a", "h"),)
    assert story.variables == {"why": "moved"}
    assert story.waiting == ["other"]


def test_an_interrupting_event_takes_everything_inside_a_subprocess_away(drawn):
    text = "start s\nsub a {\nuser x\nsub y {\nuser z\n}\n}\nboundary b | on a | timer PT1H\nuser other\nend e\ns > a\na > e\nb > other"
    story = drawn(text).start()
    assert story.waiting == ["x", "z"]

    story.wait(hours=1)
    assert story.waiting == ["other"]
    assert sorted(story.happened("withdrawn")) == ["a", "x", "y", "z"]
    assert len(story.state.scopes) == 1


def test_a_message_beside_a_subprocess_leaves_it_running(drawn):
    text = "start s\nsub a {\nuser x\n}\nboundary b | on a | message Note | keeps\nuser other\nend e\ns > a\na > e\nb > other"
    story = drawn(text).start().send("Note")

    assert story.waiting == ["other", "x"]
    assert story.complete("x").complete("other").status == "completed"


def test_a_boundary_stands_at_a_receive_task_too(drawn):
    story = drawn(one("receive a | message Answer", "timer P14D")).start()

    assert drawn(one("receive a | message Answer", "timer P14D")).start().send("Answer").status == "completed"
    assert story.wait(days=14).waiting == ["other"]


@pytest.mark.parametrize("kind", ["task a", "script a | is {x: 1}"])
def test_a_task_that_is_done_at_once_cannot_be_interrupted(drawn, kind):
    story = drawn(one(kind, "timer PT0S")).start()

    assert (story.status, story.last.timers) == ("completed", ())


def test_the_drawn_timer_example(told):
    story = told("boundary_timer").start().wait(days=5)

    assert "Task_Answer" in story.waiting
    assert "Task_Answer" not in story.wait(days=5).waiting


def test_the_drawn_message_example(told):
    story = told("boundary_message").start().send("Document added", {"document": 1})
    assert "Task_Examine" in story.waiting

    assert "Task_Examine" not in story.send("Application withdrawn").waiting
