"""Who speaks when, from the sound of the voices; hides clustering. Guesses, and says how sure it is.

Every segment comes with a vector that describes its voice. Segments whose vectors point the same way are
one speaker. How many people speak is not asked: groups are joined while they are more alike than two
people usually are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from barrierfree.errors import EngineNotInstalled
from barrierfree.transcription.transcript import Segment
from barrierfree.wording import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

__all__ = ["labelled"]

_ALIKE = 0.8
"""Mean likeness above which two groups are one speaker; see docs/decisions."""
_OF_ONE_VOICE = ((1.0, 0.71), (1.5, 0.75), (2.0, 0.79), (3.0, 0.86), (5.0, 0.90))
"""Seconds of speech, and the mean cosine of two such pieces by one person: what "alike" is measured by."""
_STRANGERS = 0.48
"""Mean cosine of two people."""
_LEAST_SPEECH = 2.0
"""Seconds. Who says less in a whole recording is not counted as a speaker of his own."""
_LONG_ENOUGH = 1.6
"""Seconds of speech that describe a voice well: the network was trained on pieces of this length."""
_MOST_COMPARED = 800
"""The longest segments decide who there is; the time of comparing them all grows with their square."""
_BORROWED = 0.2
"""Confidence of a label taken from the neighbour."""


def labelled(
    segments: Sequence[Segment],
    vectors: Sequence[tuple[float, ...] | None],
    *,
    alike: float = _ALIKE,
) -> list[Segment]:
    """The segments with ``speaker`` ("Speaker 1", in order of appearance) and ``speaker_confidence``.

    Args:
        segments: All of a recording, in order of time.
        vectors: For each segment its voice, all of the same length; None where there is too little
            sound. Such a segment gets the label of its nearest neighbour, with a low confidence.
        alike: Mean cosine, -1 to 1, above which two groups of segments are the same person.

    Raises:
        ValueError: Not one vector for each segment, or vectors of different lengths.
        EngineNotInstalled: numpy is missing.
    """
    if len(segments) != len(vectors):
        raise ValueError(f"{len(segments)} segments need as many vectors, not {len(vectors)}")
    known = [at for at, vector in enumerate(vectors) if vector is not None and any(vector)]
    if not known:
        return list(segments)
    voices = _unit([vectors[at] for at in known])
    seconds = [segments[at].end - segments[at].start for at in known]
    groups, sureness = _assigned(voices, seconds, alike)
    found = {at: (group, sure) for at, group, sure in zip(known, groups, sureness, strict=True)}
    return _in_order_of_appearance(segments, found)


def _numpy() -> Any:
    try:
        import numpy as np
    except ImportError as error:
        raise EngineNotInstalled(
            _("Speakers cannot be told apart: the package numpy is missing."),
            hint=_("Install it with: pip install 'barrierfree[whisper]'"),
        ) from error
    return np


def _unit(vectors: Sequence[tuple[float, ...] | None]) -> Matrix:
    """The vectors as rows of length one."""
    np = _numpy()
    lengths = {len(vector) for vector in vectors if vector}
    if len(lengths) != 1:
        raise ValueError("voices of different engines cannot be compared")
    rows: Matrix = np.array(vectors, dtype=np.float64)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def _assigned(voices: Matrix, seconds: Sequence[float], alike: float) -> tuple[list[int], list[float]]:
    """For each voice the number of its group, and how sure that is (0 to 1)."""
    np = _numpy()
    longest = sorted(range(len(seconds)), key=lambda at: (-seconds[at], at))[:_MOST_COMPARED]
    compared = sorted(longest)
    groups = [[compared[at] for at in group] for group in _grouped(voices, seconds, compared, alike)]
    spoken = [sum(seconds[at] for at in group) for group in groups]
    counted = [group for group, length in zip(groups, spoken, strict=True) if length >= _LEAST_SPEECH]
    centres = np.array([voices[group].mean(axis=0) for group in counted or groups[:1]])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    nearness = voices @ centres.T
    return nearness.argmax(axis=1).tolist(), _sureness(nearness, seconds)


def _grouped(
    voices: Matrix, seconds: Sequence[float], compared: Sequence[int], alike: float
) -> list[list[int]]:
    """Average-linkage clustering: the two groups that are most alike are joined, again and again.

    Lance & Williams (1967): the likeness to a joined group is the mean of the likenesses to its parts,
    weighted by their sizes. Short pieces are never very alike, even of one person, so every likeness is
    taken relative to what one person reaches at these lengths.
    """
    np = _numpy()
    expected = np.sqrt(np.interp([seconds[at] for at in compared], *zip(*_OF_ONE_VOICE, strict=True)))
    rows = voices[list(compared)] / expected[:, None]
    likeness = rows @ rows.T
    np.fill_diagonal(likeness, -np.inf)
    groups = [[at] for at in range(len(rows))]
    while True:
        one, other = divmod(int(likeness.argmax()), len(rows))
        if not likeness[one, other] >= alike:
            return sorted((group for group in groups if group), key=len, reverse=True)
        sizes = len(groups[one]), len(groups[other])
        joined = (likeness[one] * sizes[0] + likeness[other] * sizes[1]) / sum(sizes)
        joined[[one, other]] = -np.inf
        likeness[one], likeness[:, one] = joined, joined
        likeness[other], likeness[:, other] = -np.inf, -np.inf
        groups[one] += groups[other]
        groups[other] = []


def _sureness(nearness: Matrix, seconds: Sequence[float]) -> list[float]:
    """How much nearer each voice is to its own group than to the next, as in a silhouette; 0 to 1.

    Short segments describe a voice badly, so what they say counts less. A stranger is
    always there as a next one.
    """
    np = _numpy()
    distances = np.sort(1 - nearness, axis=1)
    own = distances[:, 0]
    other = np.minimum(distances[:, 1] if distances.shape[1] > 1 else np.inf, 1 - _STRANGERS)
    margin = np.clip((other - own) / np.maximum(other, 1e-9), 0, 1)
    trust = np.minimum(1, np.array(seconds) / _LONG_ENOUGH)
    return [round(float(sure), 3) for sure in margin * trust]


def _in_order_of_appearance(
    segments: Sequence[Segment], found: dict[int, tuple[int, float]]
) -> list[Segment]:
    numbers: dict[int, int] = {}
    result: list[Segment] = []
    for at, segment in enumerate(segments):
        nearest = (
            at if at in found else min(found, key=lambda other: (_apart(segments[other], segment), other))
        )
        group, sure = found[nearest]
        number = numbers.setdefault(group, len(numbers) + 1)
        result.append(
            replace(
                segment,
                speaker=_("Speaker {number}").format(number=number),
                speaker_confidence=sure if nearest == at else min(sure, _BORROWED),
            )
        )
    return result


def _apart(one: Segment, other: Segment) -> float:
    """Seconds between two segments."""
    return max(one.start - other.end, other.start - one.end)
