"""The checker names every rule that is broken, where, and by how much; and nothing else."""

import pytest

from barrierfree.transcription.subtitles import Cue, SubtitleRules, check, read_srt


def breaches(*cues, **options):
    return [(breach.number, breach.rule) for breach in check(cues, **options)]


def test_good_subtitles_pass():
    assert breaches(Cue(1, 3, ("Hello there,", "how are you?")), Cue(3.1, 5, ("我很好，谢谢。",))) == []


@pytest.mark.parametrize(
    ("cue", "rule", "measured", "allowed"),
    [
        (Cue(0, 4, ("x" * 43,)), "line-too-long", 43, 42),
        (Cue(0, 4, ("字" * 17,)), "line-too-long", 17, 16),
        (Cue(0, 4, ("한" * 17,)), "line-too-long", 17, 16),
        (Cue(0, 4, ("字" * 10 + "x" * 16,)), "line-too-long", 26, 25),
        (Cue(0, 4, ("One", "two", "three")), "too-many-lines", 3, 2),
        (Cue(0, 0.5, ("Hi.",)), "too-short", 0.5, 5 / 6),
        (Cue(0, 7.5, ("Hi.",)), "too-long", 7.5, 7.0),
        (Cue(0, 1, ("x" * 25,)), "too-fast", 25.0, 20.0),
        (Cue(0, 1, ("字" * 12,)), "too-fast", 12.0, 9.0),
        (Cue(0, 2, ()), "empty", None, None),
        (Cue(0, 2, (" ",)), "empty", None, None),
    ],
)
def test_a_breach_says_what_was_measured_and_what_is_allowed(cue, rule, measured, allowed):
    (breach,) = check([cue])
    assert (breach.number, breach.start, breach.rule) == (1, 0, rule)
    assert (breach.measured, breach.allowed) == (measured, allowed)
    assert breach.message.endswith(".")
    assert "{" not in breach.message


@pytest.mark.parametrize(
    ("second", "rule"),
    [
        (Cue(2.02, 4, ("Two.",)), "gap-too-small"),
        (Cue(1.5, 4, ("Two.",)), "overlap"),
        (Cue(0.5, 4, ("Two.",)), "out-of-order"),
    ],
)
def test_subtitles_too_close_together_are_told_apart(second, rule):
    assert breaches(Cue(1, 2, ("One.",)), second) == [(2, rule)]


@pytest.mark.parametrize(
    ("upper", "lower", "message"),
    [
        ("We went to the", "village.", 'Line 1 ends between "the" and "village.", which belong together.'),
        ("I was told by Mr.", "Smith.", 'Line 1 ends between "Mr." and "Smith.", which belong together.'),
        ("我们今天", "，讨论无障碍。", 'Line 2 begins with "，".'),
        ("他说：“", "你好。”", 'Line 1 ends with "“".'),
    ],
)
def test_a_line_broken_at_a_bad_place_is_found(upper, lower, message):
    (breach,) = check([Cue(0, 4, (upper, lower))])
    assert (breach.rule, breach.message) == ("bad-break", message)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("Who was it?", "—The neighbour."),
        ("He said…", "…nothing."),
        ("That is what we came", "to see."),
        ("What is it", "for?"),
        ("- Yes.", "- No."),
        ("我们今天讨论", "《无障碍》。"),
    ],
)
def test_a_line_broken_at_a_good_place_is_not(upper, lower):
    assert breaches(Cue(0, 4, (upper, lower))) == []


def test_small_words_go_by_the_language():
    cue = Cue(0, 4, ("Wir gingen in den", "Garten."))
    assert breaches(cue) == []
    assert breaches(cue, language="de") == [(1, "bad-break")]


def test_times_in_whole_milliseconds_are_not_blamed_for_rounding():
    assert breaches(Cue(0, 0.833, ("Hi.",)), Cue(0.916, 2.0, ("Hi.",))) == []
    assert breaches(Cue(0, 2.15, ("x" * 43 + "",)), rules=SubtitleRules(line_length=50)) == []


def test_children_are_given_more_time():
    cue = Cue(0, 2, ("x" * 38,))
    assert breaches(cue) == []
    assert breaches(cue, rules=SubtitleRules.for_children()) == [(1, "too-fast")]


def test_tags_in_files_made_elsewhere_do_not_count():
    line = '{\\an8}<font color="#ffff00"><i>' + "x" * 40 + "</i></font>"
    assert breaches(*read_srt(f"1\n00:00:01,000 --> 00:00:04,000\n{line}\n".encode())) == []


def test_everything_wrong_with_one_subtitle_is_told_at_once():
    cue = Cue(0, 0.2, ("x" * 50, "the", "end"))
    assert {rule for _number, rule in breaches(cue)} == {
        "line-too-long",
        "too-many-lines",
        "bad-break",
        "too-short",
        "too-fast",
    }
