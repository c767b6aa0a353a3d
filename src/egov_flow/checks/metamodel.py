# SPDX-License-Identifier: Apache-2.0
"""What BPMN 2.0.2 says of each element: its kinds, its attributes, its children and how many of each.

The table `bpmn_types.json` is derived from the JSON descriptors of bpmn-moddle (MIT, see bpmn_types.LICENSE.txt); cardinalities and the order of
children are those of the specification's class tables. The schema files of the OMG are not shipped: they come without a stated licence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import attrs

__all__ = ["OWN_TAGS", "REF", "BpmnType", "Slot", "enumerations", "type_named", "type_names", "type_of_tag"]

REF = "ref:"
OWN_TAGS = {"InputOutputSpecification": "ioSpecification", "InputOutputBinding": "ioBinding", "ImplicitThrowEvent": "event"}
"""Types whose tag is not their name."""


@attrs.frozen
class Slot:
    """One kind of child of an element.

    Attributes:
        tag: of the child, or the name of a group (`flowElement`) that `target` is the common kind of.
        least: how many there must be.
        most: how many there may be; 0 for any number.
        target: kind of the child, or of what a reference names; "" for plain text.
        is_reference: the child is the id of an element.
    """

    tag: str
    least: int
    most: int
    target: str
    is_reference: bool


@attrs.frozen(eq=False)
class BpmnType:
    """A class of the specification, with what it inherits.

    Attributes:
        name: `UserTask`.
        parents: names of the classes that it inherits from directly.
        kinds: its own name and those of all it inherits from.
        attributes: what each attribute holds: `String`, `Boolean`, `Integer`, an enumeration, or `ref:` and the kind that is named.
        required: attributes that must be there.
        slots: its children, in the order of the class tables.
    """

    name: str
    is_abstract: bool
    parents: tuple[str, ...]
    kinds: frozenset[str]
    attributes: Mapping[str, str]
    required: frozenset[str]
    slots: tuple[Slot, ...]
    _found: dict[str, Slot | None] = attrs.field(factory=dict, repr=False)

    def slot(self, tag: str) -> Slot | None:
        """Return where a child of that tag belongs; None if it may not stand here."""
        if tag not in self._found:
            self._found[tag] = self._slot(tag)
        return self._found[tag]

    def _slot(self, tag: str) -> Slot | None:
        own = next((slot for slot in self.slots if slot.tag == tag), None)
        if own is not None:
            target = type_named(own.target) if own.target else None
            return None if target is not None and target.is_abstract and not own.is_reference else own
        kind = type_of_tag(tag)
        if kind is None or kind.is_abstract:
            return None
        return next((slot for slot in self.slots if not slot.is_reference and slot.target in kind.kinds and _is_group(slot)), None)


def _is_group(slot: Slot) -> bool:
    """Return whether a slot takes several tags: that of its type and those of all kinds of it (resourceRole takes potentialOwner)."""
    return slot.tag == slot.target[:1].lower() + slot.target[1:]


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    text = resources.files("egov_flow.checks").joinpath("bpmn_types.json").read_text("utf-8")
    table: Mapping[str, Mapping[str, Any]] = json.loads(text)
    return table


@cache
def enumerations() -> Mapping[str, tuple[str, ...]]:
    """Return the words of each enumeration."""
    return {name: tuple(words) for name, words in _table()["enumerations"].items()}


@cache
def type_names() -> tuple[str, ...]:
    """Return the names of all classes of the specification."""
    return tuple(_table()["types"])


@cache
def type_named(name: str) -> BpmnType | None:
    """Return a class of the specification by its name; None if there is none."""
    entry = _table()["types"].get(name)
    if not isinstance(entry, dict):
        return None
    parents = [parent for parent in map(type_named, entry.get("is", ())) if parent is not None]
    attributes = {key: value for parent in parents for key, value in parent.attributes.items()}
    required = frozenset(entry.get("required", ())).union(*(parent.required for parent in parents))
    slots = {slot.tag: slot for parent in parents for slot in parent.slots}
    slots |= {
        tag: Slot(tag, least, most, target.removeprefix(REF), target.startswith(REF))
        for tag, least, most, target in entry.get("children", ())
    }
    return BpmnType(
        name=name,
        is_abstract=bool(entry.get("abstract")),
        parents=tuple(parent.name for parent in parents),
        kinds=frozenset({name}).union(*(parent.kinds for parent in parents)),
        attributes=attributes | entry.get("attributes", {}),
        required=required,
        slots=tuple(slots.values()),
    )


@cache
def type_of_tag(tag: str) -> BpmnType | None:
    """Return the class of an element by its tag; None if the specification has no such element."""
    if tag in OWN_TAGS.values():
        return type_named(next(name for name, own in OWN_TAGS.items() if own == tag))
    return None if tag in OWN_TAGS or not tag[:1].islower() else type_named(tag[:1].upper() + tag[1:])
