"""One recording to text on the screen and subtitles beside it: transcribe_file.py RECORDING [ENGINE]."""

import sys
from pathlib import Path

import barrierfree as bf


def main(recording: str, engine: str = "auto") -> None:
    segments = []
    for segment in bf.stream(recording, engine=engine):  # each comes as soon as it is recognised
        print(f"{segment.start:7.1f}  {segment.text}", flush=True)
        segments.append(segment)
    subtitles = Path(recording).with_suffix(".srt")
    print("Written:", bf.save(bf.Transcript(tuple(segments)), subtitles))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except bf.BarrierfreeError as error:
        sys.exit(f"{error.message}\n{error.hint}")
