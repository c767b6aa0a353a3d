# SPDX-License-Identifier: Apache-2.0
"""YAML is read as a plain table: with places, without tags, anchors, duplicates or bombs."""

from __future__ import annotations

import pytest

from egov_flow.procedure import read_entries, read_source

BOMB = "a: &a [x, x]\n" + "\n".join(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


def _codes(text):
    source = text if isinstance(text, bytes) else text.encode()
    return [(f.code, f.place.line, f.place.column) for f in read_entries(source, "procedure.yaml")[1]]


def test_an_entry_knows_its_line_and_column():
    root, findings = read_entries(b"title:\n  en: Request\nroles: [desk, 'ppid']\n", "procedure.yaml")

    assert findings == ()
    assert str(root.get("title").get("en").place) == "procedure.yaml:2:7"
    assert [str(item.place) for item in root.get("roles").items] == ["procedure.yaml:3:9", "procedure.yaml:3:15"]


def test_scalars_are_read_as_yaml_1_2_says():
    root, _ = read_entries(b"[1, -2.5e3, 1_000, 0x10, yes, true, null, '1', \"true\", 2027-01-31, 10:30]", "f")

    assert [entry.kind for entry in root.items] == [
        "number", "number", "text", "text", "text", "flag", "null", "text", "text", "text", "text",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: &x 1", ("EF-P007", 1, 4)),
        ("a: *x", ("EF-P007", 1, 4)),
        (BOMB, ("EF-P007", 1, 4)),
        ("a: !!python/object/apply:os.system ['true']", ("EF-P008", 1, 4)),
        ("a: !secret 1", ("EF-P008", 1, 4)),
        ("a: 1\nb: 2\na: 3", ("EF-P010", 3, 1)),
        ("a: 1\n---\nb: 2", ("EF-P005", 2, 1)),
        ("? [a]\n: b", ("EF-P009", 1, 3)),
        ("[" * 21, ("EF-P006", 1, 21)),
        ("{a: " * 100, ("EF-P006", 1, 78)),
        ("a: 'open", ("EF-P004", 1, 9)),
        ("a: b: c", ("EF-P004", 1, 5)),
        ("\ta: 1", ("EF-P004", 1, 1)),
        ("a: 1\nb: \x07", ("EF-P004", 2, 4)),
        ('a: "\\ud800"', ("EF-P003", 1, 4)),
        (b"a: 1\nb: \xff", ("EF-P003", 2, 1)),
    ],
)
def test_what_is_no_plain_table_is_a_finding_at_its_place(text, finding):
    assert _codes(text) == [finding]


def test_a_file_of_more_than_256_kibibytes_is_not_read():
    assert _codes(b"a: " + b"x" * (1 << 18)) == [("EF-P002", 0, 0)]


def test_of_a_file_however_long_no_more_is_read_than_is_needed_to_refuse_it(tmp_path):
    file = tmp_path / "long.yaml"
    with file.open("wb") as stream:
        stream.truncate(1 << 33)

    assert _codes(read_source(file)) == [("EF-P002", 0, 0)]
    assert len(read_source(file, 100)) == 101


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "null"])
def test_an_empty_file_has_no_root(text):
    assert read_entries(text.encode(), "f") == (None, ())
