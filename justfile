# What CI runs, and what every change must pass. `just check` is the whole of it.

python := env("PYTHON", "python")
locale := "src/barrierfree/locale/barrierfree"

# Everything: style, types, layers, tests; installs the speech models that tests need, once.
check: lint types layers models test

# The models go into models/ of this checkout (about 300 MB), verified; those that are there are left alone.
models:
    {{python}} -m barrierfree models install whisper-tiny.en whisper-base vosk-small-ko-0.22 voice-resemblyzer

lint:
    ruff check src tests benchmarks examples
    ruff format --check src tests benchmarks examples

types:
    mypy

layers:
    lint-imports

# All tests that can run here; those that lack a model or a Debian package say so and are skipped.
test *args:
    {{python}} -m pytest {{args}}

# The quick part, while working: no model, no system package, no minutes.
quick *args:
    {{python}} -m pytest -q -m "not model and not system and not slow" {{args}}

# After a sentence for people was changed: collect them all; then fill in what is missing in the .po file.
wording:
    pybabel extract -q -F babel.cfg -k _ -k ngettext:1,2 --no-location --omit-header --sort-output -o {{locale}}.pot src
    pybabel update -q -D barrierfree -l zh_CN -d src/barrierfree/locale -i {{locale}}.pot --no-fuzzy-matching --omit-header
    pybabel compile -q -D barrierfree -l zh_CN -d src/barrierfree/locale
    rm {{locale}}.pot
