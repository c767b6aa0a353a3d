# SPDX-License-Identifier: Apache-2.0
"""An event with several definitions means what a drawing with one event for each means: a gateway of events, a split and a join, several borders.

Whatever happens in whatever order, both drawings accept and refuse the same and come to the same work.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corners.corner import Play
from tests.corners.drawing import bpmn

from egov_flow import kernel
from egov_flow.errors import EgovFlowError
from egov_flow.procedure import read_files

PARTS = {"m": "message M", "o": "message N", "s": "signal S", "t": "timer PT1H", "c": "when n > 3"}
HAPPENS = ("send M", "send N", "signal S", "wait PT1H", "correct {n: 4}", "correct {n: 1}", "complete w")


def each(line: str, more: str = "") -> str:
    """Return a line (and more) for each part; `@` stands for its letter, `#` for its definition."""
    return "\n".join(f"{line}\n{more}".replace("@", letter).replace("#", part) for letter, part in PARTS.items())


def together(line: str) -> str:
    return line.replace("#", " | ".join(PARTS.values()))


HOST = "start s\nuser w\ns > w\nuser h\n"
BRANCH = "start s\nand g\nuser w\ncatch c | signal S\nuser k\nuser h\ns > g\ng > w\ng > c\nc > k\n"
EQUAL = {
    "one is enough": (
        together("start s\ncatch e | #\nuser h\ns > e\ne > h"),
        "start s\nevents g\nuser h\ns > g\n" + each("catch e@ | #", "g > e@\ne@ > h"),
    ),
    "all must come": (
        together("start s\ncatch e | together | #\nuser h\ns > e\ne > h"),
        "start s\nand g\nand j\nuser h\ns > g\nj > h\n" + each("catch e@ | #", "g > e@\ne@ > j"),
    ),
    "on a border": (HOST + together("boundary e | on w | #\ne > h"), HOST + each("boundary e@ | on w | #", "e@ > h")),
    "on a border beside": (
        HOST + together("boundary e | on w | keeps | #\ne > h"),
        HOST + each("boundary e@ | on w | keeps | #", "e@ > h"),
    ),
    "in an event sub-process": (
        "start s\nuser w\ns > w\n" + together("esp p {\nstart e | #\nuser h\ne > h\n}"),
        "start s\nuser w\ns > w\n" + each("esp p@ {\nstart e@ | #", "user h@\ne@ > h@\n}"),
    ),
    "thrown": (
        BRANCH + "throw e | signal S | message Z | escalation X\nw > e\ne > h",
        BRANCH + "throw e | message Z\nthrow f | signal S\nthrow i | escalation X\nw > e\ne > f\nf > i\ni > h",
    ),
    "in an event sub-process beside": (
        "start s\nuser w\ns > w\n" + together("esp p {\nstart e | keeps | #\nuser h\ne > h\n}"),
        "start s\nuser w\ns > w\n" + each("esp p@ {\nstart e@ | keeps | #", "user h@\ne@ > h@\n}"),
    ),
}


def played(text: str, happens: list[str]) -> list[tuple[bool, Counter[str]]]:
    """Return what became of each thing that happened: whether it was refused, and how many tasks of each kind are open then."""
    play = Play(kernel.compile(read_files([("process.bpmn", bpmn(text).encode())], "drawing")))
    play.do("start {n: 0}")
    found = []
    for happened in happens:
        is_refused = _is_refused(play, happened)
        assert play.state is not None
        found.append((is_refused, Counter(r.element[0] for r in kernel.resting(play.program, play.state, "work"))))
    return found


def _is_refused(play: Play, happened: str) -> bool:
    assert play.state is not None
    if happened == "complete w" and "w" not in kernel.view(play.program, play.state).waiting:
        return True
    try:
        play.do(happened)
    except EgovFlowError:
        return True
    return False


@pytest.mark.parametrize("name", EQUAL)
@settings(max_examples=60, deadline=None)
@given(happens=st.lists(st.sampled_from(HAPPENS), max_size=9))
def test_it_means_what_one_event_for_each_means(name: str, happens: list[str]) -> None:
    several, single = EQUAL[name]

    assert played(several, happens) == played(single, happens)


def test_the_drawings_come_to_the_work_behind_the_event() -> None:
    everything = [*HAPPENS[:5], "complete w"]

    assert all(played(several, everything)[-1][1]["h"] for several, _ in EQUAL.values())
