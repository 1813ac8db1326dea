"""Processes of our own keep the promises of an executor, for whatever they are asked to call."""

import os
import time
from concurrent.futures import CancelledError

import pytest

from barrierfree.transcription.processes import OwnProcesses, ProcessDied


def test_a_call_is_made_in_another_process_and_its_result_comes_back():
    with OwnProcesses(1) as processes:
        assert processes.submit(os.getpid).result() != os.getpid()
        assert processes.submit(divmod, 7, 3).result() == (2, 1)
        assert processes.submit(int, "ff", base=16).result() == 255


def test_calls_run_side_by_side_in_no_more_processes_than_asked_for():
    with OwnProcesses(3) as processes:
        calls = [processes.submit(os.getpid) for _number in range(50)]
        assert 1 <= len({call.result() for call in calls}) <= 3


def test_a_large_result_comes_whole():
    with OwnProcesses(1) as processes:
        assert processes.submit(bytes, 20_000_000).result() == bytes(20_000_000)


def test_an_error_in_a_call_is_raised_by_its_future_and_harms_no_other():
    with OwnProcesses(1) as processes:
        bad, good = processes.submit(int, "seven"), processes.submit(os.getpid)
        with pytest.raises(ValueError, match="seven"):
            bad.result()
        assert good.result()


def test_what_cannot_be_sent_back_is_an_error_and_not_a_riddle():
    with OwnProcesses(1) as processes:
        pid = processes.submit(os.getpid).result()
        with pytest.raises(Exception, match="pickle"):
            processes.submit(open, os.devnull).result()
        assert processes.submit(os.getpid).result() == pid


def test_what_cannot_be_sent_there_is_an_error_at_once():
    with OwnProcesses(1) as processes, pytest.raises(Exception, match="pickle"):
        processes.submit(lambda: None)


def test_a_call_that_ends_its_process_is_made_as_often_as_was_said(tmp_path):
    for tries in (1, 3):
        with OwnProcesses(1, tries=tries) as processes:
            with pytest.raises(ProcessDied, match="7"):
                processes.submit(os._exit, 7).result()
            assert processes.submit(divmod, 7, 3).result() == (2, 1)


def test_after_shutdown_what_was_submitted_is_done_and_nothing_more_is_taken():
    processes = OwnProcesses(1)
    calls = [processes.submit(divmod, number, 3) for number in range(10)]
    processes.shutdown()
    assert [call.result() for call in calls] == [divmod(number, 3) for number in range(10)]
    with pytest.raises(RuntimeError, match="shut down"):
        processes.submit(os.getpid)
    processes.shutdown()


def test_stopping_ends_a_call_that_is_under_way_and_drops_those_that_wait():
    processes = OwnProcesses(1)
    processes.submit(os.getpid).result()
    under_way, waiting = processes.submit(time.sleep, 60), processes.submit(os.getpid)
    while not under_way.running():
        time.sleep(0.01)
    begun = time.monotonic()
    processes.stop()
    assert time.monotonic() - begun < 5
    with pytest.raises(ProcessDied):
        under_way.result()
    with pytest.raises(CancelledError):
        waiting.result()
