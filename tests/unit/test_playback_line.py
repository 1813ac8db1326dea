"""The way of sound to a device, without one."""

from hypothesis import given
from hypothesis import strategies as st
from tests.playing import RATE, counting

from barrierfree.audio.line import Line, Take


class TestLine:
    """The line alone: whatever a device asks for and however often it is lost, order and number are right."""

    @given(
        steps=st.lists(
            st.one_of(
                st.tuples(st.just("write"), st.integers(1, 700)),
                st.tuples(st.just("read"), st.integers(1, 300)),
                st.tuples(st.just("lose"), st.integers(0, 300)),
            ),
            max_size=60,
        )
    )
    def test_no_sample_is_lost_or_out_of_order(self, steps):
        line = Line(RATE)
        take = Take(line)
        heard = bytearray()
        spoken = b""
        clock = []  # for each sample asked for: how many had been heard by then
        for step, number in steps:
            if step == "write":
                block = counting(number, len(spoken) // 2)
                spoken += block
                line.append(take, block)
            elif step == "read":
                samples = bytes(line.read(number))
                assert len(samples) <= 2 * number
                start = len(heard) // 2
                clock += [min(start + n, start + len(samples) // 2) for n in range(number)]
                heard += samples
            else:
                keep = max(0, len(clock) - number)
                left = clock[keep] if keep < len(clock) else len(heard) // 2
                del heard[2 * left :]
                del clock[keep:]
                line.rewind(number)
            assert heard == spoken[: len(heard)]
            assert take.played == len(heard) // 2
            assert take.written == len(spoken) // 2
            assert line.ahead == (len(spoken) - len(heard)) // 2
        heard += line.read(len(spoken) + 1)
        assert heard == spoken

    def test_what_was_played_long_ago_is_forgotten(self):
        line = Line(1000)
        take = Take(line)
        for _ in range(1000):
            line.append(take, bytes(20))
            line.read(10)
        assert len(line._kept) <= 26
