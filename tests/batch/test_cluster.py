"""A batch on a real Dask cluster, one of whose workers dies."""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from batch.rosters import jobs, roster
from samples import ROOT, names, run, write

from pdfbuilder.batch import cluster
from pdfbuilder.batch import run as run_jobs
from pdfbuilder.batch.job import outcome_of
from pdfbuilder.batch.printing import Printing
from pdfbuilder.batch.run import WorkersGone
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
    said: list[str] = []
    with cluster.cluster(machines.scheduler_address, notice=said.append) as executor:
        outcomes = run_jobs(wanted, out, executor, elsewhere=True, notice=said.append)
        first = next(outcomes)
        killed = next(iter(machines.workers.values()))
        address = killed.worker_address
        os.kill(killed.pid, signal.SIGKILL)
        found = [first, *outcomes]
        # On a fast machine all may be done before anybody has missed it.
        while address in machines.scheduler.workers:
            time.sleep(0.05)
    assert [each.id for each in found] == [job.id for job in wanted]
    assert not any(each.failed for each in found)
    assert said == ["1 of 2 workers went away; others have printed what they had"]
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


def test_workers_that_are_frozen_are_given_up(machines: Any, tmp_path: Path) -> None:
    processes = [each.pid for each in machines.workers.values()]
    with cluster.cluster(machines.scheduler_address) as executor:
        try:
            for each in processes:
                os.kill(each, signal.SIGSTOP)
            with pytest.raises(WorkersGone, match="nothing was heard of the workers for 1 seconds"):
                list(run_jobs(jobs(tmp_path, 40), tmp_path, executor, elsewhere=True, patience=1))
        finally:
            for each in processes:
                os.kill(each, signal.SIGCONT)
    assert names(tmp_path) == ["roster.csv"]


def test_how_long_they_may_be_silent_is_what_the_readme_says() -> None:
    assert (
        f"A cluster that is silent for {cluster.ANSWER_WITHIN:g} seconds is given up"
        in (ROOT / "README.md").read_text()
    )


def test_a_worker_that_does_not_say_its_version_is_not_waited_for(
    machines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER_WITHIN", 1.0)
    process = next(iter(machines.workers.values())).pid
    os.kill(process, signal.SIGSTOP)
    try:
        assert refused(machines.scheduler_address) == (
            "scheduler: error[scheduler] the workers have not said in 1 seconds which version they have\n"
            "  hint: look after the workers, and try again"
        )
    finally:
        os.kill(process, signal.SIGCONT)


#: A scheduler and a worker in a process of their own, which leaves with whoever has started it.
CLUSTER = """
import sys
from distributed import LocalCluster
with LocalCluster(n_workers=1, processes=False, protocol="tcp", dashboard_address=None) as found:
    print(found.scheduler_address, flush=True)
    sys.stdin.read()
"""


def test_a_scheduler_that_goes_away_is_said_once_and_what_is_done_can_be_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, roster(300), "roster.csv")
    pipe = subprocess.PIPE
    child = subprocess.Popen([sys.executable, "-c", CLUSTER], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
    assert child.stdout
    follow = Printing.outcomes

    def killed_in_the_middle(*words: Any, **named: Any) -> Iterator[Any]:
        for count, outcome in enumerate(follow(*words, **named)):
            if count == 20:
                child.kill()
            yield outcome

    monkeypatch.setattr(Printing, "outcomes", killed_in_the_middle)
    with child:
        address = child.stdout.readline().decode().strip()
        done = run("batch", "roster.csv", "-o", "out", "--scheduler", address, folder=tmp_path)
    monkeypatch.undo()
    printed = len(names(tmp_path / "out")) - 1
    assert (done.code, 20 <= printed < 300) == (3, True)
    first, hint, summary = done.err.splitlines()
    missing = f"{300 - printed} plans were not printed"
    assert first == f"--scheduler: error[scheduler] the scheduler has gone away; {missing}"
    assert hint == "  hint: go on with --resume, on a cluster that works or without one"
    assert summary.startswith(f"printed {printed}, warned 0, failed 0, ")
    # of Dask itself nothing is seen, which speaks in tracebacks
    assert capfd.readouterr() == ("", "")
    done = run("batch", "roster.csv", "-o", "out", "--resume", folder=tmp_path)
    assert (done.code, done.err.splitlines()[-1].startswith(f"printed {300 - printed}, kept {printed}, ")) == (0, True)


def refused(address: str) -> str:
    with pytest.raises(InvalidInput) as error, cluster.cluster(address):
        pass
    return str(error.value)


def test_workers_of_another_version_are_refused(machines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    here = version("pdfbuilder")
    monkeypatch.setattr(cluster, "version", Here(here))
    assert refused(machines.scheduler_address) == (
        f"scheduler: error[scheduler] the workers have pdfbuilder {here}, this is 99.0\n"
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
    from distributed import Client

    monkeypatch.setattr(cluster, "_PATIENCE", "500ms")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    for each in (address, "nonsense", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:x"):
        assert refused(each) == (
            f"scheduler: error[scheduler] there is no scheduler at {each}\n  hint: start one with: dask scheduler"
        )
        # None is left to take its leave while another one starts: that could last for ever.
        clients = [one for one in gc.get_objects() if isinstance(one, Client)]
        assert all(one.status == "closed" for one in clients)


@pytest.mark.parametrize("address", ["tls://127.0.0.1:1", "ucx://127.0.0.1:1", "inproc://x", "foo://127.0.0.1:1"])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    assert refused(address) == (
        f"scheduler: error[scheduler] expected an address that begins with tcp://, got {address}\n"
        "  hint: tls:// needs a certificate, its key, and that of who has signed it"
    )


def test_an_address_that_says_nothing_prints_nothing_here(tmp_path: Path) -> None:
    write(tmp_path, roster(2), "roster.csv")
    done = run("batch", "roster.csv", "-o", "out", "--scheduler", "", folder=tmp_path)
    assert (done.code, names(tmp_path)) == (2, ["roster.csv"])
    assert done.err.startswith("--scheduler: error[scheduler] expected the address of a scheduler, got nothing\n")


def test_without_dask_the_way_to_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    write(tmp_path, roster(2), "roster.csv")
    done = run("batch", "roster.csv", "-o", "out", "--scheduler", "tcp://127.0.0.1:1", folder=tmp_path)
    assert (done.code, done.err) == (
        2, '--scheduler: error[scheduler] Dask is not installed\n  hint: pip install "pdfbuilder[cluster]"\n',
    )  # fmt: skip
    assert not (tmp_path / "out").exists()


# --------------------------------------------------------------------------- encrypted


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate that has signed itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = str(folder / "cert.pem"), str(folder / "key.pem")
    words = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=clinic", "-keyout", key]
    subprocess.run(["openssl", "req", *words, "-out", certificate], check=True, capture_output=True)
    return certificate, key


@pytest.fixture(scope="module")
def encrypted(certificate: tuple[str, str]) -> Iterator[Any]:
    from distributed import LocalCluster, Security

    pem, key = certificate
    both = {f"tls_{who}_{what}": path for who in ("scheduler", "worker", "client") for what, path in
            (("cert", pem), ("key", key))}  # fmt: skip
    security = Security(tls_ca_file=pem, require_encryption=True, **both)
    with LocalCluster(
        n_workers=1, threads_per_worker=1, protocol="tls", security=security, dashboard_address=":0"
    ) as found:
        yield found


def test_a_cluster_is_reached_with_certificates_and_not_without(
    encrypted: Any, certificate: tuple[str, str], tmp_path: Path
) -> None:
    assert encrypted.scheduler_address.startswith("tls://")
    write(tmp_path, roster(3), "roster.csv")
    pem, key = certificate
    words = ["batch", "roster.csv", "-o", "out", "--scheduler", encrypted.scheduler_address]
    done = run(*words, "--tls-ca-file", pem, "--tls-cert", pem, "--tls-key", key, folder=tmp_path)
    assert done.code == 0, done.err
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 3
    without = run(*words[:2], "-o", "other", *words[4:], folder=tmp_path)
    assert (without.code, without.err.partition("\n")[2]) == (
        2, "  hint: tls:// needs a certificate, its key, and that of who has signed it\n",
    )  # fmt: skip
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--tls-ca-file", "a.pem"], "--tls-cert: error[scheduler] it goes with the other two"),
        (["--tls-key", "nowhere.pem"], "--tls-key: error[scheduler] there is no file nowhere.pem"),
    ],
)
def test_certificates_that_are_not_there_are_said(tmp_path: Path, words: list[str], said: str) -> None:
    write(tmp_path, roster(2), "roster.csv")
    write(tmp_path, "", "a.pem")
    done = run("batch", "roster.csv", "-o", "out", "--scheduler", "tls://127.0.0.1:1", *words, folder=tmp_path)
    assert done.code == 2
    assert said in done.err


def test_a_worker_of_another_version_that_comes_later_prints_nothing(
    machines: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys.modules["pdfbuilder.batch.run"], "_VERSION", "99.0")
    with (
        cluster.cluster(machines.scheduler_address) as executor,
        pytest.raises(WorkersGone, match=r"a worker has pdfbuilder .*, this is 99\.0"),
    ):
        list(run_jobs(jobs(tmp_path, 20), tmp_path, executor, elsewhere=True, patience=30))
    assert not list(tmp_path.glob("*.pdf"))
