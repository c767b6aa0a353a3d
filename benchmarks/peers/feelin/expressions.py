# SPDX-License-Identifier: Apache-2.0
"""Random expressions of known type, so that most have a value; always the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import attrs

__all__ = ["SCOPE", "Tree", "expressions"]

SCOPE = {
    "a": 7,
    "b": 2,
    "z": 0,
    "name": "Ani",
    "risk": "low",
    "done": True,
    "none": None,
    "l": [3, 1, 2],
    "words": ["b", "a", "c"],
    "person": {"name": "Budi", "age": 42},
    "people": [{"name": "Ani", "age": 17}, {"name": "Budi", "age": 42}, {"name": "Citra", "age": 42}],
}
LEAVES = {
    "number": ["a", "b", "z", "0", "1", "3", "-2", "2.5", "100", "person.age", "l[1]", "l[-1]", "people[2].age", "none"],
    "string": ["name", "risk", '""', '"a"', '"low"', '"abc"', '"Ani B"', "person.name", "words[2]", '"öß🐎"'],
    "boolean": ["done", "true", "false", "none"],
    "list": ["l", "[]", "[1, 2, 3]", "[a, b]", "[1, null, 2]", "people.age", "words", "[[1, 2], 3]"],
    "context": ["person", "{x: 1, y: 2}", "{name: name}", "people[1]"],
    "date": ['@"2026-01-31"', '@"2024-02-29"', '@"2025-12-01"'],
    "moment": ['@"2026-01-31T10:00:00Z"', '@"2026-03-29T01:30:00@Europe/Berlin"', '@"2026-01-31T10:00:00"', '@"2026-01-31T10:00:00+07:00"'],
    "clock": ['@"10:00:00"', '@"23:30:00"', '@"10:00:00Z"'],
    "days": ['@"P1D"', '@"PT36H"', '@"-PT1H"', '@"P10DT2H"'],
    "months": ['@"P1M"', '@"P1Y2M"', '@"-P2M"'],
}
FORMS = {
    "number": [
        "({number} + {number})", "({number} - {number})", "({number} * {number})", "({number} / {number})", "-({number})", "({number} ** 2)",
        "if {boolean} then {number} else {number}", "count({list})", "sum({list})", "min({list})", "max({number}, {number})", "mean({list})",
        "median({list})", "product({list})", "stddev({list})", "abs({number})", "floor({number})", "ceiling({number})", "modulo({number}, {number})",
        "sqrt({number})", "decimal({number}, 1)", "round up({number}, 1)", "round half down({number}, 0)", "string length({string})",
        "{list}[{number}]", "{date}.day", "({date} - {date}).days", "{days}.hours", "{months}.months", "number({string})", "index of({list}, {number})[1]",
        "({days} / {days})", "day of year({date})", "week of year({date})", "{context}.x", 'get value({context}, "age")',
    ],
    "string": [
        "({string} + {string})", "upper case({string})", "lower case({string})", "substring({string}, {number})", "substring({string}, 2, {number})",
        "substring before({string}, {string})", "substring after({string}, {string})", 'replace({string}, "[aeiou]", "-")', "string({number})",
        "string({list})", "string({date})", 'string join({list}, ",")', "if {boolean} then {string} else {string}", "day of week({date})",
        "month of year({date})", "string({days})", "string({months})", "string({moment})", "string({context})", "string({boolean})",
    ],
    "boolean": [
        "({number} < {number})", "({number} = {number})", "({string} = {string})", "({string} < {string})", "({boolean} and {boolean})",
        "({boolean} or {boolean})", "not({boolean})", "{number} in [1..5]", "{number} in (1, 3, > 5)", "{number} between {number} and {number}",
        "({date} < {date})", "({days} >= {days})", "({list} = {list})", "contains({string}, {string})", 'matches({string}, "^[a-c]+$")',
        "starts with({string}, {string})", "list contains({list}, {number})", "some x in {list} satisfies x = {number}",
        "every x in {list} satisfies x != {number}", "all([{boolean}, {boolean}])", "any([{boolean}, {boolean}])", "even({number})", "odd({number})",
        "({number} = null)", "{number} instance of number", "{string} instance of string", "{list} instance of list<number>", "({context} = {context})",
        "({moment} < {moment})", "({moment} = {moment})", '{date} in [@"2024-01-01"..@"2026-01-01")', "before({number}, {number})",
        "includes([1..5], {number})", "overlaps([1..5], [{number}..9])", "is({number}, {number})", "({clock} < {clock})", "({months} < {months})",
    ],
    "list": [
        "[{number}, {number}]", "append({list}, {number})", "concatenate({list}, {list})", "{list}[item > {number}]", "for x in {list} return x",
        "for x in {list} return {number}", "for i in 1..3 return i * {number}", "reverse({list})", "distinct values({list})", "flatten({list})",
        "sublist({list}, {number})", "sublist({list}, 1, {number})", "remove({list}, {number})", "insert before({list}, {number}, {number})",
        "union({list}, {list})", "sort({list}, function(x, y) x < y)", "people[age > {number}].age", "mode({list})", 'split({string}, "[ a]")',
        "list replace({list}, {number}, {number})", "get entries({context}).key", "if {boolean} then {list} else {list}",
    ],
    "context": [
        "{k: {number}, m: {string}}", 'context put({context}, "k", {number})', "context merge([{context}, {context}])",
        'context([{key: "k", value: {number}}])', "people[{number}]", "if {boolean} then {context} else {context}",
    ],
    "date": ["({date} + {days})", "({date} - {months})", "({date} + {months})", "date({moment})", "date(2026, 2, {number})", "max({date}, {date})"],
    "moment": ["({moment} + {days})", "({moment} - {days})", "({moment} + {months})", "date and time({date}, {clock})"],
    "clock": ["({clock} + {days})", "time({moment})", "time(10, 30, 15)"],
    "days": ["({days} + {days})", "({moment} - {moment})", "({date} - {date})", "({days} * {number})", "-({days})", "({clock} - {clock})"],
    "months": ["({months} + {months})", "({months} * {number})", "years and months duration({date}, {date})", "-({months})"],
}  # fmt: skip
DEEPEST = 3
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@attrs.frozen
class Tree:
    """An expression: its form, and what stands in its places."""

    form: str
    parts: tuple[Tree, ...] = ()

    @property
    def text(self) -> str:
        """Return it as FEEL."""
        parts = iter(self.parts)
        return PLACEHOLDER.sub(lambda _: next(parts).text, self.form)


def expressions(seed: int, count: int) -> Iterator[Tree]:
    """Yield so many expressions."""
    chance = random.Random(seed)
    kinds = list(FORMS)
    for _ in range(count):
        yield _expression(chance.choice(kinds), chance, chance.randint(1, DEEPEST))


def _expression(kind: str, chance: random.Random, depth: int) -> Tree:
    if depth == 0 or chance.random() < 0.1:
        return Tree(chance.choice(LEAVES[kind]))
    form = chance.choice(FORMS[kind])
    return Tree(form, tuple(_expression(inner, chance, depth - 1) for inner in PLACEHOLDER.findall(form)))
