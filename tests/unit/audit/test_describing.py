# SPDX-License-Identifier: Apache-2.0
"""An event as a line that a person reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from egov_flow import kernel
from egov_flow.audit import describe
from egov_flow.values import COMMANDS, Event

KERNEL = Path(kernel.__file__).parent
OCCURRENCES = sorted(
    {"ended", *(kind for file in KERNEL.glob("*.py") for kind in re.findall(r'(?:happen|Occurrence)\("(\w+)"', file.read_text("utf-8")))}
)
"""What the kernel tells, as its sources say it."""


def event(**fields):
    base = {
        "tenant": "default",
        "case": "case-1",
        "case_seq": 1,
        "time": datetime(2026, 1, 5, 2, tzinfo=UTC),
        "kind": "claim",
        "command": "claim",
    }
    return Event(**{**base, **fields})


def test_a_line_says_when_who_and_what():
    line = describe(event(element="Task_Decide", actor="officer:3"), zone=ZoneInfo("Asia/Jakarta"))

    assert line == "2026-01-05 09:00:00+07:00  officer:3  claimed Task_Decide"


def test_a_line_says_on_whose_behalf_and_why():
    line = describe(event(kind="extend", detail="answer", actor="officer:3", on_behalf_of="officer:1", reason="many files"), "id")

    assert line == "2026-01-05 02:00:00+00:00  officer:3  atas nama officer:1  memperpanjang tenggat answer  alasan: many files"


@pytest.mark.parametrize("kind", [*OCCURRENCES, *COMMANDS])
def test_every_kind_has_words_of_its_own(kind):
    one = event(kind=kind, element="E1", detail="d1")

    assert describe(one) != describe(one, "id")
    assert describe(one).partition("+00:00")[2].strip() != f"{kind} E1 d1"


def test_a_kind_of_a_later_version_is_told_by_its_name():
    assert describe(event(kind="teleported", element="E1")).endswith("teleported E1")
