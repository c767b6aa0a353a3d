# SPDX-License-Identifier: Apache-2.0
"""A DMN model as far as FEEL alone decides: inputs, item definitions, and decisions and business knowledge written as literal expressions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from egov_flow import feel, xml
from egov_flow.feel import TypeRef

LOGIC = ("literalExpression", "decisionTable", "context", "invocation", "relation", "list", "functionDefinition")
LOGIC += ("conditional", "filter", "for", "some", "every")
NAMED = {"dayTimeDuration": "days and time duration", "yearMonthDuration": "years and months duration", "dateTime": "date and time"}
PLAIN = {"number", "string", "boolean", "date", "time", "date and time", "days and time duration", "years and months duration", "context"}


@attrs.frozen(kw_only=True)
class Piece:
    """A decision, an input or a business knowledge model.

    Attributes:
        logic: kind of its boxed expression; "" if it has none.
        text: of its literal expression.
        type: of what it gives; None if it does not say.
        parameters: of a business knowledge model, with their types.
        needs: ids of what it requires.
    """

    id: str
    name: str
    kind: str
    logic: str = ""
    text: str = ""
    type: TypeRef | None = None
    inner_type: TypeRef | None = None
    parameters: tuple[tuple[str, TypeRef | None], ...] = ()
    needs: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Model:
    """One DMN file: its pieces by id, the types that it names, and every name that a FEEL text in it may read."""

    pieces: dict[str, Piece]
    types: dict[str, TypeRef]
    names: frozenset[str]
    imports: bool

    def named(self, name: str) -> Piece | None:
        """Return the decision of a name."""
        return next((p for p in self.pieces.values() if p.name == name and p.kind == "decision"), None)

    def waits_for(self, piece: Piece, seen: frozenset[str] = frozenset()) -> set[str]:
        """Return the kinds of logic that this piece, or one that it requires, has and that FEEL does not decide."""
        if piece.id in seen:
            return set()
        waits = set() if piece.logic == "literalExpression" or piece.kind == "inputData" else {piece.logic or "no logic"}
        for need in piece.needs:
            required = self.pieces.get(need)
            waits |= {"import or decision service"} if required is None else self.waits_for(required, seen | {piece.id})
        return waits


def read(file: Path) -> Model:
    """Read a model through the XML gate of the library."""
    root = xml.read(file.read_bytes(), file.name).root
    types = _Types({item.get("name"): item for item in root.iterchildren("{*}itemDefinition")})
    pieces = [_piece(e, types) for kind in ("inputData", "decision", "businessKnowledgeModel") for e in root.iterchildren("{*}" + kind)]
    names = {p.name for p in pieces} | {name for p in pieces for name, _ in p.parameters}
    names |= {c.get("name") for c in root.iter("{*}itemComponent")}
    return Model(
        pieces={p.id: p for p in pieces},
        types={name: types.of(name) for name in types.items},
        names=frozenset(names),
        imports=next(root.iterchildren("{*}import"), None) is not None,
    )


class _Types:
    """Types by the names that a model uses: FEEL's own, and item definitions in any order."""

    def __init__(self, items: dict[str, xml.Element]) -> None:
        self.items = items
        self.open: set[str] = set()

    def of(self, name: str | None) -> TypeRef | None:
        """Return the type of a name; None for no name, Any for one that nobody defines."""
        if not name:
            return None
        name = name.rpartition(":")[2].strip()
        name = NAMED.get(name, name)
        if name in self.items and name not in self.open:
            self.open.add(name)
            found = self.item(self.items[name])
            self.open.discard(name)
            return found
        return TypeRef(name) if name in PLAIN else feel.ANY

    def item(self, item: xml.Element) -> TypeRef:
        """Return the type that an item definition or component makes."""
        parts = list(item.iterchildren("{*}itemComponent"))
        function = next(item.iterchildren("{*}functionItem"), None)
        if parts:
            made = TypeRef("context", tuple(self.item(part) for part in parts), tuple(part.get("name") for part in parts))
        elif function is not None:
            given = [self.of(p.get("typeRef")) or feel.ANY for p in function.iterchildren("{*}parameters")]
            made = TypeRef("function", (*given, self.of(function.get("outputTypeRef")) or feel.ANY))
        else:
            made = self.of(_text(item, "typeRef")) or feel.ANY
        return TypeRef("list", (made,)) if item.get("isCollection") == "true" else made


def _piece(element: xml.Element, types: _Types) -> Piece:
    kind = xml_name(element)
    holder = element if kind == "decision" else next(element.iterchildren("{*}encapsulatedLogic"), None)
    boxed = next((c for c in holder.iterchildren("*") if xml_name(c) in LOGIC), None) if holder is not None else None
    variable = next(element.iterchildren("{*}variable"), None)
    logic = "" if boxed is None else xml_name(boxed)
    if holder is not None and holder.get("kind", "FEEL") != "FEEL":
        logic = "external function"
    return Piece(
        id=element.get("id") or element.get("name"),
        name=(variable if variable is not None and variable.get("name") else element).get("name").strip(),
        kind=kind,
        logic=logic,
        text=_text(boxed, "text") if boxed is not None else "",
        type=types.of(variable.get("typeRef")) if variable is not None else None,
        inner_type=types.of(boxed.get("typeRef")) if boxed is not None else None,
        parameters=tuple((p.get("name"), types.of(p.get("typeRef"))) for p in _children(holder, "formalParameter")),
        needs=tuple(_needs(element)),
    )


def _needs(element: xml.Element) -> Iterator[str]:
    own = element.getroottree().getroot().get("namespace", "") + "#"
    for kind in ("informationRequirement", "knowledgeRequirement"):
        for requirement in element.iterchildren("{*}" + kind):
            for target in requirement.iterchildren("*"):
                yield target.get("href", "").rpartition("#")[2] if target.get("href", "").startswith(("#", own)) else target.get("href")


def _children(element: xml.Element | None, name: str) -> Iterator[xml.Element]:
    return iter(()) if element is None else element.iterchildren("{*}" + name)


def _text(element: xml.Element, name: str) -> str:
    child = next(element.iterchildren("{*}" + name), None)
    if child is None:
        return ""
    inner = next(child.iterchildren("{*}text"), None)
    return "".join((child if inner is None else inner).itertext())


def xml_name(element: xml.Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
