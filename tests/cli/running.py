"""The command as people run it: a process of its own, with an engine that hears tones."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.sounds import write_sound

from barrierfree.testing import silence, tone

RATE = 16000
COMMAND = (sys.executable, "-m", "barrierfree")


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self):
        return self.out.decode()

    @property
    def lines(self):
        """What was said on stderr."""
        return self.err.splitlines()


def barrierfree(*arguments, env=None, timeout=60, **options):
    """Run the command to its end; nobody is ever shown a traceback."""
    run = subprocess.run(
        [*COMMAND, *arguments],
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=options.pop("stderr", subprocess.PIPE),
        env={**os.environ, **(env or {})},
        timeout=timeout,
        **({"stdin": subprocess.DEVNULL} if "input" not in options and "stdin" not in options else {}),
        **options,
    )
    done = Done(run.returncode, run.stdout or b"", (run.stderr or b"").decode(errors="replace"))
    assert "Traceback" not in done.err, done.err
    return done


def started(*arguments, env=None, **options):
    """The command, still running; use it as a context manager."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen([*COMMAND, *arguments], env={**os.environ, **(env or {})}, **pipes)


def speech(script):
    """Samples for a picture of them: "#" is half a second of tone, "." half a second of silence."""
    return b"".join(tone(0.5) if mark == "#" else silence(0.5) for mark in script)


def recorded(path, *scripts, **options):
    """A recording at a path, whose ending says the format; one picture for each channel."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rate = 48000 if path.suffix in {".opus", ".mkv"} else RATE
    channels = [speech(script) for script in scripts or ("##..##..",)]
    return write_sound(path, [_faster(one, rate // RATE) for one in channels], rate=rate, **options)


def _faster(samples, times):
    """Every sample several times over: the same sound at a higher rate."""
    return (
        b"".join(samples[at : at + 2] * times for at in range(0, len(samples), 2)) if times > 1 else samples
    )


def journals():
    """The journals of interrupted runs."""
    folder = Path(os.environ["XDG_STATE_HOME"]) / "barrierfree" / "journals"
    return sorted(folder.iterdir()) if folder.is_dir() else []
