# SPDX-License-Identifier: Apache-2.0
"""Checking: a model of 1,000 elements, and 10,000 files with damaged bytes, each a finding or a clean result."""

from __future__ import annotations

import contextlib
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure
from egov_flow.checks import RULES, check
from egov_flow.checks.example import HEAD
from egov_flow.procedure import read_files

ROUNDS = 5
MUTATIONS = 10_000
FIXTURES = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "bpmn"
PIECES = (b"<", b">", b"/>", b'"', b"&", b"&#0;", b"\x00", b"\xff", b"]]>", b"<!--", b"<x>", b"</x>", b"id=''", b"xmlns=''")


def figures() -> Iterator[Figure]:
    """Give the number of rules, the median time of a large model, and the worst time and memory of damaged files."""
    yield Figure("checks.rules", len(RULES))
    costs = [_cost(damaged) for damaged in mutations(MUTATIONS)]
    yield Figure("checks.worst_mutation_ms", max(took for took, _ in costs), "ms")
    yield Figure("checks.worst_mutation_mib", max(memory for _, memory in costs), "MiB")
    source = large_model(1000)
    yield Figure("checks.elements_1000_ms", statistics.median(_milliseconds(source) for _ in range(ROUNDS)), "ms")


def large_model(elements: int) -> bytes:
    """Return a chain of tasks and flows, drawn, with so many elements."""
    nodes, drawn = ['<startEvent id="S" name="Asked" />'], [_shape("S", 0, 36)]
    last = "S"
    for number in range(elements // 2):
        task = f"T{number}"
        nodes.append(f'<userTask id="{task}" name="Step {number}" /><sequenceFlow id="F{number}" sourceRef="{last}" targetRef="{task}" />')
        x = 150 * (number + 1)
        drawn.append(_shape(task, x, 100) + _edge(f"F{number}", x - 50 if number else 36, x))
        last = task
    nodes.append(f'<endEvent id="E" name="Answered" /><sequenceFlow id="FE" sourceRef="{last}" targetRef="E" />')
    plane = (
        f'<bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="Plane" bpmnElement="P">{"".join(drawn)}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    )
    return f'{HEAD}<process id="P">{"".join(nodes)}</process>{plane}</definitions>'.encode()


def _shape(element: str, x: int, width: int) -> str:
    bounds = f'<dc:Bounds x="{x}" y="0" width="{width}" height="80" />'
    return f'<bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}">{bounds}</bpmndi:BPMNShape>'


def _edge(flow: str, *way: int) -> str:
    points = "".join(f'<di:waypoint x="{x}" y="40" />' for x in way)
    return f'<bpmndi:BPMNEdge id="{flow}_di" bpmnElement="{flow}">{points}</bpmndi:BPMNEdge>'


def mutations(count: int, seed: int = 1) -> Iterator[bytes]:
    """Yield valid files with bytes deleted, inserted, overwritten, doubled or exchanged."""
    chance = random.Random(seed)
    sources = [file.read_bytes() for file in sorted(FIXTURES.glob("*.bpmn"))]
    for _ in range(count):
        source = chance.choice(sources)
        for _ in range(chance.randint(1, 3)):
            at, length = chance.randrange(len(source)), chance.randint(0, 40)
            cut = source[at : at + length]
            other = chance.randrange(len(source))
            put = chance.choice([b"", cut + cut, chance.choice(PIECES), chance.randbytes(4), source[other : other + 20]])
            source = source[:at] + put + source[at + length :]
        yield source


def _milliseconds(source: bytes) -> float:
    """Return what reading and checking a file costs, in the time of this process: other programs do not count."""
    start = time.process_time()
    for finding in check(read_files([("process.bpmn", source)], "bench")):
        finding.message()
    return (time.process_time() - start) * 1000


def _cost(source: bytes) -> tuple[float, float]:
    """Return the milliseconds of a file, and the MiB that it needed at most above what was there before it."""
    before = _forget_peak()
    took = _milliseconds(source)
    return took, _peak() - before


def _forget_peak() -> float:
    """Let the peak begin anew at the memory that is held now, where the system can (Linux); return what is held, else the peak so far."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> float:
    """Return the most memory that this process has held since the peak began, in MiB."""
    try:
        status = Path("/proc/self/status").read_text("utf-8")
        return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
