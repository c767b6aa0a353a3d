# SPDX-License-Identifier: Apache-2.0
"""What a replayed case has open, by element: learnt from the steps alone, so that it holds for every engine."""

from __future__ import annotations

from typing import Any

import attrs

from egov_flow.values import JobChange, Step, WorkChange

__all__ = ["OpenWork"]


@attrs.define
class OpenWork:
    """Tokens of open tasks and jobs, and of incidents, by element, oldest first."""

    _tokens: dict[int, str] = attrs.Factory(dict)
    _parked: dict[str, str] = attrs.Factory(dict)

    def follow(self, step: Step[Any]) -> None:
        """Take in what a step opened and ended."""
        changes: tuple[WorkChange | JobChange, ...] = (*step.work, *step.jobs)
        for change in changes:
            if change.change == "opened":
                self._tokens[change.token] = change.element
            else:
                self._tokens.pop(change.token, None)

        for incident in step.incidents:
            if incident.closed is None:
                self._parked[incident.id] = incident.element
            else:
                self._parked.pop(incident.id, None)

    def parked(self, element: str) -> str | None:
        """Return the oldest token parked at an element, or None."""
        return next((token for token, where in self._parked.items() if where == element), None)

    def token(self, element: str) -> str | None:
        """Return the oldest open token at an element, or None."""
        return next((str(token) for token, where in self._tokens.items() if where == element), None)

    def close(self, token: str) -> None:
        """Forget a token whose work was reported."""
        self._tokens.pop(int(token), None)
