"""Keys as terminals send them: recognised in every spelling, and passed on unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barrierfree.reading.key_bytes import KeyDecoder


def decoded(*chunks):
    decoder = KeyDecoder()
    found = [key for chunk in chunks for key in decoder.feed(chunk)]
    return found + decoder.flush()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"n", "n"), (b"N", "N"), (b",", "comma"), (b" ", "space"), (b"\r", "enter"), (b"\t", "tab"),
        (b"\x7f", "backspace"), (b"\x01", "ctrl+a"), (b"\x00", "ctrl+space"), (b"\x1c", "ctrl+backslash"),
        (b"\x1b", "escape"), ("中".encode(), "中"), ("é".encode(), "é"),
        # Alt, as xterm, GNOME and most others send it
        (b"\x1bn", "alt+n"), (b"\x1bN", "alt+shift+n"), (b"\x1bO", "alt+shift+o"), (b"\x1bP", "alt+shift+p"),
        (b"\x1bX", "alt+shift+x"), (b"\x1b[", "alt+left_square_bracket"), (b"\x1b\r", "alt+enter"),
        (b"\x1b\x7f", "alt+backspace"), (b"\x1b\x0e", "alt+ctrl+n"), ("\x1b中".encode(), "alt+中"),
        (b"\x1b[1;3A", "alt+up"), (b"\x1b[1;4D", "alt+shift+left"), (b"\x1b[1;7C", "alt+ctrl+right"),
        (b"\x1b[5;3~", "alt+pageup"), (b"\x1b[1;3H", "alt+home"), (b"\x1b[1;3P", "alt+f1"),
        (b"\x1b[24;3~", "alt+f12"),
        # rxvt and iTerm
        (b"\x1b\x1b[A", "alt+up"), (b"\x1b\x1bOP", "alt+f1"), (b"\x1b[a", "shift+up"), (b"\x1bOa", "ctrl+up"),
        (b"\x1b[3^", "ctrl+delete"), (b"\x1b[3$", "shift+delete"),
        # without Alt
        (b"\x1b[A", "up"), (b"\x1bOA", "up"), (b"\x1b[H", "home"), (b"\x1b[1~", "home"),
        (b"\x1b[Z", "shift+tab"), (b"\x1bOP", "f1"), (b"\x1b[[A", "f1"), (b"\x1b[11~", "f1"),
        (b"\x1b[24~", "f12"), (b"\x1b[34~", "f20"),
        # kitty's protocol, and xterm's modifyOtherKeys
        (b"\x1b[110;3u", "alt+n"), (b"\x1b[110;4u", "alt+shift+n"), (b"\x1b[110:78;4u", "alt+shift+n"),
        (b"\x1b[110;67u", "alt+n"), (b"\x1b[1090::110;3u", "alt+n"), (b"\x1b[97;;229u", "a"),
        (b"\x1b[27u", "escape"), (b"\x1b[13;3u", "alt+enter"), (b"\x1b[57376u", "f13"),
        (b"\x1b[57419;3u", "alt+up"),
        (b"\x1b[27;3;110~", "alt+n"), (b"\x1b[27;5;44~", "ctrl+comma"), (b"\x1b[1;3:2A", "alt+up"),
    ],
)  # fmt: skip
def test_a_key_has_one_name_however_it_is_sent(data, name):
    assert [(key.name, key.data, key.released) for key in decoded(data)] == [(name, data, False)]
    pieces = decoded(*(data[at : at + 1] for at in range(len(data))))
    assert [(key.name, key.data) for key in pieces] == [(name, data)]


@pytest.mark.parametrize(
    "data",
    [b"\x1b[<0;3;4M", b"\x1b[M !!", b"\x1b[12;40R", b"\x1b[?62;c", b"\x1b[I", b"\x1b[?1u", b"\x1b[8;24;80t",
     b"\x1b]11;rgb:00/00/00\x07", b"\x1bP1+r\x1b\\", b"\x1b[57441;2u", b"\x1b[2026;2$y", b"\xff",
     b"\x1b[" + b"9" * 5000 + b"u"],
)  # fmt: skip
def test_what_is_no_key_has_no_name(data):
    (key,) = decoded(data)
    assert (key.name, key.data) == ("", data)


def test_pasted_text_is_never_a_command():
    keys = decoded(b"\x1b[200~one\x1bn\x1b[20", b"1 two\x1b[20", b"1~\x1bn")
    assert [key.name for key in keys if key.name] == ["alt+n"]
    assert b"".join(key.data for key in keys) == b"\x1b[200~one\x1bn\x1b[201 two\x1b[201~\x1bn"


def test_a_key_that_comes_up_is_told_apart():
    assert [(key.name, key.released) for key in decoded(b"\x1b[110;3:3u")] == [("alt+n", True)]


def test_escape_waits_only_until_it_is_asked_for():
    decoder = KeyDecoder()
    assert decoder.feed(b"a\x1b")[0].name == "a"
    assert decoder.pending
    assert [key.name for key in decoder.flush()] == ["escape"]
    assert not decoder.pending


def test_escape_twice_is_escape_twice():
    assert [key.name for key in decoded(b"\x1b\x1b")] == ["escape", "escape"]


def test_an_answer_that_was_cut_short_is_no_key():
    assert [key.name for key in decoded(b"\x1b]11;rgb:00")] == [""]


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=12),
            st.sampled_from(
                [
                    b"\x1b",
                    b"\x1b[",
                    b"\x1bO",
                    b"\x1b[200~",
                    b"\x1b[201~",
                    b"1;3",
                    b"A",
                    b"u",
                    b"\x1b]",
                    b"\x07",
                    b";:",
                ]
            ),
        ),
        max_size=12,
    )
)
def test_every_byte_comes_out_again_in_order(chunks):
    assert b"".join(key.data for key in decoded(*chunks)) == b"".join(chunks)
