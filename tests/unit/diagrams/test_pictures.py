# SPDX-License-Identifier: Apache-2.0
"""A picture shows every element in BPMN's own look, says it in words, and holds nothing that runs or loads."""

from __future__ import annotations

import re

import attrs
import pytest

from egov_flow.diagrams import diagram
from egov_flow.errors import InvalidData, NotFound

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [
    "boundary_message", "boundary_timer", "default_flow", "event_gateway", "exclusive", "inclusive",
    "lanes", "linear", "loop", "parallel", "subprocess", "terminate",
]  # fmt: skip


def _groups(tree):
    return {g.get("data-element"): g for g in tree.iter(f"{SVG}g") if g.get("data-element")}


@pytest.mark.parametrize("name", NAMES)
def test_every_node_and_flow_is_drawn_and_said_in_words(model, tree, name):
    definitions = model(name)
    groups = _groups(tree(diagram(definitions)))

    for thing in (*definitions.nodes(), *definitions.flows()):
        said = groups[thing.id].find(f"{SVG}title").text
        assert thing.id in said
        assert thing.name in said


@pytest.mark.parametrize("name", NAMES)
def test_the_same_model_gives_the_same_bytes(model, name):
    assert diagram(model(name)).svg == diagram(model(name)).svg


def test_a_hostile_name_is_text_and_nothing_else(model, tree):
    definitions = model("linear")
    process = definitions.processes[0]
    bad = '"><script>alert(1)</script>&\x00\x1b<image href="http://x.example/"/>'
    nodes = tuple(attrs.evolve(n, name=bad) for n in process.content.nodes)
    hostile = attrs.evolve(definitions, processes=(attrs.evolve(process, content=attrs.evolve(process.content, nodes=nodes)),))
    drawn = tree(diagram(hostile, title=bad, states={"Task_Decide": bad}))

    assert {e.tag.removeprefix(SVG) for e in drawn.iter()} <= {"svg", "title", "desc", "g", "rect", "path", "circle", "text", "tspan"}
    assert not [e for e in drawn.iter() if any("href" in key or key.startswith("on") for key in e.attrib)]


def test_a_hostile_colour_of_the_file_is_not_taken_over(model):
    definitions = model("linear")
    plane = definitions.diagrams[0]
    shapes = tuple(attrs.evolve(s, fill="url(http://x.example)", stroke='red" onload="x') for s in plane.shapes)
    picture = diagram(attrs.evolve(definitions, diagrams=(attrs.evolve(plane, shapes=shapes),)))

    assert "x.example" not in picture.svg
    assert "onload" not in picture.svg


def test_a_picture_refers_to_nothing_outside(model):
    svg = diagram(model("lanes"), title="Permit").svg

    assert re.findall(r"https?://[^\s\"]+", svg) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in svg


def test_what_has_no_shape_is_named_in_a_note(model):
    definitions = model("linear")
    plane = definitions.diagrams[0]
    without = attrs.evolve(plane, shapes=tuple(s for s in plane.shapes if s.element != "Task_Decide"))
    svg = diagram(attrs.evolve(definitions, diagrams=(without,))).svg

    assert "Not in the picture, because the file gives no usable shape for it: Decide request" in svg


@pytest.mark.parametrize("place", ["1e308", "-1e7", "NaN"])
def test_a_shape_that_lies_beyond_all_bounds_is_named_and_the_rest_is_drawn(fixtures, place, tree):
    from egov_flow import bpmn

    source = (fixtures / "linear.bpmn").read_bytes().replace(b'x="260"', f'x="{place}"'.encode(), 1)
    picture = diagram(bpmn.read(source, "far.bpmn"))

    assert "no usable shape for it: Register request" in picture.svg
    assert "Task_Decide" in _groups(tree(picture))
    assert picture.width < 2000


def test_a_complete_diagram_has_no_note(model):
    assert "Not in the picture" not in diagram(model("lanes")).svg


def test_a_shape_of_an_unknown_element_is_an_outline_and_named(model, tree):
    definitions = model("linear")
    plane = definitions.diagrams[0]
    shapes = tuple(attrs.evolve(s, element="Conversation_7") if s.element == "Task_Decide" else s for s in plane.shapes)
    picture = diagram(attrs.evolve(definitions, diagrams=(attrs.evolve(plane, shapes=shapes),)))

    assert "Conversation_7" in _groups(tree(picture))
    assert "its kind is not known here: Conversation_7" in picture.svg


def test_a_file_with_several_diagrams_shows_the_one_that_is_asked_for(model, tree):
    definitions = model("subprocess")
    plane = definitions.diagrams[0]
    inner = attrs.evolve(plane, id="Inner", element="Inner", shapes=plane.shapes[:2], edges=())
    two = attrs.evolve(definitions, diagrams=(plane, inner))

    assert "Further diagrams in this file: Inner" in diagram(two).svg
    assert set(_groups(tree(diagram(two, plane="Inner")))) == {s.element for s in inner.shapes}
    with pytest.raises(NotFound, match="EF-G005"):
        diagram(two, plane="Elsewhere")


def test_what_is_no_model_is_refused():
    with pytest.raises(InvalidData, match="EF-G006"):
        diagram("process.bpmn")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["non-interrupting", "interrupting"])
def test_the_ring_of_a_boundary_event_is_dashed_where_it_does_not_interrupt(model, tree, kind):
    definitions = model("boundary_timer")
    wanted = kind == "interrupting"
    event = next(n for n in definitions.nodes() if n.kind == "boundaryEvent" and n.event.is_interrupting is wanted)
    rings = _groups(tree(diagram(definitions)))[event.id].findall(f"{SVG}circle")

    assert len(rings) == 2
    assert [bool(ring.get("stroke-dasharray")) for ring in rings] == [not wanted, not wanted]


def test_a_default_flow_bears_its_slash(model, tree):
    definitions = model("default_flow")
    default = next(n.default for n in definitions.nodes() if n.default)
    groups = _groups(tree(diagram(definitions)))
    other = next(f.id for f in definitions.flows() if not f.condition and f.id != default)

    assert len(groups[default].findall(f"{SVG}path")) == len(groups[other].findall(f"{SVG}path")) + 1
