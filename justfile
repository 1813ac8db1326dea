# What CI runs, and what every change must pass. `just check` is the whole of it.

python := env("PYTHON", "python")
locale := "src/barrierfree/locale/barrierfree"

# Everything: style, types, layers, tests; installs the speech models that tests need, once.
check: lint types layers models test

# The models go into models/ of this checkout (about 300 MB), verified; those that are there are left alone.
models:
    {{python}} -m barrierfree models install whisper-tiny.en whisper-base vosk-small-ko-0.22 voice-resemblyzer

lint:
    ruff check src tests benchmarks examples tools
    ruff format --check src tests benchmarks examples tools

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

# After a sentence for people was changed: collect them all, fill in what is missing in the .po file, and
# run it again. Both files are committed: there is no build step, and gettext reads the .mo file.
wording:
    pybabel -q extract -F babel.cfg --omit-header --no-location --no-wrap --sort-output -o {{locale}}.pot src
    pybabel -q update -i {{locale}}.pot -D barrierfree -l zh_CN -d {{parent_directory(locale)}} --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
    rm {{locale}}.pot
    pybabel -q compile -D barrierfree -l zh_CN -d {{parent_directory(locale)}}
