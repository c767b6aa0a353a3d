# SPDX-License-Identifier: Apache-2.0
"""What the Agency answers: a case as its reader may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import overload

import attrs

from egov_flow.bpmn import Definitions
from egov_flow.data import EMPTY, Context
from egov_flow.diagrams import Marks
from egov_flow.values import Deadline, Incident, Task

__all__ = ["Case", "Shown"]


class Shown(Sequence[Task]):
    """Tasks as a reader may see them, each worked out when it is first looked at: a case may have hundreds, and most callers want one.

    Equal to the tuple of the same tasks.
    """

    __slots__ = ("_show", "_shown", "_tasks")

    def __init__(self, tasks: tuple[Task, ...], show: Callable[[Task], Task]) -> None:
        self._tasks, self._show = tasks, show
        self._shown: dict[int, Task] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    @overload
    def __getitem__(self, at: int) -> Task: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Task, ...]: ...

    def __getitem__(self, at: int | slice) -> Task | tuple[Task, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        place = range(len(self._tasks))[at]
        if place not in self._shown:
            self._shown[place] = self._show(self._tasks[place])
        return self._shown[place]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@attrs.frozen(kw_only=True)
class Case:
    """A case, at the moment it was asked for.

    Attributes:
        id: for programs; sorts by age.
        number: public and unguessable: the applicant's receipt.
        status: `running`, `suspended`, `completed`, `cancelled` or `failed`.
        applicant: who asked for it; "" for a reader who only knows one of its tasks.
        data: its variables; none for such a reader, whose tasks bring what they show.
        waiting: ids of the elements where it rests.
        tasks: its open tasks; `deadlines`: all of them; `incidents`: the open ones. Such a reader sees the own tasks, and their deadlines.
        parent: id of the case that it came from; "" if none.
        is_whole: the reader sees all of it; False for one who only knows tasks of it.
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
    tasks: Sequence[Task] = ()
    deadlines: tuple[Deadline, ...] = ()
    incidents: tuple[Incident, ...] = ()
    parent: str = ""
    is_whole: bool = True
    model: Definitions = attrs.field(repr=False, eq=False)

    def __diagram__(self) -> tuple[Definitions, Marks]:
        """Return what `ef.diagram` draws: the procedure with the case's tokens on it."""
        states = dict.fromkeys(self.waiting, "active") | {i.element: "failed" for i in self.incidents}
        return self.model, Marks(tokens=dict(Counter(self.waiting)), states=states, title=f"{self.procedure} {self.number}")
