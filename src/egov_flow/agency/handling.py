# SPDX-License-Identifier: Apache-2.0
"""Calling what service tasks call: once per job, again when it failed for the moment, and what came of it in the Agency's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import attrs

from egov_flow.data import EMPTY, Context, freeze
from egov_flow.errors import InvalidData
from egov_flow.ports import Ids
from egov_flow.texts import render
from egov_flow.values import Actor, BpmnError, Call, Job

__all__ = ["Handler", "Handling", "Outcome", "call", "failure"]

Handler = Callable[[Call], Mapping[str, object] | None]
GROWTH = 4
"""How many times longer each pause is than the one before."""
JITTER_BYTES = 4


@attrs.frozen(kw_only=True)
class Outcome:
    """What came of a job.

    Attributes:
        told: the arguments of its report.
        result: variables that it returned.
        may_pass: the failure is one that another try may not meet: a host that does not answer, not a wrong answer.
    """

    told: Context
    result: Context = EMPTY
    may_pass: bool = False

    @property
    def cause(self) -> str:
        """Return why it failed, by code and in words; "" if it did not."""
        if self.told.get("outcome") != "failure":
            return ""
        code = str(self.told["code"])
        return f"{code}: {render(code, 'message', {k: str(v) for k, v in self.told.items()})}"


@attrs.frozen
class Handling:
    """A handler, and how patient the Agency is with it.

    Attributes:
        call: the function.
        tries: how often it is called before its failure becomes an incident. Without a Handling it is 5 with `run_jobs="worker"` and 1 with
            `"inline"`, where nobody comes back for the next try by itself.
        first: the pause after the first failure; each further one is four times as long, up to `most`, and by chance up to half shorter, so that
            what failed together does not come back together.
        priority: of its jobs; of all that are due, a higher one goes first.
    """

    call: Handler
    tries: int = attrs.field(default=5, kw_only=True, validator=attrs.validators.ge(1))
    first: timedelta = attrs.field(default=timedelta(seconds=10), kw_only=True)
    most: timedelta = attrs.field(default=timedelta(hours=1), kw_only=True)
    priority: int = attrs.field(default=0, kw_only=True)

    def pause(self, failures: int, ids: Ids) -> timedelta:
        """Return how long to wait after so many failures in a row."""
        growth: int = GROWTH ** (failures - 1)
        whole = self.first * growth if growth <= self.most / self.first else self.most
        chance: float = int.from_bytes(ids.random(JITTER_BYTES), "big") / 256**JITTER_BYTES
        return whole * (1 - chance / 2)


def call(handler: Handler, job: Job, data: Context, check: Callable[[Context], None]) -> Outcome:
    """Call a handler for a job.

    Args:
        check: raises InvalidData for a result that does not fit the form of its task.
    """
    request = Call(name=job.name, data=data, case=job.case, element=job.element, actor=Actor("system:jobs"), key=job.id)
    try:
        result = freeze(handler(request) or {})
        if not isinstance(result, Context):
            return failure("EF-A013", name=job.name)
        check(result)
    except BpmnError as error:
        return Outcome(told=Context({"outcome": "error", "code": error.error_code, "message": error.message}))
    except InvalidData as error:
        return failure("EF-A022", name=job.name, reason=error.code)
    except Exception as error:  # noqa: BLE001 - whatever a handler raises is a failure of that job, and in the end an incident of that case
        return failure("EF-A014", may_pass=True, name=job.name, error=type(error).__name__)
    return Outcome(told=Context({"outcome": "result"}), result=result)


def failure(code: str, *, may_pass: bool = False, **arguments: str) -> Outcome:
    """Return a failed outcome: the cause by code; a handler's own words may hold personal data and stay outside."""
    return Outcome(told=Context({"outcome": "failure", "code": code, **arguments}), may_pass=may_pass)
