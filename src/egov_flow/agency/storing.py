# SPDX-License-Identifier: Apache-2.0
"""Reads and writes the data stores of a diagram, each by a job: after a commit, once for its key, and again when the store does not answer."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from egov_flow.agency.handling import Outcome, failure
from egov_flow.data import Context, freeze
from egov_flow.errors import InvalidData
from egov_flow.kernel import READ, STORE, WRITE
from egov_flow.ports import DataStore
from egov_flow.values import Actor, Call, Job

__all__ = ["STORE_JOBS", "use_store"]

DONE = Outcome(told=Context({"outcome": "result"}))
STORE_JOBS = frozenset({READ, WRITE})
"""Names of the jobs that a store does; no handler may have them."""


def use_store(stores: Mapping[str, DataStore], job: Job, data: Context) -> Outcome:
    """Read or write the store that a job names, and say what came of it."""
    name = str(data.get(STORE))
    store = stores.get(name)
    if store is None:
        return failure("EF-A052", name=name)
    asked = Context({key: value for key, value in data.items() if key != STORE})
    call = Call(name=name, data=asked, case=job.case, element=job.element, actor=Actor("system:jobs"), key=job.id)
    try:
        if job.name == WRITE:
            store.write(call)
            return DONE
        result = Context({name: freeze(store.read(call))})
    except InvalidData as error:
        return failure("EF-A053", name=name, error=error.code)
    except Exception as error:  # noqa: BLE001 - whatever a store raises is a failure of that job, and in the end an incident of that case
        return failure("EF-A053", may_pass=True, name=name, error=type(error).__name__)
    return attrs.evolve(DONE, result=result)
