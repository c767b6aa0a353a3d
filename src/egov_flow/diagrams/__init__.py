# SPDX-License-Identifier: Apache-2.0
"""Pictures of procedures, cases and changes: BPMN as SVG, without a browser."""

from __future__ import annotations

from egov_flow.diagrams.drawing import diagram
from egov_flow.diagrams.marks import Drawable, Marks
from egov_flow.diagrams.picture import Picture

__all__ = ["Drawable", "Marks", "Picture", "diagram"]
