"""A vector for the sound of a voice; hides a neural network that runs on numpy alone.

The network is GE2E (Wan, Wang, Papir & Lopez Moreno, "Generalized end-to-end loss for speaker
verification", 2018) with the weights of Resemblyzer (Apache-2.0): three LSTM layers over 40 mel bands.
Two vectors of one person point the same way. The model is a folder with the file ``pretrained.pt``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from barrierfree.audio import SAMPLE_RATE, AudioBlock
from barrierfree.errors import EngineNotInstalled, ModelDamaged
from barrierfree.transcription.torch_weights import read_weights
from barrierfree.transcription.transcript import Segment
from barrierfree.wording import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

__all__ = ["VoiceVectors"]

_FILE = "pretrained.pt"
_LAYERS = 3
_CELLS = 256
_BANDS = 40
_SHAPES = {
    "linear.weight": (_CELLS, _CELLS),
    "linear.bias": (_CELLS,),
    **{f"lstm.weight_hh_l{layer}": (4 * _CELLS, _CELLS) for layer in range(_LAYERS)},
    **{f"lstm.weight_ih_l{layer}": (4 * _CELLS, _CELLS if layer else _BANDS) for layer in range(_LAYERS)},
    **{f"lstm.bias_{side}_l{layer}": (4 * _CELLS,) for layer in range(_LAYERS) for side in ("ih", "hh")},
}
_WINDOW = 400
"""Samples: 25 ms, as in training."""
_HOP = 160
"""Samples: 10 ms."""
_PIECE = 160
"""Frames: the network was trained on pieces of 1.6 s."""
_STEP = 80
_MOST_PIECES = 12
"""Of a long segment so many pieces, spread evenly: about 10 s say all there is to know about a voice."""
_LEAST_SPEECH = 0.6
"""Seconds."""
_SILENCE = 1e-3
"""Power of a silent frame, relative to that of a loud one (-30 dB)."""
_LOUDNESS = 10 ** (-26 / 20)
"""Root mean square that speech is brought to (-26 dB of full scale): bands are not logarithms, so a voice
would otherwise depend on the distance to the microphone."""


class VoiceVectors:
    """Turns speech into voice vectors; safe to use from several threads.

    Args:
        folder: Holds ``pretrained.pt``.

    Raises:
        ModelDamaged: The file is missing, or is not what it should be.
        EngineNotInstalled: numpy is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._np = _numpy()
        try:
            weights = read_weights(folder / _FILE, _SHAPES)
        except (OSError, ValueError) as error:
            raise ModelDamaged(
                _("The voice model in {folder} cannot be loaded: {error}").format(folder=folder, error=error),
                hint=_("Check it with: barrierfree models verify {name}").format(name=folder.name),
            ) from error
        self._layers = [
            (
                weights[f"lstm.weight_ih_l{layer}"].T.copy(),
                weights[f"lstm.weight_hh_l{layer}"].T.copy(),
                weights[f"lstm.bias_ih_l{layer}"] + weights[f"lstm.bias_hh_l{layer}"],
            )
            for layer in range(_LAYERS)
        ]
        self._last = weights["linear.weight"].T.copy(), weights["linear.bias"]
        self._filters = _mel_filters(self._np)
        self._window = 0.5 - 0.5 * self._np.cos(2 * self._np.pi * self._np.arange(_WINDOW) / _WINDOW)

    def of(self, samples: bytes) -> tuple[float, ...] | None:
        """The voice in a piece of speech: 256 numbers, of length one.

        Args:
            samples: 16-bit mono at 16 kHz, in the byte order of AudioBlock.

        Returns:
            None when there is less than 0.6 seconds of sound that is not silence.
        """
        np = self._np
        frames = self._loud_frames(np.frombuffer(samples, np.int16).astype(np.float32) / 32768)
        if len(frames) * _HOP < _LEAST_SPEECH * SAMPLE_RATE:
            return None
        mean = self._through_network(_pieces(np, frames)).mean(axis=0)
        length = float(np.linalg.norm(mean))
        return tuple(float(number) for number in mean / length) if length > 0 else None

    def of_each(self, segments: Iterable[Segment], sound: AudioBlock) -> tuple[tuple[float, ...] | None, ...]:
        """The voice of each segment; the sound is the piece of the recording that they were heard in."""
        spans = (
            slice(
                *(2 * max(0, round(at * sound.rate) - sound.position) for at in (segment.start, segment.end))
            )
            for segment in segments
        )
        return tuple(self.of(sound.samples[span]) for span in spans)

    def _loud_frames(self, sound: Numbers) -> Numbers:
        """Mel bands of every 10 ms that are not silent: power, not its logarithm, as in training."""
        np = self._np
        if len(sound) < _WINDOW:
            return np.empty((0, _BANDS), np.float32)  # type: ignore[no-any-return]  # numpy is imported late
        framed = np.lib.stride_tricks.sliding_window_view(np.pad(sound, _WINDOW // 2), _WINDOW)[::_HOP]
        power = (framed**2).mean(axis=1)
        loud = power > max(_SILENCE * float(np.quantile(power, 0.95)), 1e-9)
        heard = framed[loud]
        if not len(heard):
            return np.empty((0, _BANDS), np.float32)  # type: ignore[no-any-return]  # numpy is imported late
        gain = _LOUDNESS / float(np.sqrt(power[loud].mean()))
        spectrum = np.abs(np.fft.rfft(heard * self._window, axis=1)) ** 2
        bands: Numbers = (gain**2 * spectrum @ self._filters.T).astype(np.float32)
        return bands

    def _through_network(self, pieces: Numbers) -> Numbers:
        """A vector for each piece (pieces × frames × bands)."""
        np = self._np
        layer_in = pieces.transpose(1, 0, 2)
        halves = np.repeat(np.array([0.5, 0.5, 1, 0.5], np.float32), _CELLS)
        for weights_in, weights_back, bias in self._layers:
            gates = layer_in @ weights_in + bias
            state = np.zeros((pieces.shape[0], _CELLS), np.float32)
            cell = state.copy()
            layer_out = np.empty((len(gates), *state.shape), np.float32)
            for at, gate in enumerate(gates):
                # Four gates in one go: a logistic curve is a tanh of half the width, and never overflows.
                curve = np.tanh(halves * (gate + state @ weights_back))
                taken, kept, _new, shown = np.split(0.5 + 0.5 * curve, 4, axis=1)
                cell = kept * cell + taken * curve[:, 2 * _CELLS : 3 * _CELLS]
                state = shown * np.tanh(cell)
                layer_out[at] = state
            layer_in = layer_out
        weights, bias = self._last
        vectors: Numbers = np.maximum(0, layer_in[-1] @ weights + bias)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return vectors


def _numpy() -> Any:
    try:
        import numpy as np
    except ImportError as error:
        raise EngineNotInstalled(
            _("Voices cannot be told apart: the package numpy is missing."),
            hint=_("Install it with: pip install 'barrierfree[whisper]'"),
        ) from error
    return np


def _pieces(np: Any, frames: Numbers) -> Numbers:
    """The frames in overlapping pieces of 1.6 s; speech that is shorter is one piece, as long as it is."""
    if len(frames) <= _PIECE:
        return frames[None]
    count = min(_MOST_PIECES, 1 + -(-(len(frames) - _PIECE) // _STEP))
    starts = np.linspace(0, len(frames) - _PIECE, count).astype(int)
    pieces: Numbers = np.stack([frames[start : start + _PIECE] for start in starts])
    return pieces


def _mel_filters(np: Any) -> Numbers:
    """Triangles over the spectrum, each of the same area: Slaney's mel scale ("Auditory Toolbox", 1998).

    Linear to 1000 Hz (200/3 Hz a step), logarithmic above (27 steps for a factor of 6.4).
    """
    linear, knee, ratio = 200 / 3, 1000.0, np.log(6.4) / 27
    highest = knee / linear + np.log(SAMPLE_RATE / 2 / knee) / ratio
    steps = np.linspace(0, highest, _BANDS + 2)
    edges = np.where(steps < knee / linear, steps * linear, knee * np.exp(ratio * (steps - knee / linear)))
    bins = np.linspace(0, SAMPLE_RATE / 2, _WINDOW // 2 + 1)
    rising = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    triangles = np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))[:, None]
    filters: Numbers = triangles.astype(np.float32)
    return filters
