# SPDX-License-Identifier: Apache-2.0
"""The chain of a case: each event holds the hash of the one before it."""

from __future__ import annotations

from collections.abc import Iterable

from egov_flow.audit.canonical import following
from egov_flow.values import ChainedEvent, Event

__all__ = ["chain"]


def chain(events: Iterable[Event], prev: str) -> tuple[ChainedEvent, ...]:
    """Return the events with their bytes and hashes, ready for a `Change`.

    Args:
        events: of one case, in the order of their `case_seq`; the Agency numbers them and never lets time go backwards.
        prev: leaf of the case's newest stored event (`CaseRecord.last_leaf`); "" for a new case.

    Raises:
        InvalidData: as `canonical`.
    """
    return tuple(following(events, prev))
