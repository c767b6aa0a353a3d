# SPDX-License-Identifier: Apache-2.0
"""What a run of the TCK comes to: by suite, by what a case expects, and as one number."""

from __future__ import annotations

from collections import Counter

import attrs
from tests.tck.running import Outcome


@attrs.frozen
class Score:
    """Passed of all."""

    passed: int
    of: int

    @property
    def percent(self) -> float:
        """Passed in a hundred."""
        return 100 * self.passed / self.of if self.of else 100.0

    def __str__(self) -> str:
        return f"{self.passed}/{self.of}" if self.of else "-"


@attrs.frozen
class Report:
    """The outcomes of a run."""

    outcomes: list[Outcome]

    @property
    def suites(self) -> dict[str, list[Outcome]]:
        """The outcomes by suite."""
        found: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            found.setdefault(outcome.suite, []).append(outcome)
        return found

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(o.passed for o in self.outcomes)

    @property
    def waiting(self) -> Counter[str]:
        """How many cases wait for what."""
        return Counter(o.waits_for for o in self.outcomes if o.waits_for)

    def score(self, *kinds: str) -> Score:
        """Return the score of the cases of these kinds that FEEL alone decides."""
        decided = [o for o in self.outcomes if o.kind in kinds and not o.waits_for]
        return Score(sum(o.passed for o in decided), len(decided))
