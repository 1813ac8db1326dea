"""A PulseAudio of our own with loudspeakers that nobody hears, and ears at them."""

import array
import os
import subprocess
import threading
import time

from tests.playing import until


class SoundServer:
    """PulseAudio of our own, with one loudspeaker."""

    def __init__(self, rate):
        self.rate = rate
        self._recorders = []
        self.start()

    def start(self):
        modules = ("module-native-protocol-unix auth-anonymous=1", " ".join(self._sink("loudspeaker")))
        program = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        loading = [word for module in modules for word in ("-L", module)]
        self._process = subprocess.Popen([*program, *loading], stderr=subprocess.DEVNULL)
        until(lambda: subprocess.run(["pactl", "info"], capture_output=True).returncode == 0)

    def kill(self):
        self._process.kill()
        self._process.wait()

    def plug(self, name="loudspeaker"):
        subprocess.run(["pactl", "load-module", *self._sink(name)], check=True, capture_output=True)

    def unplug(self):
        subprocess.run(["pactl", "unload-module", "module-null-sink"], check=True)

    def listen(self, name="loudspeaker"):
        """What is heard from now on; samples without the silence around and between them."""
        recorder = Recorder(name, self.rate)
        self._recorders.append(recorder)
        return recorder

    def close(self):
        for recorder in self._recorders:
            recorder.close()
        self.kill()

    def _sink(self, name):
        # Without rewinds it works in steps of at most 50 ms, as sound cards do, and not of two seconds.
        form = (f"rate={self.rate}", "channels=1", "format=s16le", "norewinds=1")
        return ["module-null-sink", f"sink_name={name}", f"sink_properties=device.description={name}", *form]


class Recorder:
    def __init__(self, sink, rate):
        form = ["--raw", f"--rate={rate}", "--channels=1", "--format=s16ne", "--latency-msec=10"]
        self._process = subprocess.Popen(
            ["parec", "-d", f"{sink}.monitor", *form], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._sound = bytearray()
        self.heard_at = 0.0
        self._thread = threading.Thread(target=self._pull)
        self._thread.start()
        until(lambda: self._sound)

    def _pull(self):
        while sound := os.read(self._process.stdout.fileno(), 1 << 16):
            self._sound += sound
            if any(sound):
                self.heard_at = time.monotonic()

    @property
    def samples(self):
        return array.array("h", bytes(self._sound[: len(self._sound) // 2 * 2]))

    @property
    def heard(self):
        return [sample for sample in self.samples if sample]

    def close(self):
        self._process.terminate()
        self._process.wait()
        self._thread.join()
        self._process.stdout.close()
