"""A batch on a real Dask cluster, one of whose workers dies."""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from batch.rosters import jobs, roster
from samples import names, run, write

from pdfbuilder.batch import run as run_jobs
from pdfbuilder.batch import workers
from pdfbuilder.batch.job import outcome_of
from pdfbuilder.diagnostics import InvalidInput

pytestmark = pytest.mark.slow


@contextmanager
def local_cluster(count: int) -> Iterator[Any]:
    from distributed import LocalCluster

    # It speaks of the worker that we kill.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with LocalCluster(n_workers=count, threads_per_worker=1, processes=True, dashboard_address=":0") as found:
        yield found


@pytest.fixture(scope="module")
def machines() -> Iterator[Any]:
    with local_cluster(2) as found:
        yield found


def test_the_death_of_a_worker_costs_nobody_their_sheet(machines: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    wanted = jobs(tmp_path, 120)
    with workers.cluster(machines.scheduler_address) as executor:
        outcomes = run_jobs(wanted, out, executor, elsewhere=True)
        first = next(outcomes)
        os.kill(next(iter(machines.workers.values())).pid, signal.SIGKILL)
        found = [first, *outcomes]
    assert [each.id for each in found] == [job.id for job in wanted]
    assert not any(each.failed for each in found)
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}
    assert digests == {each.file: each.sha256 for each in map(outcome_of, wanted)}


def test_the_command_prints_the_same_on_a_cluster_and_here(machines: Any, tmp_path: Path) -> None:
    write(tmp_path, roster(20), "roster.csv")
    for folder, words in (("here", []), ("there", ["--scheduler", machines.scheduler_address])):
        done = run("batch", "roster.csv", "-o", folder, *words, folder=tmp_path)
        assert done.code == 0, done.err
    assert names(tmp_path / "here") == names(tmp_path / "there")
    for path in (tmp_path / "here").iterdir():
        assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes()


def refused(address: str) -> str:
    with pytest.raises(InvalidInput) as error, workers.cluster(address):
        pass
    return str(error.value)


def test_workers_of_another_version_are_refused(machines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    here = version("pdfbuilder")
    monkeypatch.setattr(workers, "version", Here(here))
    assert refused(machines.scheduler_address) == (
        f"--scheduler: error[scheduler] the workers have pdfbuilder {here}, this is 99.0\n"
        "  hint: install the same version on all machines"
    )


class Here:
    """Says another version here than where it is sent."""

    def __init__(self, there: str) -> None:
        self._there = there

    def __call__(self, _: str) -> str:
        return "99.0"

    def __reduce__(self) -> tuple[Any, ...]:
        return _Said, (self._there,)


class _Said:
    def __init__(self, version: str) -> None:
        self._version = version

    def __call__(self, _: str) -> str:
        return self._version


def test_a_scheduler_without_workers_is_refused() -> None:
    with local_cluster(0) as found:
        assert "the workers have pdfbuilder no workers, this is " in refused(found.scheduler_address)


def test_an_address_where_nobody_is_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", "500ms")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    for each in (address, "nonsense", ""):
        assert refused(each) == (
            f"--scheduler: error[scheduler] there is no scheduler at {each}\n  hint: start one with: dask scheduler"
        )


def test_without_dask_the_way_to_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    write(tmp_path, roster(2), "roster.csv")
    done = run("batch", "roster.csv", "-o", "out", "--scheduler", "tcp://127.0.0.1:1", folder=tmp_path)
    assert (done.code, done.err) == (
        2, '--scheduler: error[scheduler] Dask is not installed\n  hint: pip install "pdfbuilder[cluster]"\n',
    )  # fmt: skip
    assert not (tmp_path / "out").exists()
