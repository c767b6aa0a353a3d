# SPDX-License-Identifier: Apache-2.0
"""What lies on every path: compared with the definition on random graphs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egov_flow.checks.dominance import Dominance

GRAPHS = st.integers(1, 10).flatmap(lambda size: st.lists(st.lists(st.integers(0, size - 1), max_size=3), min_size=size, max_size=size))


def _reached(graph, without):
    found, todo = ({0}, [0]) if without != 0 else (set(), [])
    while todo:
        for following in graph[todo.pop()]:
            if following not in found and following != without:
                found.add(following)
                todo.append(following)
    return found


def _passed(graph):
    """Return what lies on every path to each thing, by the definition: without it, nothing comes there."""
    everything = _reached(graph, None)
    return {thing: {one for one in everything if one == thing or thing not in _reached(graph, one)} for thing in everything}


@given(GRAPHS)
def test_the_path_up_the_tree_is_what_lies_on_every_path(graph):
    tree, passed = Dominance.of(0, graph.__getitem__), _passed(graph)

    assert {thing: {0, *tree.path(thing, 0)} for thing in tree.things} == passed
    assert all(tree.is_over(one, other) == (one in passed[other]) for one in passed for other in passed)


@given(GRAPHS)
def test_two_paths_part_after_the_last_thing_that_both_pass(graph):
    tree, passed = Dominance.of(0, graph.__getitem__), _passed(graph)

    for one in passed:
        for other in passed:
            parting = tree.parting(one, other)
            if one in passed[other] or other in passed[one]:
                assert parting is None
            else:
                last = max(passed[one] & passed[other], key=lambda thing: len(passed[thing]))
                assert parting is not None
                assert parting[0] == last
                assert parting[1] in passed[one] - passed[other]
                assert parting[2] in passed[other] - passed[one]


def test_what_stands_below_a_thing_follows_it_at_once():
    tree = Dominance.of("a", {"a": "bc", "b": "d", "c": "d", "d": "e", "e": ""}.__getitem__)

    ranked = sorted(tree.things, key=lambda thing: tree.rank[tree.number[thing]])

    assert ranked.index("e") == ranked.index("d") + 1
    assert tree.depth[tree.number["e"]] == 2, "d stands under a alone, because two ways lead to it"


def test_a_long_chain_is_climbed_in_few_steps():
    size = 20_000
    tree = Dominance.of(0, lambda thing: (thing + 1, size + thing) if thing < size else ())

    assert tree.parting(size - 1, size + 5) == (5, 6, size + 5)
