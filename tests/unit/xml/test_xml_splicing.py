# SPDX-License-Identifier: Apache-2.0
"""Splices change the named bytes and no others."""

from __future__ import annotations

import pytest

from egov_flow.errors import ProcedureError
from egov_flow.xml import Splice, attributes, encoding_of, escape, splice

SOURCE = b"<a><b/><c/></a>"


def test_splices_are_made_at_the_offsets_of_the_source_in_any_order():
    edits = [Splice(7, 11), Splice(3, 3, b"<x/>"), Splice(3, 7, b"<y/>"), Splice(11, 11, b"<z/>")]

    assert splice(SOURCE, edits) == b"<a><x/><y/><z/></a>"


def test_no_splices_change_nothing():
    assert splice(SOURCE, []) == SOURCE


def test_insertions_at_one_place_keep_their_order():
    assert splice(b"ad", [Splice(1, 1, b"b"), Splice(1, 1, b"c")]) == b"abcd"


@pytest.mark.parametrize("other", [Splice(5, 9), Splice(5, 5, b"x"), Splice(3, 7), Splice(0, 15)])
def test_overlapping_splices_are_refused(other):
    with pytest.raises(ProcedureError, match="EF-X014"):
        splice(SOURCE, [Splice(3, 7), other])


@pytest.mark.parametrize("outside", [Splice(-1, 2), Splice(14, 16), Splice(5, 4)])
def test_a_splice_outside_the_source_is_refused(outside):
    with pytest.raises(ProcedureError, match="EF-X015"):
        splice(SOURCE, [outside])


def test_attributes_are_found_with_their_values():
    source = b"""<bpmn:task  id="T" name='a "b" > c'\n  x:y = "" />"""

    found = attributes(source, 0, len(source))

    assert list(found) == ["id", "name", "x:y"]
    assert [source[a.value_start : a.value_end] for a in found.values()] == [b"T", b'a "b" > c', b""]
    assert source[found["id"].start : found["id"].end] == b'  id="T"'


def test_text_is_escaped_for_its_place_and_encoding():
    latin = b'<?xml version="1.0" encoding="ISO-8859-1"?><a/>'

    assert encoding_of(latin) == "iso-8859-1"
    assert escape("é ≤ <1>", latin) == b"\xe9 &#8804; &lt;1&gt;"
    assert escape('a "b"\n', SOURCE, attribute=True) == b"a &quot;b&quot;&#10;"


def test_an_encoding_that_is_not_read_is_none():
    assert encoding_of(b'<?xml version="1.0" encoding="utf-i"?><a/>') == "utf-8"


def test_a_character_that_xml_cannot_hold_is_refused():
    with pytest.raises(ProcedureError, match="EF-X016"):
        escape("a\x00b", SOURCE)
