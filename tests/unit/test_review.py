"""Looking over a painted screen: all of it is reached, and output in between does not lose the place."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barrierfree.reading.cells import cell_of, index_at, width
from barrierfree.reading.clusters import cluster_end
from barrierfree.reading.page import Page, Unit
from barrierfree.reading.review import ReviewCursor
from barrierfree.reading.words import FRAMES, fields, unframed, words

SCREEN = [
    "  Hello big world. This is a long line that surely",
    "goes on here. 你好世界，",
    "",
    "│ Name  │ Size  │",
    "│ a.txt │ 12 KB │",
    "─────────────────",
]
ROWS = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
        st.text("ab 中文，│─ 。.!e\u0301👍\ufe0f\u200d🇨🇳", max_size=20),
    ),
    max_size=8,
)
UNITS = st.sampled_from(list(Unit))


def cursor_on(screen):
    return ReviewCursor(lambda: screen)


def texts(line, cut):
    return [line[start:end] for start, end in cut(line)]


def heard(cursor, unit, steps):
    return [cursor.move(unit, 1 if steps > 0 else -1).text for _step in range(abs(steps))]


def test_words_come_one_after_another_over_lines_without_frames():
    cursor = cursor_on(SCREEN)
    assert cursor.current(Unit.WORD).text == "Hello"
    assert heard(cursor, Unit.WORD, 3) == ["big", "world.", "This"]
    cursor.go(0, 1)
    assert [cursor.current(Unit.WORD).text, *heard(cursor, Unit.WORD, 9)] == [
        "goes", "on", "here.", "你好", "世界，", "Name", "Size", "a.txt", "12", "KB",
    ]  # fmt: skip


def test_a_line_is_read_and_a_blank_one_is_a_stop():
    cursor = cursor_on(SCREEN)
    assert cursor.current(Unit.LINE).text == "Hello big world. This is a long line that surely"
    assert heard(cursor, Unit.LINE, 2) == ["goes on here. 你好世界，", ""]
    assert cursor.move(Unit.LINE, -1).text.startswith("goes")


def test_sentences_go_over_the_ends_of_lines_and_not_over_tables():
    cursor = cursor_on(SCREEN)
    assert cursor.current(Unit.SENTENCE).text == "Hello big world."
    assert heard(cursor, Unit.SENTENCE, 4) == [
        "This is a long line that surely goes on here.",
        "你好世界，",
        "Name Size",
        "a.txt 12 KB",
    ]
    assert cursor.move(Unit.SENTENCE, -3).text == "This is a long line that surely goes on here."


def test_a_broken_chinese_sentence_gets_no_space():
    cursor = cursor_on(["我们今天去公园散步，天气非常非常好，人也非常多，", "晚上回家吃饭。明天再去。"])
    assert (
        cursor.current(Unit.SENTENCE).text == "我们今天去公园散步，天气非常非常好，人也非常多，晚上回家吃饭。"
    )


def test_columns_are_kept_from_row_to_row():
    cursor = cursor_on(SCREEN)
    cursor.go(10, 3)
    assert cursor.current(Unit.FIELD).text == "Size"
    assert cursor.move_row(1).text == "12 KB"
    assert cursor.move_row(1).stuck
    assert cursor.move(Unit.FIELD, -1).text == "a.txt"
    assert cursor.move_row(-1).text == "Name"


def test_the_first_and_the_last_are_told_as_such():
    cursor = cursor_on(SCREEN)
    assert not cursor.move(Unit.CHARACTER, 1).stuck
    assert not cursor.move(Unit.CHARACTER, -1).stuck
    assert cursor.move(Unit.CHARACTER, -1).stuck
    assert cursor.bottom().row == 5
    assert cursor.move(Unit.LINE, 1).stuck
    assert cursor.top().text.startswith("Hello")


def test_a_wide_character_is_found_in_both_of_its_cells():
    row = "a中文👍🏽e\u0301z"
    assert [index_at(row, cell) for cell in range(width(row))] == [0, 1, 1, 2, 2, 3, 3, 5, 7]
    assert [cell_of(row, index) for index in (0, 1, 2, 3, 5, 7, 8)] == [0, 1, 3, 5, 7, 8, 9]
    cursor = cursor_on([row])
    cursor.go(2, 0)
    assert cursor.current(Unit.CHARACTER).text == "中"
    assert cursor.cell == (1, 0)


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("正在下载文件，请稍候……", ["正在", "下载", "文件，", "请", "稍候……"]),
        ("确定要删除这个文件吗？", ["确定", "要", "删除", "这个", "文件", "吗？"]),
        ("已保存到“新建文件夹”", ["已", "保存", "到", "“新建", "文件夹”"]),
        ("打开 readme.txt", ["打开", "readme.txt"]),
        ("用户名或密码错误", ["用户名", "或", "密码", "错误"]),
        ("│ /usr/bin │", ["/usr/bin"]),
        ("ひらがな", ["ひらがな"]),
        ("   ", []),
    ],
)
def test_words_are_cut_where_a_reader_would(line, cut):
    assert texts(line, words) == cut


def test_columns_are_known_by_frames_and_by_wide_gaps():
    assert texts("│ a b │ c │", fields) == ["a b", "c"]
    assert texts("drwxr-xr-x  2 root   home", fields) == ["drwxr-xr-x", "2 root", "home"]
    assert texts("x | y", fields) == ["x", "y"]
    assert unframed("│ a  b │ c │") == ["a b", "c"]
    assert unframed("────") == []
    assert unframed("a || b") == ["a || b"]


class TestWhenTheScreenChanges:
    """The cursor stays with its text."""

    def test_it_goes_up_with_text_that_scrolls(self):
        screen = [f"line {number}" for number in range(10)]
        cursor = cursor_on(screen)
        cursor.go(5, 6)
        assert cursor.current(Unit.WORD).text == "6"
        screen[:] = [*screen[3:], "new", "newer", "newest"]
        assert cursor.current(Unit.WORD).text == "6"
        assert cursor.cell == (5, 3)

    def test_lines_around_it_tell_it_from_its_like(self):
        screen = ["a", "same", "b", "c", "same", "d", "e"]
        cursor = cursor_on(screen)
        cursor.go(0, 4)
        screen[:] = [*screen[1:], "same"]
        assert cursor.current(Unit.LINE).row == 3
        screen[:] = ["x", "y", "z", *screen[:4]]
        assert cursor.current(Unit.LINE).row == 6

    def test_a_blank_line_is_known_by_its_neighbours(self):
        screen = ["one", "two", "", "three", "four", ""]
        cursor = cursor_on(screen)
        cursor.go(0, 2)
        screen[:] = [*screen[1:], "five"]
        assert cursor.current(Unit.LINE).row == 1

    def test_it_stays_where_it_is_while_its_line_is_changed(self):
        screen = ["Total", "12 %", "ready"]
        cursor = cursor_on(screen)
        cursor.go(3, 1)
        screen[1] = "13 %"
        assert cursor.current(Unit.LINE).text == "13 %"
        assert cursor.cell == (0, 1)

    def test_it_stays_on_the_screen_when_all_is_gone(self):
        screen = ["one", "two", "three"]
        cursor = cursor_on(screen)
        cursor.go(4, 2)
        for rows in ([], [""], ["x"]):
            screen[:] = rows
            assert cursor.current(Unit.LINE).row == 0

    def test_reading_on_goes_back_to_its_word_where_that_is_now(self):
        screen = ["The first sentence ends here. And the second", "sentence goes on.", "Third."]
        cursor = cursor_on(screen)
        second = list(cursor.passages())[1]
        assert second.text == "And the second sentence goes on."
        screen[:] = ["new", *screen]
        at = second.text.index("goes")
        cursor.come_back(type(second)(second.text[at:], second.source, at))
        assert cursor.current(Unit.WORD).text == "goes"
        assert cursor.cell[1] == 2


class TestWhateverIsOnTheScreen:
    """For any rows at all."""

    @given(ROWS, st.lists(st.tuples(UNITS, st.integers(-3, 3)), max_size=10), ROWS)
    def test_nothing_raises(self, rows, moves, later):
        screen = list(rows)
        cursor = cursor_on(screen)
        for number, (unit, steps) in enumerate(moves):
            if number == 5:
                screen[:] = later
            seen = cursor.move(unit, steps) if steps else cursor.current(unit)
            assert 0 <= seen.row < max(1, len(screen))
            cursor.move_row(steps or 1)
            cursor.go(steps * 3, steps)
            list(cursor.passages())

    @given(ROWS)
    def test_every_character_is_reached_from_the_first_to_the_last(self, rows):
        cursor = cursor_on(rows)
        cursor.go(0, 0)
        found = [cursor.current(Unit.CHARACTER)]
        while not (seen := cursor.move(Unit.CHARACTER, 1)).stuck:
            found.append(seen)
        by_row = ["".join(seen.text for seen in found if seen.row == row) for row in range(max(1, len(rows)))]
        assert by_row == ([row.rstrip() for row in rows] or [""])

    @given(ROWS, UNITS, st.integers(0, 30), st.integers(1, 10))
    def test_as_many_back_as_forth_is_where_one_was(self, rows, unit, first, steps):
        cursor = cursor_on(rows)
        cursor.go(0, 0)
        cursor.current(unit)
        start = cursor.move(unit, first)
        gone = [cursor.move(unit, 1) for _step in range(steps)]
        back = [cursor.move(unit, -1) for one in gone if not one.stuck]
        if back:
            assert (back[-1].row, back[-1].column, back[-1].text) == (start.row, start.column, start.text)

    @given(ROWS)
    def test_pieces_are_in_order_and_lie_apart(self, rows):
        for unit in Unit:
            for one, after in pairwise(Page(rows).pieces(unit)):
                assert (one.last_row, one.end) <= (after.row, after.start) or one.last_row < after.row

    @given(ROWS)
    def test_words_leave_out_only_space_and_frames(self, rows):
        page = Page(rows)
        said = "".join(page.text(piece) for piece in page.pieces(Unit.WORD))
        assert said == re.sub(f"[{FRAMES}]|\\s", "", "".join(rows))

    @given(ROWS)
    def test_each_character_has_a_cell_of_its_own(self, rows):
        for row in rows:
            at, last = 0, -1
            while at < len(row):
                cell = cell_of(row, at)
                assert cell >= last
                if cell < cell_of(row, cluster_end(row, at)):  # it is seen
                    assert index_at(row, cell) == at
                last, at = cell, cluster_end(row, at)
