# SPDX-License-Identifier: Apache-2.0
"""Proof: is a procedure sound, and does every case keep the obligations of law?

A bounded exploration of the kernel itself with data ignored; past the bound, and for what it does not know, it says `not verified`.
"""

from egov_flow.proof.proving import STATES, prove
from egov_flow.proof.result import Counterexample, Proof, Verdict

__all__ = ["STATES", "Counterexample", "Proof", "Verdict", "prove"]
