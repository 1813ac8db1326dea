"""Ten minutes of Korean with Vosk: ours beside ``vosk-transcriber`` and the same model.

    python benchmarks/vosk_recording.py [MINUTES] [--rounds N]

The peer needs the program ffmpeg. To reach: 1.7 times its speed on two cores, character error rate no worse,
memory at most 1.1 times.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measuring import best, in_turn, table
from recordings import clips, long_recording, model
from scoring import error_rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=10.0)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    folder = str(model("vosk-small-ko-0.22"))
    with tempfile.TemporaryDirectory() as temporary:
        recording, out = Path(temporary) / "long.wav", Path(temporary) / "peer.txt"
        said = long_recording(recording, clips("ko"), asked.minutes * 60)
        ours = [sys.executable, "-m", "barrierfree", "transcribe", str(recording), "-q", "--restart"]
        peer = [str(Path(sys.executable).with_name("vosk-transcriber")), "-m", folder]
        commands = {
            "barrierfree": [*ours, "-e", "vosk", "-m", folder, "-l", "ko"],
            "vosk-transcriber": [
                *peer,
                "-i",
                str(recording),
                "-t",
                "txt",
                "-o",
                str(out),
                "--log-level",
                "ERROR",
            ],
        }
        costs = {name: best(runs) for name, runs in in_turn(commands, asked.rounds).items()}
        heard = {
            "barrierfree": costs["barrierfree"].output,
            "vosk-transcriber": out.read_text(encoding="utf-8"),
        }
    rows = {
        name: {
            "seconds": f"{cost.seconds:.1f}",
            "peak MB": f"{cost.megabytes:.0f}",
            "CER %": f"{error_rate([(said, heard[name])], 'ko'):.2f}",
        }
        for name, cost in costs.items()
    }
    table(rows)
    ours_cost, peer_cost = costs["barrierfree"], costs["vosk-transcriber"]
    print(f"\nspeed ratio: {peer_cost.seconds / ours_cost.seconds:.2f}, ", end="")
    print(f"memory ratio: {ours_cost.megabytes / peer_cost.megabytes:.2f}")


if __name__ == "__main__":
    main()
