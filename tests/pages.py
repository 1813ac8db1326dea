"""Transcripts to make pages from, harmless and hostile, and a real Chromium to open them in."""

import shutil
from contextlib import contextmanager

from barrierfree.transcription.transcript import Damage, Segment, Transcript, Word, join_words
from barrierfree.transcription.writers import write
from tests.conftest import EXAMPLES, missing

FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]

ENGLISH = """
0 Hello, .38 | .68 and .82 | .82 welcome. 1.22 | 1.96 This 2.2 | 2.2 recording 2.56 | 2.56 was 2.84 \
| 2.84 made 3.02 | 3.02 to 3.22 | 3.22 try 3.46 | 3.46 out 3.72 | 3.72 barrierfree. 4.52
5.2 Our 5.38 | 5.38 next 5.66 | 5.66 meeting 5.94 | 5.94 is 6.18 | 6.18 on 6.32 | 6.32 Tuesday, 6.68 \
| 7.02 at 7.14 | 7.14 half 7.4 | 7.4 past 7.68 | 7.68 nine, 8.2 | 8.32 in 8.38 | 8.38 the 8.48 \
| 8.48 library. 8.84
9.68 If 9.9 | 9.9 you 10.08 | 10.08 cannot 10.3 | 10.3 hear 10.58 | 10.58 well, 10.92 | 11.06 you 11.22 \
| 11.22 can 11.44 | 11.44 read 11.6 | 11.6 along. 12.04 | 12.64 Thank 12.86 | 12.86 you 13.02 \
| 13.02 for 13.18 | 13.18 listening. 13.5
"""
"""What examples/hello-en.wav says: one paragraph a line, each word between its times."""
MANDARIN = """
0.1 你好， .7 | .7 世界。 1.3
2.4 一 2.6 | 2.6 二三 3.1 | 3.1 四五 3.6 | 3.6 六七 4.1 | 4.1 八九十。 4.8
5.9 天地 6.4 | 6.4 玄黄， 7 | 7 宇宙 7.5 | 7.5 洪荒， 8 | 8 日月 8.5 | 8.5 盈昃， 9 | 9 ＡＢＣ。 9.8
"""
"""Near to what examples/hello-zh.wav says, with full-width letters for the search at the end."""
GUESSED = {"barrierfree.", "nine,", "盈昃，"}


def transcript(lines, language, source):
    """Speakers take turns; the second one's name is a guess."""
    segments = []
    for number, line in enumerate(lines.strip().splitlines()):
        words = []
        for part in line.split("|"):
            start, text, end = part.split()
            words.append(Word(float(start), float(end), text, 0.3 if text in GUESSED else 0.9))
        segments.append(
            Segment(
                words[0].start,
                words[-1].end,
                join_words(words),
                tuple(words),
                language,
                0.9,
                f"Speaker {number % 2 + 1}",
                0.4 if number % 2 else 0.9,
            )
        )
    return Transcript(tuple(segments), source, 13.7, language, "whisper", "tiny")


HELLO = transcript(ENGLISH, "en", "hello-en.wav")
NIHAO = transcript(MANDARIN, "zh", "hello-zh.wav")


def two_words(first, second, language):
    spoken = (Word(0.0, 0.5, first), Word(0.5, 1.0, second))
    return Transcript((Segment(0.0, 1.0, f"{first} {second}", spoken, language),), "x.wav", 1.0, language)


def crowded(turns, seconds=13.0, each=40):
    """A transcript of many paragraphs within a few seconds of sound."""
    length = seconds / turns
    segments = []
    for number in range(turns):
        start = number * length
        words = [
            Word(start + at * length / each, start + (at + 1) * length / each, f"w{number}.{at}", 0.9)
            for at in range(each)
        ]
        said = join_words(words)
        segments.append(
            Segment(start, start + length, said, tuple(words), "en", 0.9, f"Speaker {number % 2}")
        )
    return Transcript(tuple(segments), "crowd.wav", seconds, "en")


NASTY = (
    '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\' style="x" {{title}} {{texts}} '
    "<!-- ]]> &lt; \0\x08\x1b\x7f\x85 \u202eoverride\u2066 \ud800 lone \udc80 \ufeff</title></style></span>"
)


def everywhere(text):
    """A transcript with the same text wherever one can be."""
    word = Word(0.0, 1.0, f"a{text}z", 0.1)
    return Transcript(
        (
            Segment(0.0, 1.0, word.text, (word,), word.text, 0.9, word.text, 0.1),
            Segment(700.0, 701.0, word.text, (), word.text, 0.9, word.text, 0.9),
        ),
        word.text,
        701.0,
        word.text,
        word.text,
        word.text,
        (Damage(1.0, word.text),),
    )


def page_file(folder, spoken, media=None):
    """Write a page, beside it the sample recordings; the answer is the page's address."""
    for name in ("hello-en.wav", "hello-zh.wav"):
        if not (folder / name).exists():
            shutil.copy(EXAMPLES / name, folder)
    path = folder / "page.html"
    path.write_bytes(b"".join(write(spoken, "html", media=media)))
    return path.as_uri()


def until(page, expression, seconds=10):
    """Wait for an expression to be true; Playwright's own way needs what the page's policy forbids."""
    for _look in range(seconds * 50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {expression}")


@contextmanager
def chromium():
    """Debian's Chromium, headless, with a fresh profile."""
    program = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("the package playwright, which axe-playwright-python brings")
    if program is None:
        missing("Chromium: apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def now(page):
    """Times of the word that is marked as sounding."""
    return page.evaluate("document.querySelector('.now')?.dataset.t ?? null")


def focused(page):
    """What has the focus: times of a word, an id, or the kind of element."""
    return page.evaluate("(({dataset, id, tagName}) => dataset.t ?? (id || tagName))(document.activeElement)")


def status(page):
    return page.inner_text("#status")


def search(page, text):
    page.keyboard.press("/")
    page.keyboard.type(text)


def in_sight(page, element):
    """Whether it is in the window and not behind the bar."""
    return element.evaluate(
        """(element) => {
            const {left, top, right, bottom} = element.getBoundingClientRect();
            const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            return at !== null && element.contains(at);
        }"""
    )
