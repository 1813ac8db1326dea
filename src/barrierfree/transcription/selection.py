"""Which engine and model do a job; hides ranks, what is installed, and how a language is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from barrierfree.errors import EngineNotInstalled, ModelNotFound, UnknownEngine
from barrierfree.models import InstalledModel, Model, catalogue, find_model, installed_models
from barrierfree.plugins import engine_names, load_engine
from barrierfree.transcription.job import Choice, Job
from barrierfree.transcription.recognizer import LanguageGuess, Recognizer
from barrierfree.wording import _

__all__ = ["choose", "detector", "missing_models", "voice_model"]

_PREFERRED = ("whisper", "vosk")
"""Whisper writes punctuation and has the lower error rate; outside engines follow in alphabetical order."""

Detect = Callable[[Choice], LanguageGuess | None]


def choose(job: Job, detect: Detect) -> Choice:
    """The engine and model for a job.

    Args:
        job: What is asked for.
        detect: Called with a choice that can tell languages apart, when the job's is not given;
            returns None when nobody speaks.

    Raises:
        UnknownEngine: The engine named in the job is not installed.
        ModelNotFound: Nothing installed hears that language; the hint is the command that mends it.
    """
    if job.language not in {"auto", "mixed"}:
        return _for_language(job, job.language, None)
    teller = detector(job)
    if job.language == "mixed":
        return _mixed(teller, job)
    if teller is None:
        return _assumed(job)
    guess = detect(teller)
    if guess is None:
        return teller
    if job.model is not None:
        return _renamed(teller, guess)
    try:
        return _for_language(job, guess.language, guess)
    except ModelNotFound:
        return _renamed(teller, guess)


def detector(job: Job) -> Choice | None:
    """An installed engine and model that can tell which language is spoken, if there is one."""
    for engine in _engines(job):
        if not hasattr(load_engine("recognizer", engine), "detect_language"):
            continue
        found = find_model(engine, "*", name=job.model)
        if found is not None and _hears_many(found):
            return _choice(engine, found, None, None, _("It can tell languages apart."))
    return None


def _hears_many(found: InstalledModel) -> bool:
    return "*" in found.languages or len(found.languages) != 1


def _for_language(job: Job, language: str, guess: LanguageGuess | None) -> Choice:
    for engine in _engines(job):
        recognizer = load_engine("recognizer", engine)
        if not recognizer.capabilities.needs_model:
            if recognizer.capabilities.languages and language not in recognizer.capabilities.languages:
                continue
            return _choice(engine, None, language, guess, _("It needs no model."))
        found = find_model(engine, language, name=job.model)
        if found is not None:
            return _choice(engine, found, language, guess, _reason(job, language, guess))
    raise _nothing_hears(job, language)


def _engines(job: Job) -> list[str]:
    """Names of the engines that may do the job and can run here, best first."""
    names = engine_names("recognizer")
    if job.engine != "auto":
        usable = load_engine("recognizer", job.engine)
        if not usable.available():
            raise EngineNotInstalled(
                _('The engine "{name}" is not installed.').format(name=job.engine),
                hint=_("Install it with: pip install 'barrierfree[{name}]'").format(name=job.engine),
            )
        return [job.engine]
    ordered = [name for name in _PREFERRED if name in names] + [n for n in names if n not in _PREFERRED]
    usable_names = [name for name in ordered if _can_run(name)]
    if not usable_names:
        raise UnknownEngine(
            _("No speech engine is installed."),
            hint=_("Install one with: pip install 'barrierfree[whisper]'"),
        )
    return usable_names


def _can_run(name: str) -> bool:
    try:
        recognizer: type[Recognizer] = load_engine("recognizer", name)
    except EngineNotInstalled:
        return False
    return recognizer.capabilities.automatic and recognizer.available()


def _choice(
    engine: str, found: InstalledModel | None, language: str | None, guess: LanguageGuess | None, why: str
) -> Choice:
    return Choice(
        engine=engine,
        model=found.name if found else "",
        folder=found.path if found else None,
        language=language,
        language_confidence=guess.confidence if guess else None,
        reason=why,
    )


def _renamed(teller: Choice, guess: LanguageGuess) -> Choice:
    return Choice(
        teller.engine, teller.model, teller.folder, guess.language, guess.confidence, _heard_language(guess)
    )


def _mixed(teller: Choice | None, job: Job) -> Choice:
    if teller is None:
        raise _nothing_hears(job, "*")
    return Choice(
        teller.engine, teller.model, teller.folder, None, None, _("Each phrase's language is detected.")
    )


def _assumed(job: Job) -> Choice:
    """Without a model that tells languages apart, the only language installed is the one spoken."""
    for engine in _engines(job):
        if not load_engine("recognizer", engine).capabilities.needs_model:
            return _choice(engine, None, None, None, _("It needs no model."))
        found = find_model(engine, None, name=job.model)
        if found is not None and found.languages:
            language = found.languages[0]
            why = _('The language was not given and this model cannot detect it, so "{language}" is assumed.')
            return _choice(engine, found, language, None, why.format(language=language))
    raise _nothing_hears(job, "*")


def _reason(job: Job, language: str, guess: LanguageGuess | None) -> str:
    if job.model is not None:
        return _("You named this model.")
    if guess is not None:
        return _heard_language(guess)
    return _('It is the best one installed for "{language}".').format(language=language)


def _heard_language(guess: LanguageGuess) -> str:
    return _('The language spoken is "{language}" ({share} sure).').format(
        language=guess.language, share=_("{number} %").format(number=round(100 * guess.confidence))
    )


def missing_models(job: Job) -> tuple[Model, ...]:
    """The models to install before a job can be done; none when they are there, or none is known."""
    missing = []
    try:
        choose(job, lambda _teller: None)
    except ModelNotFound:
        best = _best_of_catalogue(job)
        missing += [best] if best else []
    if job.speakers and not any(model.kind == "voice" for model in installed_models()):
        missing.append(_best_voices())
    return tuple(missing)


def voice_model(engine: str) -> InstalledModel:
    """The installed model that tells voices apart: one for any engine first, else the engine's own.

    Raises:
        ModelNotFound: There is none; the hint is the command that mends it.
    """
    for wanted in ("", engine):
        for model in installed_models():
            if model.kind == "voice" and model.engine == wanted:
                return model
    raise ModelNotFound(
        _("No model that tells voices apart is installed."),
        hint=_("Install one: barrierfree models install {name}").format(name=_best_voices().name),
    )


def _best_voices() -> Model:
    usable = (model for model in catalogue() if model.kind == "voice" and not model.engine)
    return min(usable, key=lambda model: model.rank)


def _best_of_catalogue(job: Job) -> Model | None:
    language = "*" if job.language in {"auto", "mixed"} else job.language
    fitting = [
        model
        for model in catalogue()
        if model.kind == "recognizer"
        and (model.engine in _engines(job))
        and (model.name == job.model if job.model else _hears(model, language))
    ]
    return min(fitting, key=_preference, default=None)


def _preference(model: Model) -> tuple[bool, bool, int]:
    """What sorts first is offered first; the small ones do: nobody wants gigabytes before the first try."""
    return not model.suggested, model.engine != _PREFERRED[0], model.rank


def _hears(model: Model, language: str) -> bool:
    if language == "*":
        return len(model.languages) != 1 or "*" in model.languages
    return language in model.languages or "*" in model.languages


def _nothing_hears(job: Job, language: str) -> ModelNotFound:
    best = _best_of_catalogue(replace(job, language="mixed" if language == "*" else language))
    if best is None:
        return ModelNotFound(
            _('No model for "{language}" is known.').format(language=language),
            hint=_("See what there is: barrierfree models list"),
        )
    if language == "*":
        message = _("No installed model can tell languages apart.")
    else:
        message = _('No installed model hears "{language}".').format(language=language)
    return ModelNotFound(
        message, hint=_("Install one: barrierfree models install {name}").format(name=best.name)
    )
