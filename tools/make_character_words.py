# ruff: noqa: INP001, T201
"""Make the table of words that tell Chinese characters apart: 行 is "银行的行".

    pip download --no-deps --no-binary :all: jieba==0.42.1
    python tools/make_character_words.py jieba-0.42.1.tar.gz

For each character the commonest word of two characters with it; of three or four where there is none.
The words and how common they are come from the dictionary of jieba 0.42.1 (MIT licence, Sun Junyi). The
result is shipped as src/barrierfree/speech/pronunciation/characters.tsv.gz, with the licence in its
first lines.
"""

from __future__ import annotations

import gzip
import sys
import tarfile
from pathlib import Path

RESULT = Path(__file__).parent.parent / "src/barrierfree/speech/pronunciation/characters.tsv.gz"
NOTE = """\
# The commonest word with each Chinese character, made by tools/make_character_words.py from the dictionary
# of jieba 0.42.1. Copyright (c) 2013 Sun Junyi. MIT License: permission is hereby granted, free of charge,
# to any person obtaining a copy of this software and associated documentation files (the "Software"), to
# deal in the Software without restriction, including without limitation the rights to use, copy, modify,
# merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom
# the Software is furnished to do so, subject to the following conditions: The above copyright notice and
# this permission notice shall be included in all copies or substantial portions of the Software. THE
# SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
# TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT
# SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN
# ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE
# OR OTHER DEALINGS IN THE SOFTWARE.
"""
NAMES = ("nr", "nrt", "nrfg")
"""How the dictionary marks names of people, which are known only to those who know them."""
LONGEST = 4
PAIR = 2
CHOSEN = {
    "的": "目的", "了": "了解", "是": "是非", "一": "一二三", "不": "不要", "我": "我们", "你": "你们",
    "他": "他们", "她": "她们", "它": "它们", "们": "我们", "着": "看着", "和": "和平", "在": "现在",
    "有": "没有", "个": "个人", "这": "这里", "那": "那里", "行": "银行", "长": "长短", "重": "重要",
    "乐": "快乐", "都": "首都", "得": "得到", "地": "土地", "还": "还有", "为": "因为", "好": "好人",
    "大": "大小", "小": "大小", "零": "零钱", "二": "一二三", "三": "一二三", "四": "四季", "五": "五月",
    "六": "六月", "七": "七月", "八": "八月", "九": "九月", "十": "十月", "百": "百年", "千": "千万",
    "万": "千万", "亿": "亿万", "两": "两个", "尸": "行尸走肉", "屁": "马屁", "茎": "根茎", "淫": "淫雨",
    "妓": "歌妓",
}  # fmt: skip
"""Where the commonest word is no word alone, or nothing to spell with."""


def words(archive: Path) -> list[tuple[int, str]]:
    """The words worth spelling with, the commonest first."""
    with tarfile.open(archive) as tar:
        file = next(member for member in tar.getmembers() if member.name.endswith("jieba/dict.txt"))
        read = tar.extractfile(file)
        assert read
        lines = read.read().decode("utf-8").splitlines()
    found = []
    for line in lines:
        word, count, tag = line.split(" ")
        if (
            PAIR <= len(word) <= LONGEST
            and tag not in NAMES
            and all("\u3400" <= sign <= "\u9fff" for sign in word)
        ):
            found.append((int(count), word))
    return sorted(found, key=lambda one: (len(one[1]) > PAIR, -one[0], one[1]))


def main() -> None:
    """Write the table."""
    best = dict(CHOSEN)
    for _count, word in words(Path(sys.argv[1])):
        for character in word:
            best.setdefault(character, word)
    table = NOTE + "".join(f"{character}\t{word}\n" for character, word in sorted(best.items()))
    RESULT.write_bytes(gzip.compress(table.encode("utf-8"), 9, mtime=0))
    print(f"{len(best)} characters, {RESULT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
