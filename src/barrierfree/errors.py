"""Every error barrierfree raises on purpose; hides nothing, draws the whole tree.

    BarrierfreeError
    ├── SettingsError            a setting, flag or environment variable is wrong
    ├── EngineError
    │   ├── UnknownEngine        no engine of that name is installed
    │   ├── EngineNotInstalled   the engine is known, its package is missing
    │   ├── ModelNotFound        no model fits, or the one asked for is not on disk
    │   ├── ModelDamaged         the model's files are not what the catalogue says
    │   └── EngineFailed         the engine itself broke
    ├── AudioError
    │   ├── UnreadableAudio      missing, empty, not media, or no sound in it
    │   └── NoAudioDevice        nothing to record from or play to
    ├── UnreadableTranscript     a transcript or subtitle file that cannot be read back
    ├── DocumentError            a document that cannot be opened
    ├── OutputError              a result could not be written
    └── UnknownFormat            no writer or reader of that name

The message says what happened; the hint says what to type or do next. Both are one line, in the
user's language. Misuse of the library by a programmer is ``ValueError`` or ``TypeError`` instead.
"""

from __future__ import annotations


class BarrierfreeError(Exception):
    """Something went wrong that a user can understand and mend.

    Args:
        message: What happened, one line.
        hint: What to do next, one line; empty when there is nothing to do.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process boundaries: workers raise them in another process."""
        return _rebuild, (type(self), self.message, self.hint)


def _rebuild(kind: type[BarrierfreeError], message: str, hint: str) -> BarrierfreeError:
    return kind(message, hint=hint)


class SettingsError(BarrierfreeError):
    """A setting, flag or environment variable holds something unusable."""


class EngineError(BarrierfreeError):
    """A recogniser or a voice could not do its work."""


class UnknownEngine(EngineError):
    """No engine of that name is installed."""


class EngineNotInstalled(EngineError):
    """The engine is known here, but the package that carries it is missing."""


class ModelNotFound(EngineError):
    """No installed model fits what was asked for."""


class ModelDamaged(EngineError):
    """A model's files are missing, truncated or not the ones the catalogue names."""


class EngineFailed(EngineError):
    """The engine itself reported an error or broke."""


class AudioError(BarrierfreeError):
    """Sound could not be read, recorded or played."""


class UnreadableAudio(AudioError):
    """A recording is missing, empty, not media, or holds no sound."""


class NoAudioDevice(AudioError):
    """There is no microphone or loudspeaker to use."""


class UnreadableTranscript(BarrierfreeError):
    """A transcript or subtitle file cannot be read back."""


class DocumentError(BarrierfreeError):
    """A document cannot be opened."""


class OutputError(BarrierfreeError):
    """A result could not be written: full disk, read-only folder, name taken."""


class UnknownFormat(BarrierfreeError):
    """No writer or reader handles that format."""
