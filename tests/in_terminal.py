"""A program in a real pseudo-terminal, with what it said while it ran."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import termios
import time
from contextlib import suppress


class InTerminal:
    """Runs a command on a terminal of its own; use it as a context manager."""

    def __init__(self, *command, log, env=None, cwd=None, size=(80, 24)):
        self.log = log
        self.output = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.before = termios.tcgetattr(slave)
        self._slave = slave
        spoken = {
            "BARRIERFREE_SPEECH_LOG": str(log),
            "BARRIERFREE_SPEECH_ENGINE": "silent",
            "BARRIERFREE_AUDIO": "null",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={**os.environ, **spoken, **(env or {})},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)
        os.close(self._slave)

    @property
    def settings_restored(self):
        """Whether the terminal is set as it was before the program ran."""
        return termios.tcgetattr(self._slave) == self.before

    def read(self, seconds=0.05):
        """Take what the program writes, so that it never has to wait for us."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self._master], [], [], left)[0]:
                return
            with suppress(OSError):
                self.output += os.read(self._master, 65536)

    def type(self, keys: bytes):
        os.write(self._master, keys)

    def lines(self):
        """What has been said so far."""
        if not self.log.exists():
            return []
        return [json.loads(line)["text"] for line in self.log.read_text(encoding="utf-8").splitlines()]

    def wait_for(self, text, seconds=20.0, after=0):
        """Wait until something with this text in it was said; returns the number of lines up to it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read()
            for at, line in enumerate(self.lines()):
                if at >= after and text in line:
                    return at + 1
            if self.process.poll() is not None:
                break
        raise AssertionError(
            f"{text!r} was not said; instead: {self.lines()[after:]}\n{self.output[-2000:]!r}"
        )

    def wait(self, seconds=20.0):
        """Wait for the end of the program; its exit status."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read()
        self.read()
        return self.process.wait(0.1)
