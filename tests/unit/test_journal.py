"""What was recognised survives whatever happens to the process, and nothing else is believed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from barrierfree.transcription.job import Choice, Job
from barrierfree.transcription.journal import Journal, Recognized, journal_of
from barrierfree.transcription.transcript import Segment, Word

CHOICE = Choice("scripted", "", None, "en", 0.97, "because")
PHRASE = Recognized(
    0,
    48000,
    (Segment(0.1, 0.9, "hello 世界", (Word(0.1, 0.9, "hello 世界", 0.1 + 0.2),), "en"),),
    ((0.5, 1 / 3), None),
)


@pytest.fixture
def job(tmp_path):
    recording = tmp_path / "a.wav"
    recording.write_bytes(b"some sound")
    return Job(str(recording))


def written(job, folder, phrases=(PHRASE,)):
    journal = Journal.open(job, folder=folder)
    journal.begin(CHOICE)
    for phrase in phrases:
        journal.add(phrase)
    journal.close()
    return journal_of(job, folder)


def test_what_was_added_is_read_back_exactly(job, tmp_path):
    written(job, tmp_path)
    again = Journal.open(job, folder=tmp_path)
    assert again.choice == CHOICE
    assert again.done == [PHRASE]
    again.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(kept=st.floats(0, 1))
def test_a_journal_cut_off_anywhere_keeps_its_whole_phrases(job, tmp_path, kept):
    path = written(job, tmp_path, [PHRASE] * 3)
    whole = path.read_bytes()
    cut = whole[: int(kept * len(whole))]
    path.write_bytes(cut)
    journal = Journal.open(job, folder=tmp_path)
    assert len(journal.done) == max(0, cut.count(b"\n") - 1)
    if journal.choice is None:
        journal.begin(CHOICE)
    journal.add(PHRASE)
    journal.close()
    after = Journal.open(job, folder=tmp_path)
    assert after.done == [*journal.done, PHRASE]
    after.remove()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(junk=st.binary(max_size=200))
def test_junk_in_a_journal_is_a_fresh_start(job, tmp_path, junk):
    journal_of(job, tmp_path).write_bytes(junk)
    journal = Journal.open(job, folder=tmp_path)
    assert journal.done == []
    journal.remove()


def test_another_recording_language_or_model_has_another_journal(job, tmp_path):
    other = tmp_path / "b.wav"
    other.write_bytes(b"other sound")
    names = {
        journal_of(job, tmp_path),
        journal_of(Job(str(other)), tmp_path),
        journal_of(Job(job.source, language="zh"), tmp_path),
        journal_of(Job(job.source, model="mine"), tmp_path),
        journal_of(Job(job.source, start=1.0), tmp_path),
    }
    assert len(names) == 5


def test_a_copy_of_the_recording_goes_on_with_the_same_journal(job, tmp_path):
    copy = tmp_path / "copy.wav"
    copy.write_bytes(b"some sound")
    assert journal_of(Job(str(copy)), tmp_path) == journal_of(job, tmp_path)


def test_another_choice_of_model_starts_afresh(job, tmp_path):
    written(job, tmp_path)
    journal = Journal.open(job, folder=tmp_path)
    journal.begin(Choice("whisper", "whisper-base", None, "en", None, ""))
    assert journal.done == []
    journal.remove()


def test_restarting_forgets_what_was_done(job, tmp_path):
    written(job, tmp_path)
    journal = Journal.open(Job(job.source, resume=False), folder=tmp_path)
    assert journal.done == []
    journal.remove()


def test_two_runs_do_not_share_a_journal(job, tmp_path):
    first = Journal.open(job, folder=tmp_path)
    assert Journal.open(job, folder=tmp_path) is None
    first.close()
    second = Journal.open(job, folder=tmp_path)
    assert second is not None
    second.remove()


def test_a_finished_job_leaves_nothing_behind(job, tmp_path):
    folder = tmp_path / "journals"
    written(job, folder)
    Journal.open(job, folder=folder).remove()
    assert list(folder.iterdir()) == []
