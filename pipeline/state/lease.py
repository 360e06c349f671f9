"""One process at a time in a folder of another filesystem, where nothing can be locked.

Whoever wants the folder puts a claim into it and then looks for others' claims; who finds none holds the folder. Of two
that come at once, whoever wrote later sees the other, so at most one ever holds it. A claim is kept alive by renaming it,
and one that nobody has kept alive for LEASE_SECONDS is taken away: its process is dead. How long that is, each process
measures by its own clock. Needed of the filesystem: a file that was written is listed from then on.

After L. Lamport, A New Solution of Dijkstra's Concurrent Programming Problem, CACM 17 (1974): of two claims that wait, the
one with the smaller token goes first.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from pipeline.remote import RemoteFolder
from pipeline.state.lock import Held, Owner

CLAIMS = "claims"
BEAT_SECONDS = 10.0  # between two signs of life, 1 to 60
LEASE_SECONDS = 60.0  # without a sign of life after which a process counts as dead, 3 to 60 times BEAT_SECONDS
_LOOK_SECONDS = 1.0  # between two looks at others' claims, at most BEAT_SECONDS
_NAME = re.compile(rf"{CLAIMS}/(?P<token>[0-9a-f]{{16}})-(?P<beat>\d{{8}})-(?P<kind>waits|holds)")


class HeldByAnother(Exception):
    """Another process holds the folder, or will in a moment; the message says which."""


class _Claim(NamedTuple):
    token: str
    beat: int
    holds: bool
    names: tuple[str, ...]  # two while it is being renamed


@contextmanager
def lease_folder(remote: RemoteFolder, held: Held) -> Iterator[Lease]:
    """Hold a folder until the block ends. Takes up to LEASE_SECONDS where a process died that held it.

    Args:
        remote: The folder.
        held: Who this process is, and who is known to be dead.

    Raises:
        HeldByAnother: If another process holds it.
        OSError: If the folder can't be written or read.
    """
    lease = Lease(remote, held.owner)
    beating = threading.Thread(target=lease.keep_beating, daemon=True)
    try:
        lease.beat()
        beating.start()
        lease.wait(held.dead)
        yield lease
    finally:
        lease.stop()
        if beating.ident is not None:
            beating.join()
        with contextlib.suppress(OSError):  # the claim that stays counts as dead in a minute
            lease.withdraw()


class Lease:
    """A claim of this process."""

    def __init__(self, remote: RemoteFolder, owner: Owner):
        self._remote, self._owner = remote, owner
        self._tried, self._name = 0, ""  # beats, also those that failed; what the claim is called now
        self._changes = threading.Lock()
        self._stop = threading.Event()

    def beat(self) -> None:
        """Give a sign of life: the claim gets its next name. One that others took away stays away."""
        with self._changes:
            if not self._name or self._name in self._remote.names(CLAIMS):
                self._rename("holds" if self._name.endswith("holds") else "waits")

    def keep_beating(self) -> None:
        """Give signs of life until stopped."""
        while not self._stop.wait(BEAT_SECONDS):
            with contextlib.suppress(OSError):  # the next one may get through; ``is_held`` tells whether it was too late
                self.beat()

    def stop(self) -> None:
        """Give no further signs of life."""
        self._stop.set()

    def withdraw(self) -> None:
        """Take the claim away."""
        self._remote.delete([name for claim in self._claims() if claim.token == self._owner.token for name in claim.names])

    def is_held(self) -> bool:
        """Whether this process still holds the folder: nobody took it for dead."""
        claims = self._claims()
        return any(claim.token == self._owner.token for claim in claims) and not any(
            claim.holds for claim in claims if claim.token != self._owner.token
        )

    def wait(self, dead: str) -> None:
        """Wait until no other claim is left, then hold the folder.

        Args:
            dead: Token of a process that is known to be dead.

        Raises:
            HeldByAnother: If a claim goes first whose process lives.
        """
        seen: dict[str, tuple[int, float]] = {}  # last sign of life, and when it was first seen
        while others := [claim for claim in self._claims() if claim.token != self._owner.token]:
            now = time.monotonic()
            for claim in others:
                beat, since = seen.setdefault(claim.token, (claim.beat, now))
                if claim.token == dead or now - since > LEASE_SECONDS:
                    with contextlib.suppress(OSError):  # somebody else was quicker
                        self._remote.delete(claim.names)
                elif claim.beat > beat and (claim.holds or claim.token < self._owner.token):
                    raise HeldByAnother(self._describe(claim))
                elif claim.beat > beat:
                    seen[claim.token] = (claim.beat, now)
            time.sleep(_LOOK_SECONDS)
        with self._changes:
            self._rename("holds")

    def _rename(self, kind: str) -> None:
        """The new name first, so that the claim is never away. A write that fails may have got through all the same."""
        self._tried += 1
        before, name = self._name, f"{CLAIMS}/{self._owner.token}-{self._tried:08d}-{kind}"
        self._remote.write(name, msgspec.json.encode(self._owner))
        self._name = name
        self._remote.delete([before] if before else [])

    def _describe(self, claim: _Claim) -> str:
        content = self._remote.read(claim.names[-1])
        try:
            return str(msgspec.json.decode(content or b"", type=Owner))
        except msgspec.DecodeError:
            return "another run is using it"

    def _claims(self) -> list[_Claim]:
        found: dict[str, list[re.Match]] = defaultdict(list)
        for name in sorted(self._remote.names(CLAIMS)):
            if match := _NAME.fullmatch(name):
                found[match["token"]].append(match)
        return [
            _Claim(
                token=token,
                beat=max(int(one["beat"]) for one in matches),
                holds=any(one["kind"] == "holds" for one in matches),
                names=tuple(one[0] for one in matches),
            )
            for token, matches in found.items()
        ]
