# SPDX-License-Identifier: Apache-2.0
"""Histories on a Program: does the record hold, and what would another version have done? Pure; it never sees an Agency."""

from __future__ import annotations

from egov_flow.replaying.history import Entry, History
from egov_flow.replaying.rerun import replay
from egov_flow.replaying.result import OUTCOMES, Replay, summary

__all__ = ["OUTCOMES", "Entry", "History", "Replay", "replay", "summary"]
