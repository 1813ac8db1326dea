"""What a Whisper model writes becomes clean sentences whose words keep their times."""

import pytest

pytest.importorskip("faster_whisper", reason="needs: pip install 'barrierfree[whisper]'")

from barrierfree.transcription.engines.whisper_decoding import HeardWord, Try
from barrierfree.transcription.engines.whisper_words import (
    in_script,
    sentences,
    told_apart_from_noise,
)


def heard(*texts, step=0.3):
    return [HeardWord(at * step, (at + 1) * step, text, 0.9) for at, text in enumerate(texts)]


def said(words, seconds=60.0):
    return ["".join(word.text for word in sentence).strip() for sentence in sentences(words, seconds)]


def a_try(text, likelihood=-0.2, no_speech=0.0):
    return Try([], text, likelihood, no_speech, None)


def test_sentences_end_at_full_stops():
    assert said(heard(" Go", " on.", " It", " works!")) == ["Go on.", "It works!"]


def test_a_title_or_an_initial_does_not_end_a_sentence():
    assert said(heard(" Mr.", " J.", " Quilter", " came.")) == ["Mr. J. Quilter came."]


def test_a_small_letter_after_a_full_stop_goes_on():
    assert said(heard(" At", " 2", " p.m.", " we", " left.")) == ["At 2 p.m. we left."]


def test_a_long_pause_ends_a_sentence_without_punctuation():
    words = [HeardWord(0, 0.4, "你好", 1), HeardWord(2.0, 2.4, "世界", 1)]
    assert said(words) == ["你好", "世界"]


def test_numbers_that_the_model_split_grow_together():
    assert said(heard(" 1", ",0001", " 9", ",0002")) == ["1,0001 9,0002"]
    assert said(heard(" 1", "-2", "-3")) == ["1-2-3"]


def test_a_full_stop_glued_to_the_next_word_goes_where_it_belongs():
    assert said(heard(" States", ".To", " create")) == ["States.", "To create"]


def test_quotation_marks_stay_with_what_they_open():
    assert said(heard(" He", " said", ' "', "yes", '."')) == ['He said "yes."']


def test_half_width_marks_in_chinese_become_full_width():
    words = in_script(heard("你", "好", ",", "3.5", "元", "?"), "simplified")
    assert "".join(word.text for word in words) == "你好，3.5元？"


def test_chinese_comes_in_the_script_that_was_asked_for():
    words = heard("乾", "燥", "的", "頭", "髮")
    assert "".join(word.text for word in in_script(words, "simplified")) == "干燥的头发"
    assert "".join(word.text for word in in_script(heard("头", "发"), "traditional")) == "頭髮"
    assert in_script(words, "heard") == words
    assert [word.start for word in in_script(words, "simplified")] == [word.start for word in words]


def test_particles_follow_mainland_use_but_names_of_authors_do_not_change():
    assert "".join(word.text for word in in_script(heard("享", "受", "著"), "simplified")) == "享受着"
    assert "".join(word.text for word in in_script(heard("著", "名"), "simplified")) == "著名"


@pytest.mark.parametrize("text", ["字幕由Amara.org社区提供", "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目"])
def test_credits_of_subtitle_groups_are_never_believed(text):
    assert told_apart_from_noise(a_try(text), heard(text), 5.0) == []


def test_thanks_in_doubtful_sound_is_not_believed_but_clear_thanks_are():
    words = heard(" Thank", " you.")
    assert told_apart_from_noise(a_try("Thank you.", no_speech=0.5), words, 3.0) == []
    assert told_apart_from_noise(a_try("Thank you.", no_speech=0.05), words, 3.0) == words


def test_a_loop_is_said_once():
    words = heard(*[" I", " see."] * 20)
    found = a_try(" I see." * 20)
    assert said(told_apart_from_noise(found, words, 12.0)) == ["I see."]


def test_what_is_truly_repeated_twice_stays():
    words = heard(" never", " never", " again", step=0.5)
    assert told_apart_from_noise(a_try("never never again"), words, 3.0) == words


def test_words_next_to_a_pause_give_back_the_silence():
    words = [HeardWord(0, 5.0, " Well,", 1), HeardWord(5.0, 5.3, " yes.", 1), HeardWord(5.3, 9, " No.", 1)]
    (first, second) = list(sentences(words, 9.0))
    assert first[0].start > 3
    assert second[0].end - second[0].start < 2


def test_no_word_ends_after_the_sound():
    (sentence,) = sentences([HeardWord(0.5, 3.0, " Yes.", 1)], 1.0)
    assert sentence[0].end <= 1.0
