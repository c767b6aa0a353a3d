# SPDX-License-Identifier: Apache-2.0
"""What the options that many commands share say: language, form of the output, database, who acts."""

from __future__ import annotations

from datetime import datetime

import attrs
import click

from egov_flow.texts import render
from egov_flow.values import SYSTEM, Actor

__all__ = ["DEFAULT_DATABASE", "Settings"]

DEFAULT_DATABASE = "sqlite:///egov-flow.db"


@attrs.define(kw_only=True)
class Settings:
    """The shared options of one call; options fill it before the command runs.

    Attributes:
        is_json: stdout is one JSON document.
        language: `en` or `id`.
        is_debug: show the traceback of an unexpected exception.
        database: URL as given; "" if not.
        tenant: whose cases.
        directory: path of organisation.yaml; "" if none.
        moment: what the clock says instead of the machine's; None for the machine's.
        actor_id: who acts; "" if not said.
        roles: that the actor claims.
        office: that the actor claims to work in; "" for none.
    """

    is_json: bool = False
    language: str = "en"
    is_debug: bool = False
    database: str = ""
    tenant: str = "default"
    directory: str = ""
    moment: datetime | None = None
    actor_id: str = ""
    roles: tuple[str, ...] = ()
    office: str = ""

    def say(self, code: str, **arguments: object) -> str:
        """Return the sentence of a code in the chosen language."""
        return render(code, "message", {name: str(value) for name, value in arguments.items()}, self.language)

    def warn(self, code: str, **arguments: object) -> None:
        """Print a sentence on stderr, where it disturbs no pipe."""
        click.echo(self.say(code, **arguments), err=True)

    def actor(self, default: Actor | None = None) -> Actor:
        """Return who acts.

        Raises:
            click.UsageError: nobody was named, and there is no default.
        """
        if self.actor_id == SYSTEM.id:
            return SYSTEM
        if self.actor_id:
            return Actor(self.actor_id, roles=self.roles, office=self.office or None)
        if default is None:
            raise click.UsageError(self.say("EF-L004"))
        return default
