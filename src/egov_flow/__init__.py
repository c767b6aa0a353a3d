# SPDX-License-Identifier: Apache-2.0
"""Run, audit and redesign government procedures drawn in BPMN.

    import egov_flow as ef

    agency = ef.Agency.open("sqlite:///cases.db", processes="processes")

A name is loaded when it is first used, so that importing the package stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from egov_flow import feel, testing
    from egov_flow.agency import Agency
    from egov_flow.checks import check
    from egov_flow.diagrams import diagram
    from egov_flow.errors import (
        AlreadyCompleted,
        ConflictError,
        EgovFlowError,
        Finding,
        InvalidData,
        NotAllowed,
        NotFound,
        ProcedureError,
        RedesignError,
        StoreError,
    )
    from egov_flow.procedure import Procedure
    from egov_flow.proof import prove
    from egov_flow.redesign import Redesign, diff
    from egov_flow.replaying import replay
    from egov_flow.values import SYSTEM, Actor, BpmnError, Call

__all__ = [
    "SYSTEM",
    "Actor",
    "Agency",
    "AlreadyCompleted",
    "BpmnError",
    "Call",
    "ConflictError",
    "EgovFlowError",
    "Finding",
    "InvalidData",
    "NotAllowed",
    "NotFound",
    "Procedure",
    "ProcedureError",
    "Redesign",
    "RedesignError",
    "StoreError",
    "check",
    "diagram",
    "diff",
    "feel",
    "prove",
    "replay",
    "testing",
]

_ROOMS = {
    "agency": ("Agency",),
    "checks": ("check",),
    "diagrams": ("diagram",),
    "errors": (
        "AlreadyCompleted",
        "ConflictError",
        "EgovFlowError",
        "Finding",
        "InvalidData",
        "NotAllowed",
        "NotFound",
        "ProcedureError",
        "RedesignError",
        "StoreError",
    ),
    "feel": (),
    "procedure": ("Procedure",),
    "proof": ("prove",),
    "redesign": ("Redesign", "diff"),
    "replaying": ("replay",),
    "testing": (),
    "values": ("SYSTEM", "Actor", "BpmnError", "Call"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("egov-flow")
    if name in __all__:
        room = import_module(f"egov_flow.{_ROOM_OF.get(name, name)}")
        value = getattr(room, name) if name in _ROOM_OF else room
        globals()[name] = value
        return value
    raise AttributeError(f"module 'egov_flow' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
