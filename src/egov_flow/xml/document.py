# SPDX-License-Identifier: Apache-2.0
"""An XML file that passed the gate: its tree, its bytes, and for each element the place it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

import attrs

from egov_flow.errors import Finding, Place, ProcedureError
from egov_flow.xml.gate import Tag, scan

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Document", "Element", "read"]

Element: TypeAlias = "_Element"
"""An element of the tree, as lxml gives it."""

XINCLUDE = "{http://www.w3.org/2001/XInclude}*"


@attrs.frozen(eq=False)
class Document:
    """One XML file, read.

    Attributes:
        file: its name as findings show it.
        source: its bytes, unchanged.
        root: its root element (lxml).
    """

    file: str
    source: bytes = attrs.field(repr=False)
    root: Element
    _tags: Mapping[Element, Tag] = attrs.field(repr=False)

    def position(self, element: Element) -> Tag:
        """Return where an element of this document stands; a KeyError if it is of another."""
        return self._tags[element]

    def place(self, element: Element) -> Place:
        """Return the place of an element's start tag as findings show it."""
        tag = self._tags[element]
        return Place(self.file, tag.line, tag.column)


def read(source: bytes, file: str) -> Document:
    """Read an XML file that nobody has checked.

    Limits: 10 MiB, 100 levels, 200,000 elements, 64 attributes an element, 1 MiB a start tag; UTF-8, ASCII, ISO 8859-1,
    ISO 8859-15 or Windows-1252. There is no DOCTYPE, no entity but the five of XML, no processing instruction but `xml-model`, no XInclude.

    Raises:
        ProcedureError: with the one finding (code, line and column) that stopped the reading.
    """
    tags = scan(source, file)
    root = _tree(source, file)
    elements = list(root.iter("*"))
    # Two parsers that see two trees would let a model be checked as one thing and run as another.
    if len(elements) != len(tags) or any(tag.name.rpartition(":")[2] != _local(e) for e, tag in zip(elements, tags, strict=True)):
        _refuse("EF-X010", file, 1, 1)
    document = Document(file, source, root, dict(zip(elements, tags, strict=True)))
    for element in root.iter(XINCLUDE):
        place = document.place(element)
        _refuse("EF-X013", file, place.line, place.column)
    return document


def _tree(source: bytes, file: str) -> Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_blank_text=False)
    try:
        return etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        _refuse("EF-X002", file, line or 1, column or 1, reason=str(error.msg).split(", line", 1)[0])


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _refuse(code: str, file: str, line: int, column: int, **arguments: Any) -> NoReturn:
    raise ProcedureError([Finding.of(code, Place(file, line, column), **arguments)])
