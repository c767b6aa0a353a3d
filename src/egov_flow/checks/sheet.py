# SPDX-License-Identifier: Apache-2.0
"""The whole file as the rules of the specification look at it: every element with its class, its place and what it is connected to.

The typed model of `bpmn/` keeps what a case needs; a rule may ask for anything that BPMN knows, choreographies and data sets included.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from egov_flow import xml
from egov_flow.bpmn import BPMN, BPMNDI, DC, DI, XSI, Bounds, Origin, name_only, namespace_of
from egov_flow.checks.metamodel import BpmnType, type_named, type_of_tag
from egov_flow.errors import Place, ProcedureError

__all__ = ["Sheet", "Thing"]

DRAWING = frozenset({BPMNDI, DC, DI})
CLOSED = frozenset({"extensionElements", "documentation", "text", "script"})
"""What these hold is free text or another vocabulary."""
SUFFIX = "EventDefinition"
XSI_TYPE = f"{{{XSI}}}type"


@attrs.define(eq=False, repr=False)
class Thing:
    """One element of the file.

    Attributes:
        tag: its XML tag without prefix.
        type: its class; None for a drawing and for what the specification does not know.
        parent: the element around it; None for the root.
        attributes: as written, those of other vocabularies as `{namespace}name`.
        children: elements of BPMN and of its drawings, in the order of the file.
    """

    tag: str
    element: xml.Element
    sheet: Sheet
    parent: Thing | None
    type: BpmnType | None
    children: list[Thing] = attrs.field(factory=list)
    attributes: dict[str, str] = attrs.field(init=False)
    id: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.attributes = dict(self.element.attrib)  # type: ignore[arg-type]
        self.id = self.attributes.get("id", "")

    @property
    def name(self) -> str:
        """Return its name; "" if none."""
        return self.attributes.get("name", "")

    @property
    def place(self) -> Place:
        """Return file, line and column of its start tag."""
        return self.sheet.document.place(self.element) if self.sheet.document else Place()

    @property
    def origin(self) -> Origin:
        """Return its place with the bytes that it takes."""
        if self.sheet.document is None:
            return Origin()
        tag = self.sheet.document.position(self.element)
        return Origin(self.place, tag.start, tag.inner_start, tag.inner_end, tag.end)

    @property
    def text(self) -> str:
        """Return all text inside, without the white space around it."""
        return "".join(map(str, self.element.itertext("*"))).strip()

    def has(self, attribute: str) -> bool:
        """Return whether an attribute is there."""
        return attribute in self.attributes

    def get(self, attribute: str, default: str = "") -> str:
        """Return an attribute without the white space around it."""
        return (self.attributes.get(attribute) or default).strip()

    def is_true(self, attribute: str, *, default: bool = False) -> bool:
        """Return an xsd:boolean; the default when it is absent or none."""
        return {"true": True, "1": True, "false": False, "0": False}.get(self.get(attribute), default)

    def ref(self, attribute: str) -> str:
        """Return the id that an attribute names; "" if none."""
        return name_only(self.attributes.get(attribute))

    def refs(self, tag: str) -> list[str]:
        """Return the ids that children of that tag name, empty ones left out."""
        return [found for found in (name_only(child.text) for child in self.kids(tag)) if found]

    def names(self, tag: str, element: str) -> bool:
        """Return whether a child of that tag names an element; looked up at once, however many children there are."""
        known = self.sheet.references
        if (self, tag) not in known:
            known[self, tag] = frozenset(self.refs(tag))
        return element in known[self, tag]

    def kids(self, *tags: str) -> list[Thing]:
        """Return the children of those tags."""
        return [child for child in self.children if child.tag in tags]

    def child(self, tag: str) -> Thing | None:
        """Return the first child of that tag."""
        return next((child for child in self.children if child.tag == tag), None)

    def is_a(self, *kinds: str) -> bool:
        """Return whether it is of one of those classes, `Activity` or `UserTask`."""
        return self.type is not None and not self.type.kinds.isdisjoint(kinds)

    def above(self) -> Iterator[Thing]:
        """Yield the elements around it, the nearest first."""
        found = self.parent
        while found is not None:
            yield found
            found = found.parent

    def inside(self, *kinds: str) -> Thing | None:
        """Return the nearest element around it of one of those classes."""
        return next((found for found in self.above() if found.is_a(*kinds)), None)

    @property
    def formal_type(self) -> str:
        """Return its xsi:type without prefix."""
        return name_only(self.attributes.get(XSI_TYPE))


@attrs.define(eq=False, repr=False)
class Sheet:
    """A file's elements, found by id, by tag and by class.

    Attributes:
        things: in the order of the file; none when the file is no XML that may be read.
        ids: the first element of each id.
        boxes: the rectangles of each plane, kept by `geometry`.
        references: the ids that an element's children of one tag name, kept by the elements.
    """

    document: xml.Document | None
    things: list[Thing] = attrs.field(factory=list)
    ids: dict[str, Thing] = attrs.field(factory=dict)
    boxes: dict[Thing, Mapping[str, Bounds]] = attrs.field(factory=dict)
    references: dict[tuple[Thing, str], frozenset[str]] = attrs.field(factory=dict)
    _by_tag: dict[str, list[Thing]] = attrs.field(factory=lambda: defaultdict(list))
    _by_kind: dict[str, list[Thing]] = attrs.field(factory=lambda: defaultdict(list))
    _incoming: dict[str, list[Thing]] = attrs.field(factory=lambda: defaultdict(list))
    _outgoing: dict[str, list[Thing]] = attrs.field(factory=lambda: defaultdict(list))
    _named: dict[str, list[Thing]] = attrs.field(factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, source: bytes, file: str) -> Sheet:
        """Read a file; one that the XML gate refuses, or that is no BPMN, has no elements (its reader has told why)."""
        try:
            document = xml.read(source, file)
        except ProcedureError:
            return cls(None)
        if namespace_of(document.root.tag) != (BPMN, "definitions"):
            return cls(None)
        sheet = cls(document)
        sheet._fill()
        return sheet

    def of(self, *tags: str) -> Sequence[Thing]:
        """Return the elements of those tags."""
        return self._by_tag.get(tags[0], ()) if len(tags) == 1 else [t for tag in tags for t in self._by_tag.get(tag, ())]

    def kind(self, kind: str) -> Sequence[Thing]:
        """Return the elements of a class."""
        return self._by_kind.get(kind, ())

    def incoming(self, node: Thing) -> Sequence[Thing]:
        """Return the sequence flows that end at a node."""
        return self._incoming.get(node.id, ()) if node.id else ()

    def outgoing(self, node: Thing) -> Sequence[Thing]:
        """Return the sequence flows that start at a node."""
        return self._outgoing.get(node.id, ()) if node.id else ()

    def target(self, thing: Thing, attribute: str) -> Thing | None:
        """Return the element that an attribute names."""
        return self.ids.get(thing.ref(attribute))

    def associated(self, element: str) -> Sequence[Thing]:
        """Return the associations that begin or end at an element."""
        return self._named.get(element, ()) if element else ()

    def definitions(self, event: Thing) -> list[Thing]:
        """Return the definitions of an event, those that it refers to included."""
        found = []
        for child in event.children:
            if child.tag == "eventDefinitionRef":
                named = self.ids.get(name_only(child.text))
                if named is not None and named.tag.endswith(SUFFIX):
                    found.append(named)
            elif child.tag.endswith(SUFFIX):
                found.append(child)
        return found

    def structure(self, reference: str) -> str:
        """Return the structure of a data element's type, references to objects and stores followed; "" if it has none."""
        data = self.ids.get(reference)
        if data is None:
            return ""
        if data.tag.endswith("Reference") and not data.get("itemSubjectRef"):
            behind = self.ids.get(data.ref("dataObjectRef") or data.ref("dataStoreRef"))
            return self.structure(behind.id) if behind is not None and behind.tag in {"dataObject", "dataStore"} else ""
        item = self.target(data, "itemSubjectRef")
        return item.get("structureRef") or item.id if item is not None and item.tag == "itemDefinition" else ""

    def triggers(self, event: Thing) -> list[str]:
        """Return the kinds of an event's definitions: `message`, `timer`, `compensate` and the like."""
        return [definition.tag.removesuffix(SUFFIX) for definition in self.definitions(event)]

    def _fill(self) -> None:
        if self.document is None:
            return
        root = Thing("definitions", self.document.root, self, None, type_named("Definitions"))
        stack = [root]
        while stack:
            thing = stack.pop()
            self._enter(thing)
            if thing.tag not in CLOSED and not thing.is_a("Expression"):
                thing.children = list(self._children(thing))
                stack.extend(reversed(thing.children))

    def _children(self, thing: Thing) -> Iterator[Thing]:
        for element in thing.element.iterchildren("*"):
            namespace, tag = namespace_of(element.tag)
            if namespace == BPMN:
                yield Thing(tag, element, self, thing, _type(thing.type, element, tag))
            elif namespace in DRAWING:
                yield Thing(tag, element, self, thing, None)

    def _enter(self, thing: Thing) -> None:
        self.things.append(thing)
        self._by_tag[thing.tag].append(thing)
        if thing.id:
            self.ids.setdefault(thing.id, thing)
        for kind in thing.type.kinds if thing.type else ():
            self._by_kind[kind].append(thing)
        if thing.tag == "sequenceFlow":
            self._outgoing[thing.ref("sourceRef")].append(thing)
            self._incoming[thing.ref("targetRef")].append(thing)
        elif thing.tag == "association":
            for end in {thing.ref("sourceRef"), thing.ref("targetRef")}:
                self._named[end].append(thing)


def _type(parent: BpmnType | None, element: xml.Element, tag: str) -> BpmnType | None:
    """Return the class of a child: as its xsi:type says, as the slot says that it fills, or as its tag says; a reference has none."""
    slot = parent.slot(tag) if parent else None
    if slot is not None and slot.is_reference:
        return None
    said = element.get(XSI_TYPE)
    if said is not None:
        named = type_named(name_only(said).removeprefix("t"))
        if named is not None:
            return named
    if slot is not None and slot.tag == tag and slot.target:
        return type_named(slot.target)
    return type_of_tag(tag)
