"""What a whole command costs, told by the operating system; hides pipes and ``wait4``.

Both sides of a comparison are run in turn by the same function, so that a machine which drifts does so for
both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

__all__ = ["Cost", "best", "in_turn", "run", "table"]


@dataclass(frozen=True)
class Cost:
    """One run of a command."""

    seconds: float
    first: float
    """Seconds to the first line of output."""
    megabytes: float
    """Peak resident memory of the largest process."""
    output: str


def run(command: Sequence[str], env: dict[str, str] | None = None) -> Cost:
    """Run a command to its end.

    Raises:
        SystemExit: It failed; what it said is shown.
    """
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})}
    )
    assert process.stdout
    assert process.stderr
    said: list[str] = []
    drain = threading.Thread(target=lambda: said.append(process.stderr.read()))
    drain.start()
    lines, first = [], 0.0
    for line in process.stdout:
        first = first or time.perf_counter() - begun
        lines.append(line)
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    drain.join()
    process.stdout.close()
    process.stderr.close()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{said[0][-3000:]}")
    return Cost(seconds, first or seconds, usage.ru_maxrss / 1024, "".join(lines))


def in_turn(commands: dict[str, Sequence[str]], rounds: int) -> dict[str, list[Cost]]:
    """Run every command so many times: A B, A B and so on."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            cost = run(command)
            costs[name].append(cost)
            print(f"  round {number + 1}, {name}: {cost.seconds:.1f} s", file=sys.stderr)
    return costs


def best(costs: list[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        median(cost.seconds for cost in costs),
        median(cost.first for cost in costs),
        max(cost.megabytes for cost in costs),
        costs[0].output,
    )


def table(rows: dict[str, dict[str, str]]) -> None:
    """Print rows of named figures as a Markdown table."""
    columns = list(next(iter(rows.values())))
    print(f"| | {' | '.join(columns)} |")
    print(f"|---|{'---|' * len(columns)}")
    for name, row in rows.items():
        print(f"| {name} | {' | '.join(row[column] for column in columns)} |")
