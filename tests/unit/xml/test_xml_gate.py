# SPDX-License-Identifier: Apache-2.0
"""Hostile XML is refused with one finding that has a place; what is fit to be read has exact places."""

from __future__ import annotations

import gzip
import sys

import pytest

from egov_flow import xml
from egov_flow.errors import ProcedureError
from egov_flow.texts import catalogue

LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>\n<a>&c;</a>'
EXTERNAL = b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<a>&x;</a>'
MANY_ATTRIBUTES = b"<a " + b" ".join(b'x%d="1"' % n for n in range(100_000)) + b"/>"

HOSTILE = {
    "doctype": (b"<a/>".join([b"<!DOCTYPE a>\n", b""]), "EF-X003", 1),
    "doctype_behind_comment": (b"<!-- x -->\n<!DOCTYPE html>\n<a/>", "EF-X003", 2),
    "billion_laughs": (LAUGHS, "EF-X003", 1),
    "external_entity": (EXTERNAL, "EF-X003", 2),
    "undeclared_entity": (b"<a>\n&nbsp;</a>", "EF-X002", 2),
    "truncated": (b"<a>\n  <b>\n    <c", "EF-X002", 3),
    "unclosed": (b"<a>\n  <b>\n  </b>\n", "EF-X002", 4),
    "two_roots": (b"<a/>\n<b/>", "EF-X002", 2),
    "attribute_twice": (b'<a>\n<b x="1" x="2"/></a>', "EF-X002", 2),
    "undeclared_prefix": (b"<a>\n<b:c/></a>", "EF-X002", 2),
    "nul": (b"<a>\n\x00</a>", "EF-X002", 2),
    "plain_text": (b"Dear office,", "EF-X002", 1),
    "invalid_utf8": (b"<a>\n\xff</a>", "EF-X002", 2),
    "instruction": (b"<?xml-stylesheet href='x.xsl'?>\n<a/>", "EF-X004", 1),
    "php": (b"<a>\n<?php system('x'); ?></a>", "EF-X004", 2),
    "deep": (b"<a>\n" * 101 + b"</a>" * 101, "EF-X005", 101),
    "many_attributes": (MANY_ATTRIBUTES, "EF-X007", 1),
    "long_attribute": (b'<a x="' + b"y" * 1_048_577 + b'"/>', "EF-X008", 1),
    "utf7": (b"<?xml version='1.0' encoding='utf-7'?><a/>", "EF-X009", 1),
    "windows_1250": (b"<?xml version='1.0' encoding='windows-1250'?><a/>", "EF-X009", 1),
    "no_character_of_windows_1252": (b"<?xml version='1.0' encoding='windows-1252'?><a>\n\x81</a>", "EF-X002", 2),
    "utf8_mark_with_another_name": (b"\xef\xbb\xbf<?xml version='1.0' encoding='windows-1252'?><a/>", "EF-X018", 1),
    "utf16": ('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"), "EF-X009", 1),
    "utf16_without_mark": ("<a/>".encode("utf-16-le"), "EF-X009", 1),
    "utf32": ("<a/>".encode("utf-32-be"), "EF-X009", 1),
    "empty": (b"", "EF-X011", 0),
    "blank": (b"\xef\xbb\xbf \n\t ", "EF-X011", 0),
    "gzip": (gzip.compress(b"<a/>"), "EF-X012", 0),
    "zip": (b"PK\x03\x04 and so on", "EF-X012", 0),
    "xinclude": (b'<a xmlns:i="http://www.w3.org/2001/XInclude">\n<i:include href="/etc/passwd" parse="text"/></a>', "EF-X013", 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_refused_with_one_finding_and_its_line(name):
    source, code, line = HOSTILE[name]

    with pytest.raises(ProcedureError) as refused:
        xml.read(source, "permit.bpmn")

    (finding,) = refused.value.findings
    assert (finding.code, finding.place.file, finding.place.line) == (code, "permit.bpmn", line)
    for language in ("en", "id"):
        assert finding.message(language)
        assert finding.hint(language)
        assert "{" not in finding.text(language)


def test_a_file_of_50_megabytes_is_refused_by_its_size_alone(monkeypatch):
    monkeypatch.setattr("egov_flow.xml.gate._Scanner.run", lambda _: pytest.fail("the file was parsed"))

    with pytest.raises(ProcedureError, match=r"EF-X001: the file has 50\.0 MiB, and 10 MiB is the limit"):
        xml.read(b"<" * (50 * 1024 * 1024), "huge.bpmn")


@pytest.mark.parametrize("name", ["doctype", "external_entity", "xinclude", "billion_laughs"])
def test_a_hostile_file_opens_no_other_file_and_no_connection(name):
    xml.read(b"<a/>", "loads_the_parser.xml")
    catalogue("en")  # is read once
    opened: list[str] = []
    watching = [True]
    sys.addaudithook(lambda event, _: opened.append(event) if watching and event in {"open", "socket.connect"} else None)

    with pytest.raises(ProcedureError):
        xml.read(HOSTILE[name][0], "permit.bpmn")

    watching.clear()
    assert opened == []


def test_two_parsers_that_disagree_are_a_refusal(monkeypatch):
    monkeypatch.setattr("egov_flow.xml.document.scan", lambda source, file: xml.gate.scan(b"<a><b/></a>", file))

    with pytest.raises(ProcedureError, match="EF-X010"):
        xml.read(b"<a/>", "a.bpmn")


def test_the_limits_themselves_are_allowed():
    deep = b"<a>" * 100 + b"</a>" * 100
    wide = b"<a " + b" ".join(b'x%d="1"' % n for n in range(64)) + b"/>"

    assert xml.read(deep, "deep.xml").root.tag == "a"
    assert len(xml.read(wide, "wide.xml").root.attrib) == 64


def test_a_finding_never_repeats_the_content_of_the_file():
    with pytest.raises(ProcedureError) as refused:
        xml.read(b"<a>Budi Santoso<b></a>", "a.bpmn")

    assert "Budi" not in str(refused.value)
