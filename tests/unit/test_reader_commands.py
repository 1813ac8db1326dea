"""What the reader's keys do: keys in, spoken lines out."""

import time
from dataclasses import replace

import pytest

from barrierfree.reading.commands import ReaderCommands
from barrierfree.reading.keymap import Command
from barrierfree.reading.reader import Reader
from barrierfree.reading.settings import KeyEcho, ReadingSettings, Verbosity
from barrierfree.semantics import Editing, Node, Position, Role, State
from barrierfree.speech.speaker import Speaker
from barrierfree.testing import capture_speech
from barrierfree.wording import speak_to_people_in

SAVE = Node(Role.BUTTON, "Save", key="save")
NAME = Node(Role.TEXTBOX, "Name", "Ada Lovelace", key="name", editing=Editing("Ada Lovelace", 5))
SECRET = Node(
    Role.TEXTBOX, "Password", key="secret", states=frozenset({State.PROTECTED}), editing=Editing("••••", 4)
)
LINK = Node(Role.LINK, "the manual", key="link")


def heading(text, level=1):
    return Node(Role.HEADING, text, key=text, position=Position(level=level))


def table_of(key, *rows, header=("Fruit", "Price")):
    size = {"rows": len(rows), "columns": len(header)}
    titles = tuple(
        Node(Role.COLUMNHEADER, title, key=(key, 0, at), position=Position(column=at, columns=len(header)))
        for at, title in enumerate(header, 1)
    )
    body = tuple(
        Node(
            Role.ROW,
            ", ".join(texts),
            key=(key, "row", row),
            position=Position(row=row, rows=len(rows)),
            children=tuple(
                Node(
                    Role.CELL,
                    text,
                    key=(key, row, at),
                    position=Position(row=row, column=at, column_header=header[at - 1], **size),
                )
                for at, text in enumerate(texts, 1)
            ),
        )
        for row, texts in enumerate(rows, 1)
    )
    head = Node(Role.ROW, key=(key, "head"), children=titles)
    return Node(Role.TABLE, key=key, position=Position(**size), children=(head, *body))


DOCUMENT = (
    heading("Welcome"),
    Node(Role.PARAGRAPH, "First sentence. Second one.", key="text"),
    Node(Role.PARAGRAPH, "See the manual.", key="more", children=(LINK,)),
    heading("Prices", 2),
    table_of("prices", ("apple", "3"), ("pear", "4")),
)


class Sheet:
    """A screen that is only what it is told to be."""

    def __init__(self):
        self.painted = ["Welcome to bank", "", "Name  Ada", "Anna 行"]
        self.focus_on = None
        self.around = ()
        self.in_order = ()
        self.pages = ()
        self.cursor_at = (0, 0)
        self.mouse_at = None
        self.under = {}
        self.footer = ()
        self.clipboard = []
        self.has_clipboard = True
        self.went = []
        self.takes_focus = ()

    def rows(self):
        return self.painted

    def cursor(self):
        return self.cursor_at

    def mouse(self):
        return self.mouse_at

    def node_at(self, column, row):
        return self.under.get((column, row))

    def focused(self):
        return self.focus_on

    def within(self):
        return self.around

    def controls(self):
        return self.in_order

    def document(self):
        return self.pages

    def go_to(self, node):
        self.went.append(node.key)
        if node.key in {one.key for one in (*self.in_order, *self.takes_focus)}:
            self.focus_on = node
        return True

    def title(self):
        return "Bank"

    def commands_shown(self):
        return self.footer

    def copy(self, text):
        self.clipboard.append(text)
        return self.has_clipboard


class User:
    """Presses keys and hears lines."""

    def __init__(self, speech, speaker, **settings):
        self.speech, self.speaker, self.screen = speech, speaker, Sheet()
        self.reader = Reader(speaker, ReadingSettings(**settings))
        self.commands = ReaderCommands(self.reader, self.screen)
        self._heard = 0
        self.program = []
        """Keys it has seen."""

    def press(self, *names):
        for name in names:
            if not self.commands.key(name):
                self.program.append(name)
            self.commands._say_all.wait(5)
            assert self.speaker.wait(5)
        return self.heard()

    def heard(self):
        texts = self.speech.texts[self._heard :]
        self._heard += len(texts)
        return texts


@pytest.fixture
def begin():
    with capture_speech() as speech, Speaker() as speaker:
        users = []

        def start(**settings):
            users.append(User(speech, speaker, **settings))
            return users[-1]

        yield start
        for user in users:
            user.reader.close()


@pytest.fixture
def user(begin):
    return begin()


def test_every_command_can_be_given_on_a_screen_with_nothing_on_it(user):
    user.screen.painted, user.screen.cursor_at = [], None
    for command in Command:
        user.commands.run(command)
        assert user.speaker.wait(5)
        user.commands.key("escape")
    user.commands._say_all.wait(5)


def test_every_command_can_be_given_where_there_is_much(user):
    user.screen.pages, user.screen.in_order, user.screen.focus_on = DOCUMENT, (SAVE, NAME), SAVE
    user.screen.mouse_at, user.screen.under = (2, 0), {(2, 0): SAVE}
    for command in Command:
        user.commands.run(command)
        user.commands.key("escape")
    user.commands._say_all.wait(5)
    assert user.speaker.wait(5)


class TestWhatTheProgramSees:
    """The reader's keys never, all others always."""

    def test_only_keys_that_are_not_the_readers(self, user):
        user.press("a", "alt+n", "enter", "alt+b", "alt+shift+s", "ctrl+c", "中", "alt+left")
        assert user.program == ["a", "enter", "alt+b", "ctrl+c", "中"]

    def test_a_key_that_is_passed_on_once(self, user):
        assert user.press("alt+g") == ["The next key goes to the program"]
        assert user.press("alt+n", "alt+n") == ["No controls here"]
        assert user.program == ["alt+n"]

    def test_neither_that_a_reader_key_comes_up(self, user):
        assert user.commands.key("alt+n")
        assert user.commands.key("n", released=True)
        assert not user.commands.key("n", released=True)
        assert not user.commands.key("n")
        assert not user.commands.key("n", released=True)

    def test_everything_while_speech_is_off(self, user):
        assert user.press("alt+o") == ["Speech off"]
        assert user.press("alt+n", "alt+q", "x") == []
        assert user.program == ["alt+n", "alt+q", "x"]
        assert user.press("alt+o") == ["Speech on"]
        assert user.press("alt+shift+w") == ["Bank"]

    def test_the_prefix_key_only_when_it_is_pressed_twice(self, begin):
        user = begin(modifier="f12")
        assert user.press("f12", "W") == ["Bank"]
        assert user.press("f12", "f12", "w", "alt+w") == []
        assert user.program == ["f12", "w", "alt+w"]
        assert user.press("f12", "b") == ["B is no key of the reader"]
        assert user.press("f12", "escape") == []
        assert user.program == ["f12", "w", "alt+w"]


class TestKeysThatAreChanged:
    """By settings, which may be replaced while all runs."""

    def test_from_then_on(self, user):
        user.reader.settings = replace(user.reader.settings, modifier="ctrl+alt")
        assert user.press("alt+ctrl+shift+w") == ["Bank"]
        assert user.press("alt+shift+w") == []

    def test_not_at_all_when_they_are_wrong(self, user):
        user.reader.settings = replace(user.reader.settings, keys=(("copy", "s"),))
        told, answer = user.press("alt+shift+w")
        assert told.startswith('The key Alt+S, chosen for "copy", is the only key of "stop".')
        assert answer == "Bank"
        assert user.press("alt+shift+w") == ["Bank"]


class TestHelp:
    """Keys are told, not done."""

    def test_until_escape(self, user):
        assert user.press("alt+q")[0].startswith("Help: press a key")
        assert user.press("alt+n") == ["Alt N, Go to the next control"]
        assert user.press("alt+o") == ["Alt O, Switch speech off or on"]
        assert user.press("x", "enter") == ["X, a key of the program", "Enter, a key of the program"]
        assert user.commands.takes_every_key
        assert user.press("escape") == ["Help has ended"]
        assert not user.commands.takes_every_key
        assert user.program == []
        assert user.press("alt+shift+w") == ["Bank"]

    def test_with_what_the_program_calls_its_keys(self, user):
        user.screen.footer = (Node(Role.COMMAND, "Save the file", "Ctrl+S"),)
        assert user.press("alt+q", "ctrl+s")[1:] == ["Ctrl S, Save the file"]
        assert user.press("alt+q") == ["Help has ended"]

    def test_after_a_prefix_key_too(self, begin):
        user = begin(modifier="f12")
        user.press("f12", "q")
        assert user.press("f12", "n") == ["F12, then N, Go to the next control"]
        assert user.press("f12", "f12") == ["F12, then F12, a key of the program"]
        assert user.press("f12", "q") == ["Help has ended"]

    def test_is_in_the_users_language(self, user):
        speak_to_people_in("zh_CN")
        try:
            assert len(user.press("alt+q", "alt+n", "escape")) == 3
        finally:
            speak_to_people_in(None)


class TestAsking:
    """Where one is, and what there is."""

    def test_where_one_is_in_an_app(self, user):
        user.screen.focus_on, user.screen.around = SAVE, (Node(Role.GROUP, "File", key="file"),)
        assert user.press("alt+w") == ["Bank, File, group, Save, button"]
        assert user.press("alt+shift+w") == ["Bank"]

    def test_where_one_is_in_a_terminal(self, user):
        user.screen.cursor_at = (5, 2)
        assert user.press("alt+w") == ["Bank, line 3 of 4, column 6, Name Ada"]

    def test_which_keys_the_program_offers(self, user):
        assert user.press("alt+shift+q") == ["The program offers no keys"]
        user.screen.footer = (Node(Role.COMMAND, "Quit", "^q"), Node(Role.COMMAND, "Help", "F1"))
        assert user.press("alt+shift+q") == ["^q Quit, F1 Help"]

    def test_what_is_under_the_mouse(self, user):
        assert user.press("alt+m") == ["The mouse is not here"]
        user.screen.mouse_at, user.screen.under = (2, 0), {(2, 0): SAVE}
        assert user.press("alt+m") == ["Save, button"]
        user.screen.under = {}
        assert user.press("alt+m") == ["Welcome to bank"]
        assert user.press("alt+j") == ["Welcome"]

    def test_how_something_is_spelled(self, user):
        user.screen.focus_on = replace(SAVE, name="Ab")
        assert user.press("alt+p") == ["Ab"]
        assert [one.text for one in user.speech.stretches][-1] == "cap A, B"
        assert user.press("alt+p") == ["cap Alfa, Bravo"]
        assert user.press("alt+p") == ["Ab"]

    def test_how_the_word_at_the_caret_is_spelled(self, user):
        user.screen.focus_on = NAME
        assert user.press("alt+p") == ["Lovelace"]

    def test_never_how_a_password_is_spelled(self, user):
        user.screen.focus_on = SECRET
        assert user.press("alt+p") == ["A password is not spelled"]


class TestGoing:
    """From thing to thing."""

    def test_to_controls(self, user):
        user.screen.in_order, user.screen.focus_on = (SAVE, NAME, SECRET), SAVE
        assert user.press("alt+n")[0].startswith("Name, ")
        assert user.press("alt+n")[0].startswith("Password")
        assert user.press("alt+n") == ["No further control"]
        assert user.press("alt+shift+n", "alt+shift+n")[1] == "Save, button"
        assert user.press("alt+shift+n") == ["No control before"]
        assert user.screen.went == ["name", "secret", "name", "save"]

    def test_to_headings_and_links_though_the_focus_stays(self, user):
        user.screen.pages = DOCUMENT
        assert user.press("alt+t") == ["Welcome, heading level 1"]
        assert user.press("alt+t") == ["Prices, heading level 2"]
        assert user.press("alt+t") == ["No further heading"]
        assert user.press("alt+shift+l") == ["the manual, link"]
        assert user.press("alt+shift+l") == ["No link before"]
        assert user.press("alt+shift+t") == ["Welcome, heading level 1"]
        assert user.press("alt+w") == ["Bank, Welcome, heading level 1"]

    def test_from_the_focus_once_that_has_moved(self, user):
        user.screen.pages = (heading("A"), SAVE, heading("B"), NAME, heading("C"))
        user.screen.focus_on = SAVE
        assert user.press("alt+t", "alt+t") == ["B, heading level 1", "C, heading level 1"]
        user.screen.focus_on = NAME
        assert user.press("alt+shift+t") == ["B, heading level 1"]

    def test_what_comes_to_have_the_focus_is_told_once(self, user):
        user.screen.pages, user.screen.takes_focus = DOCUMENT, (LINK,)
        assert user.press("alt+l") == ["the manual, link"]
        user.reader.focus(LINK)
        assert user.speaker.wait(5)
        assert user.heard() == []

    def test_to_nothing_where_there_is_none(self, user):
        assert user.press("alt+t", "alt+l", "alt+n") == [
            "No headings here",
            "No links here",
            "No controls here",
        ]

    def test_through_a_table(self, user):
        user.screen.pages = DOCUMENT
        assert user.press("alt+v")[0].startswith("Fruit")
        assert user.press("alt+v")[0].startswith("Fruit, apple")
        assert user.press("alt+x")[0].startswith("Price, 3")
        assert user.press("alt+shift+down")[0].startswith("4")
        assert user.press("alt+v", "alt+x") == ["last row", "last column"]
        assert user.press("alt+shift+left")[0].startswith("Fruit, pear")
        assert user.press("alt+shift+x") == ["first column"]

    def test_through_the_cells_of_a_grid_that_has_the_focus(self, user):
        grid = replace(table_of("grid", ("apple", "3"), ("pear", "4")), role=Role.GRID)
        cells = {node.key: node for node in grid.walk() if node.role is Role.CELL}
        user.screen.pages = (grid,)
        user.screen.focus_on = replace(grid, children=(), active=cells["grid", 1, 1])
        user.reader.focus(user.screen.focus_on)
        assert user.speaker.wait(5)
        user.heard()

        def go_to(node):
            user.screen.focus_on = replace(grid, children=(), active=node)
            return True

        user.screen.go_to = go_to
        assert user.press("alt+v")[0].startswith("pear")
        assert user.press("alt+x")[0].startswith("Price, 4")
        assert user.press("alt+v") == ["last row"]

    def test_to_where_one_has_looked(self, user):
        user.screen.under = {(11, 0): SAVE}
        user.screen.in_order = (SAVE,)
        assert user.press("alt+k", "alt+k") == ["to", "bank"]
        assert user.press("alt+shift+g") == ["Save, button"]
        assert user.screen.focus_on is SAVE
        assert user.press("alt+y", "alt+k", "alt+shift+g")[-1] == "The focus cannot go there"


class TestReview:
    """Of the painted screen."""

    def test_by_word_line_character_and_sentence(self, user):
        assert user.press("alt+j") == ["Welcome"]
        assert user.press("alt+k", "alt+k", "alt+k", "alt+h") == ["to", "bank", "Name", "bank"]
        assert user.press("alt+u") == ["Welcome to bank"]
        assert user.press("alt+i", "alt+i", "alt+down") == ["blank", "Name Ada", "Anna 行"]
        assert user.press("alt+i") == ["end, Anna 行"]
        assert user.press("alt+shift+j", "alt+right") == ["A", "n"]
        assert user.press("alt+shift+a", "alt+end", "alt+up") == ["Welcome to bank", "Anna 行", "Name Ada"]
        assert user.press("alt+shift+u") == ["Name Ada"]

    def test_again_spells_and_again_says_words_for_letters(self, user):
        assert user.press("alt+k", "alt+j", "alt+j", "alt+j") == ["to", "to", "to", "Tango, Oscar"]
        assert [one.text for one in user.speech.stretches][-2] == "T, O"

    def test_a_character_is_told_by_a_word_the_second_time(self, user):
        user.press("alt+end", "alt+k")
        assert user.press("alt+shift+j", "alt+shift+j") == ["行", "银行的行"]
        assert user.press("alt+h", "alt+shift+j", "alt+shift+j") == ["Anna", "A", "cap Alfa"]

    def test_any_other_key_begins_anew(self, user):
        assert user.press("alt+j", "x", "alt+j") == ["Welcome", "Welcome"]

    def test_it_follows_the_programs_cursor_only_after_a_key_has_moved_that(self, user):
        assert user.press("alt+i", "alt+i") == ["blank", "Name Ada"]
        user.screen.cursor_at = (0, 3)
        assert user.press("alt+u") == ["Name Ada"]
        assert user.press("down", "alt+u") == ["Anna 行"]
        assert user.press("alt+y", "x", "alt+u") == ["Name Ada", "Name Ada"]
        assert user.press("alt+shift+b") == ["Anna 行"]

    def test_columns_of_a_screen_without_tables(self, user):
        user.screen.painted = ["NAME   SIZE", "a.txt  12", "b.txt  7"]
        assert user.press("alt+x", "alt+v", "alt+v", "alt+v") == ["SIZE", "12", "7", "end, 7"]
        assert user.press("alt+shift+x") == ["b.txt"]

    def test_frames_are_not_read(self, user):
        user.screen.painted = ["│ Name │ Size │", "───────"]
        assert user.press("alt+u", "alt+i") == ["Name, Size", "ruled line"]


class TestLookingBack:
    """What was said is not lost."""

    @pytest.fixture
    def told(self, user):
        for text in ("one apple", "two pears", "three apples"):
            user.reader.say(text, reason="focus", urgent=False)
        user.reader.say("z", reason="typed", urgent=False)
        assert user.speaker.wait(5)
        user.heard()
        return user

    def test_the_last_is_said_again(self, told):
        assert told.press("alt+r", "alt+r") == ["three apples", "three apples"]

    def test_back_and_forth(self, told):
        assert told.press("alt+z", "alt+z", "alt+z") == ["two pears", "one apple", "start, one apple"]
        assert told.press("alt+shift+z", "alt+r") == ["two pears", "two pears"]
        assert told.press("alt+shift+z", "alt+shift+z") == ["three apples", "end, three apples"]
        assert told.press("x", "alt+pageup") == ["two pears"]
        assert told.press("x", "alt+pagedown") == ["That was the last"]

    def test_what_was_said_is_copied(self, told):
        assert told.press("alt+c") == ["Copied"]
        told.press("alt+z", "alt+c")
        assert told.screen.clipboard == ["three apples", "two pears"]
        told.screen.has_clipboard = False
        assert told.press("alt+c") == ["This cannot be copied here"]

    def test_it_is_searched(self, told):
        assert told.press("alt+shift+r") == ["Search: type, then press Enter"]
        assert told.press("A", "p", "x", "backspace", "p") == ["A", "p", "x", "x deleted", "p"]
        assert told.press("enter") == ["2 found, three apples"]
        assert told.press("alt+z", "alt+z") == ["one apple", "start, one apple"]
        assert told.program == []
        assert told.press("alt+shift+r", "q", "enter")[-1] == "Not found"
        assert told.press("alt+shift+r", "q", "escape", "q")[-1] == "No search"
        assert told.program == ["q"]

    def test_nothing_is_no_error(self, user):
        assert user.press("alt+r", "alt+c", "alt+z") == ["Nothing was said"] * 3


class TestAdjusting:
    """Each change is heard at once."""

    def test_how_much_is_said(self, user):
        assert user.press("alt+shift+d", "alt+shift+d", "alt+shift+d") == [
            "Everything is said",
            "Little is said",
            "The usual is said",
        ]
        assert user.reader.settings.verbosity is Verbosity.NORMAL

    def test_what_is_said_while_typing(self, user):
        assert user.press("alt+e", "alt+e") == [
            "Words are said while typing",
            "Characters and words are said while typing",
        ]
        assert user.press("alt+e") == ["Typing is silent"]
        assert user.reader.settings.key_echo is KeyEcho.NONE

    def test_rate_and_volume_within_their_limits(self, user):
        assert user.press("alt+shift+f", "alt+shift+s") == ["Rate 200", "Rate 175"]
        user.press(*["alt+shift+f"] * 20)
        assert user.speaker.rate == 900
        user.press(*["alt+shift+s"] * 30)
        assert user.speaker.rate == 80
        assert user.press("alt+shift+m", "alt+shift+p", "alt+shift+p") == [
            "Volume 90",
            "Volume 100",
            "Volume 100",
        ]
        user.press(*["alt+shift+m"] * 20)
        assert user.speaker.volume == 10


class TestSayAll:
    """Reads on, and knows where it was."""

    def test_the_document_sentence_by_sentence(self, user):
        user.screen.pages = DOCUMENT
        assert user.press("alt+a")[:5] == [
            "Welcome, heading level 1",
            "First sentence.",
            "Second one.",
            "See the manual.",
            "Prices, heading level 2",
        ]

    def test_from_a_heading_on(self, user):
        user.screen.pages = DOCUMENT
        user.press("alt+t", "alt+t")
        assert user.press("alt+a")[0] == "Prices, heading level 2"

    def test_from_what_has_the_focus_on(self, user):
        user.screen.pages, user.screen.focus_on = (heading("A"), SAVE, NAME), SAVE
        assert user.press("alt+a")[0] == "Save, button"

    def test_the_painted_screen_where_there_is_no_document(self, user):
        user.screen.painted = ["One. Two.", "", "Three."]
        assert user.press("alt+a") == ["One.", "Two.", "Three."]

    def test_the_painted_screen_from_where_one_has_looked(self, user):
        user.screen.pages, user.screen.painted = DOCUMENT, ["One. Two.", "", "Three."]
        assert user.press("alt+k", "alt+a") == ["Two.", "Two.", "Three."]


class TestStopping:
    """With a voice that takes as long as a voice takes, and says nothing."""

    @pytest.fixture
    def slow(self, monkeypatch):
        monkeypatch.setenv("BARRIERFREE_AUDIO", "null")
        for name in ("SPEECH_ENGINE", "SPEECH_LOG"):
            monkeypatch.delenv(f"BARRIERFREE_{name}", raising=False)
        with Speaker(engine="silent", rate=525) as speaker:
            speaker.ready()
            user = User(None, speaker)
            yield user
            user.commands.key("x")
            user.commands._say_all.wait(5)
            user.reader.close()

    @staticmethod
    def until(speaker, word):
        with speaker.events() as events:
            while event := events.get(5):
                text = event.ticket.utterance.text
                if event.kind == "word" and text[event.start : event.end].strip(".") == word:
                    return
        raise AssertionError(word)

    @staticmethod
    def stop_at(user, word):
        user.commands.key("alt+a")
        TestStopping.until(user.speaker, word)
        before = time.monotonic()
        user.commands.key("x")
        assert time.monotonic() - before < 0.1
        assert user.commands._say_all._run is None

    def test_any_key_stops_it_and_it_goes_on_at_the_word(self, slow):
        slow.screen.pages = (
            heading("Beginning"),
            Node(Role.PARAGRAPH, "One two three four. Five six seven eight nine ten.", key="text"),
            Node(Role.PARAGRAPH, "And at last the end.", key="end"),
        )
        self.stop_at(slow, "seven")
        assert slow.speaker.wait(0.1)
        told = len(slow.speaker.history)
        self.stop_at(slow, "last")
        later = [said.text for said in slow.speaker.history][told:]
        assert later[0] in ("six seven eight nine ten.", "seven eight nine ten.", "eight nine ten.")
        assert later[1] == "And at last the end."

    def test_on_a_painted_screen_the_review_cursor_is_there(self, slow):
        slow.screen.painted = ["One two three four. Five six", "seven eight nine ten eleven twelve thirteen."]
        slow.screen.cursor_at = None
        self.stop_at(slow, "nine")
        slow.screen.painted = ["something new", *slow.screen.painted]
        slow.commands.key("alt+j")
        assert slow.speaker.wait(5)
        assert slow.speaker.history[-1].text in ("eight", "nine", "ten")

    def test_speech_that_is_stopped_by_others_ends_it(self, slow):
        slow.screen.pages = (
            Node(Role.PARAGRAPH, "One two three four five. Six seven eight nine.", key="text"),
        )
        slow.commands.key("alt+a")
        self.until(slow.speaker, "two")
        slow.reader.stop()
        assert slow.commands._say_all.wait(5)
        assert slow.speaker.wait(0.1)
        assert len(slow.speaker.history) == 1

    def test_the_focus_that_goes_elsewhere_ends_it_too(self, slow):
        slow.screen.pages = (Node(Role.PARAGRAPH, "One two three four five. Six seven nine.", key="text"),)
        slow.commands.key("alt+a")
        self.until(slow.speaker, "two")
        slow.reader.focus(SAVE)
        assert slow.commands._say_all.wait(5)
        assert slow.speaker.wait(5)
        assert [said.text for said in slow.speaker.history] == ["One two three four five.", "Save, button"]

    def test_a_message_comes_between_two_sentences(self, slow):
        slow.screen.pages = tuple(
            Node(Role.PARAGRAPH, f"Number {number} is here.", key=number) for number in range(5)
        )
        slow.commands.key("alt+a")
        self.until(slow.speaker, "is")
        slow.reader.announce("Mail has come")
        assert slow.commands._say_all.wait(10)
        texts = [said.text for said in slow.speaker.history]
        assert len(texts) == 6
        assert texts.index("Mail has come") in (1, 2, 3)
