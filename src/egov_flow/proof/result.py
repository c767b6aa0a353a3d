# SPDX-License-Identifier: Apache-2.0
"""What a proof says: sound or not or not verified, and for everything that is wrong the shortest way to it."""

from __future__ import annotations

import attrs

from egov_flow.errors import Finding

KINDS = ("deadlock", "dead element", "improper completion", "incident", "livelock")


@attrs.frozen(kw_only=True)
class Counterexample:
    """A way in which a case goes wrong.

    Attributes:
        kind: `deadlock` (it can get stuck), `livelock` (it can go round for ever without a way to its end), `improper completion` (two tokens
            meet at one element, so that its work is done twice), `dead element` (it is never reached) or `incident`.
        finding: the element, its place, what is wrong and how to mend it.
        path: ids of the elements that the shortest such case enters, in order; empty for a dead element.
        flows: ids of the sequence flows it takes, in order.
    """

    kind: str = attrs.field(validator=attrs.validators.in_(KINDS))
    finding: Finding
    path: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()

    @property
    def element(self) -> str:
        """Return the id of the element that is concerned."""
        return self.finding.element

    @property
    def text(self) -> str:
        """Return what goes wrong, in English; `finding.text(language)` says it in another language."""
        return self.finding.message()


@attrs.frozen(kw_only=True)
class Verdict:
    """Whether an obligation is kept in every case.

    Attributes:
        obligation: its id.
        holds: None = not verified; `finding` says why.
        witness: ids of the elements that the shortest case that breaks it enters, in order.
        finding: why it does not hold, or why that could not be verified; None if it holds.
    """

    obligation: str
    holds: bool | None
    witness: tuple[str, ...] = ()
    finding: Finding | None = None


@attrs.frozen(kw_only=True)
class Proof:
    """What could be proved of a procedure, data ignored: every choice may go either way, every event may happen at any time.

    Attributes:
        sound: every case can always be brought to its end, no element is dead, none is entered by two tokens at once; None = not verified.
        obligations: one verdict for each obligation, in their order.
        counterexamples: what makes it unsound, each kind and element once, shortest first.
        not_verified: what was not looked at, and why, as warnings, obligations included; silence never means yes.
        states: how many states were explored.
    """

    sound: bool | None
    obligations: tuple[Verdict, ...] = ()
    counterexamples: tuple[Counterexample, ...] = ()
    not_verified: tuple[Finding, ...] = ()
    states: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong: one error for each counterexample and each broken obligation."""
        broken = tuple(v.finding for v in self.obligations if v.holds is False and v.finding is not None)
        return (*(c.finding for c in self.counterexamples), *broken)

    @property
    def breaks_law(self) -> bool:
        """Return whether some obligation is broken in some case; nothing overrides that."""
        return any(verdict.holds is False for verdict in self.obligations)
