# SPDX-License-Identifier: Apache-2.0
"""A redesign file is read whole or refused whole, and everything wrong in it is told at its line and column."""

from __future__ import annotations

import pytest

from egov_flow.errors import NotFound, RedesignError
from egov_flow.redesign import Parallelise, Redesign, Remove, SetDeadline

GOOD = """redesign: fast_track
of: {procedure: permit, version: "1", sha256: 0123456789abcdef}
to: "2"
why: people wait
legal_basis: ACT-5
targets: [{measure: cycle_time.median, at_most: 3 working days}]
changes:
  - parallelise: [Task_A, Task_B]
    because: neither reads what the other writes
  - remove: Task_C
    because: nobody reads it
  - deadline: {name: decision, amount: 7, unit: working days}
    because: it can be done
    legal_basis: [ACT-5]
"""


def _findings(text):
    with pytest.raises(RedesignError) as caught:
        Redesign.parse(text.encode(), "redesigns/fast.yaml")
    return caught.value.findings


def test_a_good_file_is_a_value():
    redesign = Redesign.parse(GOOD.encode())

    assert (redesign.name, redesign.to, redesign.legal_basis) == ("fast_track", "2", ("ACT-5",))
    assert [type(c.operation) for c in redesign.changes] == [Parallelise, Remove, SetDeadline]
    assert redesign.changes[0].operation.steps == ("Task_A", "Task_B")
    assert redesign.targets[0].at_most == "3 working days"


def test_a_misspelt_key_is_told_with_its_place_and_the_right_word():
    (found,) = _findings(GOOD.replace("  - remove:", "  - remve:"))

    assert str(found.place) == "redesigns/fast.yaml:10:5"
    assert "remove" in found.text()


def test_a_change_without_an_operation_is_told():
    (found,) = _findings(GOOD.replace("  - remove: Task_C\n    because: nobody reads it\n", "  - because: no reason\n"))

    assert (found.code, found.place.line) == ("EF-R003", 10)


def test_two_operations_in_one_change_are_told():
    assert [f.code for f in _findings(GOOD.replace("  - remove: Task_C", "  - remove: Task_C\n    parallelise: [A, B]"))] == ["EF-R003"]


def test_a_change_needs_a_reason():
    (found,) = _findings(GOOD.replace("    because: nobody reads it\n", ""))

    assert "because" in found.message()


def test_a_redesign_that_changes_nothing_is_told():
    assert [f.code for f in _findings(GOOD[: GOOD.index("changes:")] + "changes: []\n")] == ["EF-R004"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "- a\n", "redesign: [\n", "redesign: &a x\n", "\tx: 1\n", "\x00"])
def test_what_is_no_redesign_is_refused_in_one_place(text):
    assert len(_findings(text)) >= 1


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NotFound, match="EF-R001"):
        Redesign.read(tmp_path / "none.yaml")


def test_a_hash_that_is_too_short_to_be_one_is_told():
    (found,) = _findings(GOOD.replace("0123456789abcdef", "0123"))

    assert found.element == "of.sha256"
