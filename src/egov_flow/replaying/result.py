# SPDX-License-Identifier: Apache-2.0
"""What a replay found."""

from __future__ import annotations

from collections import Counter

import attrs

from egov_flow.values import View

__all__ = ["OUTCOMES", "Replay", "summary"]

OUTCOMES = ("same state", "same path", "shorter path", "other path", "cannot follow", "divergence", "semantics changed")


@attrs.frozen(kw_only=True)
class Replay:
    """One case, replayed.

    Attributes:
        outcome: `same state`: the very bytes again (same version). `same path`: another version, the same activities and events in the same
            order. `shorter path`: the same, but for work that the other version no longer has. `other path`: other activities or another
            order. `cannot follow`: a command finds no counterpart in the other version. `divergence`: the same version gave another state:
            the record or the engine was changed. `semantics changed`: it ran under another semantics number; that is no divergence.
        at: number of the command (from 1) where it left the recorded way; 0 if it never did.
        reason: a code of `texts/`, or "".
        element: the element concerned.
        path: flow nodes entered in the replay; `skipped`: those of the recorded path that were not; `added`: those that are new.
        dropped: elements whose recorded work has no place in the other version any more.
        view: where the replayed case stands.
    """

    case: str
    outcome: str
    at: int = 0
    reason: str = ""
    element: str = ""
    path: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    view: View | None = None

    @property
    def is_faithful(self) -> bool:
        """Whether the replay confirms the record (same version) or follows it (another version)."""
        return self.outcome in {"same state", "same path", "shorter path"}


def summary(replays: tuple[Replay, ...] | list[Replay]) -> dict[str, int]:
    """Return how many replays had which outcome, in the order of `OUTCOMES`."""
    counted = Counter(r.outcome for r in replays)
    return {outcome: counted[outcome] for outcome in OUTCOMES if counted[outcome]}
