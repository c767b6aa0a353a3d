# SPDX-License-Identifier: Apache-2.0
"""Errors that leave a sub-process in which something compensable was done (BPMN 2.0.2 §13.5.5.3)."""

import pytest
from tests.corners.drawing import bpmn

from egov_flow import kernel
from egov_flow.procedure import Procedure, read_files

DONE = "start i\nuser x\nboundary c | on x | compensate\nuser u | undoes\nc ~ u\n"
FAILS = DONE + "end e | error E\ni > x\nx > e\n"
BY_HANDLER = DONE + "service j | handler t\nend e\ni > x\nx > j\nj > e\n"
CATCHES = "boundary b | on p | error E\nend l\nb > l\n"
AROUND = "esp h {\nstart r | error E\nend q\nr > q\n}\n"


def drawn(text: str) -> Procedure:
    """Return a procedure drawn with the words of the corner cases, which know errors."""
    return read_files([("process.bpmn", bpmn(text).encode())], folder="drawn")


@pytest.mark.parametrize(
    "text",
    [
        f"start s\nsub p {{\n{FAILS}}}\n{CATCHES}s > p",
        f"start s\nsub p {{\n{BY_HANDLER}}}\n{CATCHES}s > p",
        f"start s\nsub p {{\nstart k\nsub o {{\n{FAILS}}}\nk > o\n}}\n{CATCHES}s > p",
        f"start s\nsub p {{\n{FAILS}}}\n{AROUND}s > p",
    ],
    ids=["end event", "handler", "deeper", "event sub-process around it"],
)
def test_an_error_may_not_leave_behind_what_it_should_compensate(text: str) -> None:
    assert [f.code for f in kernel.refusals(drawn(text)) if f.severity == "error"] == ["EF-K089"]


@pytest.mark.parametrize(
    "text",
    [
        f"start s\ntransaction p {{\n{FAILS}}}\n{CATCHES}s > p",
        f"start s\nsub p {{\n{FAILS}{AROUND}}}\n{CATCHES}s > p",
        f"start s\nsub p {{\n{DONE}end e\ni > x\nx > e\n}}\n{AROUND}s > p",
        "start s\nsub p {\nstart i\nuser x\nend e | error E\ni > x\nx > e\n}\n" + CATCHES + "s > p",
    ],
    ids=["hazard of a transaction", "caught inside", "nothing fails inside", "nothing to compensate"],
)
def test_it_may_where_the_standard_compensates_nothing(text: str) -> None:
    assert [f.code for f in kernel.refusals(drawn(text)) if f.severity == "error"] == []
