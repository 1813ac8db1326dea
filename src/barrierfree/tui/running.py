"""Runs somebody else's Textual program inside this process; hides how Python finds and starts programs.

A program notices nothing: its arguments, ``__main__``, ``sys.path`` and exit are those that Python gives it,
and a traceback of its own names no line of ours.
"""

from __future__ import annotations

import builtins
import importlib.util
import io
import os
import runpy
import shutil
import sys
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Final

from barrierfree.errors import SettingsError
from barrierfree.wording import _

__all__ = ["Program", "find_program", "run_program", "traceback_of_program"]

_OURS: Final = str(Path(__file__).parent.parent)
_RUNNERS: Final = frozenset({"<frozen runpy>", "<frozen importlib._bootstrap>", runpy.__file__})


@dataclass(frozen=True, slots=True)
class Program:
    """A program that was found, and how it is started."""

    path: str = ""
    """A file, folder or archive of Python; as it was named, since that is what the program is told."""
    module: str = ""
    app: str = ""
    """The name in the module of an App, or of what makes one; empty: the module is the program."""


def find_program(name: str, *, as_module: bool = False) -> Program:
    """Find what the user means.

    Args:
        name: A file or folder, ``module:App``, the name of an installed command; or of a module.
        as_module: It is the name of a module.

    Raises:
        SettingsError: There is no such thing, it is no Python program, or it belongs to another Python.
    """
    if as_module:
        _see_module(name)
        return Program(module=name)
    if Path(name).exists():
        return _checked(Program(path=name))
    module, colon, app = name.partition(":")
    if colon and app.replace(".", "").isidentifier() and "/" not in module:
        _see_module(module)
        return Program(module=module, app=app)
    command = shutil.which(name) if os.sep not in name else None
    if command:
        return _checked(Program(path=command))
    raise SettingsError(
        _("There is no file named {name}.").format(name=name),
        hint=_("Name a Python file, a command, module:App, or a module with -m."),
    )


def run_program(program: Program, arguments: list[str]) -> None:
    """Run a program to its end, as ``python`` would; whatever it raises comes out, SystemExit too.

    Raises:
        SettingsError: There is no such App in the module.
    """
    named = [program.path] if program.path else ["-m", program.module]
    sys.orig_argv[1:] = [*named, *arguments]
    if program.path:
        sys.argv[:] = [program.path, *arguments]
        if _holds_a_program(program.path):
            runpy.run_path(program.path, run_name="__main__")
        else:
            sys.path[0] = str(Path(program.path).resolve().parent)
            _run_file(os.path.abspath(program.path))  # noqa: PTH100  links stay, as Python leaves them
        return
    sys.path[0] = str(Path.cwd())
    sys.argv[:] = [program.module, *arguments]
    if program.app:
        _run_app(program)
    else:
        runpy.run_module(program.module, run_name="__main__", alter_sys=True)


def traceback_of_program(error: BaseException) -> TracebackType | None:
    """The traceback without the frames that only started the program; None when nothing else is in it."""
    trace = error.__traceback__
    while trace and _is_starting(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return trace


def _is_starting(file: str) -> bool:
    return file in _RUNNERS or file.startswith(_OURS) or f"{os.sep}click{os.sep}" in file


def _holds_a_program(path: str) -> bool:
    """Whether it is a folder or an archive with a ``__main__.py`` in it."""
    if Path(path).is_dir():
        return True
    with Path(path).open("rb") as file:
        return file.read(2) == b"PK"


def _run_file(path: str) -> None:
    """As ``python FILE``: runpy would tell it another ``sys.argv[0]``, and take ``__main__`` back."""
    main = ModuleType("__main__")
    main.__file__ = path
    main.__loader__ = SourceFileLoader("__main__", path)
    main.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = main
    with io.open_code(path) as file:
        code = compile(file.read(), path, "exec", dont_inherit=True)
    exec(code, main.__dict__)  # noqa: S102  that is what it is for


def _run_app(program: Program) -> None:
    found: Any = importlib.import_module(program.module)
    try:
        for part in program.app.split("."):
            found = getattr(found, part)
    except AttributeError:
        raise SettingsError(
            _("There is no {name} in {module}.").format(name=program.app, module=program.module),
            hint=_("Name the class of the app, the app itself, or a function that makes one."),
        ) from None
    app = found() if callable(found) else found
    if not hasattr(app, "run"):
        raise SettingsError(
            _("{module}:{name} is no Textual app.").format(name=program.app, module=program.module),
            hint=_("Name the class of the app, the app itself, or a function that makes one."),
        )
    app.run()
    sys.exit(getattr(app, "return_code", None) or 0)


def _see_module(name: str) -> None:
    sys.path.insert(0, str(Path.cwd()))
    try:
        found = importlib.util.find_spec(name)
    except (ModuleNotFoundError, ValueError):
        found = None
    finally:
        del sys.path[0]
    if found is None:
        raise SettingsError(
            _("There is no module named {name}.").format(name=name),
            hint=_("Install it for this Python: {command}").format(
                command=f"{sys.executable} -m pip install {name.partition('.')[0]}"
            ),
        )


def _checked(program: Program) -> Program:
    """The program, if it is one that this Python can run."""
    path = Path(program.path)
    if path.is_dir():
        if not (path / "__main__.py").is_file():
            raise SettingsError(
                _("{name} is a folder without a __main__.py.").format(name=path),
                hint=_("Name the file of the program in it."),
            )
        return program
    try:
        with path.open("rb") as file:
            first, rest = file.readline(512), file.read(512)
    except OSError as error:
        raise SettingsError(
            _("{file} cannot be read: {error}").format(file=path, error=error.strerror or error),
            hint=_("Check the name and the rights of the file."),
        ) from error
    interpreter = first[2:].decode("utf-8", "replace").split() if first.startswith(b"#!") else []
    archive = first.startswith(b"PK")
    if (b"\0" in first + rest and not archive) or (interpreter and "python" not in " ".join(interpreter)):
        raise SettingsError(
            _("{name} is no Python program.").format(name=path),
            hint=_("Name a Python file, a command, module:App, or a module with -m."),
        )
    if interpreter:
        _see_interpreter(path, interpreter[0])
    return program


def _see_interpreter(path: Path, interpreter: str) -> None:
    """A command that was installed for another Python finds none of its packages in this one."""
    own = Path(sys.executable).parent
    if Path(interpreter).name.startswith("python") and Path(interpreter).parent not in (own, own.resolve()):
        if Path(interpreter).parent in (Path("/usr/bin"), Path("/usr/local/bin")) and path.suffix == ".py":
            return  # the usual first line of a file that any Python may run
        raise SettingsError(
            _("{name} belongs to another Python.").format(name=path),
            hint=_("Install barrierfree there: {command}").format(
                command=f"{interpreter} -m pip install barrierfree"
            ),
        )
