# SPDX-License-Identifier: Apache-2.0
"""Corner cases of activities with several input or output sets: the first that is there is taken, and the activity waits until one is."""

from __future__ import annotations

from tests.corners.corner import corner


def _io(inputs: str, outputs: str = "") -> str:
    """Return the sets of an activity: `x;y` are two sets of one input each, filled from the variables of that name."""
    words = [(way, word) for way, sets in (("Input", inputs), ("Output", outputs)) for word in sets.replace(";", " ").split()]
    found = "".join(f'<data{way} id="@{word}" name="{word}"/>' for way, word in words)
    for way, sets in (("input", inputs), ("output", outputs)):
        for one in sets.split(";"):
            found += (
                f"<{way}Set>" + "".join(f"<data{way.title()}Refs>@{word}</data{way.title()}Refs>" for word in one.split()) + f"</{way}Set>"
            )
    arrows = [
        f"<dataInputAssociation><sourceRef>{w}</sourceRef><targetRef>@{w}</targetRef></dataInputAssociation>"
        for way, w in words
        if way == "Input"
    ]
    arrows += [
        f"<dataOutputAssociation><sourceRef>@{w}</sourceRef><targetRef>{w}</targetRef></dataOutputAssociation>"
        for way, w in words
        if way == "Output"
    ]
    return f"xml <ioSpecification>{found}</ioSpecification>{''.join(arrows)}"


def task(kind: str, name: str, inputs: str, outputs: str = "") -> str:
    """Return a task with its sets as a line of a drawing."""
    return f"{kind} {name} | {_io(inputs, outputs).replace('@', f'{name}_')}"


WAITS = f"start s\n{task('user', 'a', 'x;y')}\nuser b\ns > a\na > b"
BESIDE = f"start s\nand g\nuser w\n{task('user', 'a', 'x;y')}\nuser b\ns > g\ng > w\ng > a\na > b"
AFTER = "xor k\nuser m\nuser n\na > k\nk > m : {}\nk > n : default"

CASES = (
    corner("sets_the_first_is_there", "10.4.2", WAITS, "start {x: 1}; complete a", "a b / b"),
    corner("sets_the_second_is_there", "10.4.2", WAITS, "start {y: 1}; complete a", "a b / b"),
    corner("sets_none_is_there", "10.4.2", WAITS.replace("user a", "task a"), "", "a / a"),
    corner("sets_one_is_there_for_what_is_done_at_once", "10.4.2", WAITS.replace("user a", "task a"), "start {y: 1}", "a b / b"),
    corner("sets_one_comes", "10.4.2", BESIDE, "complete w {y: 1}; complete a", "w a b / b"),
    corner(
        "sets_boundary_awaits_the_beginning",
        "13.3.2; semantics",
        WAITS.replace("user b", "user b\nuser h\nboundary t | on a | timer PT1H\nt > h"),
        "correct {x: 1}; wait PT1H",
        "a t h / h",
    ),
    corner(
        "sets_out_the_first_that_is_whole",
        "10.4.2",
        f"start s\n{task('user', 'a', '', 'r;q')}\n{AFTER.format('r = 1 and q = 2')}\ns > a",
        "start {q: 2}; complete a {r: 1, q: 3}",
        "a m / m",
    ),
    corner(
        "sets_out_the_second_that_is_whole",
        "10.4.2",
        f"start s\n{task('user', 'a', '', 'r p;q')}\n{AFTER.format('r = 5 and q = 3')}\ns > a",
        "start {r: 5}; complete a {r: 1, q: 3}",
        "a m / m",
    ),
    corner(
        "sets_out_none_is_whole",
        "10.4.2",
        f"start s\n{task('user', 'a', '', 'r;q')}\nuser b\ns > a\na > b",
        "start {r: 5}; complete a",
        "a data@a / a",
    ),
    corner(
        "sets_an_instance_that_completes_all_ends_the_others_wait",
        "10.4.2; 13.3.7",
        f"start s\n{task('script', 'a', 'x;y')} | is {{n: x}} | instances 3 | until true\nuser b\ns > a\na > b",
        "correct {x: 1}",
        "a a* a* a* b / b",
    ),
    corner(
        "sets_each_instance_chooses",
        "10.4.2",
        f"start s\n{task('user', 'a', 'x;i')} | each is | as i\nuser b\ns > a\na > b",
        "start {is: [1, null]}; complete a; correct {x: 1}; complete a",
        "a a* a* b / b",
    ),
)
