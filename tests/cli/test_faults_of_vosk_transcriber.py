"""What the best known offline command gets wrong, done right: each was seen in vosk-transcriber 0.3.45."""

import json

import pytest
from tests.cli.running import barrierfree, recorded

TEXT = "Alpha bravo.\n"


@pytest.fixture
def talk(tmp_path):
    return recorded(tmp_path / "talk.wav", "##..")


def test_a_quote_in_the_name_loses_nothing(talk, tmp_path):
    named = talk.rename(tmp_path / 'john\'s "talk".wav')
    done = barrierfree("transcribe", named, "-o", tmp_path / "out")
    assert (done.code, (tmp_path / "out" / 'john\'s "talk".txt').read_text()) == (0, TEXT)


def test_vtt_is_no_empty_file(talk):
    done = barrierfree("transcribe", talk, "-f", "vtt")
    assert done.code == 0
    assert done.text.startswith("WEBVTT\n")
    assert TEXT in done.text


def test_what_is_no_recording_does_not_end_the_folder_it_is_in(talk, tmp_path):
    talk.rename(tmp_path / "z.wav")
    (tmp_path / "a.wav").write_text("not a recording")
    (tmp_path / "b.txt").write_text("not a recording")
    done = barrierfree("transcribe", tmp_path, "-o", tmp_path / "out")
    assert done.code == 4
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["z.txt"]
    assert (tmp_path / "out" / "z.txt").read_text() == TEXT


def test_a_missing_recording_is_an_error_that_names_it(tmp_path):
    done = barrierfree("transcribe", tmp_path / "missing.wav")
    assert done.code == 4
    assert str(tmp_path / "missing.wav") in done.lines[0]
    assert "{" not in done.err


def test_standard_input_is_taken(talk):
    done = barrierfree("transcribe", "-", input=talk.read_bytes())
    assert (done.code, done.text) == (0, TEXT)


def test_a_subfolder_is_no_recording_but_is_searched(talk, tmp_path):
    (tmp_path / "in" / "sub.wav").mkdir(parents=True)
    talk.rename(tmp_path / "in" / "sub.wav" / "a.wav")
    done = barrierfree("transcribe", tmp_path / "in", "-o", tmp_path / "out")
    assert (done.code, (tmp_path / "out" / "sub.wav" / "a.txt").read_text()) == (0, TEXT)


def test_the_folder_for_the_results_need_not_be_there(talk, tmp_path):
    done = barrierfree("transcribe", talk, "-o", tmp_path / "not" / "yet")
    assert (done.code, (tmp_path / "not" / "yet" / "talk.txt").read_text()) == (0, TEXT)


def test_two_recordings_with_the_same_stem_have_two_results(talk, tmp_path):
    recorded(tmp_path / "talk.flac", "..##")
    barrierfree("transcribe", tmp_path, "-f", "json", "-o", tmp_path / "out")
    texts = {
        path.name: [one["text"] for one in json.loads(path.read_text())["segments"]]
        for path in (tmp_path / "out").iterdir()
    }
    assert texts == {"talk.wav.json": ["Alpha bravo."], "talk.flac.json": ["Charlie delta."]}


def test_a_recording_without_a_word_is_done_and_not_an_error(tmp_path):
    done = barrierfree("transcribe", recorded(tmp_path / "quiet.wav", "...."), "-o", tmp_path / "out")
    assert (done.code, (tmp_path / "out" / "quiet.txt").read_bytes()) == (0, b"")
