# SPDX-License-Identifier: Apache-2.0
"""The built-in functions, by FEEL name. Each family is a module; a function is its signature and its body."""

from __future__ import annotations

from egov_flow.feel.functions._signature import NOT_THIS_FORM, BuiltIn, Parameter, choose
from egov_flow.feel.functions.aggregates import AGGREGATES
from egov_flow.feel.functions.contexts import CONTEXTS
from egov_flow.feel.functions.conversion import CONVERSION
from egov_flow.feel.functions.lists import LISTS
from egov_flow.feel.functions.numbers import NUMERIC
from egov_flow.feel.functions.patterns import PATTERNS
from egov_flow.feel.functions.ranges import RANGES
from egov_flow.feel.functions.strings import STRINGS
from egov_flow.feel.functions.temporal import TEMPORAL

__all__ = ["FUNCTIONS", "NOT_THIS_FORM", "BuiltIn", "Parameter", "choose"]

FUNCTIONS: dict[str, tuple[BuiltIn, ...]] = {
    **CONVERSION.functions,
    **STRINGS.functions,
    **PATTERNS.functions,
    **LISTS.functions,
    **AGGREGATES.functions,
    **NUMERIC.functions,
    **TEMPORAL.functions,
    **RANGES.functions,
    **CONTEXTS.functions,
}
