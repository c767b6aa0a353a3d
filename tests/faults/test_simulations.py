# SPDX-License-Identifier: Apache-2.0
"""Two agencies, clerks, citizens, workers, crashes, refused commits and clocks, by chance: the promises hold after every step."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.faults.simulating import REFUSALS, Crash, World, run

from egov_flow.errors import StoreError

REGRESSIONS: tuple[int, ...] = ()
"""Seeds that once failed."""


@pytest.mark.parametrize("seeds", [range(200), pytest.param(range(200, 10_000), marks=pytest.mark.long)], ids=lambda seeds: f"{seeds}")
def test_the_promises_hold_whatever_happens(seeds: range) -> None:
    for seed in (*REGRESSIONS, *seeds):
        try:
            run(seed)
        except AssertionError as broken:
            raise AssertionError(f"seed {seed}: {broken}") from broken


def test_a_seed_gives_the_same_run_again() -> None:
    first, second = run(11), run(11)
    assert first.store.commits == second.store.commits > 20
    assert list(first.store.chains("default")) == list(second.store.chains("default"))


class Office(RuleBasedStateMachine):
    """The same acts, chosen by Hypothesis, which makes a failure short."""

    @initialize(seed=st.integers(0, 10_000))
    def begin(self, seed: int) -> None:
        """Open two agencies."""
        self.world = World(seed)

    @rule(act=st.sampled_from(("start", "complete", "claim", "send", "work", "suspend", "wait", "retry", "repeat")), who=st.integers(0, 1))
    def act(self, act: str, who: int) -> None:
        """Let a client or worker do something."""
        try:
            with self.world.faults(0.1):
                getattr(self.world, act)(self.world.agencies[who])
        except (*REFUSALS, StoreError):
            return
        except Crash:
            self.world.agencies[who] = self.world._open()

    @invariant()
    def promises_hold(self) -> None:
        """Check everything after each act."""
        if hasattr(self, "world"):
            self.world.check()


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
