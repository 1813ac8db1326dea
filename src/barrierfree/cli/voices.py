"""``barrierfree voices``: who can speak here, on paper, as JSON, and to be heard; hides how that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from barrierfree.cli.columns import columns
from barrierfree.cli.terminal import DONE
from barrierfree.wording import _

if TYPE_CHECKING:
    from barrierfree.speech.synthesizer import VoiceInfo
    from barrierfree.speech.utterance import Utterance

__all__ = ["command"]

_SAMPLES = {
    "en": "Hello. This is how I sound.",
    "zh": "你好，这是我的声音。",
    "": "1, 2, 3, 4, 5.",
}
"""What a voice says for itself; figures are read by every voice in its own language."""


@click.command(
    "voices",
    help=_(
        "List the voices that can speak.\n\n"
        "Those of the engine that speaks when none is named, or of another one with --engine."
    ),
)
@click.option("-l", "--language", help=_("Only voices that speak this language: en, zh, …"))
@click.option("-e", "--engine", help=_("Voice engine: auto, espeak, pyttsx3, piper, …"))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@click.option("--sample", is_flag=True, help=_("Let each of them say something."))
def command(*, language: str | None, engine: str | None, as_json: bool, sample: bool) -> int:
    """Run the command; the exit code is returned."""
    from barrierfree.settings import load_settings
    from barrierfree.speech.choosing import choose_engine
    from barrierfree.speech.pronunciation.scripts import plain_language
    from barrierfree.speech.voice import Voice

    name = choose_engine(load_settings(speech_engine=engine).speech_engine)
    code = plain_language(language) if language else ""
    with Voice(name, start=False) as voice:
        known = voice.voices()
    shown = [one for one in known if not code or code in one.languages]
    if not shown:
        raise _no_voice(name, language)
    if as_json:
        _print_json(shown)
    if sample:
        _let_them_speak(shown, name, code, quiet=as_json)
    elif not as_json:
        _print_table(shown)
    return DONE


def _no_voice(engine: str, language: str | None) -> Exception:
    from barrierfree.errors import ModelNotFound

    if language:
        message = _('{engine} has no voice for "{language}".').format(engine=engine, language=language)
    else:
        message = _("{engine} has no voice.").format(engine=engine)
    return ModelNotFound(message, hint=_("See another engine: barrierfree voices --engine NAME"))


def _let_them_speak(voices: Sequence[VoiceInfo], engine: str, language: str, *, quiet: bool) -> None:
    """Name each voice as it speaks."""
    from barrierfree.speech.speaker import Speaker

    with Speaker(engine=engine) as speaker:
        speaker.ready()
        for one in voices:
            if not quiet:
                click.echo("  ".join(_row(one)))
            ticket = speaker.say(_sample(one, language))
            while not ticket.wait(0.5):  # on Windows, a longer wait could not be interrupted
                pass
            if ticket.error:
                raise ticket.error


def _sample(voice: VoiceInfo, language: str) -> Utterance:
    from barrierfree.speech.utterance import InLanguage, Utterance

    code = language or (voice.languages[0] if voice.languages else "en")
    return Utterance(InLanguage(_SAMPLES.get(code, _SAMPLES[""]), code), voice=voice.name)


def _row(voice: VoiceInfo) -> tuple[str, ...]:
    genders = {"female": _("female"), "male": _("male")}
    return (
        voice.name,
        " ".join(voice.languages) or "-",
        genders.get(voice.gender, voice.gender) or "-",
        voice.engine,
        voice.quality or "-",
    )


def _print_table(voices: Sequence[VoiceInfo]) -> None:
    rows = [
        (_("NAME"), _("SPEAKS"), _("GENDER"), _("ENGINE"), _("DESCRIPTION")),
        *(_row(voice) for voice in voices),
    ]
    widths = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]))


def _print_json(voices: Sequence[VoiceInfo]) -> None:
    import json
    from dataclasses import asdict

    click.echo(json.dumps([asdict(voice) for voice in voices], ensure_ascii=False, indent=2))
