# SPDX-License-Identifier: Apache-2.0
"""Layout 1: what version 0.1 made. Databases begin with the newest layout, so that nothing is done here."""

from __future__ import annotations

revision = "layout_1"
down_revision = None


def upgrade() -> None:
    """Do nothing."""
