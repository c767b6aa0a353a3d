# SPDX-License-Identifier: Apache-2.0
"""FEEL, the expressions of DMN 1.5: read, compiled once to closures, evaluated exactly and within limits."""

from egov_flow.feel._kinds import ANY, Function, Range, coerced, conforms
from egov_flow.feel._nodes import TypeRef
from egov_flow.feel.analysis import analyse, infer
from egov_flow.feel.branches import Branches, branches
from egov_flow.feel.cycles import Cycle, parse_cycle
from egov_flow.feel.domains import Domain
from egov_flow.feel.durations import add_duration, parse_duration
from egov_flow.feel.expression import Expression, compile, compile_tests, evaluate  # noqa: A004 - the word of the design
from egov_flow.feel.limits import DEFAULT_LIMITS, Limits, Run
from egov_flow.feel.moments import parse_date, parse_datetime, parse_time

__all__ = [
    "ANY",
    "DEFAULT_LIMITS",
    "Branches",
    "Cycle",
    "Domain",
    "Expression",
    "Function",
    "Limits",
    "Range",
    "Run",
    "TypeRef",
    "add_duration",
    "analyse",
    "branches",
    "coerced",
    "compile",
    "compile_tests",
    "conforms",
    "evaluate",
    "infer",
    "parse_cycle",
    "parse_date",
    "parse_datetime",
    "parse_duration",
    "parse_time",
]
