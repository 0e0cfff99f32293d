"""A Dask cluster as an executor like any other, for groups that outgrow one machine."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import Any, Final

from msgspec import Struct

from pdfbuilder.diagnostics import InvalidInput, refused
from pdfbuilder.domain.places import said

#: How long a scheduler is waited for.
_PATIENCE: Final = "10s"
#: How long the workers of a cluster may be silent, in seconds.
ANSWER_WITHIN: Final = 60.0


class Certificates(Struct, frozen=True):
    """What encrypts the way to a cluster: files in PEM, as `dask scheduler --tls-ca-file …` has them.

    Attributes:
        authority: who has signed the certificates of all.
        certificate: this machine's.
        key: this machine's.
    """

    authority: str
    certificate: str
    key: str


@contextmanager
def cluster(
    address: str, certificates: Certificates | None = None, notice: Callable[[str], object] = lambda _: None
) -> Iterator[Executor]:
    """A Dask cluster as an executor.

    Args:
        address: of its scheduler, such as `tcp://10.0.0.5:8786`, or `tls://` with certificates.
        certificates: those for `tls://`, and for no other.
        notice: told in words, at the end, of workers that were lost meanwhile: Dask gives their work to others.

    Raises:
        InvalidInput: if Dask is not installed, if there is no scheduler, or if a worker has another version of this
            program: a batch in which sheets differ by where they were made is worse than none.
    """
    kind = "tls" if certificates else "tcp"
    if "://" in address and not address.startswith(f"{kind}://"):
        needs = "tls:// needs a certificate, its key, and that of who has signed it"
        hint = needs if kind == "tcp" else "leave the certificates out"
        raise _refused(f"expected an address that begins with {kind}://, got {address}", hint)
    try:
        from distributed import Client, Security  # noqa: PLC0415 - half a second, for those who have a cluster
    except ImportError:
        raise _refused("Dask is not installed", 'pip install "pdfbuilder[cluster]"') from None
    security = None
    if certificates:
        security = Security(
            tls_ca_file=certificates.authority,
            tls_client_cert=certificates.certificate,
            tls_client_key=certificates.key,
            require_encryption=True,
        )
    with _quiet():
        client = None
        # Nobody is there, it is no address, or the certificates do not go with it.
        with suppress(OSError, ValueError, TypeError):
            client = Client(address, timeout=_PATIENCE, security=security)
        if client is None:
            # One that has found nobody takes its leave when it is collected, under a lock that the next one starts
            # with: if that is later, amid its start, both wait for ever.
            gc.collect()
            raise _refused(f"there is no scheduler at {address}", _start(kind))
        try:
            workers = _check_versions(client)
            yield client.get_executor(pure=False)
            left = _answers(client.nthreads)
            lost = workers.difference(left)
            if lost and left and "" not in left:
                notice(f"{len(lost)} of {len(workers)} workers went away; others have printed what they had")
        finally:
            with suppress(Exception):  # a scheduler that is gone cannot be taken leave of
                client.close(timeout=_PATIENCE)


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask speaks of what is lost in tracebacks; here it is said in a line."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _check_versions(client: Any) -> frozenset[str]:
    """Refuse workers with another version; the addresses of all."""
    here = version("pdfbuilder")
    answers = _answers(lambda: client.run(version, "pdfbuilder") or {"": "no workers"})
    if not answers:
        message = f"the workers have not said in {ANSWER_WITHIN:g} seconds which version they have"
        raise _refused(message, "look after the workers, and try again")
    there = set(answers.values())
    if there != {here}:
        raise _refused(
            f"the workers have pdfbuilder {', '.join(sorted(there))}, this is {here}",
            "install the same version on all machines",
        )
    return frozenset(answers)


def _answers(question: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    """What each worker answers, by its address; nothing if they do not, and by no address `none` if one cannot.

    In a thread: a question has no limit of its own, and who is frozen does not answer.
    """
    found: dict[str, Any] = {}

    def ask() -> None:
        try:
            found.update(question())
        except Exception:  # noqa: BLE001 - what a worker without the program raises is its own affair
            found[""] = "none"

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(ANSWER_WITHIN)
    return found


def _start(kind: str) -> str:
    if kind == "tcp":
        return "start one with: dask scheduler"
    return "start one with: dask scheduler --tls-ca-file … --tls-cert … --tls-key …, with certificates of one authority"


def _refused(message: str, hint: str) -> InvalidInput:
    return refused("scheduler", message, said("scheduler"), hint)
