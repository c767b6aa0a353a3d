# SPDX-License-Identifier: Apache-2.0
"""What a proof says of a corner case is true of the case that is played on it: nothing that it enters is dead, and what is sound does not get stuck."""

from __future__ import annotations

import pytest
from tests.corners.corner import FOLDER, Corner
from tests.corners.test_corners import CASES

from egov_flow.procedure import read
from egov_flow.proof import prove


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_played_was_foreseen(case: Corner) -> None:
    proof = prove(read(str(FOLDER / f"{case.name}.bpmn")), states=300)
    entered, _, rests = case.trace.replace("*", "").partition(" /")
    dead = {found.element for found in proof.counterexamples if found.kind == "dead element"}

    assert dead.isdisjoint(entered.split())
    if proof.sound:
        assert "stuck@" not in entered, rests
