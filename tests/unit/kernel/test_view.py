# SPDX-License-Identifier: Apache-2.0
"""What anybody may ask of a state, and the engine port."""

from collections import Counter

from egov_flow import kernel
from egov_flow.ports import Engine
from egov_flow.values import Command

TEXT = "start s\nand f\nuser a\nsub p {\nuser b\nuser c\n}\nand j\nend e\ns > f\nf > a\nf > p\na > j\np > j\nj > e"


def test_the_view_names_where_tokens_rest_in_the_order_of_their_ids(drawn):
    story = drawn(TEXT).start({"x": 1})
    seen = kernel.view(story.program, story.state)

    assert (seen.status, seen.waiting, seen.variables) == ("running", ("a", "b", "c"), {"x": 1})


def test_tokens_are_counted_for_pictures_and_joins_show_theirs(drawn):
    story = drawn(TEXT).start().complete("a")

    assert kernel.tokens(story.program, story.state) == Counter({"b": 1, "c": 1, "j": 1})


def test_open_work_and_waits_can_be_listed(drawn):
    text = "start s\nservice a | handler h\nboundary t | on a | timer P1D\nuser b\ns > a\ns > b\nt > b"
    story = drawn(text).start()

    assert [(r.element, r.phase, r.name) for r in kernel.resting(story.program, story.state)] == [("a", "job", "h"), ("b", "work", "")]
    assert [r.element for r in kernel.resting(story.program, story.state, "work")] == ["b"]
    assert [(w.element, w.kind, w.token) for w in kernel.awaited(story.program, story.state)] == [("t", "timer", story.token("a"))]
    assert kernel.next_due(story.state) == kernel.awaited(story.program, story.state)[0].due


def test_the_kernel_is_an_engine(drawing, drawn):
    engine: Engine = kernel.KernelEngine()
    procedure = drawing(TEXT)
    program = engine.compile(procedure)
    step = engine.step(program, None, Command(kind="start"), drawn(TEXT).now)

    assert (engine.name, engine.version) == ("kernel", kernel.SEMANTICS)
    assert engine.refusals(procedure) == ()
    assert engine.load(program, engine.dump(program, step.state)) == step.state
    assert engine.view(program, step.state).waiting == ("a", "b", "c")


def test_a_program_states_what_it_was_made_of(drawing):
    program = kernel.compile(drawing("start s\nuser a\ns > a", "procedure: demo\nversion: '7'\nzone: Asia/Jakarta\n"))

    assert (program.procedure, program.version, program.semantics) == ("demo", "7", kernel.SEMANTICS)
    assert len(program.sha256) == 64
    assert program.tzdata.startswith("20")
    assert str(program.zone) == "Asia/Jakarta"


def test_whoever_works_at_an_instance_sees_its_item_and_what_is_around_it(drawn):
    loop = "<multiInstanceLoopCharacteristics><loopDataInputRef>xs</loopDataInputRef><inputDataItem id='x'/></multiInstanceLoopCharacteristics>"
    case = drawn(f"start s\nuser a | xml {loop}\ns > a").start({"xs": [5, 6], "n": 1})
    tokens = [r.token for r in kernel.resting(case.program, case.state, "work")]

    seen = kernel.variables_seen(case.program, case.state)
    assert [seen(t)["x"] for t in tokens] == [5, 6]
    assert seen(tokens[0])["n"] == 1
    assert seen(999) == case.variables
