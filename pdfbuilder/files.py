"""Reads files without waiting for anybody, and writes them whole or not at all.

A file is written beside its place, synced, then renamed; for the owner's eyes only (mode 0600).
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pdfbuilder.diagnostics import InvalidInput, Location, refused

_MODE = 0o600
#: How the names of files begin that are not finished.
_UNFINISHED = ".pdfbuilder-"
#: Held while a batch is writing into its folder.
_LOCK = ".pdfbuilder.lock"

#: How a user asks for standard input.
STDIN: Final = "-"


def folder_of(path: str | Path) -> Path:
    """Where relative paths inside a file start."""
    return Path() if str(path) == STDIN else Path(path).parent


def is_file(path: str | Path) -> bool:
    """Whether there is such a file; unlike pathlib's it says no to whatever no file can be called."""
    return os.path.isfile(path)  # noqa: PTH113 - see above


def is_folder(path: str | Path) -> bool:
    """Whether there is such a folder; as `is_file`."""
    return os.path.isdir(path)  # noqa: PTH112 - see there


def read_bytes(path: str | Path, most: int, hint: str, *, may_wait: bool = False) -> tuple[str, bytes]:
    """Read a file, or standard input for `-`, whatever it holds.

    Args:
        path: where it is.
        most: how many bytes it may have.
        hint: what to say of one that has more.
        may_wait: whether it may be standard input or a pipe, which the reader then waits for; true only where the
            command line itself names it.

    Returns:
        What the user calls it, and its bytes.

    Raises:
        InvalidInput: if it is missing, a folder, a device, unreadable, or too large, or if it is one to wait for and
            may not be.
    """
    if str(path) == STDIN:
        if sys.stdin is None:
            raise _refused("missing-file", "standard input is closed", "<stdin>", "name a file, or hand something over")
        try:
            data = sys.stdin.buffer.read(most + 1)
        except OSError as error:  # it may have been opened to be written
            message = f"standard input cannot be read: {reason_of(error)}"
            raise _refused("unreadable", message, "<stdin>", "name a file, or hand something over") from None
        return "<stdin>", _bounded(data, "<stdin>", most, hint)
    name = str(path)
    try:
        return name, _bounded(read_file(name, most + 1, may_wait=may_wait), name, most, hint)
    except FileNotFoundError:
        raise _refused("missing-file", "there is no such file", name, "check the path") from None
    except IsADirectoryError:
        raise _refused("directory", "expected a file, got a folder", name, "name one file inside it") from None
    except PermissionError:
        raise _refused(
            "unreadable", "the file may not be read", name, "check who owns it and its permissions"
        ) from None
    except (OSError, ValueError) as error:
        raise _refused("unreadable", f"the file cannot be read: {reason_of(error)}", name, "check the path") from None


def read_file(name: str | Path, most: int, *, may_wait: bool = False) -> bytes:
    """The first bytes of a file, without ever waiting for somebody to write it.

    Args:
        name: where it is.
        most: so many of them.
        may_wait: whether it may be a pipe all the same.

    Raises:
        OSError: if it cannot be read, or is a folder, a device or, unless that may be, a pipe.
        ValueError: if no file can have such a name.
    """
    # Not even opened: to open a pipe is to wait for who writes into it, and some devices do something then.
    waits = _waits(os.stat(name).st_mode, may_wait=may_wait)  # noqa: PTH116 - a NUL in a name must raise here
    with open(name, "rb", opener=None if waits else _open_at_once) as stream:
        _waits(os.fstat(stream.fileno()).st_mode, may_wait=waits)  # it may have become another one meanwhile
        data = stream.read(most)
    if data is None:  # /proc has files that say they are ordinary, and are written as things happen
        raise BlockingIOError(0, "there is nothing in it yet")
    return data


def reason_of(error: Exception) -> str:
    """Why a file could not be read, in words."""
    return error.strerror if isinstance(error, OSError) and error.strerror else "not a file's name"


def _open_at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _waits(mode: int, *, may_wait: bool) -> bool:
    """Whether a file is a pipe, which it may be; whatever else is no ordinary file is refused."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    is_pipe = stat.S_ISFIFO(mode)
    if not stat.S_ISREG(mode) and not (is_pipe and may_wait):
        raise OSError(0, "it is a pipe, which only the command line may name" if is_pipe else "it is a device")
    return is_pipe


def _bounded(data: bytes, name: str, most: int, hint: str) -> bytes:
    if len(data) > most:
        raise _refused("too-large", f"expected at most {most:,} bytes", name, hint)
    return data


def write_file(path: Path, data: bytes | Iterable[bytes], *, replace: bool = True, at_once: bool = True) -> None:
    """Write a file so that at every moment either the old one or the new one is there, whole.

    Args:
        path: where to.
        data: its content, or its parts in order.
        replace: whether a file that exists may be replaced.
        at_once: whether it is waited for until the disk has it, so that this holds also if the power fails; if not,
            `settle` waits for all of many.

    Raises:
        InvalidInput: if the place does not exist, is no place for a file, is a symbolic link, or cannot be written.
    """
    check_place(path, replace=replace)
    # Named before it is made: whenever Ctrl-C comes, it is known what to remove.
    temporary = path.parent / f"{_UNFINISHED}{os.urandom(8).hex()}"
    try:
        with open(temporary, "xb", opener=_for_the_owner) as stream:
            stream.writelines((data,) if isinstance(data, bytes) else data)
            stream.flush()
            if at_once:
                os.fsync(stream.fileno())
        temporary.chmod(_MODE)
        if replace:
            temporary.replace(path)
        else:
            _place_new(temporary, path)
    except FileExistsError:
        raise _refused("output-exists", "the file exists already", path, "choose another name") from None
    except OSError as error:
        raise _refused(
            "output", f"the file cannot be written: {error.strerror or error}", path, "choose another place"
        ) from None
    finally:
        with suppress(OSError):  # most often it has been renamed by now
            temporary.unlink()


def settle(paths: Iterable[Path]) -> None:
    """Wait until the disk has what was written without waiting: for all at once it takes as long as for one."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        with suppress(OSError), path.open("rb+") as stream:
            os.fsync(stream.fileno())


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, _MODE)


def _place_new(temporary: Path, path: Path) -> None:
    """Give a file its name, unless the name was taken meanwhile."""
    try:
        # A hard link fails if it was, where a rename would replace.
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # no hard links here, as on a memory stick
        check_place(path, replace=False)
        temporary.replace(path)


def remove_unfinished(folder: Path) -> None:
    """Remove what was left by writers who were killed; for when nobody is writing into the folder."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        with suppress(OSError):
            path.unlink()


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Keep a folder to oneself for a while; the system lets go of it when this process ends, however it ends.

    Raises:
        InvalidInput: if another process keeps it, or if it cannot be kept.
    """
    path = folder / _LOCK
    try:
        descriptor = _kept(path)
    except OSError as error:
        reason = error.strerror or error
        raise _refused("output", f"the folder cannot be locked: {reason}", folder, "choose another place") from None
    if descriptor is None:
        hint = "wait until that one is done, or choose another folder"
        raise _refused("output-busy", "another batch is printing into this folder", folder, hint)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows keeps a file that is open
            path.unlink()
        os.close(descriptor)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink()


def _kept(path: Path) -> int | None:
    """The lock, open and held; None if somebody else holds it."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    while True:
        descriptor = os.open(path, flags, _MODE)
        try:
            if not _holds(descriptor):
                os.close(descriptor)
                return None
            if os.path.samestat(path.lstat(), os.fstat(descriptor)):
                return descriptor
        except FileNotFoundError:
            pass
        except OSError:
            os.close(descriptor)
            raise
        os.close(descriptor)  # of a file that whoever held it before has removed


def _holds(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there is no such module elsewhere

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - see above

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def check_place(path: Path, *, replace: bool = True) -> None:
    """Whether a file may be written at a place; see `write_file`."""
    if path == Path(STDIN):
        raise _refused("output", "this is not written to standard output", path, "name a file")
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        mode = None
    except NotADirectoryError:
        raise _refused("output-folder", f"{path.parent} is not a folder", path, "choose another place") from None
    except (OSError, ValueError) as error:
        raise _refused(
            "output", f"the file cannot be written: {reason_of(error)}", path, "choose another place"
        ) from None
    if mode is not None:
        _check_existing(path, mode, replace=replace)
    elif not path.parent.is_dir():
        raise _refused("output-folder", f"there is no folder {path.parent}", path, "make the folder first")


def check_apart(path: Path, sources: Iterable[str | Path]) -> None:
    """Whether a file to be written is none of those that were read for it.

    Raises:
        InvalidInput: if it is.
    """
    for source in sources:
        with suppress(OSError, ValueError):
            if path.samefile(source):
                raise _refused(
                    "output-input", "the file is read for this, and would be lost", path, "choose another name"
                )


def _check_existing(path: Path, mode: int, *, replace: bool) -> None:
    if stat.S_ISLNK(mode):
        raise _refused("output-link", "the file is a symbolic link", path, "name the file that it points to")
    if stat.S_ISDIR(mode):
        raise _refused("output-directory", "expected a file's name, got a folder", path, "add a file's name")
    if not stat.S_ISREG(mode):
        raise _refused("output", "expected a file's name, got a device", path, "name an ordinary file")
    if not replace:
        raise _refused("output-exists", "the file exists already", path, "choose another name")


def check_folder(path: Path) -> None:
    """Whether files may be put into a folder, which need not be there yet.

    Raises:
        InvalidInput: if it is something else, is a symbolic link, cannot be written, or has no folder to be made in.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise _refused("output-folder", f"there is no folder {path.parent}", path, "make it first") from None
        return
    except (OSError, ValueError):
        raise _refused("output-folder", "it cannot be a folder", path, "choose another place") from None
    if stat.S_ISLNK(mode):
        raise _refused("output-link", "the folder is a symbolic link", path, "name the folder that it points to")
    if not stat.S_ISDIR(mode):
        raise _refused("output-folder", "expected a folder, got a file", path, "choose another place")
    if not os.access(path, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise _refused("output-folder", "the folder cannot be written", path, "choose another place")


def make_folder(path: Path) -> None:
    """Make a folder for the owner's eyes only, unless it is there.

    Raises:
        InvalidInput: as `check_folder`, and if it cannot be made.
    """
    check_folder(path)
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise _refused("output-folder", f"the folder cannot be made: {reason}", path, "choose another place") from None


def _refused(code: str, message: str, path: Path | str, hint: str) -> InvalidInput:
    return refused(code, message, Location(str(path)), hint)
