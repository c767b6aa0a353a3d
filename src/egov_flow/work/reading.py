# SPDX-License-Identifier: Apache-2.0
"""Read organisation.yaml: every wrong entry is a finding with its line, and a file with an error gives no organisation."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import attrs

from egov_flow.errors import Finding, Place, blocking
from egov_flow.work.organisation import Office, Organisation, Person

LARGEST = 4 * 1024 * 1024
DEEPEST = 12
KEYS = {"": ("organisation", "offices", "people"), "offices": ("title", "parent"), "people": ("name", "office", "accounts", "roles")}


def read_organisation(path: str | Path) -> tuple[Organisation | None, tuple[Finding, ...]]:
    """Return the organisation in a file and what is wrong with it; None if an error forbids to use it, never an exception for bad content."""
    file = Path(path)
    try:
        with file.open("rb") as stream:
            source = stream.read(LARGEST + 1)
    except OSError as cause:
        return None, (Finding.of("EF-W020", Place(str(path)), reason=cause.strerror or type(cause).__name__),)
    return parse_organisation(source, str(path))


def parse_organisation(source: bytes, file: str = "organisation.yaml") -> tuple[Organisation | None, tuple[Finding, ...]]:
    """Return the organisation that the bytes of a file describe, and what is wrong with it, in the order of lines."""
    reader = _Reader(file)
    root = reader.compose(source)
    organisation = reader.organisation(root) if root is not None else None
    findings = tuple(sorted(reader.findings, key=lambda found: (found.place.line, found.place.column, found.code)))
    return (None if blocking(findings) else organisation), findings


@attrs.define
class _Reader:
    file: str
    findings: list[Finding] = attrs.field(factory=list)

    def say(self, code: str, node: Any, key: str = "", **arguments: object) -> None:
        texts = {name: str(value) for name, value in arguments.items()}
        self.findings.append(Finding(code=code, place=self._place(node), element=key, arguments=texts))

    def _place(self, node: Any) -> Place:
        mark = getattr(node, "start_mark", node)
        return Place(self.file, mark.line + 1, mark.column + 1) if mark is not None else Place(self.file)

    def compose(self, source: bytes) -> Any:
        """Return the tree of nodes, without making objects of it; None after a finding."""
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        if len(source) > LARGEST:
            self.say("EF-W021", None, limit=LARGEST)
            return None
        try:
            text = source.decode("utf-8-sig")
            root = YAML(typ="safe", pure=True).compose(text) if self._is_plain(text) else None
        except UnicodeDecodeError:
            self.say("EF-P003", None)
            return None
        except YAMLError as error:
            self.say("EF-W022", getattr(error, "problem_mark", None), problem=getattr(error, "problem", None) or type(error).__name__)
            return None
        if root is None and not self.findings:
            self.say("EF-W024", None)
        return root

    def _is_plain(self, text: str) -> bool:
        """Walk the events first: references and deep nesting are what a hostile file is made of."""
        from ruamel.yaml import YAML
        from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

        depth = 0
        for event in YAML(typ="safe", pure=True).parse(text):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if isinstance(event, AliasEvent) or depth > DEEPEST:
                self.say("EF-W023", event, depth=DEEPEST)
                return False
        return True

    def organisation(self, root: Any) -> Organisation:
        entries = self.mapping(root, "", KEYS[""])
        title = self.text(entries["organisation"], "organisation") if "organisation" in entries else ""
        offices = tuple(self._office(id_, node) for id_, node in self.mapping(entries.get("offices"), "offices").items())
        people = tuple(self._person(id_, node) for id_, node in self.mapping(entries.get("people"), "people").items())
        self._known_offices(offices, people, entries)
        self._unique_accounts(people, entries)
        return Organisation(title=title, offices=offices, people=people)

    def _office(self, office: str, node: Any) -> Office:
        entries = self.mapping(node, f"offices.{office}", KEYS["offices"])
        return Office(id=office, **{key: self.text(value, f"offices.{office}.{key}") for key, value in entries.items()})

    def _person(self, person: str, node: Any) -> Person:
        key = f"people.{person}"
        entries = self.mapping(node, key, KEYS["people"])
        plain = {name: self.text(entries[name], f"{key}.{name}") for name in ("name", "office") if name in entries}
        accounts = self.texts(entries.get("accounts"), f"{key}.accounts") if "accounts" in entries else (person,)
        return Person(id=person, accounts=accounts, roles=frozenset(self.texts(entries.get("roles"), f"{key}.roles")), **plain)

    def _known_offices(self, offices: tuple[Office, ...], people: tuple[Person, ...], entries: dict[str, Any]) -> None:
        known = {office.id for office in offices}
        for office in offices:
            if office.parent and office.parent not in known:
                self.say("EF-W026", entries["offices"], f"offices.{office.id}.parent", office=office.parent)
        for person in people:
            if person.office and person.office not in known:
                self.say("EF-W026", entries["people"], f"people.{person.id}.office", office=person.office)

    def _unique_accounts(self, people: tuple[Person, ...], entries: dict[str, Any]) -> None:
        seen: dict[str, str] = {}
        for person in people:
            for account in person.accounts:
                if account in seen:
                    self.say("EF-W027", entries["people"], f"people.{person.id}.accounts", account=account, other=seen[account])
                seen[account] = person.id

    def mapping(self, node: Any, key: str, known: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return the entries of a mapping by key; findings for another shape, a key twice and, if some are known, any other."""
        if node is None or _is_empty(node):
            return {}
        if node.id != "mapping":
            self.say("EF-W024", node, key)
            return {}
        entries: dict[str, Any] = {}
        for name_node, value in node.value:
            name = self.text(name_node, key)
            if name in entries:
                self.say("EF-W025", name_node, f"{key}.{name}".lstrip("."))
            elif known and name not in known:
                guess = get_close_matches(name, known, 1) or [", ".join(known)]
                self.say("EF-W028", name_node, f"{key}.{name}".lstrip("."), guess=guess[0])
            else:
                entries[name] = value
        return entries

    def text(self, node: Any, key: str) -> str:
        """Return a scalar as it is written; a finding for anything else."""
        if node.id != "scalar" or not node.value.strip():
            self.say("EF-W029", node, key)
            return ""
        return str(node.value).strip()

    def texts(self, node: Any, key: str) -> tuple[str, ...]:
        """Return a list of scalars; a finding for anything else."""
        if node is None or _is_empty(node):
            return ()
        if node.id != "sequence":
            self.say("EF-W030", node, key)
            return ()
        return tuple(text for item in node.value if (text := self.text(item, key)))


def _is_empty(node: Any) -> bool:
    return node.id == "scalar" and node.value in ("", "~", "null")
