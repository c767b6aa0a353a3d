# SPDX-License-Identifier: Apache-2.0
"""The line of writers: first come, first served."""

from __future__ import annotations

import threading
import time

import pytest

from egov_flow_adapters.sqlalchemy_store._queue import FairQueue


def _wait_until(condition):
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.0005)


def test_threads_are_served_in_the_order_in_which_they_came():
    queue, served, threads = FairQueue(), [], []

    def wait_for_my_turn(number):
        with queue:
            served.append(number)

    with queue:
        for number in range(20):
            threads.append(threading.Thread(target=wait_for_my_turn, args=(number,)))
            threads[-1].start()
            _wait_until(lambda expected=number + 1: len(queue._line) == expected)
        assert served == []
    for thread in threads:
        thread.join()

    assert served == list(range(20))


def test_one_thread_at_a_time_is_inside():
    queue, inside, most = FairQueue(), [0], [0]

    def work():
        for _ in range(50):
            with queue:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                time.sleep(0)
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1]


def test_an_error_inside_lets_the_next_one_in():
    queue = FairQueue()
    with pytest.raises(ZeroDivisionError), queue:
        raise ZeroDivisionError

    with queue:
        assert queue._taken
    assert not queue._taken


def test_who_gives_up_waiting_leaves_no_gap_in_the_line():
    queue, turn = FairQueue(), threading.Lock()
    turn.acquire()
    with queue:
        queue._line.append(turn)
        queue._leave(turn)
        assert not queue._line
    with queue:
        turn_that_came = threading.Lock()
        queue._leave(turn_that_came)  # it had been handed the turn: hand it on
    assert not queue._taken
