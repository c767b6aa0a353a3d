# SPDX-License-Identifier: Apache-2.0
"""The event-based gateway (BPMN 2.0.2 §13.4.4): the first event decides, the others are not awaited any more."""

TEXT = """start s
events g
catch paid | message Payment
catch late | timer P10D
receive withdrawn | message Withdrawal
user grant
user remind
end e
s > g
g > paid
g > late
g > withdrawn
paid > grant
late > remind
withdrawn > e"""


def test_the_message_that_comes_first_decides(drawn):
    story = drawn(TEXT).start()
    assert story.waiting == ["g"]

    story.send("Payment", {"amount": 5})

    assert story.waiting == ["grant"]
    assert story.happened("left", "taken", "entered", "caught") == [
        "left g", "taken g_paid", "entered paid", "caught paid", "taken paid_grant", "entered grant",
    ]  # fmt: skip
    assert [t.due for t in story.last.timers] == [None]
    assert [(w.name, w.open) for w in story.last.waits] == [("Payment", False), ("Withdrawal", False)]
    assert story.state.waits == {}


def test_time_may_decide(drawn):
    assert drawn(TEXT).start().wait(days=10).waiting == ["remind"]


def test_a_receive_task_may_decide(drawn):
    assert drawn(TEXT).start().send("Withdrawal").status == "completed"


def test_the_drawn_example(told):
    story = told("event_gateway").start()
    story.complete(story.waiting[0])

    assert story.waiting == [r for r in story.waiting if r.startswith("Gateway")]
    assert len(story.state.waits) >= 2
