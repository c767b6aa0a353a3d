# SPDX-License-Identifier: Apache-2.0
"""What the Agency answers: a case as its reader may see it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import attrs

from egov_flow.bpmn import Definitions
from egov_flow.data import EMPTY, Context
from egov_flow.diagrams import Marks
from egov_flow.values import Deadline, Incident, Task

__all__ = ["Case"]


@attrs.frozen(kw_only=True)
class Case:
    """A case, at the moment it was asked for.

    Attributes:
        id: for programs; sorts by age.
        number: public and unguessable: the applicant's receipt.
        status: `running`, `suspended`, `completed`, `cancelled` or `failed`.
        data: its variables, as far as the reader may see them.
        waiting: ids of the elements where it rests.
        tasks: its open tasks; `deadlines`: all of them; `incidents`: the open ones.
        parent: id of the case that it came from; "" if none.
    """

    id: str
    number: str
    procedure: str
    version: str
    status: str
    applicant: str
    created: datetime
    updated: datetime
    data: Context = EMPTY
    waiting: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    incidents: tuple[Incident, ...] = ()
    parent: str = ""
    model: Definitions = attrs.field(repr=False, eq=False)

    def __diagram__(self) -> tuple[Definitions, Marks]:
        """Return what `ef.diagram` draws: the procedure with the case's tokens on it."""
        states = dict.fromkeys(self.waiting, "active") | {i.element: "failed" for i in self.incidents}
        return self.model, Marks(tokens=dict(Counter(self.waiting)), states=states, title=f"{self.procedure} {self.number}")
