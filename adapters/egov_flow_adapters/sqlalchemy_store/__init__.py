# SPDX-License-Identifier: Apache-2.0
"""Cases, work, deadlines and the audit trail in SQLite or PostgreSQL, by SQLAlchemy Core."""

from __future__ import annotations

from egov_flow_adapters.sqlalchemy_store.administering import SqlAdministration, administer
from egov_flow_adapters.sqlalchemy_store.store import SqlStore, open_store

__all__ = ["SqlAdministration", "SqlStore", "administer", "open_store"]
