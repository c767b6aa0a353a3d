# SPDX-License-Identifier: Apache-2.0
"""Who acts in the demo, and what becomes of each request. All persons are invented."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import attrs

from egov_flow.values import Actor

__all__ = ["ADMINISTRATOR", "FATES", "OFFICERS", "Fate", "Request", "cast"]

ADMINISTRATOR = Actor("officer:90", roles=frozenset({"administrator"}))
OFFICERS: Mapping[str, tuple[Actor, ...]] = {
    "desk": (Actor("officer:1", roles=frozenset({"desk"})), Actor("officer:2", roles=frozenset({"desk"}))),
    "holding_unit": tuple(Actor(f"officer:{n}", roles=frozenset({"holding_unit"})) for n in (11, 12, 13)),
    "ppid": (Actor("officer:21", roles=frozenset({"ppid"})), Actor("officer:22", roles=frozenset({"ppid"}))),
    "superior": (Actor("officer:31", roles=frozenset({"superior"})),),
}
NAMES = ("Siti", "Budi", "Rina", "Agus", "Dewi", "Joko", "Maria", "Wayan", "Putri", "Hasan", "Lestari", "Yohanes")
FAMILIES = ("Aminah", "Santoso", "Wijaya", "Siregar", "Nasution", "Hidayat", "Ginting", "Pratama", "Utami", "Rahman")
SUBJECTS = (
    "Budget of the village road",
    "Contracts of the city park",
    "Minutes of the water board",
    "Permits of the quarry",
    "Test results of the drinking water",
    "List of school repairs",
    "Procurement plan of the hospital",
    "Travel costs of the council",
)
CHANNELS = ("portal", "portal", "email", "counter", "post")


@attrs.frozen(kw_only=True)
class Fate:
    """What becomes of a request.

    Attributes:
        name: for the account.
        weight: how often, relative to the others.
        decision: `grant`, `partly` or `refuse`.
        pages: to be copied; 0 is free of charge.
        is_incomplete: the applicant is asked to complete the request; `completes`: and does.
        pays: the applicant pays for the copies.
        objects: outcome of the objection; "" if none is filed.
        is_slow: the exemption test takes longer than the law allows.
        is_extended: the time is extended, with reasons, before it is over.
        mail_fails: the first notice to the applicant does not get through.
        cancels: the applicant withdraws the request.
        repeats: the portal sends the same form twice.
    """

    name: str
    weight: int
    decision: str = "grant"
    pages: int = 0
    is_incomplete: bool = False
    completes: bool = True
    pays: bool = True
    objects: str = ""
    is_slow: bool = False
    is_extended: bool = False
    mail_fails: bool = False
    cancels: bool = False
    repeats: bool = False


FATES = (
    Fate(name="granted, free of charge", weight=20),
    Fate(name="granted, copies paid", weight=20, pages=40, repeats=True),
    Fate(name="refused", weight=8, decision="refuse"),
    Fate(name="refused, objection rejected", weight=6, decision="refuse", objects="rejected"),
    Fate(name="refused, objection upheld", weight=4, decision="refuse", objects="upheld"),
    Fate(name="granted in part", weight=8, decision="partly", pages=12),
    Fate(name="incomplete, then completed", weight=9, is_incomplete=True),
    Fate(name="incomplete, then withdrawn", weight=5, is_incomplete=True, completes=False),
    Fate(name="extended once", weight=7, pages=8, is_extended=True),
    Fate(name="answered too late", weight=6, is_slow=True),
    Fate(name="copies never paid", weight=4, pages=120, pays=False),
    Fate(name="notice failed and was retried", weight=4, mail_fails=True),
    Fate(name="cancelled by the applicant", weight=3, cancels=True),
)


@attrs.define
class Request:
    """One request: who asks, what for, and its fate.

    Attributes:
        is_complete: whether all that the law asks for is in it by now.
        case: id of its case, once it has started.
    """

    number: int
    fate: Fate
    applicant: Actor
    name: str
    subject: str
    channel: str
    is_complete: bool
    case: str = ""

    @property
    def form(self) -> dict[str, object]:
        """Return what the applicant fills in."""
        wanted = "copy_on_paper" if self.fate.pages else "see"
        filled: dict[str, object] = {"subject": self.subject, "channel": self.channel, "format": wanted}
        return filled if self.fate.is_incomplete else {**filled, "name": self.name, "address": "Jl. Merdeka 1, Bandung"}


def cast(count: int, random: Random) -> list[Request]:
    """Return that many requests in the order of their coming: each fate once if there is room, the others by weight."""
    fates = list(FATES[:count])
    fates += random.choices(FATES, weights=[fate.weight for fate in FATES], k=max(0, count - len(fates)))
    random.shuffle(fates)
    return [_request(number, fate, random) for number, fate in enumerate(fates, start=1)]


def _request(number: int, fate: Fate, random: Random) -> Request:
    name = f"{random.choice(NAMES)} {random.choice(FAMILIES)}"
    subject = f"{random.choice(SUBJECTS)} {random.choice((2024, 2025))}"
    applicant = Actor(f"citizen:{number}", roles=frozenset({"applicant"}))
    return Request(number, fate, applicant, name, subject, random.choice(CHANNELS), is_complete=not fate.is_incomplete)
