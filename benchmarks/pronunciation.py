"""How fast written text becomes spoken words, in megabytes (UTF-8) a second.

    python benchmarks/pronunciation.py [MEGABYTES]

Four texts: English prose, Chinese prose, both in turn, and one that is dense with numbers, prices,
addresses and changes of script. Then one line of the same sign or pair of signs over and over, where a
careless pattern takes for ever. What has to be reached on mixed text: 1 MB/s. Seconds are of this process,
so that what else runs on the machine counts for little. Where the package wetext is installed, its Chinese
normaliser reads the dense text's sentences beside it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable

from barrierfree.speech.pronunciation import Reading, spoken
from barrierfree.speech.sentences import sentences

_ENGLISH = (
    "And so, my fellow Americans, ask not what your country can do for you; ask what you can do for your "
    "country. The quick brown fox jumps over the lazy dog because it was very hungry, and nobody had fed it "
    "since Mr. Smith went to New York. He said that the price was 5 million dollars, which is more than "
    "anyone in the village could possibly pay for a second-hand tractor. Really? Yes. I think so.\n"
)
_CHINESE = (
    "今天我们讨论的是如何让每一位老人都能够在家里听见孩子的声音，因为很多老年人的听力已经不如从前了。"
    "他说“你好”，然后打开了手机，花了8000多元。真的吗？是的。2026年，这座城市的人口超过了1200万。\n"
)
_DENSE = (
    "会议定于2026年11月25日10:30开始，地点在3楼301室，费用为￥1,234.56，比去年涨了12.5%。"
    '请按 OK 按钮打开 readme.txt，然后输入 git commit -m "fix" 命令。'
    "The meeting is at 10:30 on 2026-11-25 in room 305, and it costs $1,234.56; see "
    "https://example.com/help?id=5 or write to help@example.com. 电话13800138000，气温-3°C，v2.10.3 👍。\n"
)
_LINES = ("1", "a", "中", "(", "😀", "e\u0301", "a.", " ", "中1", "=-", "½", "\x1b[", "a@", "http://a.bc/d ")


def megabytes(text: str) -> float:
    return len(text.encode()) / 1e6


def seconds(work: Callable[[], Iterable[object]]) -> float:
    """The best of three, in seconds of this process."""
    best = float("inf")
    for _time in range(3):
        began = time.process_time()
        for _one in work():
            pass
        best = min(best, time.process_time() - began)
    return best


def report(name: str, text: str, language: str, punctuation: str = "some") -> None:
    reading = Reading(language=language, punctuation=punctuation)  # type: ignore[arg-type]
    took = seconds(lambda: spoken(text, reading))
    speed = megabytes(text) / took
    print(f"{name:28} {megabytes(text):5.2f} MB  {took:6.2f} s  {speed:6.2f} MB/s")


def report_peer(text: str) -> None:
    try:
        from wetext import Normalizer
    except ImportError:
        print("wetext is not installed: no peer in this run")
        return
    normalizer = Normalizer(lang="zh", operator="tn")
    cut = [text[start:end] for start, end in sentences(text)][:300]
    part = "".join(cut)
    took = seconds(lambda: (normalizer.normalize(sentence) for sentence in cut))
    speed = megabytes(part) / took
    print(f"{'peer: wetext, dense':28} {megabytes(part):5.2f} MB  {took:6.2f} s  {speed:6.2f} MB/s")


def main() -> None:
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    texts = {
        "English prose": (_ENGLISH, "en"),
        "Chinese prose": (_CHINESE, "zh"),
        "mixed": (_ENGLISH + _CHINESE * 2, "zh"),
        "dense with numbers": (_DENSE, "zh"),
    }
    for name, (piece, language) in texts.items():
        report(name, piece * max(1, round(size / megabytes(piece))), language)
    report_peer(_DENSE * 100)
    for unit in _LINES:
        report(f"one line of {unit!a}", unit * (250_000 // len(unit)), "zh", "all")


if __name__ == "__main__":
    main()
