"""Voice engines that do what engines do: print, exit, crash, hang. Loaded in voice processes only."""

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path

from barrierfree.errors import EngineNotInstalled, ModelDamaged
from barrierfree.speech.engines.silent import SilentSynthesizer
from barrierfree.speech.synthesizer import Sound, SynthesizerCapabilities

FLAG = "BARRIERFREE_TEST_FLAG"


def first_time():
    """True once: whatever happens to this process, the next one gets False."""
    try:
        Path(os.environ[FLAG]).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


class Printing(SilentSynthesizer):
    def __init__(self):
        self.noise()

    def synthesize(self, spoken, emit):
        self.noise()
        super().synthesize(spoken, emit)
        self.noise()

    def noise(self):
        print("printed by Python")
        sys.stdout.flush()
        os.write(1, b"written to the descriptor\n")
        subprocess.run(["/bin/echo", "from a program"], check=True)


class Exiting(SilentSynthesizer):
    def synthesize(self, spoken, emit):
        if "exit" in spoken.text:
            os._exit(1)
        super().synthesize(spoken, emit)


class Crashing(SilentSynthesizer):
    def synthesize(self, spoken, emit):
        if "crash" in spoken.text:
            ctypes.string_at(0)
        super().synthesize(spoken, emit)


class Raising(SilentSynthesizer):
    def synthesize(self, spoken, emit):
        if "raise" in spoken.text:
            raise ValueError("of all things")
        if "damaged" in spoken.text:
            raise ModelDamaged("It is damaged.", hint="Mend it.")
        super().synthesize(spoken, emit)


class Hanging(SilentSynthesizer):
    def synthesize(self, spoken, emit):
        if "hang" in spoken.text:
            time.sleep(1000)
        if "seize" in spoken.text:
            ctypes.PyDLL(None).sleep(1000)  # with the interpreter's lock held
        super().synthesize(spoken, emit)


class Unsteady(SilentSynthesizer):
    """Dies once in the middle, and its sound is never the same."""

    capabilities = SynthesizerCapabilities(marks=True, rate=True, pitch=True, volume=True, automatic=False)

    def synthesize(self, spoken, emit):
        fatal = first_time()
        count = 0

        def listen(made):
            nonlocal count
            count += 1
            if fatal and count > 60:
                time.sleep(0.05)  # what has been made is on its way
                os._exit(3)
            return emit(made)

        super().synthesize(spoken, listen)


class Endless(SilentSynthesizer):
    def synthesize(self, spoken, emit):
        while emit(Sound(bytes(640))):
            pass


class NotInstalled(SilentSynthesizer):
    def __init__(self):
        if first_time():
            raise EngineNotInstalled("It is not there.", hint="Install it.")


class CrashingAtTheStart(SilentSynthesizer):
    def __init__(self):
        sys.stderr.write("something is very wrong\n")
        sys.stderr.flush()
        os.abort()


class HangingAtTheStart(SilentSynthesizer):
    def __init__(self):
        time.sleep(1000)


class DyingIdle(SilentSynthesizer):
    """Serves one request, and dies a moment after it."""

    def synthesize(self, spoken, emit):
        super().synthesize(spoken, emit)
        if os.fork() == 0:
            time.sleep(0.05)
            os.kill(os.getppid(), 9)
            os._exit(0)
