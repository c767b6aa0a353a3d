# SPDX-License-Identifier: Apache-2.0
"""The command line: `egov-flow COMMAND`. One module a command or small family; each is loaded when it is called."""

from __future__ import annotations

from egov_flow.cli.program import main

__all__ = ["main"]
