# What CI runs, and what every change must pass. `just check` is the whole of it.

python := env("PYTHON", "python")

# Everything: style, types, layers, tests.
check: lint types layers test

lint:
    ruff check src tests benchmarks
    ruff format --check src tests benchmarks

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
