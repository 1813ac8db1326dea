"""Sentences of a text that is still being written, as soon as they can be told; hides bytes and waiting.

Where a sentence ends is sure only when the next one begins. So that nobody waits for the last line of a log,
what has arrived is taken for whole when nothing follows it for a while: soon after the end of a line or a
sentence, later in the middle of one.
"""

from __future__ import annotations

import codecs
import os
import threading
from collections.abc import Iterator
from queue import Empty, Queue
from typing import Final

from barrierfree.speech.sentences import SentenceSplitter

__all__ = ["arriving_sentences"]

_READ: Final = 1 << 16
_CHUNKS: Final = 8
"""Chunks read ahead; then whoever writes has to wait."""
_SOON: Final = 0.25
_LATER: Final = 2.0
"""Seconds without more after which a line, or anything, is taken for whole."""
_ENDS: Final = tuple("\n\r.!?…。！？:：;；")


def arriving_sentences(descriptor: int) -> Iterator[str]:
    """The sentences read from a descriptor, until it ends; bytes that are no UTF-8 become U+FFFD."""
    chunks: Queue[bytes | None] = Queue(_CHUNKS)
    threading.Thread(target=_read, args=(descriptor, chunks), name="text-reader", daemon=True).start()
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    splitter = SentenceSplitter()
    waited, is_whole = 0.0, True
    while True:
        try:
            # Short naps, because on Windows a wait cannot be interrupted.
            chunk = chunks.get(timeout=_SOON)
        except Empty:
            waited += _SOON
            if waited in (_SOON, _LATER):
                sentences = splitter.finish()
                unsure = sentences.pop() if sentences and waited < _LATER and not is_whole else ""
                yield from _said(sentences + splitter.feed(unsure))
            continue
        if chunk is None:
            break
        text = decoder.decode(chunk)
        yield from _said(splitter.feed(text))
        waited, is_whole = 0.0, text.rstrip(" \t").endswith(_ENDS)
    yield from _said(splitter.feed(decoder.decode(b"", final=True)))
    yield from _said(splitter.finish())


def _said(sentences: list[str]) -> Iterator[str]:
    return (sentence.strip() for sentence in sentences if not sentence.isspace())


def _read(descriptor: int, chunks: Queue[bytes | None]) -> None:
    try:
        while chunk := os.read(descriptor, _READ):
            chunks.put(chunk)
    except OSError:
        pass  # a terminal that has gone: that is the end
    chunks.put(None)
