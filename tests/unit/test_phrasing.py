"""What phrasing promises: all that matters, in the order one listens, and not what goes without saying."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barrierfree.reading.phrasing import Reason, describe, describe_change, role_name
from barrierfree.reading.settings import ReadingSettings, Verbosity
from barrierfree.semantics import Editing, Node, Position, Role, State
from barrierfree.speech.utterance import InLanguage
from barrierfree.wording import speak_to_people_in

PLAIN, NORMAL, FULL = (ReadingSettings(verbosity=verbosity) for verbosity in Verbosity)


def node(role, name="", *states, **options):
    return Node(Role(role), name, states=frozenset(map(State, states)), **options)


def said(thing, reason=Reason.FOCUS, settings=NORMAL, **options):
    return describe(thing, reason, settings, **options).text


def news(before, after, settings=NORMAL):
    utterance = describe_change(before, after, settings)
    return utterance and utterance.text


@pytest.fixture
def chinese():
    speak_to_people_in("zh_CN")
    yield
    speak_to_people_in(None)


# --- every kind of thing


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (node("button", "Save"), "Save, button"),
        (node("button", "Save", "disabled"), "Save, button, unavailable"),
        (node("button", "Bold", "pressed"), "Bold, button, pressed"),
        (node("checkbox", "Tea", "checked"), "Tea, check box, checked"),
        (node("checkbox", "Tea", "unchecked"), "Tea, check box, not checked"),
        (node("checkbox", "All", "mixed"), "All, check box, partly checked"),
        (node("switch", "Sound", "checked"), "Sound, switch, on"),
        (node("switch", "Sound", "unchecked"), "Sound, switch, off"),
        (node("radio", "Red", "checked", position=Position(1, 3)), "Red, radio button, checked, 1 of 3"),
        (node("combobox", "Planet", "collapsed", value="Mars"), "Planet, combo box, Mars"),
        (node("combobox", "Planet", "expanded", value="Mars"), "Planet, combo box, Mars, expanded"),
        (node("disclosure", "Details", "collapsed"), "Details, section, collapsed"),
        (node("heading", "Intro", position=Position(level=2)), "Intro, heading level 2"),
        (node("link", "Docs", target="https://example.org"), "Docs, link"),
        (node("slider", "Volume", fraction=0.5), "Volume, slider, 50%"),
        (node("progressbar", "Download", fraction=0.333), "Download, progress bar, 33%"),
        (
            node("progressbar", "Download", value="3 of 9 files", fraction=0.333),
            "Download, progress bar, 3 of 9 files",
        ),
        (node("option", "Mars", "selected", position=Position(4, 9)), "Mars, selected, 4 of 9"),
        (node("tab", "General", "selected", position=Position(1, 3)), "General, tab, 1 of 3"),
        (
            node("treeitem", "src", "expanded", position=Position(2, 5, level=1)),
            "src, expanded, 2 of 5, level 1",
        ),
        (node("listitem", "Milk", position=Position(1, 9)), "Milk, 1 of 9"),
        (node("columnheader", "Price", "ascending"), "Price, column header, sorted upwards"),
        (node("table", "Prices", position=Position(rows=3, columns=2)), "Prices, table, 3 rows, 2 columns"),
        (node("list", "Shopping", position=Position(size=5)), "Shopping, list, 5 items"),
        (node("log", "Events", value="one\ntwo\nthree"), "Events, log, three"),
        (node("text", "Ready."), "Ready."),
        (node("generic", "Ink", role_name="colour picker"), "Ink, colour picker"),
        (node("generic"), "unlabelled"),
        (node("button", description="Close"), "Close, button"),
        (
            node("dialog", "Quit", children=(node("text", "Sure?"), node("button", "Yes"))),
            "Quit, dialog, Sure?",
        ),
    ],
)
def test_each_kind_says_name_kind_value_states_and_place_in_this_order(thing, words):
    assert said(thing) == words


def test_every_role_but_the_generic_one_has_a_word_of_its_own_or_shares_it_with_its_twin():
    words = {role: role_name(role) for role in Role if role is not Role.GENERIC}
    assert all(words.values())
    shared = {Role.GRID: Role.TABLE, Role.LISTBOX: Role.LIST}
    assert len(set(words.values())) == len(words) - len(shared)
    assert all(words[one] == words[other] for one, other in shared.items())


def test_every_role_and_state_has_chinese_words(chinese):
    for role in set(Role) - {Role.GENERIC}:
        assert not role_name(role).isascii(), role
    for state in set(State) - {State.MODAL}:
        thing = Node(Role.TEXTBOX, "名", states=frozenset({state}), editing=Editing("x", 0))
        words = said(thing, Reason.QUERY)
        assert words.replace("x", "").isascii() is False
        assert not any(word in words for word in (state.value, "not", "field")), words


def test_chinese_is_natural(chinese):
    assert said(node("button", "保存")) == "保存，按钮"
    assert (
        said(node("checkbox", "茶", "unchecked", position=Position(1, 9)))
        == "茶，复选框，未勾选，第 1 项，共 9 项"
    )
    assert said(node("switch", "声音", "checked"), settings=PLAIN) == "声音，开关，开"
    assert said(node("heading", "简介", position=Position(level=2))) == "简介，2 级标题"


# --- text fields


def test_an_empty_text_field_is_blank_and_then_tells_what_helps():
    assert said(node("textbox", "Name", description="as in your passport")) == (
        "Name, text field, blank, as in your passport"
    )


def test_an_invalid_entry_says_why_even_to_those_who_want_little():
    field = node("textbox", "Mail", "invalid", "required", value="x", description="An @ is missing.")
    for settings in (PLAIN, NORMAL):
        assert (
            said(field, settings=settings) == "Mail, text field, x, required, invalid entry, An @ is missing."
        )


def test_of_a_password_only_the_length_is_said():
    field = node(
        "textbox", "Password", "protected", value="secret", editing=Editing("secret", 6, selection="secret")
    )
    for reason in Reason:
        for settings in (PLAIN, NORMAL, FULL):
            assert "secret" not in said(field, reason, settings)
    assert said(field) == "Password, password field, 6 characters"


def test_a_long_text_says_the_line_of_the_caret():
    area = node("textbox", "Notes", "multiline", value="a\nb\nc", editing=Editing("b", 0, row=1, rows=3))
    assert said(area) == "Notes, text area, b"
    assert said(area, Reason.QUERY) == "Notes, text area, b, line 2 of 3, column 1"
    assert said(area, Reason.SAY_ALL) == "Notes, text area, a b c"


def test_a_text_that_is_selected_as_a_whole_is_not_read_twice():
    assert said(node("textbox", "Name", value="Paul", editing=Editing("Paul", 4, selection="Paul"))) == (
        "Name, text field, Paul, selected"
    )


# --- lists, tables, trees


def cell(row, column, text):
    place = Position(
        row=row, rows=9, column=column, columns=4, row_header=f"Lane {row}", column_header=f"Column {column}"
    )
    return node("cell", text, position=place, key=(row, column))


def within_grid(item):
    return node("grid", "Race", active=item, key="grid")


def test_a_table_tells_headers_and_place_when_one_comes_to_it():
    assert said(within_grid(cell(2, 3, "Phelps"))) == (
        "Race, table, Lane 2, Column 3, Phelps, row 2 of 9, column 3 of 4"
    )


def test_moving_by_row_says_the_row_and_moving_by_column_says_the_column():
    start = within_grid(cell(2, 3, "Phelps"))
    assert news(start, within_grid(cell(3, 3, "Cseh"))) == "Lane 3, Cseh, row 3"
    assert news(start, within_grid(cell(2, 4, "51.14"))) == "Column 4, 51.14, column 4"
    assert news(start, within_grid(cell(3, 3, "Cseh")), PLAIN) == "Cseh"


def test_in_a_tree_the_level_is_said_only_when_it_changes():
    def tree(name, index, level):
        item = node("treeitem", name, position=Position(index, 3, level=level), key=name)
        return node("tree", active=item, key="tree")

    assert news(tree("a", 1, 1), tree("b", 2, 1)) == "b, 2 of 3"
    assert news(tree("a", 1, 1), tree("a1", 1, 2)) == "a1, 1 of 3, level 2"


def test_tabs_need_no_word_for_their_bar():
    assert said(node("tablist", active=node("tab", "General", "selected", position=Position(1, 3)))) == (
        "General, tab, 1 of 3"
    )


# --- groups and dialogs


def test_a_group_that_is_entered_comes_first():
    group = node("group", "Shipping address")
    assert said(node("textbox", "Street", value="Main St"), within=[group]) == (
        "Shipping address, group, Street, text field, Main St"
    )
    assert said(node("button", "OK"), settings=PLAIN, within=[group]) == "OK, button"


def test_a_group_without_a_name_is_noise_and_a_list_is_not():
    assert said(node("button", "OK"), within=[node("group"), node("list")]) == "list, OK, button"


def test_a_dialog_says_its_text_without_labels_of_fields_and_without_controls():
    dialog = node(
        "dialog",
        "Sign in",
        children=(
            node("text", "Sign in"),
            node("text", "Your session has ended."),
            node("text", "User:"),
            node("text", "🔎"),
            node("textbox", "User"),
            node("button", "OK"),
            node("listbox", "Servers", children=(node("option", "one"),)),
        ),
    )
    assert said(dialog) == "Sign in, dialog, Your session has ended."
    assert said(node("textbox", "User", value="me"), settings=PLAIN, within=[dialog]) == (
        "Sign in, dialog, Your session has ended. User, text field, me"
    )


def test_a_dialog_of_a_thousand_lines_is_not_read_to_the_end():
    dialog = node(
        "dialog", "Terms", children=tuple(node("text", f"Clause {number}.") for number in range(1000))
    )
    assert len(said(dialog)) < 800


# --- how much


def test_plain_has_no_places_and_no_descriptions():
    button = node("button", "Save", description="Writes the file", position=Position(2, 9))
    assert said(button, settings=PLAIN) == "Save, button"
    assert said(button) == "Save, button, 2 of 9, Writes the file"


def test_a_query_says_everything_whatever_the_verbosity():
    link = node(
        "link",
        "Docs",
        description="In English",
        target="https://example.org",
        actions=("press", "copy address"),
    )
    assert said(link, Reason.QUERY, PLAIN) == (
        "Docs, link, https://example.org, you can: copy address, In English"
    )


def test_reading_on_leaves_out_what_only_helps_to_operate():
    option = node("option", "Mars", position=Position(4, 9), description="Red")
    assert said(option, Reason.SAY_ALL) == "Mars"
    assert said(node("generic"), Reason.SAY_ALL) == ""


def test_a_kind_that_the_name_ends_with_is_not_said_twice():
    assert said(node("button", "Save button")) == "Save button"
    assert said(node("button", "Save button"), Reason.QUERY) == "Save button, button"


def test_no_comma_follows_another_sign():
    assert said(node("button", "Really?")) == "Really? button"
    assert said(node("textbox", "Name:", value="x")) == "Name: text field, x"


def test_only_text_of_known_language_is_marked_and_words_of_the_interface_never():
    parts = describe(node("button", "Enregistrer", language="fr")).parts
    assert parts == (InLanguage("Enregistrer, ", "fr"), "button")


# --- changes


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (node("checkbox", "Tea", "checked"), node("checkbox", "Tea", "unchecked"), "not checked"),
        (node("switch", "Sound", "unchecked"), node("switch", "Sound", "checked"), "on"),
        (node("switch", "Sound", "checked"), node("switch", "Sound"), "off"),
        (node("button", "Go"), node("button", "Stop"), "Stop"),
        (node("button", "Go", "disabled"), node("button", "Go"), "available"),
        (node("button", "Go"), node("button", "Go", "busy"), "busy"),
        (node("treeitem", "src", "collapsed"), node("treeitem", "src", "expanded"), "expanded"),
        (node("combobox", "P", "expanded", value="a"), node("combobox", "P", "collapsed", value="b"), "b"),
        (
            node("combobox", "P", "expanded", value="a"),
            node("combobox", "P", "collapsed", value="a"),
            "collapsed",
        ),
        (node("slider", "V", fraction=0.5), node("slider", "V", fraction=0.6), "60%"),
        (node("slider", "V", fraction=0.5), node("slider", "V", fraction=0.501), None),
        (node("option", "Mars", "selected"), node("option", "Mars"), "not selected"),
        (node("log", "E", value="a\nb"), node("log", "E", value="a\nb\nc"), "c"),
        (node("textbox", "Mail", value="x"), node("textbox", "Mail", value=""), "blank"),
        (
            node("textbox", "Mail", value="x", editing=Editing("x", 1)),
            node("textbox", "Mail", "invalid", value="xy", editing=Editing("xy", 2), description="No @."),
            "y invalid entry, No @.",
        ),
        (node("textbox", "Mail", "invalid"), node("textbox", "Mail"), "valid entry"),
        (
            node("listitem", "Milk", position=Position(2, 9)),
            node("listitem", "Milk", position=Position(1, 9)),
            "1 of 9",
        ),
    ],
)
def test_of_a_change_only_the_news_is_said(before, after, words):
    before, after = replace(before, key=1), replace(after, key=1)
    assert news(before, after) == words


def test_a_typed_password_is_a_star_and_never_its_text():
    before = node("textbox", "Password", "protected", editing=Editing("secre", 5), key=1)
    after = replace(before, editing=Editing("secret", 6), value="secret")
    assert news(before, after) == "star"


# --- whatever comes

texts = st.text(max_size=20)
nodes = st.recursive(
    st.builds(
        Node,
        st.sampled_from(Role),
        texts,
        value=texts,
        states=st.frozensets(st.sampled_from(State)),
        position=st.builds(Position, *[st.integers(0, 9)] * 7, texts, texts),
        description=texts,
        role_name=texts,
        fraction=st.none() | st.floats(-1, 2),
        editing=st.none()
        | st.builds(Editing, texts, st.integers(0, 30), st.integers(0, 5), st.integers(1, 6), texts),
        language=st.sampled_from(["", "zh", "en"]),
    ),
    lambda inner: st.builds(replace, inner, active=inner, children=st.tuples(inner)),
    max_leaves=3,
)


@given(nodes, nodes, st.sampled_from(Reason), st.sampled_from([PLAIN, NORMAL, FULL]))
def test_any_thing_and_any_change_is_described(one, other, reason, settings):
    words = describe(one, reason, settings, within=[other]).text
    assert "\n" not in words
    assert describe_change(one, one, settings) is None
    utterance = describe_change(one, other, settings)
    assert utterance is None or utterance.parts


@given(nodes, st.sampled_from(Reason), st.sampled_from([PLAIN, NORMAL, FULL]))
def test_a_password_is_in_no_utterance(thing, reason, settings):
    secret = "xyzzy-secret"
    editing = Editing(secret, 3, selection=secret)
    field = replace(
        thing,
        states=thing.states | {State.PROTECTED},
        value=secret,
        editing=editing,
        active=None,
        children=(),
    )
    assert secret not in describe(field, reason, settings).text
    later = replace(field, editing=Editing(secret + "1", 4), value=secret + "1")
    for before, after in ((field, later), (later, field)):
        utterance = describe_change(before, after, settings)
        assert utterance is None or "xyzzy" not in utterance.text
