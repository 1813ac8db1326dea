"""Words without marks get them from pauses, and everything else stays as it was heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barrierfree.transcription.punctuation import punctuated
from barrierfree.transcription.questions import asks
from barrierfree.transcription.transcript import Segment, Word, join_words


def heard(spoken, language="en", start=0.0, speaker=None, step=0.3):
    """Words of 0.3 s; "/" is a pause of 0.3 s, "//" one of 0.8 s."""
    words, at = [], start
    for token in spoken.split():
        if set(token) == {"/"}:
            at += {1: 0.3, 2: 0.8}[len(token)]
        else:
            words.append(Word(round(at, 3), round(at + step, 3), token, 0.9))
            at += step
    return Segment(start, words[-1].end, join_words(words), tuple(words), language, speaker=speaker)


def texts(*segments, **options):
    return [segment.text for segment in punctuated(segments, **options)]


def test_a_long_pause_ends_a_sentence_and_a_short_one_is_a_comma():
    assert texts(heard("good morning / everybody // it is raining")) == [
        "Good morning, everybody.",
        "It is raining.",
    ]


def test_chinese_gets_full_width_marks():
    assert texts(heard("今天 天气 很 好 / 我们 去 散步 // 你 去 吗", "zh")) == [
        "今天天气很好，我们去散步。",
        "你去吗？",
    ]


def test_korean_keeps_its_spaces():
    assert texts(heard("그는 길 옆으로 걸어갔다 // 어디에 갑니까", "ko")) == [
        "그는 길 옆으로 걸어갔다.",
        "어디에 갑니까?",
    ]


def test_a_speaker_who_is_thinking_has_not_finished():
    assert texts(heard("i went to the // market")) == ["I went to the market."]


def test_i_is_a_capital_in_english_only():
    assert texts(heard("yes i think i'm late")) == ["Yes I think I'm late."]
    assert texts(heard("ja i huset", "sv")) == ["Ja i huset."]


def test_no_comma_is_set_inside_a_number():
    assert texts(heard("four hundred / twenty one people")) == ["Four hundred twenty one people."]
    assert texts(heard("三千 / 五百 个", "zh")) == ["三千五百个。"]


def test_a_sentence_may_go_on_in_the_next_segment():
    first = heard("when the rain")
    second = heard("had stopped we left", start=first.end + 0.05)
    assert texts(first, second) == ["When the rain", "had stopped we left."]


def test_another_speaker_begins_a_sentence():
    first = heard("are you", speaker="Speaker 1")
    second = heard("yes", start=first.end, speaker="Speaker 2")
    assert texts(first, second) == ["Are you.", "Yes."]


def test_a_long_sentence_is_cut_at_its_longest_pauses():
    spoken = (
        "the road goes up the hill / and down again for many miles before it comes to a small town by the sea"
    )
    pieces = texts(heard(spoken))
    assert " ".join(pieces) == (
        "The road goes up the hill, and down again for many miles before it comes to a small town by the sea."
    )
    assert pieces[0] == "The road goes up the hill,"
    assert all(len(piece) <= 61 for piece in pieces)


def test_a_slow_sentence_is_cut_by_its_seconds():
    pieces = list(punctuated([heard("one may walk slowly / and talk slowly too", step=2.0)]))
    assert [piece.text for piece in pieces] == ["One may walk slowly,", "and talk slowly too."]
    assert pieces[0].start == 0
    assert pieces[1].start == pieces[1].words[0].start


def test_what_was_added_is_marked_as_restored():
    (segment,) = punctuated([heard("good morning")])
    assert segment.restored
    assert segment.language == "en"


def test_a_segment_with_any_mark_comes_out_unchanged():
    marked = [Segment(0, 1, "你好，世界", language="zh"), heard("Good morning, all", start=2)]
    assert list(punctuated(marked)) == marked


def test_a_marked_segment_does_not_wait_for_the_next_one():
    marked = Segment(0, 1, "Done.", language="en")
    stream = punctuated(iter([marked, *[]]))
    assert next(stream) is marked

    def then_fail():
        yield marked
        raise AssertionError("looked ahead")

    assert next(punctuated(then_fail())) is marked


def test_only_one_language_can_be_asked_for():
    assert texts(heard("hello"), heard("你好", "zh", start=3), only="zh") == ["hello", "你好。"]


def test_without_times_of_words_a_segment_is_one_sentence():
    (segment,) = punctuated([Segment(0, 30, "i know where you are and what you did " * 4, language="en")])
    assert segment.words == ()
    assert segment.text.startswith("I know where")
    assert segment.text.endswith("you did.")


@pytest.mark.parametrize(
    "sentence",
    [
        "who is there",
        "what time is it",
        "how many are there",
        "well where do you live",
        "can you hear me",
        "why not",
        "you are coming aren't you",
        "what's your name",
        "when did you come",
    ],
)
def test_english_questions_are_known(sentence):
    assert asks(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "what a lovely day",
        "when i was young we had no car",
        "how the world is changing",
        "which is why we came",
        "what i am saying is simple",
        "have a good day",
        "do that again",
        "who knows",
        "i know what it is",
        "whoever is there",
    ],
)
def test_english_statements_stay_statements(sentence):
    assert not asks(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "你好吗",
        "你呢",
        "这是什么",
        "现在几点了",
        "你是不是忘了",
        "他怎么还在睡呢",
        "我们走，好吗",
        "是吧",
        "你去哪儿",
    ],
)
def test_chinese_questions_are_known(sentence):
    assert asks(sentence, "zh")


@pytest.mark.parametrize(
    "sentence",
    [
        "外面还在下雨呢",
        "我不知道他是谁",
        "什么都没有",
        "我们走吧",
        "没什么",
        "我还是要去",
        "他告诉我怎么走",
        "近几年我常去",
    ],
)
def test_chinese_statements_stay_statements(sentence):
    assert not asks(sentence, "zh")


def test_a_korean_reason_is_not_a_question():
    assert asks("지금 갑니까", "ko")
    assert not asks("비가 오니까", "ko")


SPEECH = st.lists(
    st.tuples(
        st.lists(
            st.tuples(
                st.sampled_from(
                    [
                        "i",
                        "the",
                        "twenty",
                        "你好",
                        "吗",
                        "三百",
                        "걸어갔다",
                        "why",
                        "is",
                        "that",
                        ".",
                        "ok,",
                        "ß",
                    ]
                ),
                st.floats(0, 2),
            ),
            min_size=1,
            max_size=25,
        ),
        st.sampled_from(["en", "zh", "ko", "th", "tr", None]),
        st.booleans(),
    ),
    max_size=5,
)


@given(SPEECH)
def test_punctuating_twice_changes_nothing_more(speech):
    segments, at = [], 0.0
    for spoken, language, timed in speech:
        words = []
        for text, pause in spoken:
            words.append(Word(at, at + 0.3, text))
            at += 0.3 + pause
        text = join_words(words)
        segments.append(Segment(words[0].start, words[-1].end, text, tuple(words) if timed else (), language))
    once = list(punctuated(segments))
    assert list(punctuated(once)) == once
    assert all(segment.text == join_words(segment.words) for segment in once if segment.words)
    timed = [word for segment in segments for word in segment.words]
    assert [(word.start, word.end) for segment in once for word in segment.words] == [
        (word.start, word.end) for word in timed
    ]


def test_a_chinese_sentence_whose_engine_forgot_its_end_gets_it():
    one = segment_of("例如，", "今天", start=0.0)
    other = segment_of("明天", "见。", start=2.0)
    first, second = punctuated([one, other], only="zh")
    assert (first.text, first.restored) == ("例如，今天。", True)
    assert second == other


def test_a_short_pause_behind_it_is_a_comma():
    one = segment_of("例如，", "今天", start=0.0)
    first, _second = punctuated([one, segment_of("明天", "见。", start=1.3)], only="zh")
    assert first.text == "例如，今天，"


def segment_of(*texts, start):
    words = tuple(Word(start + at * 0.5, start + at * 0.5 + 0.5, text) for at, text in enumerate(texts))
    return Segment(start, words[-1].end, "".join(texts), words, language="zh")
