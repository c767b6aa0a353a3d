# SPDX-License-Identifier: Apache-2.0
"""Marks: states, tokens, counts, paths and changes, each with a sign, a word and a legend; colour is never the only sign."""

from __future__ import annotations

import attrs
import pytest

from egov_flow.diagrams import Marks, diagram
from egov_flow.errors import InvalidData

SVG = "{http://www.w3.org/2000/svg}"


def _said(tree, element):
    group = next(g for g in tree.iter(f"{SVG}g") if g.get("data-element") == element)
    return group.find(f"{SVG}title").text


def _words(tree):
    return {"".join(t.itertext()) for t in tree.iter(f"{SVG}text")}


@pytest.mark.parametrize(
    ("state", "word"),
    [("completed", "completed"), ("active", "active"), ("incident", "incident"), ("overdue", "overdue"), ("asleep", "asleep")],
)
def test_a_state_is_a_word_of_the_element_and_of_the_legend(model, tree, state, word):
    drawn = tree(diagram(model("linear"), states={"Task_Decide": state}))

    assert _said(drawn, "Task_Decide").endswith(f"; {word}")
    assert word in _words(drawn)


def test_a_state_is_shown_by_a_sign_and_not_by_colour_alone(model):
    plain = diagram(model("linear")).svg
    completed, incident = (diagram(model("linear"), states={"Task_Decide": s}).svg for s in ("completed", "incident"))
    signs = [set(svg.split('d="')) - set(plain.split('d="')) for svg in (completed, incident)]

    assert signs[0] != signs[1]


def test_tokens_and_counts_are_numbers(model, tree):
    drawn = tree(diagram(model("linear"), tokens={"Task_Decide": 3}, counts={"Flow_1": 1200}))

    assert {"3", "1\u202f200"} <= _words(drawn)
    assert "tokens: 3" in _said(drawn, "Task_Decide")
    assert "counted: 1200" in _said(drawn, "Flow_1")


def test_a_path_numbers_its_steps_and_marks_the_flows_between_them(model, tree):
    drawn = tree(diagram(model("linear"), path=["Start_Received", "Task_Register", "Task_Decide"]))
    flow = next(g for g in drawn.iter(f"{SVG}g") if g.get("data-element") == "Flow_2").find(f"{SVG}path")
    other = next(g for g in drawn.iter(f"{SVG}g") if g.get("data-element") == "Flow_4").find(f"{SVG}path")

    assert "step 3 of the path" in _said(drawn, "Task_Decide")
    assert float(flow.get("stroke-width")) > float(other.get("stroke-width"))


def test_a_mark_that_names_nothing_is_told(model):
    assert "Marked, but not in this picture: Task_Elsewhere" in diagram(model("linear"), counts={"Task_Elsewhere": 1}).svg


def test_the_legend_speaks_the_language_that_is_asked_for(model, tree):
    drawn = tree(diagram(model("linear"), states={"Task_Decide": "completed"}, language="id"))

    assert "selesai" in _words(drawn)


def test_an_unknown_change_is_refused(model):
    with pytest.raises(InvalidData, match="EF-G010"):
        diagram(model("linear"), changes={"Task_Decide": "rewritten"})


def test_an_unknown_view_is_refused(model):
    with pytest.raises(InvalidData, match="EF-G011"):
        diagram(model("linear"), view="sideways")


@attrs.frozen
class _Comparison:
    new: object
    marks: Marks

    def __diagram__(self):
        return self.new, self.marks


@pytest.fixture(name="comparison")
def _comparison(model):
    """A comparison in which Task_Decide and its flows are gone and Task_Notify is new."""
    old = model("linear")
    process, plane = old.processes[0], old.diagrams[0]
    gone = {"Task_Decide", "Flow_2", "Flow_3"}
    content = attrs.evolve(
        process.content,
        nodes=tuple(n for n in process.content.nodes if n.id not in gone),
        flows=tuple(f for f in process.content.flows if f.id not in gone),
    )
    drawing = attrs.evolve(
        plane, shapes=tuple(s for s in plane.shapes if s.element not in gone), edges=tuple(e for e in plane.edges if e.element not in gone)
    )
    new = attrs.evolve(old, processes=(attrs.evolve(process, content=content),), diagrams=(drawing,))
    return _Comparison(new, Marks(changes={**dict.fromkeys(gone, "removed"), "Task_Notify": "added"}, before=old))


def test_what_was_removed_is_a_ghost_at_its_old_place(comparison, tree):
    drawn = tree(diagram(comparison))
    ghosts = {g.get("data-element") for g in drawn.iter(f"{SVG}g") if g.get("opacity")}

    assert ghosts == {"Task_Decide", "Flow_2", "Flow_3"}
    assert _said(drawn, "Task_Decide").endswith("; removed")


def test_two_versions_beside_each_other_show_both(comparison, tree):
    drawn = tree(diagram(comparison, view="beside"))
    shown = [g.get("data-element") for g in drawn.iter(f"{SVG}g") if g.get("data-element")]

    assert shown.count("Task_Register") == 2
    assert shown.count("Task_Decide") == 1
    assert {"Before", "After"} <= _words(drawn)
