"""A Dask cluster as an executor like any other, for groups that outgrow one machine."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator
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
def cluster(address: str, certificates: Certificates | None = None) -> Iterator[Executor]:
    """A Dask cluster as an executor.

    Args:
        address: of its scheduler, such as `tcp://10.0.0.5:8786`, or `tls://` with certificates.
        certificates: those for `tls://`, and for no other.

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
            _check_versions(client)
            yield client.get_executor(pure=False)
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


def _check_versions(client: Any) -> None:
    here = version("pdfbuilder")
    there: set[str] = set()

    def ask() -> None:
        try:
            there.update(client.run(version, "pdfbuilder").values() or {"no workers"})
        except Exception:  # noqa: BLE001 - what a worker without the program raises is its own affair
            there.add("none")

    # In a thread: the question has no limit of its own, and a worker that is frozen does not answer.
    question = threading.Thread(target=ask, daemon=True)
    question.start()
    question.join(ANSWER_WITHIN)
    if not there:
        message = f"the workers have not said in {ANSWER_WITHIN:g} seconds which version they have"
        raise _refused(message, "look after the workers, and try again")
    if there != {here}:
        raise _refused(
            f"the workers have pdfbuilder {', '.join(sorted(there))}, this is {here}",
            "install the same version on all machines",
        )


def _start(kind: str) -> str:
    if kind == "tcp":
        return "start one with: dask scheduler"
    return "start one with: dask scheduler --tls-ca-file … --tls-cert … --tls-key …, with certificates of one authority"


def _refused(message: str, hint: str) -> InvalidInput:
    return refused("scheduler", message, said("scheduler"), hint)
