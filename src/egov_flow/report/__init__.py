# SPDX-License-Identifier: Apache-2.0
"""Reports: what many cases say together, as figures and as one HTML page that opens without network. Pure."""

from __future__ import annotations

from egov_flow.report.measuring import DeadlineFigures, Figures, Outcome, figures
from egov_flow.report.page import report

__all__ = ["DeadlineFigures", "Figures", "Outcome", "figures", "report"]
