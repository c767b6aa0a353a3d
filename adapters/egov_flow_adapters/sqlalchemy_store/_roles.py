# SPDX-License-Identifier: Apache-2.0
"""What an application's account on PostgreSQL may do: read and write rows of one tenant, add evidence but never change it, and nothing else."""

from __future__ import annotations

import re

from egov_flow.errors import StoreError
from egov_flow_adapters.sqlalchemy_store._schema import APPEND_ONLY, METADATA, revisions, schema

__all__ = ["role_script"]


def role_script(role: str) -> str:
    """Return SQL that gives an account the least it needs; whoever owns the tables runs it.

    Row-level security shows such an account only the rows of the tenant that the store names on its connection. That is the second wall: the first
    are the store's own conditions.

    Raises:
        StoreError: no name of an account.
    """
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$]{0,62}", role):
        raise StoreError("EF-S030", role=role[:63])
    name = f'"{role}"'
    lines = [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {name} LOGIN; END IF; END $$;",
        f"ALTER ROLE {name} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;",
        f"REVOKE ALL ON {', '.join(sorted(METADATA.tables))} FROM {name};",
        f"GRANT SELECT ON {schema.name}, {revisions.name} TO {name};",
        f"GRANT SELECT, INSERT ON {', '.join(APPEND_ONLY)} TO {name};",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_changing())} TO {name};",
        f"GRANT USAGE ON SEQUENCE egov_deployments_position_seq TO {name};",
    ]
    return "\n".join(lines) + "\n"


def _changing() -> list[str]:
    return sorted(set(METADATA.tables) - set(APPEND_ONLY) - {schema.name, revisions.name})
