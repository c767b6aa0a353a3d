# SPDX-License-Identifier: Apache-2.0
"""The meaning of a diagram: a Program, a State, and `step`, which is pure."""

from egov_flow.kernel._stores import READ, STORE, WRITE, WRITTEN, stores_of
from egov_flow.kernel.choices import Choices, Options, Picked, options_of
from egov_flow.kernel.codec import FORMAT, dump, load
from egov_flow.kernel.compiling import compile  # noqa: A004 - the word of the design
from egov_flow.kernel.engine import KernelEngine
from egov_flow.kernel.exploring import Outcome, caught_errors, continuations, outcomes, possible_commands, starts
from egov_flow.kernel.forgetting import forget_repeats
from egov_flow.kernel.integrity import defects
from egov_flow.kernel.program import SEMANTICS, SIGNAL, AdHoc, Block, Flow, Limits, Node, Passing, Program, Repetition, TimerTime, Trigger
from egov_flow.kernel.refusals import refusals
from egov_flow.kernel.scheduling import Tick, due_starts
from egov_flow.kernel.state import State
from egov_flow.kernel.step import proceed, step
from egov_flow.kernel.view import (
    Awaited,
    Beginning,
    Ending,
    Resting,
    awaited,
    awaits_more,
    beginnings,
    begun_by,
    endings,
    marking,
    next_due,
    resting,
    tokens,
    variables_seen,
    view,
)

__all__ = [
    "FORMAT",
    "READ",
    "SEMANTICS",
    "SIGNAL",
    "STORE",
    "WRITE",
    "WRITTEN",
    "AdHoc",
    "Awaited",
    "Beginning",
    "Block",
    "Choices",
    "Ending",
    "Flow",
    "KernelEngine",
    "Limits",
    "Node",
    "Options",
    "Outcome",
    "Passing",
    "Picked",
    "Program",
    "Repetition",
    "Resting",
    "State",
    "Tick",
    "TimerTime",
    "Trigger",
    "awaited",
    "awaits_more",
    "beginnings",
    "begun_by",
    "caught_errors",
    "compile",
    "continuations",
    "defects",
    "due_starts",
    "dump",
    "endings",
    "forget_repeats",
    "load",
    "marking",
    "next_due",
    "options_of",
    "outcomes",
    "possible_commands",
    "proceed",
    "refusals",
    "resting",
    "starts",
    "step",
    "stores_of",
    "tokens",
    "variables_seen",
    "view",
]
