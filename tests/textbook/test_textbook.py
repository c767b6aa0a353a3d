# SPDX-License-Identifier: Apache-2.0
"""Textbook models run as they are drawn: each file opens in a modeler, is executed without a refusal, and gives the trace that its reader expects."""

import pytest
from tests.corners.corner import Play
from tests.textbook.drawing import textbook
from tests.textbook.models import FOLDER, MODELS, Model

from egov_flow import kernel, prove
from egov_flow.checks import check
from egov_flow.data import freeze
from egov_flow.errors import blocking
from egov_flow.procedure import read, read_files
from egov_flow.values import Command

PLAYS = [(model, *play) for model in MODELS for play in model.plays]
every = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)


@pytest.mark.parametrize(("model", "play", "trace"), PLAYS, ids=[f"{m.name}-{i}" for m in MODELS for i in range(len(m.plays))])
def test_it_runs_as_it_is_drawn(model: Model, play: tuple[str, ...], trace: str):
    assert Play(kernel.compile(read(str(FOLDER / f"{model.name}.bpmn")))).play(play) == trace


@every
def test_the_file_is_what_the_lines_draw_and_everything_in_it_is_drawn(model: Model):
    text = (FOLDER / f"{model.name}.bpmn").read_text("utf-8")
    procedure = read_files([("process.bpmn", text.encode())], model.name)
    shown = {found.code for found in check(procedure)}

    assert text == textbook(model.name, model.drawing), "python -m tests.textbook"
    assert blocking(check(procedure)) == []
    assert shown.isdisjoint({"EF-C063", "EF-C064", "EF-B024", "EF-B025", "EF-C330"})


@every
def test_it_is_proved_sound(model: Model):
    proof = prove(read(str(FOLDER / f"{model.name}.bpmn")))

    assert proof.counterexamples == ()
    assert proof.sound, proof.not_verified


def test_messages_bring_and_carry_what_their_associations_name():
    play = Play(kernel.compile(read(str(FOLDER / "nobel_prize.bpmn"))))
    play.play(('start {laureates: "C", experts: []}', "send Nomination", "complete screen_candidates", "complete write_recommendations"))
    assert play.state is not None
    step = kernel.step(
        play.program, play.state, Command(kind="complete", target=play.token("choose_laureates"), data=freeze({"laureates": "C"})), play.now
    )

    assert [(message.name, message.data) for message in step.messages] == [("Announcement", {"names": "C"})]


def test_there_are_more_than_ten_and_each_has_a_file():
    assert len(MODELS) > 10
    assert sorted(file.stem for file in FOLDER.glob("*.bpmn")) == sorted(model.name for model in MODELS)
