# SPDX-License-Identifier: Apache-2.0
"""Every element has the bytes, line and column that its file gives it."""

from __future__ import annotations

import pytest

from egov_flow import xml

SOURCE = """<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment with <b> in it -->
<r xmlns="urn:r"
   note="a > b">
  <é b='"/>'>ü</é><c/><c />
  <d><![CDATA[<c/>]]></d ><!-- <c/> -->
</r>
"""


def _slices(source: bytes) -> list[tuple[str, bytes, bytes]]:
    document = xml.read(source, "r.xml")
    tags = [document.position(element) for element in document.root.iter("*")]
    return [(f"{t.line}:{t.column}", source[t.start : t.end], source[t.inner_start : t.inner_end]) for t in tags]


def test_start_and_end_are_right_to_the_byte():
    source = SOURCE.encode()

    root, *inner = _slices(source)

    assert root[0] == "3:1"
    assert root[1].startswith(b"<r xmlns")
    assert root[1].endswith(b"</r>")
    assert inner == [
        ("5:3", "<é b='\"/>'>ü</é>".encode(), "ü".encode()),
        ("5:19", b"<c/>", b""),
        ("5:23", b"<c />", b""),
        ("6:3", b"<d><![CDATA[<c/>]]></d >", b"<![CDATA[<c/>]]>"),
    ]


def test_a_byte_order_mark_is_no_column():
    assert _slices(b"\xef\xbb\xbf<a><b/></a>")[1][0] == "1:4"


@pytest.mark.parametrize(
    ("encoding", "text"), [("ISO-8859-1", "Prüfung"), ("ISO-8859-15", "Œuvre 5 €"), ("WINDOWS-1252", "“Gebühr” – 5 €")]
)
def test_a_file_of_one_byte_a_character_is_read_with_exact_places(encoding, text):
    source = f'<?xml version="1.0" encoding="{encoding}"?>\n<a><b n="{text}"/>{text}<c/></a>'.encode(encoding)

    _, first, second = _slices(source)

    assert xml.read(source, "f.bpmn").root[0].get("n") == text
    assert first[:2] == ("2:4", f'<b n="{text}"/>'.encode(encoding))
    assert second[:2] == (f"2:{13 + 2 * len(text)}", b"<c/>")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_at_every_kind_of_line_end(newline):
    places = _slices(SOURCE.replace("\n", newline).encode())

    assert [place for place, _, _ in places] == ["3:1", "5:3", "5:19", "5:23", "6:3"]


def test_an_element_of_another_document_has_no_place():
    one, other = xml.read(b"<a/>", "one.xml"), xml.read(b"<a/>", "other.xml")

    with pytest.raises(KeyError):
        one.position(other.root)
