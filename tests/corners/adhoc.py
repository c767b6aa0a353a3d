# SPDX-License-Identifier: Apache-2.0
"""Corner cases of ad-hoc sub-processes and of activities that several tokens begin or leave."""

from __future__ import annotations

from tests.corners.corner import corner

CASE = "start s\nadhoc p | until done = true%s {\nuser a\nuser b\nuser c\nb > c\n}\nuser n\ns > p\np > n\n"
PLAIN, ONE, AWAITS = (CASE % more for more in ("", " | ordering Sequential", " | cancels false"))
ENDED, ENDED_AWAITS = (text.replace("| until done = true", "") for text in (PLAIN, AWAITS))
BORDER = PLAIN + "boundary x | on p | message M\nuser h\nx > h"

CASES = (
    corner("adhoc_begins_with_nothing", "13.3.5", PLAIN, "", "p /"),
    corner("adhoc_people_choose", "13.3.5", PLAIN, "begin a; begin b", "p a b / a b"),
    corner("adhoc_again", "13.3.5", PLAIN, "begin a; complete a; begin a", "p a a / a"),
    corner("adhoc_twice_at_once", "13.3.5", PLAIN, "begin a; begin a", "p a a / a a"),
    corner("adhoc_flows_inside", "13.3.5", PLAIN, "begin b; complete b", "p b c / c"),
    corner("adhoc_completes", "13.3.5", PLAIN, "begin a; complete a {done: true}", "p a n / n"),
    corner("adhoc_does_not_complete_before_an_activity_is_done", "13.3.5; semantics", PLAIN, "start {done: true}", "p /"),
    corner("adhoc_cancels_what_runs", "13.3.5", PLAIN, "begin a; begin b; complete a {done: true}", "p a b n / n"),
    corner("adhoc_cancels_what_would_follow", "13.3.5", PLAIN, "begin b; complete b {done: true}", "p b n / n"),
    corner("adhoc_awaits_what_runs", "13.3.5", AWAITS, "begin a; begin b; complete a {done: true}; complete b", "p a b c / c"),
    corner(
        "adhoc_awaits_what_runs_and_goes_on",
        "13.3.5",
        AWAITS,
        "begin a; begin b; complete a {done: true}; complete b; complete c",
        "p a b c n / n",
    ),
    corner("adhoc_one_at_a_time", "13.3.5", ONE, "begin a; complete a {done: false}; begin b", "p a b / b"),
    corner("adhoc_refuses_a_second_at_the_same_time", "13.3.5", ONE, "begin a; !begin b", "p a / a"),
    corner("adhoc_interrupted", "13.5.3", BORDER, "begin a; send M", "p a x h / h"),
    corner("adhoc_interrupted_with_nothing_begun", "13.5.3", BORDER, "send M", "p x h / h"),
    corner(
        "adhoc_condition_without_data",
        "13.3.5; semantics",
        PLAIN.replace("done = true", "done"),
        "begin a; complete a",
        "p a condition@a / a",
    ),
    corner(
        "adhoc_condition_corrected",
        "13.3.5; semantics",
        PLAIN.replace("done = true", "done"),
        "begin a; complete a; retry a {done: true}",
        "p a condition@a n / n",
    ),
    corner(
        "adhoc_people_end_it", "13.3.5; semantics", ENDED, "begin a; complete a; begin b; complete b; complete c; end p", "p a b c n / n"
    ),
    corner("adhoc_people_end_it_with_nothing_begun", "13.3.5; semantics", ENDED, "end p", "p n / n"),
    corner("adhoc_people_end_it_and_cancel_what_runs", "13.3.5; semantics", ENDED, "begin a; begin b; end p", "p a b n / n"),
    corner(
        "adhoc_people_end_it_and_await_what_runs",
        "13.3.5; semantics",
        ENDED_AWAITS,
        "begin b; end p; !end p; !begin a; complete b; complete c",
        "p b c n / n",
    ),
    corner("adhoc_people_do_not_end_what_has_a_condition", "13.3.5; semantics", PLAIN, "begin a; complete a; !end p", "p a /"),
    corner(
        "adhoc_error_inside",
        "13.5.3",
        "start s\nadhoc p | until done {\nservice a | handler h\n}\nboundary x | on p | error E\nuser h\ns > p\nx > h",
        "begin a; report a error E",
        "p a x h / h",
    ),
    corner(
        "adhoc_with_gateways_inside",
        "13.3.5",
        "start s\nadhoc p | until done = true {\nuser a\nand g\nuser b\nuser c\nand j\nuser d\na > g\ng > b\ng > c\nb > j\nc > j\n"
        "j > d\n}\nuser n\ns > p\np > n",
        "begin a; complete a; complete b; complete c; complete d {done: true}",
        "p a b c d n / n",
    ),
    corner(
        "adhoc_with_a_sub_inside",
        "13.3.5",
        "start s\nadhoc p | until done = true {\nsub q {\nstart i\nuser a\ni > a\n}\n}\nuser n\ns > p\np > n",
        "begin q; complete a {done: true}",
        "p q a n / n",
    ),
    corner(
        "adhoc_inside_adhoc",
        "13.3.5",
        "start s\nadhoc p | until done = true {\nadhoc q | until ready = true {\nuser a\n}\n}\nuser n\ns > p\np > n",
        "begin q; begin a; complete a {ready: true, done: true}",
        "p q a n / n",
    ),
    corner(
        "adhoc_with_instances_inside",
        "13.3.5",
        "start s\nadhoc p | until done = true {\nuser a | instances 2\n}\nuser n\ns > p\np > n",
        "begin a; complete a {done: true}; complete a",
        "p a a* a* n / n",
    ),
    corner(
        "adhoc_is_compensated",
        "13.5.5",
        "start s\nadhoc p | until done = true {\nuser a\nboundary ca | on a | compensate\nuser ua | undoes\nca ~ ua\n}\n"
        "throw t | compensate p\nuser n\n"
        "s > p\np > t\nt > n",
        "begin a; complete a {done: true}; complete ua",
        "p a t ua n / n",
    ),
    corner(
        "quantity_begins_with_two",
        "13.3.2",
        "start s\nand g\nuser a | takes 2\nuser n\ns > g\ng > a\na > n" + "\nand h\ng > h\nh > a",
        "",
        "a / a",
    ),
    corner("quantity_begins_with_two_not_one", "13.3.2", "start s\nuser w\nuser a | takes 2\ns > w\nw > a", "complete w", "w stuck@a / a"),
    corner(
        "quantity_begins_with_two_over_one_flow",
        "13.3.2",
        "start s\nand g\nxor m\nuser a | takes 2\nuser n\nand h\ns > g\ng > m\ng > h\nh > m\nm > a\na > n",
        "complete a",
        "a n / n",
    ),
    corner("quantity_leaves_with_two", "13.3.2", "start s\nuser a | gives 2\nuser n\ns > a\na > n", "complete a", "a n n / n n"),
    corner(
        "quantity_leaves_with_two_over_each_flow",
        "13.3.2",
        "start s\nuser a | gives 2\nuser n\nuser m\ns > a\na > n\na > m",
        "complete a",
        "a n n m m / m m n n",
    ),
    corner(
        "quantity_gives_what_another_takes",
        "13.3.2",
        "start s\nuser a | gives 3\nuser n | takes 3\nuser z\ns > a\na > n\nn > z",
        "complete a; complete n",
        "a n z / z",
    ),
)
