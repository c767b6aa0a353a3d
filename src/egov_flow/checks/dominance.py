# SPDX-License-Identifier: Apache-2.0
"""What lies on every path from the beginning of a graph to each of its things (Lengauer and Tarjan 1979), in near-linear time whatever is drawn."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

import attrs

__all__ = ["Dominance"]


@attrs.frozen(eq=False)
class Dominance:
    """The tree of a graph's things: above each stands the nearest other thing that every path to it passes.

    Attributes:
        things: what a path comes to, in the order of a walk from the beginning; the beginning is the first.
        number: place of each among them.
        above: number of the thing above each; the beginning stands above itself.
        depth: how many stand above each.
        rank: place of each in a walk down the tree: what stands below a thing follows it at once.
    """

    things: list[Hashable]
    number: dict[Hashable, int]
    above: list[int]
    depth: list[int]
    rank: list[int]
    _jump: list[int]

    @classmethod
    def of(cls, begin: Hashable, following: Callable[[Hashable], Iterable[Hashable]]) -> Dominance:
        """Return the tree of what can be reached from a beginning."""
        things, number, parent, before = _walk(begin, following)
        above = _above(parent, before)
        depth, jump = [0] * len(things), [0] * len(things)
        for thing in range(1, len(things)):  # a shortcut upwards from each, which makes any climb logarithmic (Myers 1983)
            up = above[thing]
            depth[thing] = depth[up] + 1
            far = jump[jump[up]]
            jump[thing] = far if depth[up] - depth[jump[up]] == depth[jump[up]] - depth[far] else up
        return cls(things, number, above, depth, _ranks(above), jump)

    def __contains__(self, thing: Hashable) -> bool:
        """Return whether a path comes to a thing."""
        return thing in self.number

    def parting(self, one: Hashable, other: Hashable) -> tuple[Hashable, Hashable, Hashable] | None:
        """Return where the paths to two things part for good: the last thing that both pass, and the next that only each passes.

        None when one of them lies on every path to the other.
        """
        first, second = self.number[one], self.number[other]
        depth = min(self.depth[first], self.depth[second])
        first, second = self._climb(first, depth), self._climb(second, depth)
        if first == second:
            return None
        above, jump = self.above, self._jump
        while above[first] != above[second]:
            if jump[first] != jump[second]:
                first, second = jump[first], jump[second]
            else:
                first, second = above[first], above[second]
        return self.things[above[first]], self.things[first], self.things[second]

    def is_over(self, one: Hashable, other: Hashable) -> bool:
        """Return whether a thing lies on every path to another, or is that other."""
        first, second = self.number[one], self.number[other]
        return self._climb(second, self.depth[first]) == first

    def path(self, thing: Hashable, end: Hashable) -> Iterator[Hashable]:
        """Yield what lies on every path to a thing, itself first, up to but without `end`, which is one of them."""
        found, last = self.number[thing], self.number[end]
        while found != last:
            yield self.things[found]
            found = self.above[found]

    def _climb(self, thing: int, depth: int) -> int:
        while self.depth[thing] > depth:
            thing = self._jump[thing] if self.depth[self._jump[thing]] >= depth else self.above[thing]
        return thing


def _walk(
    begin: Hashable, following: Callable[[Hashable], Iterable[Hashable]]
) -> tuple[list[Hashable], dict[Hashable, int], list[int], list[list[int]]]:
    """Return what a depth-first walk comes to: the things, their numbers, from which each was found first, and from which at all."""
    things, number, parent, before = [begin], {begin: 0}, [0], list[list[int]]([[]])
    stack = [(0, iter(following(begin)))]
    while stack:
        thing, rest = stack[-1]
        found = next(rest, None)
        if found is None:
            stack.pop()
            continue
        if found not in number:
            number[found] = len(things)
            things.append(found)
            parent.append(thing)
            before.append([])
            stack.append((number[found], iter(following(found))))
        before[number[found]].append(thing)
    return things, number, parent, before


def _above(parent: list[int], before: list[list[int]]) -> list[int]:
    size = len(parent)
    semi, best, ancestor, above = list(range(size)), list(range(size)), [-1] * size, [0] * size
    held: list[list[int]] = [[] for _ in range(size)]
    for thing in range(size - 1, 0, -1):
        semi[thing] = min([semi[thing], *(semi[_best(source, ancestor, semi, best)] for source in before[thing])])
        held[semi[thing]].append(thing)
        ancestor[thing] = parent[thing]
        for waiting in held[parent[thing]]:
            found = _best(waiting, ancestor, semi, best)
            above[waiting] = found if semi[found] < semi[waiting] else parent[thing]
        held[parent[thing]].clear()
    for thing in range(1, size):
        if above[thing] != semi[thing]:
            above[thing] = above[above[thing]]
    return above


def _best(thing: int, ancestor: list[int], semi: list[int], best: list[int]) -> int:
    """Return the thing of least semi-dominator on the way up that has been linked, and shorten that way."""
    way = []
    found = thing
    while ancestor[found] >= 0 and ancestor[ancestor[found]] >= 0:
        way.append(found)
        found = ancestor[found]
    for step in reversed(way):
        up = ancestor[step]
        if semi[best[up]] < semi[best[step]]:
            best[step] = best[up]
        ancestor[step] = ancestor[up]
    return best[thing]


def _ranks(above: list[int]) -> list[int]:
    below: list[list[int]] = [[] for _ in above]
    for thing in range(1, len(above)):
        below[above[thing]].append(thing)
    ranks, stack, count = [0] * len(above), [0], 0
    while stack:
        thing = stack.pop()
        ranks[thing] = count
        count += 1
        stack.extend(reversed(below[thing]))
    return ranks
