"""How long ``barrierfree --help`` takes, beside a program of the same size on click alone.

    python benchmarks/startup.py [RUNS]

The peer is a click group with as many commands and the same help, written into a temporary folder. Both
are started as an installed command starts, in turn, so that whatever else the machine does hits both. The
first start of each, which compiles the files, is not counted. What has to be reached: a ratio of 1.3.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_PEER = '''
import click

@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("0.1.0")
def main():
    """Accessibility for ordinary laptops, without a network."""
'''
_PEER_COMMAND = """
@main.command("{name}", help="{help}")
@click.argument("sources", nargs=-1, required=True)
def {name}(sources):
    click.echo(sources)
"""


def peer() -> str:
    """The source of a program with our commands, made with click as its manual says."""
    from click import Context

    from barrierfree.cli import cli

    shown = cli.get_help(Context(cli, info_name="barrierfree")).partition("Commands:\n")[2]
    rows = [line.split(maxsplit=1) for line in shown.splitlines() if line.strip()]
    return _PEER + "".join(_PEER_COMMAND.format(name=name, help=help_line) for name, help_line in rows)


def seconds_to_start(module: str, folder: str) -> float:
    """Seconds from nothing to the end of ``--help``."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", f"import sys; from {module} import main; sys.exit(main())", "--help"],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": folder},
    )
    return time.perf_counter() - began


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    modules = ("barrierfree.cli", "click_alone")
    took: dict[str, list[float]] = {module: [] for module in modules}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "click_alone.py").write_text(peer(), encoding="utf-8")
        for run in range(runs + 1):
            for module in modules if run % 2 else reversed(modules):
                seconds = seconds_to_start(module, folder)
                if run:
                    took[module].append(seconds)
    for module in modules:
        best, middle = _best_and_median(took[module])
        print(f"{module}: best {best * 1000:.0f} ms, median {middle * 1000:.0f} ms of {runs}")
    ours, theirs = (_best_and_median(took[module]) for module in modules)
    print(f"ratio: best {ours[0] / theirs[0]:.2f}, median {ours[1] / theirs[1]:.2f}")


def _best_and_median(took: list[float]) -> tuple[float, float]:
    return min(took), statistics.median(took)


if __name__ == "__main__":
    main()
