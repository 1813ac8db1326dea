"""Many recordings at once: every outcome comes once, in order, whatever happens to those who work on them."""

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing

import psutil
import pytest
from tests import mischief
from tests.mischief import BREAKS, DIES_ONCE, EXITS, KILLED, PRINTS, SLOW, recording

import barrierfree as bf
from barrierfree import plugins
from barrierfree.errors import BarrierfreeError, EngineFailed, ModelNotFound, UnreadableAudio
from barrierfree.transcription.job import Job
from barrierfree.transcription.many import outcomes
from barrierfree.transcription.transcript import Transcript

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


@pytest.fixture(autouse=True)
def log(tmp_path, monkeypatch):
    """The mischievous engine is installed, and this is its log."""
    folder = mischief.install(tmp_path / "site")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("MISCHIEF_LOG", str(tmp_path / "log"))
    plugins._found.cache_clear()
    yield tmp_path / "log"
    plugins._found.cache_clear()


@pytest.fixture(autouse=True)
def nothing_left_behind():
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    yield
    for _try in range(50):
        left = [one for one in psutil.Process().children(recursive=True) if one.pid not in before]
        # What multiprocessing starts to watch over its semaphores stays until Python ends.
        left = [one for one in left if "resource_tracker" not in " ".join(one.cmdline())]
        if not left:
            return
        time.sleep(0.1)
    raise AssertionError([one.cmdline() for one in left])


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "recordings"
    made.mkdir()
    return made


@pytest.fixture(params=["processes of our own", "threads", "forked processes", "spawned processes"])
def executor(request):
    if request.param == "processes of our own":
        yield None
    elif request.param == "threads":
        with ThreadPoolExecutor(2) as pool:
            yield pool
    else:
        method = request.param.removesuffix("ed processes")
        with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:
            yield pool


def many(paths, **asked):
    return bf.transcribe_many(paths, engine="mischief", **asked)


def told(outcome):
    return outcome.error or outcome.transcript.segments[0].text


def workers_of(log_file):
    return {int(pid) for pid, what in mischief.lines(log_file) if what.startswith("load")}


def wait_until(condition, seconds=20):
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_every_executor_gives_what_one_recording_at_a_time_gives(folder, executor):
    paths = [recording(folder, number) for number in range(1001, 1009)]
    outcomes = list(many(paths, executor=executor))
    assert [outcome.path for outcome in outcomes] == paths
    assert [outcome.error for outcome in outcomes] == [None] * 8
    assert [one.transcript for one in outcomes] == [bf.transcribe(path, engine="mischief") for path in paths]


def test_there_is_one_process_per_core_and_each_loads_its_model_once(folder, log, monkeypatch):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.1")
    paths = [recording(folder, number) for number in range(1000, 1000 + 8 * CORES)]
    assert all(outcome.transcript for outcome in many(paths))
    loads = [pid for pid, what in mischief.lines(log) if what.startswith("load")]
    assert len(loads) == len(set(loads)) == CORES
    assert str(os.getpid()) not in loads
    assert mischief.heard(log) == dict.fromkeys(range(1000, 1000 + 8 * CORES), 1)


def test_no_more_processes_are_started_than_there_are_recordings(folder, log):
    assert len(list(many([recording(folder, 1000)]))) == 1
    assert len(workers_of(log)) == 1


def test_processes_that_the_caller_keeps_stay_warm_from_one_batch_to_the_next(folder, log):
    paths = [recording(folder, number) for number in (1001, 1002)]
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        for _again in range(3):
            assert all(outcome.transcript for outcome in many(paths, executor=pool))
    assert sum(what.startswith("load") for _pid, what in mischief.lines(log)) == 1


def test_outcomes_come_in_the_order_of_the_paths_though_the_first_takes_longest(folder):
    paths = [recording(folder, SLOW), *(recording(folder, number) for number in range(1001, 1007))]
    assert [outcome.path for outcome in many(paths)] == paths


def test_those_behind_a_long_recording_are_done_meanwhile(folder, log):
    count = 6 * CORES
    paths = [recording(folder, SLOW), *(recording(folder, 1000 + number) for number in range(count))]
    with closing(many(paths)) as results:
        assert next(results).transcript
        # More than were given out before their turn: nobody waited for the long one.
        assert len(mischief.heard(log)) > 4 * CORES or CORES == 1


def test_a_bad_recording_is_an_outcome_and_stops_no_other(folder, executor):
    bad = folder / "bad.wav"
    bad.write_bytes(b"this is not sound")
    paths = [recording(folder, 1001), str(bad), str(folder / "missing.wav"), recording(folder, 1002)]
    results = list(many(paths, executor=executor))
    assert [told(results[0]), told(results[3])] == ["Number 1001.", "Number 1002."]
    for outcome in results[1:3]:
        assert isinstance(outcome.error, UnreadableAudio)
        assert outcome.transcript is None
        assert "\n" not in outcome.error.message
    with pytest.raises(UnreadableAudio) as alone:
        bf.transcribe(bad, engine="mischief")
    assert (results[1].error.message, results[1].error.hint) == (alone.value.message, alone.value.hint)


def test_errors_keep_their_kind_message_and_hint_on_the_way_from_another_process(folder, executor):
    asked = {"engine": "vosk", "model": "vosk-none"}
    path = recording(folder, 1001)
    (outcome,) = bf.transcribe_many([path], executor=executor, **asked)
    with pytest.raises(ModelNotFound) as alone:
        bf.transcribe(path, **asked)
    assert type(outcome.error) is ModelNotFound
    assert (outcome.error.message, outcome.error.hint) == (alone.value.message, alone.value.hint)
    assert outcome.error.hint


def test_a_fault_of_the_engine_is_the_outcome_of_that_recording(folder, executor):
    good, bad = recording(folder, 1001), recording(folder, BREAKS)
    first, second, third = many([good, bad, good], executor=executor)
    assert told(first) == told(third) == "Number 1001."
    assert isinstance(second.error, EngineFailed)
    assert "KeyError: 'a fault of the engine'" in second.error.message
    assert second.path == bad
    assert second.error.hint


@pytest.mark.parametrize(("guilty", "code"), [(KILLED, "-9"), (EXITS, "3")])
def test_a_recording_that_kills_its_process_is_tried_twice_and_every_other_is_done_once(
    folder, log, guilty, code
):
    numbers = [1001, 1002, guilty, *range(1003, 1003 + 4 * CORES)]
    results = list(many([recording(folder, number) for number in numbers]))
    for number, outcome in zip(numbers, results, strict=True):
        if number != guilty:
            assert told(outcome) == f"Number {number}."
    lost = results[2].error
    assert type(lost) is EngineFailed
    assert f"{guilty}.wav" in lost.message
    assert f"exit code {code}" in lost.message
    assert lost.hint
    # Nothing else was at work in the process that died, so nothing else is done again.
    assert mischief.heard(log) == {number: 1 + (number == guilty) for number in numbers}


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_when_a_given_pool_breaks_down_what_it_had_left_is_done_all_the_same(folder, log, method):
    numbers = [1001, KILLED, 1002, 1003, EXITS, 1004, 1005]
    paths = [recording(folder, number) for number in numbers]
    with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:
        results = list(many(paths, executor=pool))
    assert [outcome.path for outcome in results] == paths
    for number, outcome in zip(numbers, results, strict=True):
        if number in (KILLED, EXITS):
            assert type(outcome.error) is EngineFailed
        else:
            assert told(outcome) == f"Number {number}."
    assert max(mischief.heard(log).values()) <= 2


def test_a_pool_that_is_broken_already_is_no_hindrance(folder):
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    with pool:
        with pytest.raises(BaseException, match="terminated abruptly"):
            pool.submit(os._exit, 1).result()
        assert [told(one) for one in many([recording(folder, 1001)], executor=pool)] == ["Number 1001."]


def test_a_recording_whose_process_died_by_accident_is_done_in_another(folder, log):
    (outcome,) = many([recording(folder, DIES_ONCE)])
    assert told(outcome) == f"Number {DIES_ONCE}."
    assert mischief.heard(log)[DIES_ONCE] == 2


def test_an_idle_process_that_is_killed_is_replaced(folder, log):
    paths = [recording(folder, number) for number in range(1001, 1001 + 9 * CORES)]
    with closing(many(paths)) as results:
        assert told(next(results)) == "Number 1001."
        wait_until(lambda: len(mischief.heard(log)) >= 4 * CORES)
        for pid in workers_of(log):
            os.kill(pid, signal.SIGKILL)
        assert [told(one) for one in results] == [
            f"Number {number}." for number in range(1002, 1001 + 9 * CORES)
        ]


def test_what_an_engine_prints_is_not_mistaken_for_its_answer(folder, capfd):
    paths = [recording(folder, PRINTS), recording(folder, 1001)]
    assert [told(one) for one in many(paths)] == [f"Number {PRINTS}.", "Number 1001."]
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "printed by a native library" in printed.err


def test_the_first_outcome_comes_before_the_last_recording_is_begun(folder, log, executor, monkeypatch):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.1")
    paths = [recording(folder, number) for number in range(1001, 1031)]
    with closing(many(paths, executor=executor)) as results:
        assert told(next(results)) == "Number 1001."
        assert 1030 not in mischief.heard(log)


def test_closing_the_generator_drops_the_rest(folder, log, executor, monkeypatch):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.05")
    paths = [recording(folder, number) for number in range(1001, 1101)]
    results = many(paths, executor=executor)
    next(results)
    results.close()
    if executor:
        executor.shutdown()
    done = mischief.heard(log)
    assert len(done) < 50
    time.sleep(0.3)
    assert mischief.heard(log) == done


def test_closing_does_not_wait_for_a_long_recording_in_a_process_of_ours(folder, log):
    results = many([recording(folder, 1001), *[recording(folder, SLOW)] * 20])
    next(results)
    wait_until(lambda: mischief.heard(log)[SLOW])
    begun = time.monotonic()
    results.close()
    assert time.monotonic() - begun < 1


def test_a_caller_who_takes_his_time_is_not_overrun(folder, log, monkeypatch):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.05")
    paths = [recording(folder, number) for number in range(1000, 1000 + 40 * CORES)]
    with closing(many(paths)) as results:
        next(results)
        time.sleep(2)
        assert len(mischief.heard(log)) <= 15 * CORES


def test_ten_thousand_paths_are_no_trouble(folder):
    paths = [str(folder / f"missing-{number}.wav") for number in range(10_000)]
    with closing(many(paths)) as results:
        assert [next(results).path for _take in range(200)] == paths[:200]


def test_transcripts_that_were_given_out_are_forgotten(folder):
    def alive():
        gc.collect()
        return sum(isinstance(one, Transcript) for one in gc.get_objects())

    paths = [recording(folder, number) for number in range(1001, 1061)]
    before = alive()
    with ThreadPoolExecutor(2) as pool, closing(many(paths, executor=pool)) as results:
        for _take in range(60):
            assert next(results).transcript
        assert alive() - before < 10


def test_threads_share_one_model_work_side_by_side_and_free_it_at_the_end(folder, log, monkeypatch):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.3")
    monkeypatch.setattr("barrierfree.transcription.worker.core_count", lambda: 4)
    paths = [recording(folder, number) for number in range(1001, 1009)]
    begun = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        assert all(outcome.transcript for outcome in many(paths, executor=pool))
        assert time.monotonic() - begun < 8 * 0.3 * 0.6
        assert [what.split()[0] for _pid, what in mischief.lines(log) if "hear" not in what] == [
            "load",
            "close",
        ]
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("phrase")]


def test_two_batches_in_threads_of_one_process_do_not_disturb_each_other(folder, log, monkeypatch):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.05")
    paths = [recording(folder, number) for number in range(1001, 1011)]
    with ThreadPoolExecutor(2) as pool, ThreadPoolExecutor(2) as callers:
        short = callers.submit(lambda: list(many(paths[:2], executor=pool)))
        long = callers.submit(lambda: list(many(paths, executor=pool)))
        assert all(outcome.transcript for outcome in short.result() + long.result())


def test_an_executor_that_is_shut_down_in_the_middle_is_an_error_of_its_own(folder, monkeypatch):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.2")
    paths = [recording(folder, number) for number in range(1001, 1011)]
    pool = ThreadPoolExecutor(1)
    results = many(paths, executor=pool)
    assert next(results).transcript
    pool.shutdown(wait=False, cancel_futures=True)
    with pytest.raises(EngineFailed) as caught:
        list(results)
    assert caught.value.hint
    pool.shutdown()


def test_the_current_folder_may_change_meanwhile(folder, monkeypatch, tmp_path):
    names = [recording(folder, number) and f"{number}.wav" for number in range(1001, 1013)]
    monkeypatch.chdir(folder)
    with closing(many(names)) as results:
        first = next(results)
        monkeypatch.chdir(tmp_path)
        assert [one.path for one in (first, *results) if one.transcript] == names


def test_workers_speak_the_language_of_the_caller(folder, log, monkeypatch):
    from barrierfree.wording import speak_to_people_in

    monkeypatch.setenv("BARRIERFREE_LANGUAGE", "en")
    speak_to_people_in("zh_CN")
    try:
        list(many([recording(folder, 1001)]))
    finally:
        speak_to_people_in(None)
    assert [what for _pid, what in mischief.lines(log) if what.startswith("load")] == ["load zh_CN"]


def test_jobs_may_differ_from_each_other(folder):
    jobs = [Job(recording(folder, 1001), engine="mischief"), Job(recording(folder, 1002), engine="no-such")]
    first, second = outcomes(jobs)
    assert told(first) == "Number 1001."
    assert isinstance(second.error, BarrierfreeError)


def test_standard_input_is_refused_for_it_is_not_theirs(executor):
    (outcome,) = many(["-"], executor=executor)
    assert isinstance(outcome.error, UnreadableAudio)
    assert outcome.error.hint


def test_a_single_path_is_not_taken_for_a_row_of_letters():
    with pytest.raises(TypeError, match="list"):
        many("interview.wav")


def test_no_paths_give_no_outcomes_and_start_nothing(log, executor):
    assert list(many([], executor=executor)) == []
    assert not log.exists()


SCRIPT = """
import sys
import barrierfree as bf
for outcome in bf.transcribe_many(sys.argv[1:], engine="mischief"):
    print(outcome.transcript.segments[0].text, flush=True)
"""


def test_a_script_needs_no_guard_around_its_call(folder, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    paths = [recording(folder, number) for number in (1001, 1002, 1003)]
    strict = [sys.executable, "-X", "dev", "-W", "error"]
    ran = subprocess.run([*strict, script, *paths], capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == ["Number 1001.", "Number 1002.", "Number 1003."]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_program_that_started_them(folder, tmp_path, log, how):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    paths = [recording(folder, 1001), *[recording(folder, SLOW)] * 30]
    program = subprocess.Popen(
        [sys.executable, script, *paths],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert program.stdout.readline() == b"Number 1001.\n"
        wait_until(lambda: mischief.heard(log)[SLOW] >= CORES)
        # As a terminal does: to everybody in the program's group.
        os.killpg(program.pid, how)
        _out, complaints = program.communicate(timeout=20)
    finally:
        program.kill()
        program.wait()
    wait_until(lambda: not any(psutil.pid_exists(pid) for pid in workers_of(log)), 5)
    assert complaints.count(b"Traceback") == (how == signal.SIGINT)


def test_the_same_path_twice_is_done_twice(folder, executor):
    path = recording(folder, 1001)
    results = list(many([path, path], executor=executor))
    assert Counter(one.path for one in results) == {path: 2}
    assert results[0].transcript == results[1].transcript
