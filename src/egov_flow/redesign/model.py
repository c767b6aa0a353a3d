# SPDX-License-Identifier: Apache-2.0
"""A redesign as typed values: its base, its aims and its changes, each with the place it was read from."""

from __future__ import annotations

import attrs

from egov_flow.errors import Place
from egov_flow.procedure import Trigger

__all__ = ["Base", "Change", "Operation", "Parallelise", "Remove", "SetDeadline", "Target"]


@attrs.frozen(kw_only=True)
class Base:
    """The version that a redesign starts from; any other one is refused.

    Attributes:
        procedure: its id.
        version: as its procedure.yaml says.
        sha256: its hash, or the first 12 digits or more of it.
    """

    procedure: str
    version: str
    sha256: str
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Target:
    """What the redesign is meant to reach, by a measure that procedure.yaml declares."""

    measure: str
    at_most: str = ""
    at_least: str = ""
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Remove:
    """Take out steps; each step's flow then leads to what came after it.

    Attributes:
        steps: ids or unique names of activities.
        vouched: those of them of which the analyst answers that nobody needs what they write, where the files cannot show it.
    """

    steps: tuple[str, ...]
    vouched: tuple[str, ...] = ()
    place: Place = Place()


@attrs.frozen(kw_only=True)
class Parallelise:
    """Do consecutive steps at the same time.

    Attributes:
        steps: ids or unique names of two or more activities that follow each other, in any order.
        vouched: those of them of which the analyst answers that they share no data with the others, where the files cannot show it.
    """

    steps: tuple[str, ...]
    vouched: tuple[str, ...] = ()
    place: Place = Place()


@attrs.frozen(kw_only=True)
class SetDeadline:
    """Shorten a deadline of procedure.yaml, say what follows from its expiry, or add one.

    Attributes:
        name: key in procedure.yaml.
        amount: None leaves it.
        unit: "" leaves it.
        on_expiry: "" leaves it.
        starts, ends: of a new deadline; a present one keeps its own.
    """

    name: str
    amount: int | None = None
    unit: str = ""
    on_expiry: str = ""
    starts: Trigger | None = None
    ends: tuple[Trigger, ...] = ()
    place: Place = Place()


Operation = Remove | Parallelise | SetDeadline


@attrs.frozen(kw_only=True)
class Change:
    """One operation with its reason and the provisions that allow it."""

    operation: Operation
    because: str
    legal_basis: tuple[str, ...] = ()
    place: Place = Place()
