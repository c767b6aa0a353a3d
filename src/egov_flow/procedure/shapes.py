# SPDX-License-Identifier: Apache-2.0
"""What a YAML file may say, as a small table of shapes: from one table come the reading, every finding with its place, and the JSON Schema.

    READING = Record(make=Role, fields={"title": Field(Texts()), "is_applicant": Field(Flag())})
    role = read_shape(entry, READING, findings)

A shape reads an `Entry` to a plain value. What is wrong becomes a finding at its place, and reading goes on, so that all of it is told at once.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import attrs

from egov_flow.errors import Finding
from egov_flow.procedure.entries import Entry

__all__ = [
    "INVALID",
    "Choice",
    "Day",
    "Field",
    "Flag",
    "ListOf",
    "MapOf",
    "Name",
    "Record",
    "Shape",
    "Text",
    "Texts",
    "Whole",
    "json_schema",
    "read_shape",
]

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class _Invalid:
    """The value of an entry that has a finding; the field keeps its default."""

    def __repr__(self) -> str:
        return "INVALID"


INVALID = _Invalid()


class Shape(Protocol):
    """How one kind of entry is read and published."""

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the value, or INVALID after adding a finding that names `path`, the dotted key."""
        ...

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of it."""
        ...


def read_shape(entry: Entry, shape: Shape, findings: list[Finding]) -> Any:
    """Read an entry; INVALID if the whole of it is not of the shape. Findings are added to the list."""
    return shape.read(entry, "", findings)


def json_schema(shape: Shape, *, title: str) -> dict[str, Any]:
    """Return a shape as a JSON Schema 2020-12 that editors understand."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **shape.schema()}


@attrs.frozen
class Text:
    """A text of at most `longest` characters; a plain number counts as the text it is written as (`version: 1.10`)."""

    longest: int = 4000

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the text."""
        if entry.kind not in {"text", "number"} or len(entry.text) > self.longest:
            return _wrong(findings, "EF-P011", entry, path, longest=self.longest)
        return entry.text

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": ["string", "number"], "maxLength": self.longest}


@attrs.frozen
class Name:
    """A text that names something: it matches `pattern`; the `example` is what a finding shows."""

    pattern: str
    example: str

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the name."""
        if entry.kind not in {"text", "number"} or not re.fullmatch(self.pattern, entry.text):
            return _wrong(findings, "EF-P012", entry, path, example=self.example)
        return entry.text

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": ["string", "number"], "pattern": f"^{self.pattern}$", "examples": [self.example]}


@attrs.frozen
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the word."""
        if entry.kind != "text" or entry.text not in self.words:
            return _wrong(findings, "EF-P013", entry, path, choices=", ".join(self.words), found=entry.text[:40] or entry.kind)
        return entry.text

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"enum": list(self.words)}


@attrs.frozen
class Whole:
    """A whole number from `least` to `most`."""

    least: int = 1
    most: int = 10_000

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the number."""
        if entry.kind != "number" or not re.fullmatch(r"[0-9]{1,9}", entry.text) or not self.least <= int(entry.text) <= self.most:
            return _wrong(findings, "EF-P014", entry, path, least=self.least, most=self.most)
        return int(entry.text)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@attrs.frozen
class Flag:
    """`true` or `false`."""

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the truth value."""
        if entry.kind != "flag":
            return _wrong(findings, "EF-P015", entry, path)
        return entry.text.lower() == "true"

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": "boolean"}


@attrs.frozen
class Day:
    """A date, `2027-01-31`."""

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the date."""
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", entry.text):
                return datetime.date.fromisoformat(entry.text)
        except ValueError:  # 2027-02-30 looks like a date and is none: the finding below says so
            pass
        return _wrong(findings, "EF-P016", entry, path)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        return {"type": "string", "format": "date"}


@attrs.frozen
class Texts:
    """A text, or one text per language: `{en: …, id: …}`; a single text gets the language `""`."""

    longest: int = 4000

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the texts by language."""
        if entry.kind != "map":
            text = Text(self.longest).read(entry, path, findings)
            return text if text is INVALID else {"": text}
        texts = {}
        for key, value in entry.pairs:
            if not LANGUAGE.fullmatch(key.text):
                findings.append(Finding.of("EF-P017", key.place, element=path, language=key.text[:40]))
                continue
            text = Text(self.longest).read(value, _join(path, key.text), findings)
            if text is not INVALID:
                texts[key.text] = text
        return texts

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        text = Text(self.longest).schema()
        per_language = {"type": "object", "additionalProperties": text, "propertyNames": {"pattern": f"^{LANGUAGE.pattern}$"}}
        return {"anyOf": [text, per_language]}


@attrs.frozen
class ListOf:
    """A list; `single` also accepts one entry without the dash or brackets."""

    shape: Shape
    single: bool = False

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the values that could be read, as a tuple."""
        if entry.kind != "list" and not self.single:
            return _wrong(findings, "EF-P018", entry, path)
        items = entry.items if entry.kind == "list" else (entry,)
        values = (self.shape.read(item, f"{path}[{i + 1}]" if len(items) > 1 else path, findings) for i, item in enumerate(items))
        return tuple(value for value in values if value is not INVALID)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        inner = self.shape.schema()
        several = {"type": "array", "items": inner}
        return {"anyOf": [inner, several]} if self.single else several


@attrs.frozen
class Field:
    """One key of a record: its shape, whether it must be there, and what it means."""

    shape: Shape
    about: str = ""
    required: bool = False


@attrs.frozen
class Record:
    """A mapping with known keys, made into a value.

    Attributes:
        make: called with the fields that were given (and `place`, if `placed`).
        fields: by key.
        bare: key that a single scalar stands for (`decision: public` for `decision: {protection: public}`).
        key: name of the argument that receives the key of the `MapOf` around it.
    """

    make: Callable[..., Any]
    fields: Mapping[str, Field]
    bare: str = ""
    key: str = ""
    placed: bool = True

    def read(self, entry: Entry, path: str, findings: list[Finding], **given: Any) -> Any:
        """Return what `make` makes of the fields; `given` holds what the mapping around it knows, its key and the key's place."""
        if self.bare and entry.kind not in {"map", "list"}:
            pairs: tuple[tuple[Entry, Entry], ...] = ((Entry("text", entry.place, self.bare), entry),)
        elif entry.kind == "map":
            pairs = entry.pairs
        else:
            return _wrong(findings, "EF-P019", entry, path, known=_listed(self.fields))
        place = given.pop("place", entry.place)
        values = self._values(pairs, path, findings)
        missing = [name for name, field in self.fields.items() if field.required and name not in values]
        absent = [name for name in missing if all(key.text != name for key, _ in pairs)]
        findings.extend(Finding.of("EF-P020", place, element=path, key=name) for name in absent)
        if missing:
            return INVALID
        return self.make(**values, **given, **({"place": place} if self.placed else {}))

    def _values(self, pairs: Iterable[tuple[Entry, Entry]], path: str, findings: list[Finding]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in pairs:
            field = self.fields.get(key.text)
            if field is None:
                findings.append(_unknown(key, path, self.fields))
                continue
            if key.text in values or (value.kind == "null" and not field.required):
                continue  # a duplicate key has its finding already; an empty optional key is as good as none
            read = field.shape.read(value, _join(path, key.text), findings)
            if read is not INVALID:
                values[key.text] = read
        return values

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        described = {n: {**f.shape.schema(), **({"description": f.about} if f.about else {})} for n, f in self.fields.items()}
        required = [name for name, field in self.fields.items() if field.required]
        record = {"type": "object", "properties": described, "additionalProperties": False, **({"required": required} if required else {})}
        return {"anyOf": [self.fields[self.bare].shape.schema(), record]} if self.bare else record


@attrs.frozen
class MapOf:
    """A mapping from free keys to records of one shape, read to a tuple in the order of the file."""

    record: Record
    keys: Name

    def read(self, entry: Entry, path: str, findings: list[Finding]) -> Any:
        """Return the records that could be read."""
        if entry.kind != "map":
            return _wrong(findings, "EF-P021", entry, path)
        records = []
        for key, value in entry.pairs:
            if self.keys.read(key, path, findings) is INVALID:
                continue
            empty = Entry("map", key.place) if value.kind == "null" else value
            record = self.record.read(empty, _join(path, key.text), findings, place=key.place, **{self.record.key: key.text})
            if record is not INVALID:
                records.append(record)
        return tuple(records)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema."""
        names = {"pattern": f"^{self.keys.pattern}$"}
        return {"type": "object", "additionalProperties": self.record.schema(), "propertyNames": names}


def _wrong(findings: list[Finding], code: str, entry: Entry, path: str, **arguments: Any) -> _Invalid:
    findings.append(Finding.of(code, entry.place, element=path, **arguments))
    return INVALID


def _unknown(key: Entry, path: str, fields: Mapping[str, Field]) -> Finding:
    guess = difflib.get_close_matches(key.text[:60], list(fields), n=1, cutoff=0.6)
    unknown, known = key.text[:60], _listed(fields)
    if guess:
        return Finding.of("EF-P022", key.place, element=path, key=unknown, known=known, guess=guess[0])
    return Finding.of("EF-P023", key.place, element=path, key=unknown, known=known)


def _listed(fields: Mapping[str, Field]) -> str:
    return ", ".join(fields)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
