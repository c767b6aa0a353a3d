# SPDX-License-Identifier: Apache-2.0
"""A case as its accepted commands tell it."""

from __future__ import annotations

from datetime import datetime

import attrs

from egov_flow.values import Command, Marking

__all__ = ["Entry", "History"]


@attrs.frozen
class Entry:
    """One accepted command, when it was accepted, and the element it acted on ("" if none)."""

    command: Command
    at: datetime
    element: str = ""


@attrs.frozen(kw_only=True)
class History:
    """All commands of one case, in order.

    Attributes:
        sha256: of the version it ran on.
        semantics: number of the kernel's semantics it ran under.
        marking: the state it has now, for the comparison; None if unknown.
        path: ids of the activities and events that it entered, in order, as its audit events tell (gateways are left out).
    """

    case: str
    procedure: str
    version: str
    sha256: str
    engine: str
    semantics: str
    entries: tuple[Entry, ...]
    marking: Marking | None = None
    path: tuple[str, ...] = ()
