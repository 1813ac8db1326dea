"""How time grows with the length of a text, measured so that a busy machine makes no difference."""

import time


def seconds(work, *arguments):
    """Seconds this thread was at work; others, in this process or not, do not count."""
    began = time.thread_time()
    work(*arguments)
    return time.thread_time() - began


def assert_in_step(work, unit, length):
    """A text of four times the length takes about four times as long; one with a square in it sixteen times.

    Measured again and again until it is so, for noise only ever adds to the best of several times.
    """
    long = unit * (length // len(unit))
    short = long[: len(long) // 4]
    best_short = best_long = float("inf")
    for _round in range(6):
        best_short = min(best_short, seconds(work, short))
        best_long = min(best_long, seconds(work, long))
        if best_long < 8 * best_short + 0.02:
            return
    raise AssertionError(f"{unit!a}: {best_short:.3f} s for {len(short)}, {best_long:.3f} s for {len(long)}")
