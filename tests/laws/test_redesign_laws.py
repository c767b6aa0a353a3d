# SPDX-License-Identifier: Apache-2.0
"""Laws of redesigns, on chains of random length with random layouts: the frame, the contract, determinism, and a drawing without overlap."""

from __future__ import annotations

from itertools import combinations, pairwise

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egov_flow.bpmn import splice
from egov_flow.kernel import compile as compile_program
from egov_flow.procedure import read_files
from egov_flow.proof import prove
from egov_flow.redesign import Redesign, diff
from egov_flow.redesign._yaml import Spans

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SPACES = 'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
SPACES += 'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'


@attrs.frozen
class Chain:
    """A chain of human tasks: their sizes and gaps, the place of a run of them, and how the file is written."""

    sizes: tuple[tuple[int, int], ...]
    gap: int
    first: int
    count: int
    newline: str
    has_references: bool

    @property
    def chosen(self):
        return [f"Task_{n}" for n in range(self.first, self.first + self.count)]


@st.composite
def chains(draw):
    length = draw(st.integers(2, 6))
    count = draw(st.integers(2, length))
    sizes = tuple((draw(st.integers(60, 160)), draw(st.integers(50, 120))) for _ in range(length))
    return Chain(
        sizes,
        draw(st.integers(20, 90)),
        draw(st.integers(0, length - count)),
        count,
        draw(st.sampled_from(["\n", "\r\n"])),
        draw(st.booleans()),
    )


def _procedure(chain):
    nodes = ["Start", *(f"Task_{n}" for n in range(len(chain.sizes))), "End"]
    flows = [(f"Flow_{n}", a, b) for n, (a, b) in enumerate(pairwise(nodes))]
    lines = [f'<bpmn:definitions {SPACES} id="D" targetNamespace="t">', '  <bpmn:process id="P" isExecutable="true">']
    for node in nodes:
        kind = {"Start": "startEvent", "End": "endEvent"}.get(node, "userTask")
        refs = [f"<bpmn:incoming>{f}</bpmn:incoming>" for f, _, b in flows if b == node]
        refs += [f"<bpmn:outgoing>{f}</bpmn:outgoing>" for f, a, _ in flows if a == node]
        lines.append(f'    <bpmn:{kind} id="{node}">{"".join(refs) if chain.has_references else ""}</bpmn:{kind}>')
    lines += [f'    <bpmn:sequenceFlow id="{f}" sourceRef="{a}" targetRef="{b}"/>' for f, a, b in flows]
    lines += ["  </bpmn:process>", '  <bpmndi:BPMNDiagram id="G"><bpmndi:BPMNPlane id="Q" bpmnElement="P">', *_drawn(chain, nodes, flows)]
    lines += ["  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>", "</bpmn:definitions>", ""]
    return read_files([("process.bpmn", chain.newline.join(lines).encode()), ("procedure.yaml", b"procedure: p\n")], "p")


def _drawn(chain, nodes, flows):
    sizes, x, places = [(36, 36), *chain.sizes, (36, 36)], 100, {}
    for node, (wide, high) in zip(nodes, sizes, strict=True):
        places[node] = (x, 200 - high / 2, wide, high)
        x += wide + chain.gap
    for node, (left, top, wide, high) in places.items():
        bounds = f'<dc:Bounds x="{left}" y="{top}" width="{wide}" height="{high}"/>'
        yield f'    <bpmndi:BPMNShape id="{node}_di" bpmnElement="{node}">{bounds}</bpmndi:BPMNShape>'
    for flow, a, b in flows:
        points = f'<di:waypoint x="{places[a][0] + places[a][2]}" y="200"/><di:waypoint x="{places[b][0]}" y="200"/>'
        yield f'    <bpmndi:BPMNEdge id="{flow}_di" bpmnElement="{flow}">{points}</bpmndi:BPMNEdge>'


def _apply(procedure, change):
    base = f'{{procedure: p, version: "1", sha256: "{procedure.sha256}"}}'
    text = f'redesign: r\nof: {base}\nto: "2"\nwhy: w\nchanges: [{{{change}, because: b}}]\n'
    return Redesign.parse(text.encode()).apply(procedure)


def _boxes(procedure):
    nodes = {n.id for n in procedure.model.nodes()}
    return {s.element: s.bounds for s in procedure.model.diagrams[0].shapes if s.element in nodes}


@QUICK
@given(chains())
def test_parallel_steps_are_sound_and_reach_the_same_end(chain):
    procedure = _procedure(chain)
    result = _apply(procedure, f"parallelise: [{', '.join(chain.chosen)}]")

    assert procedure.findings == result.procedure.findings == ()
    assert result.proof.sound is prove(procedure).sound is True
    assert [contract.holds for contract in result.contracts] == [True]
    assert {n.id for n in procedure.model.nodes()} <= {n.id for n in result.procedure.model.nodes()}
    assert compile_program(result.procedure) is not None


@QUICK
@given(chains())
def test_a_parallel_block_covers_nothing_and_leaves_what_stands_before_it(chain):
    procedure = _procedure(chain)
    old, new = _boxes(procedure), _boxes(_apply(procedure, f"parallelise: [{', '.join(chain.chosen)}]").procedure)
    before = ["Start", *(f"Task_{n}" for n in range(chain.first))]

    assert {e: old[e] for e in before} == {e: new[e] for e in before}
    for a, b in combinations(new.values(), 2):
        assert a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y


@QUICK
@given(chains())
def test_every_line_that_names_neither_a_step_nor_a_moved_shape_keeps_its_bytes(chain):
    procedure = _procedure(chain)
    new = _apply(procedure, f"parallelise: [{', '.join(chain.chosen)}]").procedure
    old_lines, new_lines = (dict(p.files)["process.bpmn"].split(b"\n") for p in (procedure, new))
    first = procedure.node(chain.chosen[0]).incoming[0].encode()
    last = procedure.node(chain.chosen[-1]).outgoing[0].encode()
    inner = [f.id.encode() for f in procedure.model.flows() if {f.source, f.target} <= set(chain.chosen)]
    named = [*(step.encode() for step in chain.chosen), first, last, *inner]
    left = {s.element for s in procedure.model.diagrams[0].shapes if _boxes(procedure)[s.element] == _boxes(new).get(s.element)}
    kept = [
        line for line in old_lines if not any(n in line for n in named) and (b"_di" not in line or any(e.encode() in line for e in left))
    ]

    assert len(kept) >= 5
    assert [line for line in kept if line not in new_lines] == []
    assert (b"\r" in dict(new.files)["process.bpmn"]) == (chain.newline == "\r\n")


@QUICK
@given(chains())
def test_a_redesign_gives_the_same_bytes_every_time(chain):
    procedure = _procedure(chain)
    change = f"parallelise: [{', '.join(reversed(chain.chosen))}]"

    assert _apply(procedure, change).procedure.files == _apply(procedure, change).procedure.files


@QUICK
@given(chains())
def test_what_was_removed_is_gone_and_nothing_else_moved(chain):
    procedure = _procedure(chain)
    result = _apply(procedure, f"remove: [{', '.join(chain.chosen)}]")
    old, new = _boxes(procedure), _boxes(result.procedure)

    assert new == {e: b for e, b in old.items() if e not in chain.chosen}
    assert result.proof.sound is True
    assert [contract.holds for contract in result.contracts] == [True]
    assert {e.element for e in diff(procedure, result.procedure).of("removed")} >= set(chain.chosen)
    for edge in result.procedure.model.diagrams[0].edges:
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(edge.waypoints))


KEYS = st.text("abcdefgh", min_size=1, max_size=4)
SCALARS = st.one_of(st.integers(0, 999), st.text("abc xyz:#'\"é–{}[],&*!|>%@`\\", max_size=12))


@QUICK
@given(st.dictionaries(KEYS, st.dictionaries(KEYS, SCALARS, min_size=1, max_size=4), min_size=1, max_size=4), st.data(), SCALARS)
def test_setting_a_value_of_a_yaml_file_changes_that_value_alone(tree, data, value):
    from ruamel.yaml import YAML

    reader = YAML(typ="safe", pure=True)
    text = _yaml(tree, data)
    outer = data.draw(st.sampled_from(sorted(tree)))
    inner = data.draw(st.one_of(st.sampled_from(sorted(tree[outer])), KEYS))
    edited = splice(text.encode(), Spans.of(text.encode()).set((outer, inner), value)).decode()
    expected = {**tree, outer: {**tree[outer], inner: value}}

    assert {k: {n: str(v) for n, v in m.items()} for k, m in reader.load(edited).items()} == {
        k: {n: str(v) for n, v in m.items()} for k, m in expected.items()
    }


def _yaml(tree, data):
    import json

    lines = ["# a comment: with a colon"]
    for key, inner in tree.items():
        pairs = [f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in inner.items()]
        if data.draw(st.booleans()):
            lines.append(f"{key}: {{{', '.join(pairs)}}}  # in braces")
        else:
            lines += [f"{key}:", *(f"  {pair}  # {n}" for n, pair in enumerate(pairs))]
    return "\n".join(lines) + "\n"
