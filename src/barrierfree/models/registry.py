"""Packages that carry a model, brought by pip; hides the child process and how far it is.

pip is asked, and not the registry itself, so that the user's index, proxy, certificates and credentials
apply as they do for any package. Nothing is installed and no code of the package runs.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from barrierfree.models.checking import SourceFailed
from barrierfree.models.model import Wheel
from barrierfree.models.staging import cannot_write
from barrierfree.wording import _

__all__ = ["fetch_wheel", "installed_package", "wheel_in"]

_LOOK_SECONDS = 0.2
_PATIENCE = 600.0
"""Seconds without a byte more. pip gives up much earlier on its own."""
_UNREACHED = re.compile(r"Retrying \(|NewConnectionError|Temporary failure in name resolution|ProxyError")


def installed_package(wheel: Wheel) -> Path | None:
    """The folder with the model's files, when just that version of the package is installed here."""
    try:
        found = distribution(wheel.package)
    except PackageNotFoundError:
        return None
    folder = Path(str(found.locate_file(wheel.folder)))
    return folder if found.version == wheel.version and folder.is_dir() else None


def wheel_in(paths: Iterable[Path], wheel: Wheel) -> Path | None:
    """The package's file among others, if it is there."""
    wanted = f"{_normalized(wheel.package)}-{wheel.version}-"
    for path in paths:
        package, _dash, rest = path.name.partition("-")
        if rest.endswith(".whl") and f"{_normalized(package)}-{rest}".startswith(wanted):
            return path
    return None


def _normalized(package: str) -> str:
    return re.sub(r"[-_.]+", "_", package).lower()


def fetch_wheel(wheel: Wheel, into: Path, tell: Callable[[int], None]) -> Path:
    """Download a package.

    Args:
        wheel: Which.
        into: The folder its file goes into.
        tell: Called with the bytes that are there so far.

    Raises:
        SourceFailed: There is no pip, or pip cannot get it.
        OutputError: The disk is full.
    """
    if find_spec("pip") is None:
        raise SourceFailed(_("this Python has no pip"))
    temporary = into / "tmp"
    with cannot_write(into):
        temporary.mkdir(parents=True, exist_ok=True)
        log = (into / "pip.log").open("w+b")
    with log:
        child = subprocess.Popen(  # noqa: S603  nothing in it comes from outside
            _command(wheel, into),
            # What pip has half of stays on the disk that was checked for room, and can be measured.
            env={**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary), "TMP": str(temporary)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _watch(child, into, tell)
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        log.seek(0)
        said = log.read().decode("utf-8", "replace")
    found = wheel_in(into.iterdir(), wheel)
    if child.returncode or found is None:
        raise SourceFailed(_reason(said, wheel))
    return found


def _command(wheel: Wheel, into: Path) -> list[str]:
    options = ["--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--disable-pip-version-check"]
    quiet = ["--no-input", "--progress-bar", "off", "--no-color"]
    package = f"{wheel.package}=={wheel.version}"
    return [sys.executable, "-m", "pip", "download", *options, *quiet, "--dest", str(into), package]


def _watch(child: subprocess.Popen[bytes], into: Path, tell: Callable[[int], None]) -> None:
    most, since = 0, time.monotonic()
    while child.poll() is None:
        time.sleep(_LOOK_SECONDS)
        there = _bytes_in(into)
        if there > most:
            most, since = there, time.monotonic()
            tell(most)
        elif time.monotonic() - since > _PATIENCE:
            raise SourceFailed(_("pip has stopped getting anything"))


def _bytes_in(folder: Path) -> int:
    total = 0
    for root, _folders, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(root) / name).stat().st_size
            except OSError:
                continue  # Gone in the meantime: pip tidies up.
    return total


def _reason(said: str, wheel: Wheel) -> str:
    """What pip says was wrong, in one line."""
    errors = [line.removeprefix("ERROR:").strip() for line in said.splitlines() if line.startswith("ERROR:")]
    if _UNREACHED.search(said):
        return _("the registry cannot be reached")
    if any("No matching distribution" in line for line in errors):
        return _("it has no package {package} {version}").format(package=wheel.package, version=wheel.version)
    last = errors[-1] if errors else next(iter(reversed(said.split("\n\n"))), "").strip()
    return _("pip says: {error}").format(error=" ".join(last.split())[:200] or "?")
