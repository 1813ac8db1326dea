"""Many short clips in one call: ours beside faster-whisper in a loop with two threads.

    python benchmarks/clips.py [--rounds N]

English with tiny.en (beam 1, as we choose), Mandarin with base (beam 5). To reach: twice its speed, word
error rate at most 5.5 % in English, character error rate at most 14 % in Mandarin.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from barrierfree import load
from measuring import best, in_turn, table
from recordings import Clip, clips, model
from scoring import error_rate

PEERS = Path(__file__).with_name("peers.py")
SETS = {"en": ("whisper-tiny.en", "1"), "zh": ("whisper-base", "5")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    rows: dict[str, dict[str, str]] = {}
    totals = {"barrierfree": 0.0, "faster-whisper": 0.0}
    for language in SETS:
        _compare(language, asked.rounds, rows, totals)
    table(rows)
    print(f"\nspeed ratio, both languages: {totals['faster-whisper'] / totals['barrierfree']:.2f}")


def _compare(language: str, rounds: int, rows: dict[str, dict[str, str]], totals: dict[str, float]) -> None:
    name, beam = SETS[language]
    folder = str(model(name))
    wanted = clips(language)
    files = [str(clip.path) for clip in wanted]
    with tempfile.TemporaryDirectory() as out:
        ours = [sys.executable, "-m", "barrierfree", "transcribe", *files, "-o", out, "-f", "json", "-q"]
        ours += ["--restart", "-e", "whisper", "-m", folder, "-l", language]
        peer = [sys.executable, str(PEERS), "faster-whisper", folder, language, beam, *files]
        runs = in_turn({"barrierfree": ours, "faster-whisper": peer}, rounds)
        heard = {
            "barrierfree": [load(Path(out) / f"{clip.path.stem}.json").text for clip in wanted],
            "faster-whisper": _by_file(runs["faster-whisper"][0].output),
        }
    for peer_name, costs in runs.items():
        cost = best(costs)
        totals[peer_name] += cost.seconds
        rows[f"{peer_name}, {language} ({len(files)} clips)"] = {
            "seconds": f"{cost.seconds:.1f}",
            "peak MB": f"{cost.megabytes:.0f}",
            "error %, all": f"{_errors(wanted, heard[peer_name], language):.2f}",
            "error %, real": f"{_errors(wanted, heard[peer_name], language, only='real'):.2f}",
        }


def _by_file(output: str) -> list[str]:
    """What was heard in each file; the line that begins with a tab ends it."""
    heard = [""]
    for line in output.splitlines():
        if line.startswith("\t"):
            heard.append("")
        else:
            heard[-1] += f"{line}\n"
    return heard[:-1]


def _errors(wanted: list[Clip], heard: list[str], language: str, only: str = "") -> float:
    pairs = zip(wanted, heard, strict=True)
    return error_rate([(clip.text, text) for clip, text in pairs if only in ("", clip.kind)], language)


if __name__ == "__main__":
    main()
