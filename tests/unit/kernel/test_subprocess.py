# SPDX-License-Identifier: Apache-2.0
"""The embedded sub-process (BPMN 2.0.2 §13.3.4)."""

TEXT = """start s
sub review {
start rs
user hear
user note
end re
rs > hear
hear > note
note > re
}
user after
s > review
review > after"""


def test_it_is_done_when_nothing_is_left_inside(drawn):
    story = drawn(TEXT).start()
    assert story.waiting == ["hear"]

    story.complete("hear")
    assert story.happened("completed") == ["hear"]

    story.complete("note")
    assert story.happened("completed") == ["note", "re", "review"]
    assert story.waiting == ["after"]
    assert len(story.state.scopes) == 1


def test_without_a_start_event_everything_without_incoming_flow_gets_a_token(drawn):
    """§13.3.4: activities and gateways without incoming sequence flows get a token."""
    story = drawn("start s\nsub p {\nuser a\nuser b\nuser c\na > c\n}\nend e\ns > p\np > e").start()

    assert story.waiting == ["a", "b"]
    assert story.complete("a").complete("b").complete("c").status == "completed"


def test_an_empty_one_passes_at_once(drawn):
    story = drawn("start s\nsub p {\n}\nuser a\ns > p\np > a").start()

    assert story.waiting == ["a"]
    assert story.happened("completed") == ["s", "p"]


def test_two_may_run_at_once(drawn):
    story = drawn("start s\nand f\nsub p {\nuser a\n}\nxor m\nend e\ns > f\nf > m\nf > m2\nxor m2\nm2 > m\nm > p\np > e").start()
    assert story.waiting == ["a", "a"]

    assert story.complete("a").complete("a").status == "completed"


def test_they_may_nest_as_deep_as_xml_may(drawn):
    """No recursion limits the depth of what runs, or of its end."""
    depth = 80
    text = "start s\n" + "".join(f"sub p{i} {{\n" for i in range(depth)) + "user a\n" + "}\n" * depth + "end e\ns > p0\np0 > e"
    story = drawn(text).start()
    assert story.waiting == ["a"]

    assert story.complete("a").status == "completed"


def test_the_branches_and_scopes_of_a_case_share_its_variables(drawn):
    story = drawn(TEXT).start({"x": 1}).complete("hear", {"x": 2, "heard": True})

    assert story.variables == {"x": 2, "heard": True}


def test_what_a_subprocess_declares_is_its_own(drawn):
    """BPMN 2.0.2 §10.4.1: a data object or property lives with its sub-process. Only what it names itself; all else is the case's."""
    text = """start s
    sub p {
    property q | name note
    user a
    xor g | default g_e
    user b
    end e
    a > g
    g > b : note = "inside"
    g > e
    }
    user after
    s > p
    p > after"""
    story = drawn(text).start({"note": "outside"}).complete("a", {"note": "inside", "other": 1})
    assert story.waiting == ["b"]

    story.complete("b")
    assert story.variables == {"note": "outside", "other": 1}


def test_the_drawn_example_runs_to_its_end(told):
    story = told("subprocess").start()
    while story.waiting:
        story.complete(story.waiting[0], {"complete": True, "decision": "grant"})

    assert story.status == "completed"
