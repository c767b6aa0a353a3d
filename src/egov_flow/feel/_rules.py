# SPDX-License-Identifier: Apache-2.0
"""Class of a node → what builds its closure."""

from __future__ import annotations

from egov_flow.feel import _compile_calls, _compile_logic, _compile_loops, _compile_paths, _compile_values
from egov_flow.feel._compiler import Rule

__all__ = ["RULES"]

RULES: dict[type, Rule] = {
    **_compile_values.RULES,
    **_compile_logic.RULES,
    **_compile_loops.RULES,
    **_compile_paths.RULES,
    **_compile_calls.RULES,
}
