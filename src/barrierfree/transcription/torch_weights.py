"""Numbers out of a PyTorch checkpoint, without PyTorch and without running what the file says.

A checkpoint is a pickle, and a pickle can call anything. Here it can build dictionaries and refer to
arrays of 32-bit numbers; whatever else it asks for is refused. The format is the one of PyTorch before
1.6 (``torch/serialization.py``, ``_legacy_load``): magic number, version and system as pickles, then the
object with its arrays left out, the list of their keys, and the arrays, each a 64-bit count and its data.
"""

from __future__ import annotations

import pickle
import struct
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = dict[str, NDArray[np.float32]]

__all__ = ["read_weights"]

_MAGIC = 0x1950A86A20F9469CFC6C
_VERSION = 1001
_LARGEST = 64 * 2**20
"""Bytes. The checkpoints read here are 17 MB; a file may not ask for more memory than that order."""
_FLOATS = "32-bit numbers"


@dataclass(frozen=True, slots=True)
class _Array:
    """An array that the pickle refers to; its numbers follow later in the file."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    """A view of an array."""

    array: _Array
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def read_weights(path: Path, shapes: Mapping[str, tuple[int, ...]]) -> Weights:
    """The named tensors of a checkpoint's ``model_state``.

    Args:
        path: The checkpoint.
        shapes: The tensors that are wanted, and the shapes they must have.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not such a checkpoint, it is damaged, or it asks for anything but numbers.
    """
    with path.open("rb") as file:
        try:
            return _read(file, path.stat().st_size, shapes)
        except (OSError, ValueError):
            raise
        except Exception as error:  # a damaged pickle raises whatever its bytes happen to mean
            raise ValueError(f"{type(error).__name__}: {error}") from error


def _read(file: IO[bytes], size: int, shapes: Mapping[str, tuple[int, ...]]) -> Weights:
    header = [_Reader(file).load() for _part in range(3)] if size <= _LARGEST else []
    if header[:2] != [_MAGIC, _VERSION]:
        raise ValueError("this is not a PyTorch checkpoint")
    state = _Reader(file).load()["model_state"]
    tensors = {name: _checked(state[name], shape) for name, shape in shapes.items()}
    return _numbers(file, tensors, _Reader(file).load())


class _Reader(pickle.Unpickler):
    """Builds lists, dictionaries and the tensors above, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        # None of these can be changed from inside the pickle: a C type, a string and a bound method.
        allowed = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch", "FloatStorage"): _FLOATS,
            ("torch._utils", "_rebuild_tensor_v2"): self._tensor,
        }
        if (module, name) not in allowed:
            raise pickle.UnpicklingError(f"{module}.{name} is refused")
        return allowed[module, name]

    def persistent_load(self, pid: Any) -> _Array:
        kind, numbers, key, _device, count, view = pid
        if (kind, numbers, view) != ("storage", _FLOATS, None):
            raise pickle.UnpicklingError("only arrays of 32-bit numbers are read")
        return _Array(key, count)

    def _tensor(
        self, array: Any, offset: Any, shape: Any, strides: Any, *_gradient_and_hooks: Any
    ) -> _Tensor:
        return _Tensor(array, offset, tuple(shape), tuple(strides))


def _checked(tensor: Any, shape: tuple[int, ...]) -> _Tensor:
    """The tensor, when its numbers stand in its array in one run and in C order, as saved weights do."""
    in_order = tuple(prod(shape[at + 1 :]) for at in range(len(shape)))
    if not isinstance(tensor, _Tensor) or (tensor.shape, tensor.strides) != (shape, in_order):
        raise ValueError("a tensor has another shape")
    if not 0 <= tensor.offset <= tensor.array.count - prod(shape):
        raise ValueError("a tensor has no numbers")
    return tensor


def _numbers(file: IO[bytes], tensors: Mapping[str, _Tensor], keys: Any) -> Weights:
    import numpy as np

    wanted = {tensor.array.key: tensor.array.count for tensor in tensors.values()}
    arrays = {}
    for key in keys:
        (count,) = struct.unpack("<q", file.read(8))
        raw = file.read(4 * count) if 0 < count <= _LARGEST else b""
        if len(raw) != 4 * count:
            raise ValueError("the file ends too early")
        if wanted.get(key) == count:
            arrays[key] = np.frombuffer(raw, "<f4").astype(np.float32)
            if not np.isfinite(arrays[key]).all():
                raise ValueError("not all of it are numbers")
    return {
        name: arrays[tensor.array.key][tensor.offset :][: prod(tensor.shape)].reshape(tensor.shape)
        for name, tensor in tensors.items()
    }
