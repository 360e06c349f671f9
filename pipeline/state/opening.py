"""To hold a state, wherever it lies: one writer at a time, and what an interrupted run left put right."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.locations import is_remote
from pipeline.remote import RemoteFolder
from pipeline.state.folder import StateFolder
from pipeline.state.lease import HeldByAnother, lease_folder
from pipeline.state.lock import LOCK, lock_folder
from pipeline.state.mirror import MirroredState, mirror_folder, remote_manifest
from pipeline.state.publication import publish
from schemas.errors import ConfigurationError
from transforms.state.form import fingerprint_form
from transforms.state.manifest import MANIFEST, SEGMENTS, Manifest, read_manifest

_OURS = frozenset({LOCK, MANIFEST, f"{MANIFEST}.new", SEGMENTS})


@contextmanager
def open_state(location: str | Path, *, create: bool, any_form: bool = False) -> Iterator[StateFolder]:
    """Hold a state for writing: lock it, roll an interrupted publication forward, take leftovers away, check its files.

    Args:
        location: A folder of this machine, or the URL of one on a filesystem that Beam opens.
        create: Whether a new one may begin there.
        any_form: Whether its fingerprints may be another release's, because they are made anew.

    Raises:
        ConfigurationError: If another run holds it, if it is no state or of another version, if a file is missing or
            damaged, or if its filesystem can't be used.
    """
    location = str(location)
    opened = _open_remote(location, create) if is_remote(location) else _open_folder(location, create)
    with opened as state:
        try:
            if state.manifest.publication is not None:
                publish(state.manifest.publication)
            state.clean()
            state.check()
            if not any_form and state.manifest.fingerprints not in ("", fingerprint_form()):
                raise ConfigurationError(
                    f"state {location}: its fingerprints were made by another release and match none of today's; "
                    f"run `wirestories state rebuild {location}` once"
                )
            yield state
        finally:
            with contextlib.suppress(OSError):  # the disk that failed the run, perhaps; the next start cleans it
                state.clean()


def committed_runs(location: str) -> int:
    """How many runs added something to a state; 0 where there is none.

    Raises:
        ConfigurationError: If it can't be read.
    """
    if not is_remote(location):
        manifest = read_manifest(Path(location))
    else:
        with _as_configuration_errors(location):
            manifest = remote_manifest(RemoteFolder(location))
    return manifest.runs if manifest else 0


@contextmanager
def _open_folder(location: str, create: bool) -> Iterator[StateFolder]:
    folder = Path(os.path.abspath(location))
    if read_manifest(folder) is None:
        if not create:
            raise _no_state(location)
        if folder.exists() and (not folder.is_dir() or {path.name for path in folder.iterdir()} - _OURS):
            raise ConfigurationError(f"--state {folder}: not empty, and no state of ours; name a new or an empty folder")
        _refuse_lost_manifest(folder)
    with lock_folder(folder, location):
        yield StateFolder(location, folder, read_manifest(folder) or Manifest())


@contextmanager
def _open_remote(location: str, create: bool) -> Iterator[StateFolder]:
    with _as_configuration_errors(location):
        remote = RemoteFolder(location)
    folder = mirror_folder(remote.url)
    with lock_folder(folder, f"{location} (its copy {folder})") as held, contextlib.ExitStack() as stack:
        with _as_configuration_errors(location):
            if not create and remote_manifest(remote) is None:
                raise _no_state(location)
            lease = stack.enter_context(lease_folder(remote, held))
            state = MirroredState(remote, lease, folder)
            state.fetch()
        yield state


def _refuse_lost_manifest(folder: Path) -> None:
    """What a first run left that was killed begins anew. A later run's files say that there was a manifest."""
    for path in sorted((folder / SEGMENTS).glob("*")):
        number = path.name[:8]
        if number.isdecimal() and int(number) > 1:
            raise ConfigurationError(
                f"state {folder / MANIFEST}: missing, and {SEGMENTS}/{path.name} is of a later run than the first; "
                "restore it from a backup"
            )


def _no_state(location: str) -> ConfigurationError:
    return ConfigurationError(f"state {location}: no state there (no {MANIFEST})")


@contextmanager
def _as_configuration_errors(location: str) -> Iterator[None]:
    """Before anything was done, a filesystem that doesn't answer as it should is a wrong name, or a missing permission."""
    try:
        yield
    except HeldByAnother as error:
        raise ConfigurationError(f"--state {location}: {error}; wait for it to end") from error
    except OSError as error:
        raise ConfigurationError(f"--state {location}: can't be used: {error}") from error
