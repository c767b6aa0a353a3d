# SPDX-License-Identifier: Apache-2.0
"""Edits keep the analyst's hand: indentation, prefix, line ends, quotes, encoding, and every byte that they do not name."""

from __future__ import annotations

import pytest

from egov_flow import bpmn
from egov_flow.bpmn import insert_after, insert_before, insert_child, remove_element, set_attribute, set_text, splice, tag
from egov_flow.errors import ProcedureError

SOURCE = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">
    <bpmn:process id="P">
        <bpmn:task id="A" name='Check "it"' />
        <!-- keep me -->
        <bpmn:task id="B">
            <bpmn:documentation>old</bpmn:documentation>
        </bpmn:task>
        <bpmn:startEvent id="S"/><bpmn:endEvent id="E"/>
    </bpmn:process>
</bpmn:definitions>
"""


def _origins(source: bytes) -> dict[str, bpmn.Origin]:
    model = bpmn.read(source, "p.bpmn")
    return {node.id: node.origin for node in model.nodes()} | {process.id: process.origin for process in model.processes}


def _edited(source: bytes, *splices: bpmn.Splice) -> str:
    result = splice(source, splices)
    assert [str(f) for f in bpmn.read(result, "p.bpmn").findings] == []
    return result.decode()


def test_an_element_goes_with_its_lines():
    origins = _origins(SOURCE)

    result = _edited(SOURCE, remove_element(SOURCE, origins["A"]), remove_element(SOURCE, origins["B"]))

    assert '<bpmn:process id="P">\n        <!-- keep me -->\n        <bpmn:startEvent' in result


def test_an_element_that_shares_its_line_leaves_the_line_alone():
    result = _edited(SOURCE, remove_element(SOURCE, _origins(SOURCE)["S"]))

    assert '        <bpmn:endEvent id="E"/>\n' in result


def test_an_attribute_is_replaced_inside_its_own_quotes():
    result = _edited(SOURCE, set_attribute(SOURCE, _origins(SOURCE)["A"], "name", "Ask 'it' & <go>"))

    assert "<bpmn:task id=\"A\" name='Ask &apos;it&apos; &amp; &lt;go&gt;' />" in result


def test_an_attribute_is_added_behind_the_last_and_removed_with_its_blank():
    origins = _origins(SOURCE)

    assert '<bpmn:task id="B" default="F">' in _edited_only(set_attribute(SOURCE, origins["B"], "default", "F"))
    assert '<bpmn:task id="A" />' in _edited_only(set_attribute(SOURCE, origins["A"], "name", None))
    assert _edited_only(set_attribute(SOURCE, origins["B"], "name", None)) == SOURCE.decode()


def _edited_only(edit: bpmn.Splice) -> str:
    return splice(SOURCE, [edit]).decode()


def test_a_new_attribute_of_an_element_without_any_and_of_one_laid_out_in_lines():
    bare = b"<bpmn:task/>"
    lines = b'<bpmn:task\n   id="A"\n   name="B"/>'

    assert (
        splice(bare, [set_attribute(bare, bpmn.Origin(start=0, inner_start=12, inner_end=12, end=12), "id", "A")]) == b'<bpmn:task id="A"/>'
    )
    edit = set_attribute(lines, bpmn.Origin(start=0, inner_start=len(lines), inner_end=len(lines), end=len(lines)), "default", "F")
    assert splice(lines, [edit]) == b'<bpmn:task\n   id="A"\n   name="B"\n   default="F"/>'


@pytest.mark.parametrize("name", ["", "a b", "a=", '"', "1a", "a:b:c"])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(ProcedureError, match="EF-X017"):
        set_attribute(SOURCE, _origins(SOURCE)["A"], name, "x")


def test_a_child_is_indented_like_its_siblings():
    result = _edited(SOURCE, insert_child(SOURCE, _origins(SOURCE)["P"], '<bpmn:task id="N">\n  <bpmn:documentation/>\n</bpmn:task>'))

    assert result.endswith(
        '<bpmn:endEvent id="E"/>\n        <bpmn:task id="N">\n          <bpmn:documentation/>\n        </bpmn:task>\n    </bpmn:process>\n'
        "</bpmn:definitions>\n"
    )


def test_a_first_child_stands_before_its_siblings():
    result = _edited(SOURCE, insert_child(SOURCE, _origins(SOURCE)["P"], '<bpmn:task id="N"/>', before_end=False))

    assert '<bpmn:process id="P">\n        <bpmn:task id="N"/>\n        <bpmn:task id="A"' in result


def test_an_empty_tag_is_opened_for_a_child():
    result = _edited(SOURCE, insert_child(SOURCE, _origins(SOURCE)["A"], "<bpmn:documentation>new</bpmn:documentation>"))

    assert "name='Check \"it\"'>\n          <bpmn:documentation>new</bpmn:documentation>\n        </bpmn:task>\n        <!-- keep" in result


def test_a_child_of_an_element_in_one_line():
    source = SOURCE.replace(b"\n        ", b"").replace(b"\n    </bpmn:process>", b"</bpmn:process>")

    result = _edited(source, insert_child(source, _origins(source)["P"], '<bpmn:task id="N"/>'))

    assert '<bpmn:endEvent id="E"/>\n' in result
    assert '<bpmn:task id="N"/>\n    </bpmn:process>' in result


def test_elements_before_and_behind_another():
    origin = _origins(SOURCE)["B"]

    result = _edited(SOURCE, insert_before(SOURCE, origin, '<bpmn:task id="M"/>'), insert_after(SOURCE, origin, '<bpmn:task id="N"/>'))

    assert '-->\n        <bpmn:task id="M"/>\n        <bpmn:task id="B">' in result
    assert '</bpmn:task>\n        <bpmn:task id="N"/>\n        <bpmn:startEvent' in result


def test_text_is_replaced_and_an_empty_tag_opened_for_it():
    origins = _origins(SOURCE)

    assert '<bpmn:task id="B">a &lt; b</bpmn:task>' in _edited_only(set_text(SOURCE, origins["B"], "a < b"))
    assert "name='Check \"it\"'>x</bpmn:task>" in _edited_only(set_text(SOURCE, origins["A"], "x"))


def test_windows_line_ends_stay():
    source = SOURCE.replace(b"\n", b"\r\n")
    origins = _origins(source)

    result = splice(source, [remove_element(source, origins["A"]), insert_child(source, origins["P"], '<bpmn:task id="N"/>')])

    assert result.count(b"\n") == result.count(b"\r\n")
    assert b'<bpmn:process id="P">\r\n        <!-- keep me -->' in result
    assert b'        <bpmn:task id="N"/>\r\n    </bpmn:process>' in result


def test_a_windows_file_takes_the_signs_that_windows_has():
    source = b'<?xml version="1.0" encoding="WINDOWS-1252" standalone="yes"?>\n' + SOURCE.replace(b"old", b"\x80 5")

    result = splice(source, [set_attribute(source, _origins(source)["A"], "name", "Prüfen – ≤ 3 €")])

    assert bpmn.read(result, "p.bpmn").processes[0].content.nodes[0].name == "Prüfen – ≤ 3 €"
    assert b"Pr\xfcfen \x96 &#8804; 3 \x80" in result


def test_a_latin_1_file_stays_latin_1():
    source = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + SOURCE.replace(b"old", b"\xe9")
    origins = _origins(source)

    result = splice(source, [set_attribute(source, origins["A"], "name", "Prüfen ≤ 3"), insert_child(source, origins["P"], "<!-- ü -->")])

    assert bpmn.read(result, "p.bpmn").processes[0].content.nodes[0].name == "Prüfen ≤ 3"
    assert b"Pr\xfcfen &#8804; 3" in result
    assert b"<!-- \xfc -->" in result


@pytest.mark.parametrize(
    ("declaration", "root", "name", "expected"),
    [
        ('xmlns:bpmn2="{BPMN}" xmlns:bpmndi="{DI}"', "bpmn2:definitions", "sequenceFlow", "bpmn2:sequenceFlow"),
        ('xmlns="{BPMN}" xmlns:x="{DI}"', "definitions", "sequenceFlow", "sequenceFlow"),
        ('xmlns="{BPMN}" xmlns:x="{DI}"', "definitions", "BPMNEdge", "x:BPMNEdge"),
        ('xmlns:m="{BPMN}" xmlns="{DI}"', "m:definitions", "BPMNShape", "BPMNShape"),
    ],
)
def test_a_tag_has_the_prefix_of_its_file(declaration, root, name, expected):
    declared = declaration.format(BPMN=bpmn.BPMN, DI=bpmn.BPMNDI)
    model = bpmn.read(f"<{root} {declared}/>".encode(), "p.bpmn")

    assert tag(model, name) == expected


def test_a_tag_without_a_declared_prefix_is_refused():
    with pytest.raises(ProcedureError, match="EF-B026"):
        tag(bpmn.read(SOURCE, "p.bpmn"), "BPMNShape")
