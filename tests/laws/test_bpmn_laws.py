# SPDX-License-Identifier: Apache-2.0
"""Laws of reading and editing BPMN: reading never raises, places are exact, an edit changes what it names and nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from egov_flow import bpmn
from egov_flow.bpmn import Origin, Splice, insert_child, remove_element, set_attribute, splice

SOURCES = {f.stem: f.read_bytes() for f in sorted((Path(__file__).parents[1] / "fixtures" / "bpmn").glob("*.bpmn"))}
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30)
BOMB = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'
PIECES = st.sampled_from(
    [b"<", b">", b"&", b'"', b"\x00", b"\xff", b"<x>", b"</x>", b"]]>", b"<!--", b"<?a b?>", BOMB, b"&#0;", b"xmlns=''"]
)


def _origins(value: object) -> Iterator[Origin]:
    """Every origin anywhere in a model."""
    if isinstance(value, Origin):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _origins(part)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _origins(getattr(value, field.name))


@st.composite
def mutations(draw):
    source = draw(st.sampled_from(sorted(SOURCES.values())))
    start = draw(st.integers(0, len(source)))
    end = min(len(source), start + draw(st.integers(0, 40)))
    return source[:start] + draw(PIECES | st.binary(max_size=8)) + source[end:]


@given(mutations())
@settings(max_examples=200, deadline=None)
def test_reading_never_raises_and_every_finding_is_inside_the_file(source):
    model = bpmn.read(source, "upload.bpmn")

    lines = max(1, len(source.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")))
    assert model.source == source
    assert all(0 <= finding.place.line <= lines and finding.text("en") and finding.text("id") for finding in model.findings)
    assert all(_is_exact(origin, source) for origin in _origins(model))


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@settings(max_examples=100)
def test_reading_any_bytes_never_raises(source):
    assert bpmn.read(source, "upload").findings


@given(st.sampled_from(sorted(SOURCES)))
def test_every_place_begins_with_a_start_tag_and_ends_with_a_tag(stem):
    origins = [origin for origin in _origins(bpmn.read(SOURCES[stem], stem)) if origin != Origin()]

    assert len(origins) > 20
    assert all(_is_exact(origin, SOURCES[stem]) for origin in origins)


def _is_exact(origin: Origin, source: bytes) -> bool:
    if origin == Origin():
        return True
    ordered = origin.start < origin.inner_start <= origin.inner_end <= origin.end
    opens = source[origin.start : origin.start + 1] == b"<" and source[origin.inner_start - 1 : origin.inner_start] == b">"
    closes = origin.inner_end == origin.end or source[origin.inner_end : origin.inner_end + 2] == b"</"
    return ordered and opens and closes and source[origin.end - 1 : origin.end] == b">"


@given(st.binary(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.binary(max_size=5)), max_size=8))
def test_splices_keep_all_other_bytes_in_order(source, cuts):
    bounds = sorted({min(offset, len(source)) for offset, _ in cuts})
    texts = dict.fromkeys(bounds, b"")
    texts.update({min(offset, len(source)): text for offset, text in cuts})
    edits = [Splice(a, b, texts[a]) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]

    result = splice(source, reversed(edits))

    kept = [source[a:b] for a, b in zip([0, *(e.end for e in edits)], [*(e.start for e in edits), len(source)], strict=True)]
    expected = b"".join(part for pair in itertools.zip_longest(kept, [e.text for e in edits], fillvalue=b"") for part in pair)
    assert result == expected


@given(st.sampled_from(sorted(SOURCES)), st.data())
@settings(max_examples=60, deadline=None)
def test_a_renamed_element_is_all_that_changes(stem, data):
    before = bpmn.read(SOURCES[stem], stem)
    node = data.draw(st.sampled_from(list(before.nodes())))
    name = data.draw(TEXTS)
    edit = set_attribute(before.source, node.origin, "name", name)

    after = bpmn.read(splice(before.source, [edit]), stem)

    assert {n.id: n.name for n in after.nodes()} == {n.id: n.name for n in before.nodes()} | {node.id: name}
    assert after.source == before.source[: edit.start] + edit.text + before.source[edit.end :]
    assert after.source[: node.origin.start] == before.source[: node.origin.start]
    assert (
        after.source[::-1][: len(before.source) - node.origin.inner_start]
        == before.source[::-1][: len(before.source) - node.origin.inner_start]
    )


@given(st.sampled_from(sorted(SOURCES)), st.data())
@settings(max_examples=60, deadline=None)
def test_a_child_that_is_inserted_and_removed_again_leaves_no_trace(stem, data):
    before = bpmn.read(SOURCES[stem], stem)
    process = before.processes[0]
    xml = f'<{bpmn.tag(before, "task")} id="New" />'
    first = data.draw(st.booleans())

    with_child = bpmn.read(splice(before.source, [insert_child(before.source, process.origin, xml, before_end=not first)]), stem)
    (new,) = [node for node in with_child.nodes() if node.id == "New"]

    assert splice(with_child.source, [remove_element(with_child.source, new.origin)]) == before.source


@given(st.sampled_from(sorted(SOURCES)), st.data())
@settings(max_examples=60, deadline=None)
def test_a_removed_element_is_gone_and_the_rest_is_still_read(stem, data):
    before = bpmn.read(SOURCES[stem], stem)
    flow = data.draw(st.sampled_from(list(before.flows())))

    after = bpmn.read(splice(before.source, [remove_element(before.source, flow.origin)]), stem)

    assert [f.id for f in after.flows()] == [f.id for f in before.flows() if f.id != flow.id]
    assert [n.id for n in after.nodes()] == [n.id for n in before.nodes()]
    assert all(flow.id not in node.outgoing for node in after.nodes())
