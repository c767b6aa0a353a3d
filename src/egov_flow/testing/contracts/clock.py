# SPDX-License-Identifier: Apache-2.0
"""The contract of `ports.Clock`."""

from __future__ import annotations

from egov_flow.ports import Clock

__all__ = ["ClockContract"]


class ClockContract:
    """Give the suite a fixture `clock`."""

    def test_now_has_a_zone(self, clock: Clock) -> None:
        """A moment without one could be any of 38 hours."""
        assert clock.now().utcoffset() is not None

    def test_time_does_not_run_backwards(self, clock: Clock) -> None:
        """Between two looks."""
        first = clock.now()

        assert clock.now() >= first
