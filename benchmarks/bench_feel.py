# SPDX-License-Identifier: Apache-2.0
"""FEEL beside what stock SpiffWorkflow does with a condition, in one process; and the worst time that a text can take."""

from __future__ import annotations

import contextlib
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

from benchmarks.figure import Figure
from egov_flow import feel
from egov_flow.data import freeze
from egov_flow.errors import FeelError
from egov_flow.feel.functions import FUNCTIONS

FEEL, PYTHON = 'amount > 1000 and risk = "low"', 'amount > 1000 and risk == "low"'
CASE = {"amount": 1500, "risk": "low", "applicant": "A", "subject": "B"}
EVALUATIONS, ROUNDS = 20_000, 7
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
RANDOM_TEXTS = 4_000

HOSTILE_DATA = freeze({"n": 1, "c": {"a": 1}, "l": list(range(20_000)), "s": "x" * 1_000_000, "ab": "ab" * 500_000})
HOSTILE = (
    "9**9**9",
    "(" * 9_999,
    "(" * 4_900 + "1" + ")" * 4_900,
    "-" * 9_998 + "1",
    "1" + "+1" * 4_990,
    "c" + ".a" * 4_000,
    '"' + "x" * 10_000_000 + '"',
    "for i in 1..1e33 return i",
    "for a in 1..1000, b in 1..1000 return a * b",
    "some a in l, b in l, c in l satisfies a + b + c = -1",
    "every a in l satisfies some b in l satisfies b = -a - 1",
    "for i in 1..100000 return s + s",
    'for i in 1..100000 return contains(s, "y")',
    "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]",
    "for i in 1..10000 return append(l, i)",
    "for i in 1..100000 return 2 ** 0.5",
    "for i in 1..100000 return exp(100)",
    "for i in 1..100000 return log(i)",
    "distinct values(for i in 1..30000 return [i])",
    "sort(for i in 1..20000 return modulo(i * 7919, 10007), function(a, b) a > b)",
    "{f: function(n) f(n + 1), x: f(1)}.x",
    "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), x: f(40)}.x",
    'matches("' + "a" * 41 + '!", "^(a+)+$")',
    'matches(s, "(x?){900}y")',
    'matches(ab, "[ab]*a[ab]{900}c")',
    'replace(ab, "([ab]*a[ab]{500}c)|b", "x")',
    'split(ab, "a|(b{0,90}){0,9}c")',
    'for i in 1..100000 return matches("a", "a" + string(i))',
    r'for i in 1..100000 return matches("a", "(\\p{L}|\\p{N}){30}" + string(i))',
    r'matches("a", "(\\p{L}|\\p{N}){300}")',
    'matches("a", "((a{1000}){1000}){1000}")',
    "string(l)",
    "for i in 1..1000 return string(l)",
    'string join(for i in 1..50000 return s, "")',
    "l[item in l]",
    "list contains(l, -1) or count(union(l, l, l, l)) = 1",
    "flatten(for i in 1..1000 return l)",
    'context merge(for i in 1..9000 return {"a": l})',
    "for i in 1..100000 return c = c and l = l",
    '(for i in 1..100000 return date(2026, 1, 1) + duration("P1M"))[-1]',
)  # fmt: skip
WORDS = """
n c l s ab item ? partial 1 0 -1 1e99 0.5 null true "x" "(a+)+" [ ] ( ) { } , : . .. + - * / ** = != < >= and or in between if then else
for return some every satisfies function(x) i x @"2026-01-31" @"P1M" 1..1000000
"""


def seconds_each(evaluate: Callable[[], object]) -> float:
    """Return the seconds of one evaluation."""
    start = time.perf_counter()
    for _ in range(EVALUATIONS):
        evaluate()
    return (time.perf_counter() - start) / EVALUATIONS


def compared() -> tuple[float, float]:
    """Return how many times faster FEEL is than SpiffWorkflow's evaluator: compiled, and from the text with its cache; each round measures all three."""
    engine, task = PythonScriptEngine(), SimpleNamespace(data=dict(CASE))
    scope, compiled = freeze(CASE), feel.compile(FEEL)
    assert compiled(scope) is engine.evaluate(task, PYTHON) is True
    by_compiled, by_text = [], []
    for _ in range(ROUNDS):
        stock = seconds_each(lambda: engine.evaluate(task, PYTHON))
        by_compiled.append(stock / seconds_each(lambda: compiled(scope)))
        by_text.append(stock / seconds_each(lambda: feel.compile(FEEL)(scope)))
    return statistics.median(by_compiled), statistics.median(by_text)


def texts() -> Iterator[str]:
    """Yield the hostile texts, and random rows of words, always the same."""
    yield from HOSTILE
    chance = random.Random(6)
    words = [*WORDS.split(), *(f"{name}(" for name in sorted(FUNCTIONS))]
    for _ in range(RANDOM_TEXTS):
        yield " ".join(chance.choices(words, k=chance.randint(1, 14)))


def milliseconds(text: str) -> float:
    """Return the processor time of a text, which must give a value or a FEEL error; any other exception breaks the benchmark."""
    start = time.process_time()
    with contextlib.suppress(FeelError):
        feel.compile(text)(HOSTILE_DATA, now=NOW)
    return (time.process_time() - start) * 1000


def worst() -> tuple[float, str]:
    """Return the longest of all, the best of three tries for each that takes long."""
    slowest = sorted(((milliseconds(text), text) for text in texts()), reverse=True)[:5]
    return max((min(first, milliseconds(text), milliseconds(text)), text) for first, text in slowest)


def figures() -> Iterator[Figure]:
    """Yield the figures of FEEL."""
    compiled, text = compared()
    yield Figure("feel.vs_spiff_eval.compiled", round(compiled, 2), "times")
    yield Figure("feel.vs_spiff_eval.text", round(text, 2), "times")
    yield Figure("feel.worst_fuzz_ms", round(worst()[0], 1), "ms")
