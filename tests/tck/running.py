# SPDX-License-Identifier: Apache-2.0
"""Running suites of the DMN TCK on FEEL: what passed, what failed, and what waits for the rest of DMN."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import attrs
from tests.tck.cases import Case, Result, matches
from tests.tck.cases import read as read_cases
from tests.tck.model import Model, Piece
from tests.tck.model import read as read_model

from egov_flow import feel
from egov_flow.data import Value
from egov_flow.errors import FeelError
from egov_flow.feel import Function, Run

EXTERNAL_JAVA = frozenset({"0076-feel-external-java"})
"""Suites that call Java; nothing here runs Java."""
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of one test case: `waits_for` says what FEEL alone cannot decide; "" if it can."""

    suite: str
    case: str
    kind: str
    passed: bool
    waits_for: str = ""
    found: str = ""


def suites(folder: Path) -> Iterator[Path]:
    """Yield the folders of all suites of levels 2 and 3."""
    for level in (2, 3):
        yield from sorted(p for p in (folder / "TestCases" / f"compliance-level-{level}").iterdir() if p.is_dir())


def run_suite(folder: Path) -> Iterator[Outcome]:
    """Run every test case of a suite."""
    for file in sorted(folder.glob("*.xml")):
        model_name, cases = read_cases(file)
        model = read_model(folder / model_name)
        for case in cases:
            yield _run_case(folder.name, model, case)


def _run_case(suite: str, model: Model, case: Case) -> Outcome:
    waits = "external Java" if suite in EXTERNAL_JAVA else _waits_for(model, case)
    if waits:
        return Outcome(suite=suite, case=case.id, kind=case.kind, passed=False, waits_for=waits)
    deciding = Deciding(model, case.inputs)
    found = [(result, deciding.result(result)) for result in case.results]
    wrong = [f"{r.name}: expected {r.expected!r}, found {value!r}" for r, (value, right) in found if not right]
    return Outcome(suite=suite, case=case.id, kind=case.kind, passed=not wrong, found="; ".join(wrong))


def _waits_for(model: Model, case: Case) -> str:
    if case.is_service or model.imports:
        return "import or decision service"
    waits: set[str] = set()
    for result in case.results:
        piece = model.named(result.name)
        waits |= {"import or decision service"} if piece is None else model.waits_for(piece)
    return min(waits, default="")


class Deciding:
    """One test case under way: decisions are evaluated once, and what they require before them."""

    def __init__(self, model: Model, inputs: dict[str, Value]) -> None:
        self.model = model
        self.inputs = inputs
        self.known: dict[str, Value] = {}
        self.run = Run(feel.DEFAULT_LIMITS, NOW)

    def result(self, result: Result) -> tuple[object, bool]:
        """Return what a decision gives, or the error, and whether it is what was expected: an error stands only where one was expected."""
        piece = self.model.named(result.name)
        assert piece is not None
        try:
            value = self.value(piece)
        except FeelError as error:
            return error.code, result.is_error
        return value, value is None if result.expected is None else matches(value, result.expected)

    def value(self, piece: Piece) -> Value:
        """Return the value of a piece of the model."""
        if piece.id not in self.known:
            self.known[piece.id] = self._made(piece)
        return self.known[piece.id]

    def _made(self, piece: Piece) -> Value:
        if piece.kind == "inputData":
            return self._coerced(self.inputs.get(piece.name), piece.type)
        scope = {required.name: self._required(required) for required in map(self.model.pieces.get, piece.needs) if required}
        expression = feel.compile(piece.text, self.model.names, self.model.types)
        if piece.kind == "decision":
            return self._coerced(self._coerced(expression.within(scope, self.run), piece.inner_type), piece.type)
        names = tuple(name for name, _ in piece.parameters)

        def call(arguments: tuple[Value, ...], run: Run) -> Value:
            found = expression.within({**scope, **dict(zip(names, arguments, strict=True))}, run)
            return self._coerced(self._coerced(found, piece.inner_type), piece.type)

        return Function(parameters=names, types=tuple(t for _, t in piece.parameters), call=call, height=1, result=piece.type)

    def _required(self, piece: Piece) -> Value:
        try:
            return self.value(piece)
        except FeelError:
            return None  # a decision in error is null to those that require it (DMN 1.5 §10.4)

    def _coerced(self, value: Value, wanted: feel.TypeRef | None) -> Value:
        return value if wanted is None else feel.coerced(value, wanted, self.run)
