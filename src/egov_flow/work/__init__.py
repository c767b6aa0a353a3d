# SPDX-License-Identifier: Apache-2.0
"""Work for people: whose it is, who may take and do it, and what of it they may read.

Pure, but for `read_organisation`, which reads one file.
"""

from egov_flow.work.eligibility import OVERSIGHT, Confirmed, Decision, counting_office, counting_roles, eligible, may_read_case, person_of
from egov_flow.work.opening import findings, open_tasks
from egov_flow.work.organisation import Office, Organisation, Person
from egov_flow.work.reading import parse_organisation, read_organisation
from egov_flow.work.roles import role_of
from egov_flow.work.tasks import assign, claim, end, may_complete, readable_task, release

__all__ = [
    "OVERSIGHT",
    "Confirmed",
    "Decision",
    "Office",
    "Organisation",
    "Person",
    "assign",
    "claim",
    "counting_office",
    "counting_roles",
    "eligible",
    "end",
    "findings",
    "may_complete",
    "may_read_case",
    "open_tasks",
    "parse_organisation",
    "person_of",
    "read_organisation",
    "readable_task",
    "release",
    "role_of",
]
