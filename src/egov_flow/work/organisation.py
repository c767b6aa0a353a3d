# SPDX-License-Identifier: Apache-2.0
"""The people of an agency, their accounts, offices and roles, as organisation.yaml lists them.

```yaml
organisation: Dinas Kominfo
offices:
  ppid: {title: Information office}
people:
  siti: {accounts: ["officer:3"], office: ppid, roles: [ppid, desk]}
```
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs


@attrs.frozen(kw_only=True)
class Office:
    """A unit of the agency; `parent` is the id of the unit above it, "" for none."""

    id: str
    title: str = ""
    parent: str = ""


@attrs.frozen(kw_only=True)
class Person:
    """A human with one or more accounts; who has two accounts is still one person for the separation of duties."""

    id: str
    name: str = ""
    office: str = ""
    accounts: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class Organisation:
    """The people of an agency; implements `ports.Directory`.

    Attributes:
        title: of the agency.
        offices: its units.
        people: in the order of the file.
    """

    title: str = ""
    offices: tuple[Office, ...] = ()
    people: tuple[Person, ...] = ()
    _by_account: Mapping[str, Person] = attrs.field(init=False, eq=False, repr=False)

    @_by_account.default
    def _index(self) -> Mapping[str, Person]:
        return {account: person for person in self.people for account in person.accounts}

    def roles(self, actor: str) -> frozenset[str]:
        """Return the roles of an account; none for one that nobody has."""
        person = self._by_account.get(actor)
        return person.roles if person else frozenset()

    def person(self, actor: str) -> str | None:
        """Return the id of the human behind an account, or None."""
        person = self._by_account.get(actor)
        return person.id if person else None

    def office(self, actor: str) -> str | None:
        """Return the id of the office that an account belongs to, or None."""
        person = self._by_account.get(actor)
        return (person.office or None) if person else None

    def holders(self, role: str) -> frozenset[str]:
        """Return the accounts of everybody who has a role."""
        return frozenset(account for person in self.people if role in person.roles for account in person.accounts)
