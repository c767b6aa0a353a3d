# SPDX-License-Identifier: Apache-2.0
"""What can go wrong, and the finding: a place, what is wrong there and how to mend it.

    EgovFlowError
    ├── ProcedureError      (ValueError)       the model, its folder or its redesign has findings
    │   └── RedesignError                      a redesign was refused
    ├── FeelError           (ValueError)       an expression does not parse, or cannot be evaluated
    ├── NotFound            (LookupError)      no such case, task, procedure … for this actor
    ├── NotAllowed          (PermissionError)  the actor may not do this
    ├── AlreadyCompleted    (RuntimeError)     the task or case has ended before
    ├── InvalidData         (ValueError)       data that the case's own version does not accept
    ├── ConflictError       (RuntimeError)     somebody else was first, or a key was used for something else
    └── StoreError          (OSError)          the database did not take it: nothing was changed

An error raised inside a room carries a code; its sentence stands in `texts/`. No error text ever contains case data.
"""

from __future__ import annotations

from typing import Any

import attrs

from egov_flow.texts import render

__all__ = [
    "AlreadyCompleted",
    "ConflictError",
    "EgovFlowError",
    "FeelError",
    "Finding",
    "InvalidData",
    "NotAllowed",
    "NotFound",
    "Place",
    "ProcedureError",
    "RedesignError",
    "StoreError",
    "blocking",
]

SEVERITIES = ("error", "warning", "info")


@attrs.frozen
class Place:
    """Where something stands: file, line and column (both from 1; 0 = the whole file)."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@attrs.frozen(kw_only=True)
class Finding:
    """One thing that is wrong (or worth knowing) at one place, with the way to mend it.

    Make one with `Finding.of`; its sentences come from `texts/` by code.

    Attributes:
        code: stable, `EF-B014`; documented in docs/reference.
        severity: `error`, `warning` or `info`.
        place: file, line, column.
        element: id of the BPMN element or the dotted key of the YAML entry; "" if none.
        name: the element's name as its diagram shows it.
        type: the element's BPMN type.
        related: ids of other elements concerned.
        source: clause or law behind the rule.
    """

    code: str
    severity: str = "error"
    place: Place = Place()
    element: str = ""
    name: str = ""
    type: str = ""
    related: tuple[str, ...] = ()
    source: str = ""
    arguments: dict[str, str] = attrs.field(factory=dict, hash=False)

    @classmethod
    def of(
        cls,
        code: str,
        place: Place | None = None,
        *,
        severity: str = "error",
        element: str = "",
        name: str = "",
        type: str = "",  # noqa: A002 - the finding's field is named so
        related: tuple[str, ...] = (),
        source: str = "",
        **arguments: object,
    ) -> Finding:
        """Return a finding of this code; `arguments` fill the placeholders of its text."""
        if severity not in SEVERITIES:
            raise ValueError(f"severity {severity!r}")
        return cls(
            code=code,
            severity=severity,
            place=place or Place(),
            element=element,
            name=name,
            type=type,
            related=related,
            source=source,
            arguments={k: str(v) for k, v in arguments.items()},
        )

    def message(self, language: str = "en") -> str:
        """Return what is wrong, in one sentence."""
        return _on_one_line(render(self.code, "message", self.arguments, language))

    def hint(self, language: str = "en") -> str:
        """Return how to mend it; "" if nobody can."""
        return _on_one_line(render(self.code, "hint", self.arguments, language))

    def text(self, language: str = "en") -> str:
        """Return the finding as a compiler prints it, the hint on a line of its own."""
        subject = ""
        if self.element:
            named = f'"{_on_one_line(self.name)}" ({self.element})' if self.name else self.element
            subject = f"{self.type} {named}: ".lstrip()
        place = f"{self.place}: " if self.place.file else ""
        line = f"{place}{self.severity} {self.code}: {subject}{self.message(language)}"
        hint = self.hint(language)
        return f"{line}\n  hint: {hint}" if hint else line

    def __str__(self) -> str:
        return self.text()

    def as_json(self, language: str = "en") -> dict[str, Any]:
        """Return the finding as plain JSON values, the form of every `--json`."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "element": self.element,
            "name": self.name,
            "type": self.type,
            "message": self.message(language),
            "hint": self.hint(language),
            "related": list(self.related),
            "source": self.source,
        }


def _on_one_line(text: str) -> str:
    """Return a text without line breaks: a label that is drawn in two lines must not look like two findings."""
    return " ".join(filter(None, (line.strip() for line in text.splitlines()))) if len(text.splitlines()) > 1 else text


def blocking(findings: tuple[Finding, ...] | list[Finding]) -> list[Finding]:
    """Return the findings that forbid going on: those of severity `error`."""
    return [f for f in findings if f.severity == "error"]


class EgovFlowError(Exception):
    """Something that egov_flow refuses; its text says what and how to go on.

    Args:
        code: a code of `texts/`.
        arguments: fill the text's placeholders.
    """

    def __init__(self, code: str, **arguments: object) -> None:
        self.code = code
        self.arguments = {k: str(v) for k, v in arguments.items()}
        super().__init__(self.text())

    def text(self, language: str = "en") -> str:
        """Return message and hint in a language."""
        message = render(self.code, "message", self.arguments, language)
        hint = render(self.code, "hint", self.arguments, language)
        return f"{self.code}: {message}" + (f"\n  hint: {hint}" if hint else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.code, self.arguments))


def _rebuild(kind: type[EgovFlowError], code: str, arguments: dict[str, str]) -> EgovFlowError:
    return kind(code, **arguments)


class ProcedureError(EgovFlowError, ValueError):
    """The procedure has findings that forbid this; mend each and try again."""

    def __init__(self, findings: tuple[Finding, ...] | list[Finding]) -> None:
        self.findings = tuple(findings)
        first = self.findings[0].code if self.findings else ""
        self.code, self.arguments = first, {}
        Exception.__init__(self, self.text())

    def text(self, language: str = "en") -> str:
        """Return all findings, one after the other."""
        return "\n".join(f.text(language) for f in self.findings)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.findings,))


class RedesignError(ProcedureError):
    """The redesign was refused and nothing was changed; its findings say why."""


class FeelError(EgovFlowError, ValueError):
    """A FEEL expression does not parse or cannot be evaluated; line and column (from 1) count inside the expression."""

    def __init__(self, code: str, *, line: int = 1, column: int = 1, **arguments: object) -> None:
        self.line, self.column = line, column
        super().__init__(code, **arguments)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild_feel, (self.code, self.line, self.column, self.arguments))


def _rebuild_feel(code: str, line: int, column: int, arguments: dict[str, str]) -> FeelError:
    return FeelError(code, line=line, column=column, **arguments)


class NotFound(EgovFlowError, LookupError):
    """There is no such thing, or not for this actor and tenant."""


class NotAllowed(EgovFlowError, PermissionError):
    """The actor may not do this; the text names the rule that decided."""


class AlreadyCompleted(EgovFlowError, RuntimeError):
    """The task or case has ended before; look at its history for who ended it."""


class InvalidData(EgovFlowError, ValueError):
    """The data does not fit what the case's own version asks for; the text names the fields, never their values."""


class ConflictError(EgovFlowError, RuntimeError):
    """Somebody else changed the case first, or the key was used with other data; load again and decide anew."""


class StoreError(EgovFlowError, OSError):
    """The database did not take the change, and nothing was written; the text says which file or host."""
