"""One long mp3, English, tiny.en, word times, all cores: ours beside faster-whisper's own ``transcribe()``.

    python benchmarks/long_recording.py [HOURS] [--ours-only] [--rounds N]

To reach (1 h, two cores): 1.8 times its speed, first text within 1.5 s, 550 MB, word error rate within 0.3
points; 8 h within 10 % of the memory of 1 h (--ours-only).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measuring import best, in_turn, table
from recordings import clips, long_recording, model
from scoring import error_rate

PEERS = Path(__file__).with_name("peers.py")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hours", type=float, nargs="?", default=1.0)
    parser.add_argument("--ours-only", action="store_true")
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    folder = str(model("whisper-tiny.en"))
    with tempfile.TemporaryDirectory() as temporary:
        recording = Path(temporary) / "long.mp3"
        parts = [clip for clip in clips("en") if clip.kind == "real"]
        said = long_recording(recording, parts, asked.hours * 3600)
        ours = [sys.executable, "-m", "barrierfree", "transcribe", str(recording)]
        ours += ["-q", "--restart", "-e", "whisper", "-m", folder, "-l", "en"]
        commands = {"barrierfree": ours}
        if not asked.ours_only:
            peer = [sys.executable, str(PEERS), "faster-whisper", folder, "en", "1", str(recording)]
            commands["faster-whisper"] = peer
        costs = {name: best(runs) for name, runs in in_turn(commands, asked.rounds).items()}
    rows = {}
    for name, cost in costs.items():
        heard = "\n".join(line for line in cost.output.splitlines() if not line.startswith("\t"))
        rows[name] = {
            "seconds": f"{cost.seconds:.1f}",
            "first text (s)": f"{cost.first:.2f}",
            "peak MB": f"{cost.megabytes:.0f}",
            "WER %": f"{error_rate([(said, heard)], 'en'):.2f}",
        }
    table(rows)
    if len(costs) > 1:
        print(f"\nspeed ratio: {costs['faster-whisper'].seconds / costs['barrierfree'].seconds:.2f}")


if __name__ == "__main__":
    main()
