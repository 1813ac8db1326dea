"""A page and data for every recording of a folder, on every core: transcribe_folder.py FOLDER [ENGINE]."""

import sys
from pathlib import Path

import barrierfree as bf


def main(folder: str, engine: str = "auto") -> int:
    recordings = sorted(path for path in Path(folder).iterdir() if path.suffix in {".mp3", ".wav", ".mp4"})
    failed = 0
    # For a cluster: executor=distributed.Client("tcp://10.0.0.1:8786").get_executor()
    for outcome in bf.transcribe_many(recordings, engine=engine):
        if outcome.transcript:
            for ending in (".html", ".json"):
                print("Written:", bf.save(outcome.transcript, Path(outcome.path).with_suffix(ending)))
        else:
            failed += 1
            print(outcome.error, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
