# SPDX-License-Identifier: Apache-2.0
"""Small edits of a BPMN file as splices: the analyst's indentation, prefix and line ends are kept, and every other byte stays.

Each function returns the splice; `splice` makes them all at once. Offsets are those of the file as it was read.
"""

from __future__ import annotations

import re

from egov_flow.bpmn.model import Definitions, Origin
from egov_flow.bpmn.namespaces import BPMN, OF_DIAGRAM
from egov_flow.errors import Finding, ProcedureError
from egov_flow.xml import Splice, attributes, encoding_of, escape, splice

__all__ = ["Splice", "insert_after", "insert_before", "insert_child", "remove_element", "set_attribute", "set_text", "splice", "tag"]

NAME = re.compile(r"(?:[^\W\d][\w.\-]*:)?[^\W\d][\w.\-]*")
TAG_NAME = re.compile(rb"<([^\s/>]+)")
BLANK = b" \t"


def tag(definitions: Definitions, name: str) -> str:
    """Return a standard element's tag with the prefix that this file gives to its namespace, e.g. `bpmn:sequenceFlow`.

    Raises:
        ProcedureError: `EF-B026` when the root element declares no prefix for the namespace.
    """
    wanted = OF_DIAGRAM.get(name, BPMN)
    source, root = definitions.source, definitions.origin
    if wanted == BPMN:
        prefix, colon, _ = _tag_name(source, root).rpartition(":")
        return prefix + colon + name
    for attribute in attributes(source, root.start, root.inner_start).values():
        declares, _, prefix = attribute.name.partition(":")
        if declares == "xmlns" and source[attribute.value_start : attribute.value_end].decode(encoding_of(source)) == wanted:
            return f"{prefix}:{name}" if prefix else name
    raise ProcedureError([Finding.of("EF-B026", root.place, namespace=wanted)])


def remove_element(source: bytes, origin: Origin) -> Splice:
    """Cut an element; where it has its lines to itself, their indentation and the line end go with it."""
    start, end = origin.start, origin.end
    line = _line_start(source, start)
    behind = end
    while source[behind : behind + 1] in (b" ", b"\t"):
        behind += 1
    ends_line = source[behind : behind + 2] == b"\r\n" or source[behind : behind + 1] == b"\n"
    if ends_line and not source[line:start].strip(BLANK):
        return Splice(line, source.index(b"\n", behind) + 1)
    return Splice(start, end)


def set_attribute(source: bytes, origin: Origin, name: str, value: str | None) -> Splice:
    """Set an attribute of an element, or remove it (`None`); a new one is put behind the last, set off as that one is.

    Raises:
        ProcedureError: `EF-X017` when the name is no XML name, `EF-X016` when the value cannot be written.
    """
    if not NAME.fullmatch(name):
        raise ProcedureError([Finding.of("EF-X017", origin.place, name=name)])
    present = attributes(source, origin.start, origin.inner_start)
    found = present.get(name)
    if found is not None:
        if value is None:
            return Splice(found.start, found.end)
        return Splice(found.value_start, found.value_end, escape(value, source, attribute=True))
    last = next(reversed(present.values()), None)
    at = last.end if last else origin.start + 1 + len(_raw_tag_name(source, origin))
    if value is None:
        return Splice(at, at)
    gap = source[last.start : last.start + _blank_length(source, last.start)] if last else b" "
    return Splice(at, at, gap + name.encode(encoding_of(source)) + b'="' + escape(value, source, attribute=True) + b'"')


def set_text(source: bytes, origin: Origin, text: str) -> Splice:
    """Replace all that an element holds by a text; an empty tag is opened."""
    return _filled(source, origin, escape(text, source))


def insert_child(source: bytes, parent: Origin, xml: str, *, before_end: bool = True) -> Splice:
    """Insert an element (its lines not indented) into a parent, as its last child or, with `before_end=False`, as its first.

    Two insertions into one empty tag overlap: give both elements in one text.
    """
    newline = _newline(source)
    outer = _indentation(source, parent.start)
    inner = _child_indentation(source, parent, outer)
    lines = _indented(source, xml, inner, newline)
    if parent.inner_start == parent.end or not source[parent.inner_start : parent.inner_end].strip():
        return _filled(source, parent, newline + lines + newline + outer)
    if not before_end:
        return Splice(parent.inner_start, parent.inner_start, newline + lines)
    line = _line_start(source, parent.inner_end)
    if source[line : parent.inner_end].strip(BLANK):  # the end tag stands behind something else
        return Splice(parent.inner_end, parent.inner_end, newline + lines + newline + outer)
    return Splice(line, line, lines + newline)


def insert_after(source: bytes, sibling: Origin, xml: str) -> Splice:
    """Insert an element (its lines not indented) behind another, on lines of its own."""
    lines = _indented(source, xml, _indentation(source, sibling.start), _newline(source))
    return Splice(sibling.end, sibling.end, _newline(source) + lines)


def insert_before(source: bytes, sibling: Origin, xml: str) -> Splice:
    """Insert an element (its lines not indented) before another, on lines of its own."""
    indentation, newline = _indentation(source, sibling.start), _newline(source)
    lines = _indented(source, xml, indentation, newline)
    return Splice(sibling.start, sibling.start, lines.removeprefix(indentation) + newline + indentation)


def _filled(source: bytes, origin: Origin, content: bytes) -> Splice:
    if origin.inner_start != origin.end:
        return Splice(origin.inner_start, origin.inner_end, content)
    slash = source.rindex(b"/", origin.start, origin.end)
    blank = len(source[origin.start : slash]) - len(source[origin.start : slash].rstrip())
    return Splice(slash - blank, origin.end, b">" + content + b"</" + _raw_tag_name(source, origin) + b">")


def _raw_tag_name(source: bytes, origin: Origin) -> bytes:
    found = TAG_NAME.match(source, origin.start)
    if found is None:
        raise ValueError(f"no start tag at byte {origin.start}")
    return found[1]


def _tag_name(source: bytes, origin: Origin) -> str:
    return _raw_tag_name(source, origin).decode(encoding_of(source))


def _newline(source: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in source else b"\n"


def _line_start(source: bytes, offset: int) -> int:
    return source.rfind(b"\n", 0, offset) + 1


def _blank_length(source: bytes, offset: int) -> int:
    return len(source[offset:]) - len(source[offset:].lstrip()) if source[offset : offset + 1].isspace() else 0


def _indentation(source: bytes, offset: int) -> bytes:
    line = source[_line_start(source, offset) : offset]
    return line[: len(line) - len(line.lstrip(BLANK))]


def _child_indentation(source: bytes, parent: Origin, outer: bytes) -> bytes:
    """Return the indentation of the first child that begins a line, else one step more than the parent."""
    found = re.compile(rb"\n([ \t]*)<(?![/])").search(source, parent.inner_start, parent.inner_end)
    if found:
        return found[1]
    return outer + (b"\t" if outer.startswith(b"\t") else b"  ")


def _indented(source: bytes, xml: str, indentation: bytes, newline: bytes) -> bytes:
    lines = (line.encode(encoding_of(source), "xmlcharrefreplace") for line in xml.strip().splitlines())
    return newline.join(indentation + line if line else line for line in lines)
