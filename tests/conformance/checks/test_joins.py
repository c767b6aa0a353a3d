# SPDX-License-Identifier: Apache-2.0
"""Joins that block are found in the drawing; what is sound is left alone."""

import random
from collections import Counter

import pytest
from tests.corners.corner import FOLDER
from tests.corners.drawing import bpmn
from tests.laws.bpmn_models import Builder

from egov_flow import prove
from egov_flow.checks import RULES, Subject
from egov_flow.procedure import Procedure, read_files

CODES = frozenset({"EF-C298", "EF-C299", "EF-C300", "EF-C312", "EF-C313"})
CERTAIN = frozenset({"EF-C298", "EF-C300", "EF-C312"})
OWN = [rule for rule in RULES if rule.code in CODES]


def procedure_of(text: str | bytes) -> Procedure:
    return read_files([("process.bpmn", bpmn(text).encode() if isinstance(text, str) else text)], "joins")


def told(procedure: Procedure) -> list[tuple[str, str]]:
    """Return the codes about joins, each with its element."""
    subject = Subject(procedure=procedure)
    return sorted((finding.code, finding.element) for rule in OWN for finding in rule(subject))


SPLIT = "start s\nand p\nuser a\nuser b\nand j\nend e\ns > p\np > a\np > b\n"
CIRCLE = "p > i\np > j\ni > x\nj > y\nx > j : n > 1\nx > e : default\ny > i : n > 2\ny > f : default"
CROSSED = "and p\nor i\nor j\nxor x\nxor y\nend e\nend f\n"
NESTED = "s > x\nx > p : n > 1\nx > c : default\np > a\np > b\na > q\nb > q\nq > j\nc > j\nj > e"
BLOCKED = {
    "a parallel join behind an exclusive split": (
        "start s\nxor x\nuser a\nuser b\nand j\nend e\ns > x\nx > a : n > 1\nx > b : default\na > j\nb > j\nj > e",
        [("EF-C300", "j")],
    ),
    "behind events of which one happens": (
        "start s\nevents x\ncatch a | message M\ncatch b | timer PT1H\nand j\nend e\ns > x\nx > a\nx > b\na > j\nb > j\nj > e",
        [("EF-C300", "j")],
    ),
    "between an activity and what interrupts it": (
        "start s\nuser a\nboundary b | on a | message M\nand j\nend e\ns > a\na > j\nb > j\nj > e",
        [("EF-C300", "j")],
    ),
    "between two starts of which a case has one": ("start s\nstart t\nand j\nend e\ns > j\nt > j\nj > e", [("EF-C300", "j")]),
    "behind an exclusive split deeper inside": (
        f"start s\nxor x\nand p\nuser a\nuser b\nuser c\nand q\nand j\nend e\n{NESTED}",
        [("EF-C300", "j")],
    ),
    "a parallel join where a loop comes back": (
        "start s\nand j\nuser a\nxor x\nend e\ns > j\nj > a\na > x\nx > j : n > 1\nx > e : default",
        [("EF-C312", "j")],
    ),
    "two parallel joins that each need the other": (
        f"{SPLIT}and k\nand q\nand r\nend f\na > j\nb > k\nj > q\nk > r\nq > e\nq > k\nr > f\nr > j",
        [("EF-C312", "j"), ("EF-C312", "k")],
    ),
    "over a flow from where nothing comes": (f"{SPLIT}user c\na > j\nb > j\nc > j\nj > e", [("EF-C312", "j")]),
    "a branch that may end before the join": (
        f"{SPLIT}xor x\nend f\na > x\nx > j : n > 1\nx > f : default\nb > j\nj > e",
        [("EF-C313", "j")],
    ),
    "behind an inclusive split": (
        "start s\nor o\nuser a\nuser b\nand j\nend e\ns > o\no > a : n > 1\no > b : n > 2\na > j\nb > j\nj > e",
        [("EF-C313", "j")],
    ),
    "an event that need not come": (
        "start s\nuser a\nboundary b | on a | message M | keeps\nand j\nend e\ns > a\na > j\nb > j\nj > e",
        [],  # the boundary event may come any number of times: only a proof says what that means
    ),
    "inclusive joins that expect each other": (
        f"start s\n{CROSSED}s > p\n{CIRCLE}",
        [("EF-C298", "i")],
    ),
    "inclusive joins that expect each other, with something beside": (
        f"start s\nand q\nuser u\n{CROSSED}s > q\nq > u\nq > p\n{CIRCLE}",
        [("EF-C299", "i")],
    ),
}


@pytest.mark.parametrize("name", BLOCKED)
def test_a_join_that_blocks_is_told(name: str):
    drawing, expected = BLOCKED[name]

    assert told(procedure_of(drawing)) == expected


SOUND = {
    "what is split is joined": f"{SPLIT}a > j\nb > j\nj > e",
    "a refusal that ends everything": f"{SPLIT}xor x\nend f | terminate\na > x\nx > j : n > 1\nx > f : default\nb > j\nj > e",
    "a choice that comes back": f"{SPLIT}xor m\nxor x\nuser c\na > m\nm > x\nx > j : n > 1\nx > c : default\nc > m\nb > j\nj > e",
    "a detour": f"{SPLIT}xor x\nuser c\nxor m\na > x\nx > m : n > 1\nx > c : default\nc > m\nm > j\nb > j\nj > e",
    "a sub-process that a timer ends": (
        "start s\nsub q {\nstart i\nand p\nuser a\nuser b\nxor x\nend f\nand j\nend k\ni > p\np > a\np > b\na > x\nx > j : n > 1\n"
        "x > f : default\nb > j\nj > k\n}\nboundary t | on q | timer PT1H\nend e\nend g\ns > q\nq > e\nt > g"
    ),
    "inclusive gateways in a loop": (
        "start s\nor i\nor p\nuser a\nuser b\nor j\nxor x\nend e\ns > i\ni > p\np > a : n > 1\np > b : n > 2\na > j\nb > j\nj > x\n"
        "x > i : n > 3\nx > e : default"
    ),
    "handlers of compensation": (f"{SPLIT}boundary c | on a | compensate\nuser u | undoes\nc ~ u\na > j\nb > j\nj > e"),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_join_that_need_not_block_is_left_alone(name: str):
    assert told(procedure_of(SOUND[name])) == []


def test_random_models_in_blocks_are_left_alone():
    assert [seed for seed in range(60) if told(procedure_of(Builder(seed).xml()))] == []


def test_corner_cases_that_are_proved_sound_are_left_alone():
    found = {file.stem: told(procedure_of(file.read_bytes())) for file in sorted(FOLDER.glob("*.bpmn"))}
    blocked = [name for name, codes in found.items() if codes]

    assert {"and_join_can_never_complete", "or_joins_that_wait_for_each_other"} <= set(blocked)
    assert [name for name in blocked if prove(procedure_of((FOLDER / f"{name}.bpmn").read_bytes())).sound] == []


def graph(seed: int) -> str:
    """Return gateways in any order, tasks between them, and flows that lead on and back."""
    rng = random.Random(seed)
    kinds = [rng.choice(["xor", "and", "or"]) for _ in range(rng.randint(3, 7))]
    last = len(kinds) - 1
    pairs = [(f"g{rng.randrange(i)}", f"g{i}") for i in range(1, last + 1)]
    pairs += [(f"g{rng.randint(0, last)}", rng.choice([f"g{rng.randint(0, last)}", "e"])) for _ in range(rng.randint(0, 5))]
    flows = [("s", "g0"), (f"g{last}", "e"), *(f for i, (a, b) in enumerate(pairs) for f in ((a, f"t{i}"), (f"t{i}", b)))]
    leaving = Counter(source for source, _ in flows)
    open_ = {f"g{i}" for i, kind in enumerate(kinds) if kind != "and" and leaving[f"g{i}"] > 1}
    nodes = ["start s", "end e", *(f"{kind} g{i}" for i, kind in enumerate(kinds)), *(f"user t{i}" for i in range(len(pairs)))]
    return "\n".join([*nodes, *(f"{a} > {b}" + (" : x" if a in open_ else "") for a, b in flows)])


def test_what_is_told_of_drawings_without_structure_is_proved_and_most_that_blocks_is_told():
    seen: Counter[str] = Counter()
    for seed in range(70):
        procedure = procedure_of(graph(seed))
        codes, proof = {code for code, _ in told(procedure)}, prove(procedure, states=1_000)
        blocks = any(found.kind == "deadlock" for found in proof.counterexamples)
        assert not (codes and proof.sound), seed
        assert not (codes & CERTAIN and proof.sound is False and not blocks), seed
        seen["sound"] += proof.sound is True
        seen["blocks"] += blocks
        seen["told"] += blocks and bool(codes)

    assert seen["sound"] > 25
    assert seen["told"] > 0.85 * seen["blocks"] > 10
