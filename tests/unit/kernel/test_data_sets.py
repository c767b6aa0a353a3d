# SPDX-License-Identifier: Apache-2.0
"""Activities with several input and output sets (BPMN 2.0.2 §10.4.1, §10.4.2): which is chosen, what passes, and the wait for data."""

from tests.corners.data_sets import task
from tests.corners.drawing import bpmn

from egov_flow import kernel
from egov_flow.procedure import read_files
from egov_flow.proof import prove

JOB = f"start s\n{task('service', 'a', 'x y;z', 'r;q')} | handler h\nuser b\ns > a\na > b"


def test_a_handler_is_given_the_inputs_of_the_first_set_that_is_whole(story_of_xml):
    story = story_of_xml(bpmn(JOB)).start({"x": 1, "z": 3})

    assert [dict(job.data) for job in story.last.jobs] == [{"z": 3}]


def test_it_waits_until_a_set_is_whole_and_nobody_is_told_of_a_job_before(story_of_xml):
    story = story_of_xml(bpmn(JOB)).start({"x": 1})
    assert (story.waiting, story.last.jobs) == (["a"], ())
    assert [(w.kind, w.element) for w in kernel.awaited(story.program, story.state)] == [("data", "a")]

    story.do("correct", data={"w": 1})
    assert story.last.jobs == ()
    story.do("correct", data={"y": 2})

    assert [dict(job.data) for job in story.last.jobs] == [{"x": 1, "y": 2}]
    assert story.state.waits == {}


def test_what_is_null_is_not_there(story_of_xml):
    assert story_of_xml(bpmn(JOB)).start({"x": None, "y": 2, "z": None}).last.jobs == ()


def test_only_the_outputs_of_the_chosen_set_pass(story_of_xml):
    story = story_of_xml(bpmn(JOB)).start({"z": 3, "r": 0, "q": 0}).report("a", {"r": 1, "q": 2})

    assert (story.variables["r"], story.variables["q"]) == (1, 0)


def test_a_token_that_waits_for_data_can_be_moved(story_of_xml):
    story = story_of_xml(bpmn(JOB)).start()
    story.do("move", story.token("a"), to="b")

    assert (story.waiting, story.state.waits) == (["b"], {})


def test_what_fills_no_output_set_parks_the_token_and_another_way_may_be_named(story_of_xml):
    story = story_of_xml(bpmn(JOB)).start({"z": 3}).report("a", {"other": 1})
    assert story.incidents == [("a", "data")]

    story.do("resolve", story.incident_token(), flow="a_b")

    assert story.waiting == ["b"]


def test_proof_takes_data_as_coming():
    proof = prove(read_files([("process.bpmn", bpmn(JOB).encode())], "drawing"))

    assert (proof.sound, proof.counterexamples) == (True, ())
