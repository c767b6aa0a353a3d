# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from egov_flow.work import parse_organisation, read_organisation

GOOD = b"""\
organisation: Dinas Kominfo
offices:
  dinas: {title: The agency}
  ppid: {title: Information office, parent: dinas}
people:
  siti:
    name: Siti Rahma
    accounts: [officer:3, siti@kominfo]
    office: ppid
    roles: [ppid, desk]
  "officer:4": {roles: [desk]}
"""


def test_the_directory_knows_roles_persons_offices_and_holders():
    organisation, findings = parse_organisation(GOOD)

    assert findings == ()
    assert organisation is not None
    assert organisation.title == "Dinas Kominfo"
    assert organisation.roles("officer:3") == {"ppid", "desk"}
    assert organisation.person("siti@kominfo") == "siti"
    assert organisation.office("officer:3") == "ppid"
    assert organisation.holders("desk") == {"officer:3", "siti@kominfo", "officer:4"}


def test_who_is_not_in_the_file_is_nobody():
    organisation, _ = parse_organisation(GOOD)

    assert organisation is not None
    assert (organisation.roles("x"), organisation.person("x"), organisation.office("x"), organisation.holders("x")) == (
        set(),
        None,
        None,
        set(),
    )


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        (b"poeple: {}\n", "EF-W028", 1),
        (b"people:\n  siti: {rolls: [a]}\n", "EF-W028", 2),
        (b"people:\n  siti: {}\n  siti: {}\n", "EF-W025", 3),
        (b"people:\n  - siti\n", "EF-W024", 2),
        (b"people:\n  siti:\n    roles: desk\n", "EF-W030", 3),
        (b"people:\n  siti:\n    name: [a]\n", "EF-W029", 3),
        (b"offices:\n  a: {parent: b}\n", "EF-W026", 2),
        (b"people:\n  siti: {office: b}\n", "EF-W026", 2),
        (b"people:\n  a: {accounts: [x]}\n  b: {accounts: [x]}\n", "EF-W027", 2),
        (b"people: {\n", "EF-W022", 2),
        (b"a: &a [1]\nb: *a\n", "EF-W023", 2),
        (b"[" * 40 + b"]" * 40, "EF-W023", 1),
        (b"", "EF-W024", 0),
        (b"\xff\xfe", "EF-P003", 0),
    ],
)
def test_a_wrong_entry_is_found_with_its_line_and_gives_no_organisation(source, code, line):
    organisation, findings = parse_organisation(source)

    assert organisation is None
    assert (findings[0].code, findings[0].place.line) == (code, line)


def test_a_wrong_key_is_answered_with_the_nearest_right_one():
    _, (finding,) = parse_organisation(b"poeple: {}\n")

    assert finding.text() == "organisation.yaml:1:1: error EF-W028: poeple: this is no key of this entry\n  hint: Did you mean: people?"


def test_a_file_that_is_not_there_is_a_finding(tmp_path):
    organisation, (finding,) = read_organisation(tmp_path / "organisation.yaml")

    assert organisation is None
    assert finding.code == "EF-W020"


def test_a_file_is_read(tmp_path):
    (tmp_path / "organisation.yaml").write_bytes(GOOD)

    organisation, findings = read_organisation(str(tmp_path / "organisation.yaml"))

    assert organisation is not None
    assert findings == ()


def test_a_huge_file_is_refused_before_it_is_parsed():
    organisation, (finding,) = parse_organisation(b"# " + b"x" * 5_000_000)

    assert organisation is None
    assert finding.code == "EF-W021"
