# SPDX-License-Identifier: Apache-2.0
"""What every part of the reader needs: attributes of the right type, text, places, and the list of findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from egov_flow.bpmn.namespaces import BPMN, namespace_of
from egov_flow.bpmn.origin import Formula, Origin, Reference
from egov_flow.errors import Finding
from egov_flow.xml import Document, Element

__all__ = ["MAX_FINDINGS", "Source", "name_only"]

MAX_FINDINGS = 500
"""So many of each severity are kept; a file that is wrong in every line must not fill the memory with it."""

PREFIXED = re.compile(r"[^\W\d][\w.\-]*:[\w.\-]+")
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def name_only(qname: str | None) -> str:
    """Return the id that a QName reference means, without its prefix and white space; what is no QName (an expression) stays whole."""
    text = (qname or "").strip()
    return text.rpartition(":")[2] if ":" in text and PREFIXED.fullmatch(text) else text


@attrs.define
class Source:
    """The file being read and what was found wrong in it."""

    document: Document
    findings: list[Finding] = attrs.field(factory=list)
    counts: Counter[str] = attrs.field(factory=Counter)
    _children: dict[Element, list[tuple[str, Element]]] = attrs.field(factory=dict)

    def note(self, findings: Iterable[Finding]) -> None:
        """Keep findings, and only count them from the 501st of a severity on."""
        for finding in findings:
            self.counts[finding.severity] += 1
            if self.counts[finding.severity] <= MAX_FINDINGS:
                self.findings.append(finding)

    def report(self, code: str, element: Element, *, severity: str = "error", related: tuple[str, ...] = (), **arguments: Any) -> None:
        """Note a finding about an element."""
        if self.counts[severity] >= MAX_FINDINGS:
            self.counts[severity] += 1
            return
        finding = Finding.of(
            code,
            self.document.place(element),
            severity=severity,
            element=element.get("id", ""),
            name=element.get("name", ""),
            type=namespace_of(element.tag)[1],
            related=related,
            **arguments,
        )
        self.note([finding])

    def origin(self, element: Element) -> Origin:
        """Return where an element stands."""
        tag = self.document.position(element)
        return Origin(self.document.place(element), tag.start, tag.inner_start, tag.inner_end, tag.end)

    def child(self, element: Element, tag: str) -> Element | None:
        """Return the first BPMN child of that tag."""
        return next((child for local, child in self._bpmn_children(element) if local == tag), None)

    def children(self, element: Element, *tags: str) -> Iterator[Element]:
        """Yield the BPMN children of those tags, in the order of the file."""
        return (child for local, child in self._bpmn_children(element) if local in tags)

    def _bpmn_children(self, element: Element) -> list[tuple[str, Element]]:
        """Return the BPMN children with their tags; each element is asked for some twenty kinds of child."""
        if not len(element):
            return []
        found = self._children.get(element)
        if found is None:
            named = ((namespace_of(child.tag), child) for child in element.iterchildren("*"))
            found = self._children[element] = [(local, child) for (namespace, local), child in named if namespace == BPMN]
        return found

    def extensions(self, element: Element) -> Iterator[Element]:
        """Yield what stands in the extensionElements of an element."""
        for holder in self.children(element, "extensionElements"):
            yield from holder.iterchildren("*")

    def text(self, element: Element | None) -> str:
        """Return the text of an element and all it holds, without the white space around it."""
        return "" if element is None else "".join(map(str, element.itertext("*"))).strip()

    def documentation(self, element: Element) -> str:
        """Return the documentation of an element, its parts one below the other."""
        return "\n\n".join(filter(None, (self.text(part) for part in self.children(element, "documentation"))))

    def formula(self, element: Element | None) -> Formula | None:
        """Return the expression in an element, in its own language or that of the file; None where there is none or only white space."""
        text = self.text(element)
        if element is None or not text:
            return None
        return Formula(text, element.get("language") or self._foreign_language(element), self.origin(element))

    def _foreign_language(self, element: Element) -> str:
        """Return the language that the file says its expressions are written in (BPMN 2.0.2 §8.2.1), "" where that is FEEL; a script has a format instead."""
        stated = self.document.root.get("expressionLanguage", "")
        return "" if "feel" in stated.lower() or namespace_of(element.tag)[1] == "script" else stated

    def references(self, element: Element, *tags: str) -> tuple[Reference, ...]:
        """Return the children that name another element, empty ones left out."""
        found = ((namespace_of(c.tag)[1], name_only(self.text(c)), c) for c in self.children(element, *tags))
        return tuple(Reference(tag, target, self.origin(c)) for tag, target, c in found if target)

    def required(self, element: Element, attribute: str) -> str:
        """Return a reference that must be there; "" with a finding if it is not."""
        value = name_only(element.get(attribute))
        if not value:
            self.report("EF-B019", element, attribute=attribute)
        return value

    def flag(self, element: Element, attribute: str, *, default: bool) -> bool:
        """Return an xsd:boolean, the default with a finding if it is none."""
        text = element.get(attribute)
        if text is None:
            return default
        value = BOOLEANS.get(text.strip())
        if value is None:
            self.report("EF-B013", element, attribute=attribute)
            return default
        return value

    def number(self, element: Element, attribute: str, default: int | None) -> int | None:
        """Return a whole number from 0 up, the default with a finding if it is none."""
        text = element.get(attribute)
        if text is None:
            return default
        digits = text.strip().removeprefix("+")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            self.report("EF-B021", element, attribute=attribute)
            return default
        return int(digits)

    def choice(self, element: Element, attribute: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed words; the first, which is the standard's default, if none or (with a finding) another is given."""
        text = element.get(attribute)
        if text is None or text in allowed:
            return text or allowed[0]
        self.report("EF-B022", element, attribute=attribute, allowed=", ".join(allowed))
        return allowed[0]
