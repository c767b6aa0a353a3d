# SPDX-License-Identifier: Apache-2.0
"""Corner cases of sub-processes, calls, global tasks and event sub-processes."""

from __future__ import annotations

from tests.corners.corner import corner

AROUND = "start s\nuser w\ns > w\n"

CASES = (
    corner(
        "sub_waits_for_all",
        "13.3.4",
        "start s\nsub p {\nstart i\nand g\nuser a\nuser b\ni > g\ng > a\ng > b\n}\nuser c\ns > p\np > c",
        "complete a",
        "p a b / b",
    ),
    corner(
        "sub_ends_when_nothing_is_left",
        "13.3.4",
        "start s\nsub p {\nstart i\nand g\nuser a\nuser b\ni > g\ng > a\ng > b\n}\nuser c\ns > p\np > c",
        "complete a; complete b",
        "p a b c / c",
    ),
    corner(
        "sub_without_start", "13.3.4", "start s\nsub p {\nuser a\nuser b\n}\nuser c\ns > p\np > c", "complete a; complete b", "p a b c / c"
    ),
    corner(
        "sub_terminate_ends_only_it",
        "13.5.6",
        "start s\nsub p {\nstart i\nand g\nuser a\nend t | terminate\ni > g\ng > a\ng > t\n}\nuser c\ns > p\np > c",
        "",
        "p a t c / c",
    ),
    corner("terminate_ends_the_process", "13.5.6", "start s\nand g\nuser a\nend t | terminate\ns > g\ng > a\ng > t", "", "a t / completed"),
    corner(
        "terminate_in_a_call_ends_only_it",
        "13.5.6, 13.3.5",
        "start s\ncall c | calls Q\nuser b\ns > c\nc > b\nprocess Q {\nstart q\nand g\nuser a\nend t | terminate\nq > g\ng > a\ng > t\n}",
        "",
        "c a t b / b",
    ),
    corner(
        "sub_interrupted",
        "13.5.3",
        "start s\nsub p {\nstart i\nuser a\ni > a\n}\nboundary b | on p | timer PT1H\nuser c\nuser d\ns > p\np > d\nb > c",
        "wait PT1H",
        "p a b c / c",
    ),
    corner(
        "nested_subs",
        "13.3.4",
        "start s\nsub p {\nstart i\nsub q {\nstart k\nuser a\nk > a\n}\ni > q\n}\nuser b\ns > p\np > b",
        "complete a",
        "p q a b / b",
    ),
    corner(
        "call_runs_the_process",
        "13.3.5",
        "start s\ncall c | calls Q\nuser b\ns > c\nc > b\nprocess Q {\nstart q\nuser a\nq > a\n}",
        "complete a",
        "c a b / b",
    ),
    corner(
        "call_interrupted",
        "13.5.3",
        "start s\ncall c | calls Q\nboundary t | on c | timer PT1H\nuser b\nuser d\ns > c\nc > b\nt > d\nprocess Q {\n"
        "start q\nuser a\nq > a\n}",
        "wait PT1H",
        "c a t d / d",
    ),
    corner(
        "call_passes_in_only_what_is_mapped",
        "10.3.6; semantics",
        """start s
        call c | calls Q | in y = x
        user b
        s > c
        c > b
        process Q {
        start q
        xor g
        user a
        user d
        q > g
        g > a : x = null and y = 5
        g > d : default
        }""",
        "start {x: 5}",
        "c a / a",
    ),
    corner(
        "call_passes_out_only_what_is_mapped",
        "10.3.6; semantics",
        """start s
        call c | calls Q | out r = z
        xor g
        user a
        user b
        s > c
        c > g
        g > a : r = 2 and z = null
        g > b : default
        process Q {
        start q
        script t | is {z: 1 + 1}
        q > t
        }""",
        "",
        "c t a / a",
    ),
    corner(
        "call_error_comes_out",
        "13.5.5",
        "start s\ncall c | calls Q\nboundary b | on c | error E\nuser h\nuser n\ns > c\nc > n\nb > h\nprocess Q {\n"
        "start q\nend e | error E\nq > e\n}",
        "",
        "c e b h / h",
    ),
    corner(
        "call_escalation_comes_out",
        "13.5.5",
        "start s\ncall c | calls Q\nboundary b | on c | keeps | escalation X\nuser h\nuser n\ns > c\nc > n\nb > h\n"
        "process Q {\nstart q\nthrow t | escalation X\nuser a\nq > t\nt > a\n}",
        "",
        "c t b h a / a h",
    ),
    corner(
        "call_of_a_call",
        "13.3.5",
        "start s\ncall c | calls Q\nuser b\ns > c\nc > b\nprocess Q {\nstart q\ncall d | calls R\nq > d\n}\n"
        "process R {\nstart r\nuser a\nr > a\n}",
        "complete a",
        "c d a b / b",
    ),
    corner(
        "called_twice",
        "13.3.5",
        "start s\nand g\ncall c | calls Q\ncall d | calls Q\ns > g\ng > c\ng > d\nprocess Q {\nstart q\nuser a\nq > a\n}",
        "complete a",
        "c d a a / a",
    ),
    corner(
        "a_process_calls_itself",
        "13.3.5",
        "start s\nuser a\nxor x\ncall c | calls P | in n = n - 1\nend e\ns > a\na > x\nx > c : n > 0\nx > e : default\nc > e",
        "start {n: 1}; complete a; complete a",
        "a c a / completed",
    ),
    corner("esp_interrupts", "13.5.4", AROUND + "esp e {\nstart i | message M\nuser h\ni > h\n}", "send M", "w e h / h"),
    corner("esp_goes_beside", "13.5.4", AROUND + "esp e {\nstart i | keeps | message M\nuser h\ni > h\n}", "send M", "w e h / h w"),
    corner(
        "esp_again_and_again",
        "13.5.4",
        AROUND + "esp e {\nstart i | keeps | message M\nuser h\ni > h\n}",
        "send M; send M",
        "w e h e h / h h w",
    ),
    corner(
        "esp_holds_the_process",
        "13.5.4",
        AROUND + "esp e {\nstart i | keeps | message M\nuser h\ni > h\n}",
        "send M; complete w",
        "w e h / h",
    ),
    corner(
        "esp_is_not_awaited_after_the_end",
        "13.5.4",
        AROUND + "esp e {\nstart i | message M\nuser h\ni > h\n}",
        "complete w",
        "w / completed",
    ),
    corner("esp_signal", "13.5.4", AROUND + "esp e {\nstart i | signal S\nuser h\ni > h\n}", "signal S", "w e h / h"),
    corner("esp_timer", "13.5.4", AROUND + "esp e {\nstart i | timer PT1H\nuser h\ni > h\n}", "wait PT1H", "w e h / h"),
    corner(
        "esp_cycle",
        "13.5.4",
        AROUND + "esp e {\nstart i | keeps | cycle R2/PT1H\nuser h\ni > h\n}",
        "wait PT1H; wait PT1H",
        "w e h e h / h h w",
    ),
    corner(
        "esp_condition", "13.5.4", AROUND + "esp e {\nstart i | when n > 3\nuser h\ni > h\n}", "start {n: 1}; correct {n: 4}", "w e h / h"
    ),
    corner(
        "esp_error",
        "13.5.5",
        "start s\nuser w\nend x | error E\ns > w\nw > x\nesp e {\nstart i | error E\nuser h\ni > h\n}",
        "complete w",
        "w x e h / h",
    ),
    corner(
        "esp_error_does_not_catch_itself",
        "13.5.5",
        "start s\nend x | error E\ns > x\nesp e {\nstart i | error E\nend y | error E\ni > y\n}",
        "",
        "x e y uncaught_error@y / y",
    ),
    corner(
        "esp_escalation",
        "13.5.5",
        "start s\nthrow t | escalation X\nuser w\ns > t\nt > w\nesp e {\nstart i | keeps | escalation X\nuser h\ni > h\n}",
        "",
        "t e w h / h w",
    ),
    corner(
        "esp_escalation_interrupts",
        "13.5.5",
        "start s\nthrow t | escalation X\nuser w\ns > t\nt > w\nesp e {\nstart i | escalation X\nuser h\ni > h\n}",
        "",
        "t e h / h",
    ),
    corner(
        "esp_comes_before_the_boundary",
        "13.5.5",
        """start s
        sub p {
        start i
        end x | error E
        i > x
        esp e {
        start j | error E
        user h
        j > h
        }
        }
        boundary b | on p | error E
        user n
        s > p
        b > n""",
        "",
        "p x e h / h",
    ),
    corner(
        "esp_throws_on_to_the_boundary",
        "13.5.5",
        """start s
        sub p {
        start i
        end x | error E
        i > x
        esp e {
        start j | error E
        end y | error E
        j > y
        }
        }
        boundary b | on p | error E
        user n
        s > p
        b > n""",
        "",
        "p x e y b n / n",
    ),
    corner(
        "esp_inside_a_sub_ends_with_it",
        "13.5.4",
        "start s\nsub p {\nstart i\nuser a\ni > a\nesp e {\nstart j | message M\nuser h\nj > h\n}\n}\nuser b\ns > p\np > b",
        "send M; complete h",
        "p a e h b / b",
    ),
    corner(
        "esp_that_interrupts_ends_the_others",
        "13.5.4",
        AROUND + "esp e {\nstart i | keeps | signal S\nuser h\ni > h\n}\nesp f {\nstart j | message M\nuser k\nj > k\n}",
        "signal S; send M",
        "w e h f k / k",
    ),
    corner(
        "esp_inside_an_esp",
        "13.5.4",
        AROUND + "esp e {\nstart i | message M\nuser h\ni > h\nesp f {\nstart j | message N\nuser k\nj > k\n}\n}",
        "send M; send N",
        "w e h f k / k",
    ),
)
