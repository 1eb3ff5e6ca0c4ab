"""Time whole runs of `edgewise` on generated catalogs and print them beside what is aimed at.

Each run is a process of its own, as a commit hook or an editor starts one; its processor time, wall time
and peak memory are what the kernel says of it. Nothing is asserted: a number that is over its limit is
marked, for somebody to look at. Where files are slow to make, as on some virtual disks, that is a good part
of what `build` costs; TMPDIR says where all of it happens.

    make bench
    make bench BENCH="--sizes 1000 --runs 9"
    make bench BENCH="--sizes 10000 100000 --runs 1" TMPDIR=/dev/shm
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from catalog import write_catalog

FEW = 8
BARE = (sys.executable, "-c", "pass")
EDGEWISE = (str(Path(sys.executable).with_name("edgewise")),)


@dataclass(frozen=True)
class Cost:
    """What a process cost: seconds of processor and of wall time, and megabytes at its peak."""

    cpu: float
    wall: float
    megabytes: float


@dataclass(frozen=True)
class Limits:
    """What must be held and what is aimed at: CPU seconds, or times a bare interpreter where `relative`."""

    must: float
    aim: float
    megabytes: float | None = None
    relative: bool = False

    def __str__(self) -> str:
        unit = "x" if self.relative else "s"
        memory = f", {self.megabytes:.0f} MB" if self.megabytes else ""
        return f"{self.must:g} {unit}{memory} / {self.aim:g} {unit}"

    def verdict(self, cost: Cost, bare: Cost) -> str:
        """Say which of the limits is held."""
        found = cost.cpu / bare.cpu if self.relative else cost.cpu
        if found > self.must or cost.megabytes > (self.megabytes or cost.megabytes):
            return "OVER"
        return "must" if found > self.aim else "aim"


@dataclass(frozen=True)
class Benchmark:
    """A command to be timed in a folder; `prepare` runs, untimed, before every run of it."""

    name: str
    command: Sequence[str]
    folder: Path
    limits: Limits | None = None
    prepare: Callable[[Path], None] | None = None


START = Limits(5, 3, relative=True)
CHECK_FEW = Limits(0.3, 0.12)
GROWTH = Limits(12, 10.5, relative=True)
AT_10_000 = {
    "check": Limits(1.2, 0.6, 250),
    "build --target postgresql": Limits(2, 0.9, 300),
    "build": Limits(8, 3, 500),
}


def start_up(folder: Path) -> Iterator[Benchmark]:
    """Yield what a run costs that has hardly anything to compile."""
    write_catalog(folder, FEW)
    yield Benchmark("--version", ("--version",), folder, START)
    yield Benchmark("--help", ("--help",), folder, START)
    yield Benchmark(f"check, {FEW} types", ("check",), folder, CHECK_FEW)


def bulk(folder: Path, limits: Mapping[str, Limits]) -> Iterator[Benchmark]:
    """Yield the commands that read or write a whole catalog, which lies in `folder`."""
    postgresql = ("build", "--target", "postgresql")
    yield Benchmark("check", ("check",), folder, limits.get("check"))
    yield Benchmark(" ".join(postgresql), postgresql, folder, limits.get(" ".join(postgresql)), remove_output)
    yield Benchmark("build", ("build",), folder, limits.get("build"), remove_output)
    yield Benchmark("build, nothing changed", ("build",), folder)
    yield Benchmark("build --check", ("build", "--check"), folder)


def remove_output(folder: Path) -> None:
    """Take away what an earlier build has written."""
    shutil.rmtree(folder / "build", ignore_errors=True)


def measure(benchmark: Benchmark, runs: int) -> Cost:
    """Return the median cost of several runs, after one that fills the caches."""
    costs = []
    for _ in range(runs + 1):
        if benchmark.prepare:
            benchmark.prepare(benchmark.folder)
        costs.append(run((*EDGEWISE, *benchmark.command), benchmark.folder))
    return middle(costs[1:])


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each part."""
    return Cost(*(median(getattr(cost, part) for cost in costs) for part in ("cpu", "wall", "megabytes")))


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end and return what it cost; one that fails ends the benchmark with its output.

    The peak counts this process too, as it was when it forked, which is why it imports so little.
    """
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{said.read().decode()[-4000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def row(*cells: str) -> None:
    """Print one line of the table."""
    title, *numbers, limits, verdict = cells
    line = f"{title:<50}{''.join(f'{number:>9}' for number in numbers)}   {limits:<24}{verdict}"
    print(line.rstrip(), flush=True)


def show(title: str, cost: Cost, bare: Cost, limits: Limits | None = None) -> None:
    """Print what one benchmark cost."""
    numbers = (f"{cost.cpu:.3f}", f"{cost.wall:.3f}", f"{cost.megabytes:.0f}", f"{cost.cpu / bare.cpu:.1f}")
    row(title, *numbers, str(limits or ""), limits.verdict(cost, bare) if limits else "")


def show_growth(costs: Mapping[str, Mapping[int, Cost]]) -> None:
    """Print, for each command, by how much its cost grows from one size to the next."""
    for name, by_size in costs.items():
        for smaller, larger in pairwise(sorted(by_size)):
            limits = GROWTH if (smaller, larger) == (10_000, 100_000) else None
            verdict = limits.verdict(by_size[larger], by_size[smaller]) if limits else ""
            growth = f"{by_size[larger].cpu / by_size[smaller].cpu:.1f} x"
            row(f"{name}, {smaller:,} -> {larger:,} types", growth, "", "", "", str(limits or ""), verdict)


def main() -> None:
    """Run every benchmark and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[100, 1_000, 10_000], help="relationship types"
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median is shown")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="edgewise-bench-") as temporary:
        bench(Path(temporary), arguments.sizes, arguments.runs)


def bench(folder: Path, sizes: Sequence[int], runs: int) -> None:
    """Time everything in `folder`, each result printed as soon as it is there."""
    bare = middle([run(BARE, folder) for _ in range(10 * runs)])
    print(f"CPython {platform.python_version()}, {os.cpu_count()} cores, median of {runs} runs\n", flush=True)
    row("", "CPU s", "wall s", "peak MB", "x bare", "must / aim", "held")
    show("bare interpreter", bare, bare)
    for benchmark in start_up(folder / "few"):
        show(benchmark.name, measure(benchmark, runs), bare, benchmark.limits)
    growth: dict[str, dict[int, Cost]] = {}
    for size in sizes:
        write_catalog(folder / str(size), size)
        for benchmark in bulk(folder / str(size), AT_10_000 if size == 10_000 else {}):
            cost = measure(benchmark, runs)
            show(f"{benchmark.name}, {size:,} types", cost, bare, benchmark.limits)
            growth.setdefault(benchmark.name, {})[size] = cost
    print("\ngrowth of CPU time")
    show_growth(growth)


if __name__ == "__main__":
    main()
