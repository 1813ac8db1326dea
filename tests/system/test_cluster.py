"""A real Dask cluster whose workers are killed in the middle: nothing is missing and nothing comes twice."""

import http.server
import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psutil
import pytest
from tests import mischief
from tests.mischief import BREAKS, KILLED, SLOW, recording

import barrierfree as bf
from barrierfree import plugins
from barrierfree.errors import EngineFailed, UnreadableAudio
from barrierfree.transcription.cluster import cluster_executor

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="kill -9")]

CLUSTER = """
import sys, time
from distributed import LocalCluster
if __name__ == "__main__":
    asked = {"n_workers": 2, "threads_per_worker": int(sys.argv[1]), "processes": True}
    with LocalCluster(dashboard_address=None, **asked) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def log(tmp_path, monkeypatch):
    """The mischievous engine is installed, here and for every worker, and this is its log."""
    pytest.importorskip("distributed")
    folder = mischief.install(tmp_path / "site")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("MISCHIEF_LOG", str(tmp_path / "log"))
    plugins._found.cache_clear()
    yield tmp_path / "log"
    plugins._found.cache_clear()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "recordings"
    made.mkdir()
    return made


class Cluster:
    """A cluster that is a program of its own, in a folder of its own."""

    def __init__(self, folder, threads):
        script = folder / "cluster.py"
        script.write_text(CLUSTER)
        self.errors = (folder / "cluster.log").open("wb")
        self._program = subprocess.Popen(
            [sys.executable, script, str(threads)],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
        )
        self.address = self._program.stdout.readline().decode().strip()
        assert self.address

    def workers(self):
        """Process ids of the workers that are alive."""
        children = psutil.Process(self._program.pid).children(recursive=True)
        return {one.pid for one in children if "resource_tracker" not in " ".join(one.cmdline())}

    def kill(self):
        """Scheduler and workers, all at once, without a word to anybody."""
        for pid in (self._program.pid, *self.workers()):
            os.kill(pid, signal.SIGKILL)
        self._program.wait()

    def close(self):
        family = psutil.Process(self._program.pid).children(recursive=True) if self.runs() else []
        self._program.stdin.close()
        try:
            self._program.wait(20)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()
        for one in family:
            if one.is_running():
                one.kill()
        self._program.stdout.close()
        self.errors.close()

    def runs(self):
        return self._program.poll() is None


@contextmanager
def running_cluster(folder, threads=1):
    folder.mkdir()
    with closing(Cluster(folder, threads)) as cluster:
        yield cluster


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    # Long enough for a worker to be killed over it.
    monkeypatch.setenv("MISCHIEF_DELAY", "0.05")
    with running_cluster(tmp_path / "cluster") as one:
        yield one


@pytest.fixture
def executor(cluster):
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as client:
        yield client.get_executor()


def many(paths, executor):
    return bf.transcribe_many(paths, executor=executor, engine="mischief")


def told(outcome):
    return outcome.error or outcome.transcript.segments[0].text


def command(*arguments):
    return [sys.executable, "-m", "barrierfree", "transcribe", "--engine", "mischief", *map(str, arguments)]


def run(*arguments, **options):
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=120, **options)


def wait_until(condition, seconds=60):
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.02)


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_cluster_gives_what_this_machine_gives_and_loads_each_model_once(folder, log, executor):
    bad = folder / "bad.wav"
    bad.write_bytes(b"this is not sound")
    numbers = [BREAKS, *range(1001, 1021)]
    paths = [str(bad), *(recording(folder, number) for number in numbers)]
    results = list(many(paths, executor))
    assert [one.path for one in results] == paths
    assert isinstance(results[0].error, UnreadableAudio)
    assert "not a sound" in results[0].error.message
    assert isinstance(results[1].error, EngineFailed)
    assert "KeyError" in results[1].error.message
    # Not one of them was tried again, not even those that failed.
    assert mischief.heard(log) == dict.fromkeys(numbers, 1)
    loads = [pid for pid, what in mischief.lines(log) if what.startswith("load")]
    assert len(loads) == len(set(loads)) <= 2
    here = [bf.transcribe(path, engine="mischief") for path in paths[2:]]
    assert [one.transcript for one in results[2:]] == here


def test_killing_workers_in_the_middle_loses_nothing(folder, log, cluster, executor):
    numbers = range(1001, 1041)
    paths = [recording(folder, number) for number in numbers]
    killed = []

    def kill_some():
        for least in (3, 10, 20):
            wait_until(lambda least=least: len(mischief.heard(log)) >= least)
            victim = [pid for pid, what in mischief.lines(log) if what.startswith("hear")][-1]
            if int(victim) in cluster.workers():
                os.kill(int(victim), signal.SIGKILL)
                killed.append(victim)

    killer = threading.Thread(target=kill_some)
    killer.start()
    results = list(many(paths, executor))
    killer.join()
    assert len(killed) == 3
    assert [one.path for one in results] == paths
    assert [told(one) for one in results] == [f"Number {number}." for number in numbers]
    assert set(mischief.heard(log)) == set(numbers)


def test_a_recording_that_kills_every_worker_it_meets_is_an_outcome_with_an_error(folder, executor):
    numbers = [1001, KILLED, *range(1002, 1012)]
    results = list(many([recording(folder, number) for number in numbers], executor))
    for number, outcome in zip(numbers, results, strict=True):
        if number != KILLED:
            assert told(outcome) == f"Number {number}."
    lost = results[1].error
    assert type(lost) is EngineFailed
    assert lost.message.endswith(f"{KILLED}.wav was lost: every worker that was given it died")
    assert lost.hint


def test_a_worker_with_several_threads_has_them_all_at_work(folder, tmp_path, log, monkeypatch):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.5")
    paths = [recording(folder, number) for number in range(1001, 1021)]
    with running_cluster(tmp_path / "wide", threads=5) as wide, cluster_executor(wide.address) as executor:
        begun = time.monotonic()
        assert all(outcome.transcript for outcome in many(paths, executor))
    # 20 recordings, two processes of five threads: two rounds, where one at a time in each takes ten.
    assert time.monotonic() - begun < 4


def test_labels_and_messages_are_in_the_language_of_the_caller_not_of_the_worker(
    folder, log, cluster, monkeypatch
):
    monkeypatch.setenv("BARRIERFREE_LANGUAGE", "zh_CN")
    (folder / "x").mkdir()
    assert run("--cluster", cluster.address, recording(folder, 1001)).returncode == 0
    assert [what for _pid, what in mischief.lines(log) if what.startswith("load")] == ["load zh_CN"]


def test_a_command_whose_workers_are_killed_writes_the_same_bytes_as_one_on_this_machine(
    folder, tmp_path, log, cluster, monkeypatch
):
    (folder / "deeper").mkdir()
    for number in range(1001, 1031):
        recording(folder, number, name=f"deeper/{number}.wav" if number % 3 else None)
    formats = "txt,srt,vtt,json,tsv"
    there = subprocess.Popen(
        command("--cluster", cluster.address, "recordings", "-o", tmp_path / "there", "-f", formats),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    for count in (3, 12, 20):
        wait_until(lambda least=count: len(mischief.heard(log)) >= least)
        os.kill(min(cluster.workers()), signal.SIGKILL)
    out, err = (text.decode() for text in there.communicate(timeout=120))
    assert (there.returncode, out) == (0, "")
    written = re.findall(r"Written: (.*)", err)
    assert len(written) == len(set(written)) == 30 * 5
    assert len(err.splitlines()) == len(written) + 1
    assert run("recordings", "-o", tmp_path / "here", "-f", formats, cwd=tmp_path).returncode == 0
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


class NotDask(http.server.BaseHTTPRequestHandler):
    """A server of another kind."""

    def log_message(self, *arguments):
        pass


@pytest.fixture
def web_server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), NotDask)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"tcp://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "127.0.0.1:9", "nonsense", "tcp://127.0.0.1:port"])
def test_where_nothing_answers_one_line_and_a_hint_say_so(folder, tmp_path, address):
    one_line_and_a_hint(recording(folder, 1001), tmp_path, address, "No Dask cluster answers at")


def test_a_server_of_another_kind_is_not_waited_for_without_end(folder, tmp_path, web_server):
    one_line_and_a_hint(recording(folder, 1001), tmp_path, web_server, "No Dask cluster answers at")


def one_line_and_a_hint(path, tmp_path, address, message):
    begun = time.monotonic()
    ran = run("--cluster", address, path, "-o", tmp_path / "out")
    assert time.monotonic() - begun < 15
    assert (ran.returncode, ran.stdout) == (3, "")
    said, hint = ran.stderr.splitlines()
    assert message in said
    assert address in said
    assert hint.strip()


def test_when_the_cluster_goes_in_the_middle_one_line_says_so_and_the_next_run_goes_on(
    folder, tmp_path, log, monkeypatch
):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.2")
    for number in range(1001, 1031):
        recording(folder, number)
    out = tmp_path / "out"
    with running_cluster(tmp_path / "first") as first:
        program = subprocess.Popen(
            command("--cluster", first.address, folder, "-o", out),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        wait_until(lambda: len(list(out.glob("*.txt"))) >= 3)
        first.kill()
        begun = time.monotonic()
        stdout, stderr = (text.decode() for text in program.communicate(timeout=60))
        assert time.monotonic() - begun < 15
    assert (program.returncode, stdout) == (3, "")
    *written, said, hint = stderr.splitlines()
    assert all(line.startswith("Written: ") for line in written)
    assert said == f"The cluster at {first.address} has gone."
    assert hint.strip()
    monkeypatch.setenv("MISCHIEF_DELAY", "0")
    with running_cluster(tmp_path / "second") as second:
        again = run("--cluster", second.address, folder, "-o", out)
    assert again.returncode == 0
    assert f"{30 - len(written)} recordings done, {len(written)} already there." in again.stderr
    assert len(list(out.iterdir())) == 30


def test_what_listens_in_place_of_a_cluster_that_went_cannot_keep_or_break_us(
    folder, tmp_path, log, monkeypatch
):
    monkeypatch.setenv("MISCHIEF_DELAY", "0.2")
    for number in range(1001, 1031):
        recording(folder, number)
    out = tmp_path / "out"
    with running_cluster(tmp_path / "first") as first, ExitStack() as inside:
        program = subprocess.Popen(
            command("--cluster", first.address, folder, "-o", out),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        wait_until(lambda: len(list(out.glob("*.txt"))) >= 3)
        first.kill()
        inside.enter_context(echo(int(first.address.rpartition(":")[2])))
        stderr = program.communicate(timeout=60)[1].decode()
    assert program.returncode == 3, stderr
    assert f"The cluster at {first.address} has gone." in stderr.splitlines()
    assert "Traceback" not in stderr


@contextmanager
def echo(port):
    """A server that gives back whatever it is told: as bad as an answer can be."""

    class Echo(socketserver.BaseRequestHandler):
        def handle(self):
            while told := self.request.recv(65536):
                self.request.sendall(told)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", port), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def test_ctrl_c_stops_the_work_and_leaves_the_cluster_running(folder, tmp_path, log, cluster, monkeypatch):
    paths = [recording(folder, 1001), *(recording(folder, SLOW, name=f"slow{n}.wav") for n in range(40))]
    workers = cluster.workers()
    program = subprocess.Popen(
        command("--cluster", cluster.address, *paths, "-o", tmp_path / "out"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_until(lambda: mischief.heard(log)[SLOW] >= 2)
    os.killpg(program.pid, signal.SIGINT)
    begun = time.monotonic()
    _out, err = program.communicate(timeout=60)
    assert time.monotonic() - begun < 5
    assert program.returncode == 130
    assert err.decode().splitlines()[-1] == "Stopped."
    assert b"Traceback" not in err
    time.sleep(2)
    begun_by_then = mischief.heard(log)[SLOW]
    time.sleep(2)
    assert mischief.heard(log)[SLOW] == begun_by_then < 10
    assert cluster.workers() == workers
    assert run("--cluster", cluster.address, Path(paths[0])).stdout == "Number 1001.\n"
