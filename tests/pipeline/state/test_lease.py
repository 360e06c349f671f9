"""One holder at a time of a folder in which nothing can be locked."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from pipeline.remote import RemoteFolder
from pipeline.state import lease
from pipeline.state.lease import HeldByAnother, Lease, lease_folder
from pipeline.state.lock import Held, Owner
from tests.objects import ROOT


@pytest.fixture(params=["objects", "folders"])
def remote(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RemoteFolder:
    monkeypatch.setenv(ROOT, str(tmp_path))
    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(lease, "LEASE_SECONDS", 60.0)  # no machine is so busy that a living process is silent so long
    monkeypatch.setattr(lease, "_LOOK_SECONDS", 0.01)
    return RemoteFolder(f"{request.param}://bucket/state")


def owner(token: int) -> Owner:
    return Owner(pid=token, host=f"box{token}", since="2024-05-01T00:00:00Z", token=f"{token:016x}")


def hold(remote: RemoteFolder, token: int, dead: str = ""):
    return lease_folder(remote, Held(owner(token), dead))


def test_a_folder_is_held_and_let_go(remote: RemoteFolder) -> None:
    with hold(remote, 1) as held:
        assert held.is_held()
        assert [name[-5:] for name in remote.names("claims")] == ["holds"]
    assert remote.names("claims") == []
    with hold(remote, 2) as held:
        assert held.is_held()


@pytest.mark.parametrize("token", [1, 9])
def test_who_comes_second_learns_who_holds_it(remote: RemoteFolder, token: int) -> None:
    with hold(remote, 5) as held:
        with pytest.raises(HeldByAnother, match="process 5 on box5 is using it since 2024-05-01T00:00:00Z"):
            with hold(remote, token):
                pytest.fail("held twice")
        assert held.is_held() and len(remote.names("claims")) == 1


def test_a_dead_process_holds_nothing_for_ever(remote: RemoteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0.6)
    dead = Lease(remote, owner(1))
    dead.beat()
    dead.wait("")
    began = time.monotonic()
    with hold(remote, 2) as held:
        assert time.monotonic() - began > 0.6
        assert held.is_held() and not dead.is_held()
        dead.beat()  # it was only asleep
        assert not dead.is_held() and held.is_held(), "what was taken away stays away"


def test_a_process_that_is_known_to_be_dead_is_not_waited_for(remote: RemoteFolder) -> None:
    dead = Lease(remote, owner(1))
    dead.beat()
    dead.wait("")
    began = time.monotonic()
    with hold(remote, 2, dead=owner(1).token):
        assert time.monotonic() - began < lease.LEASE_SECONDS / 2


def test_of_many_that_come_at_once_one_holds_it_at_a_time(remote: RemoteFolder) -> None:
    inside, most, entered, refused = [], [], [], []

    def work(token: int) -> None:
        for _ in range(6):
            try:
                with hold(remote, token):
                    inside.append(token)
                    most.append(len(inside))
                    time.sleep(0.12)
                    inside.remove(token)
                    entered.append(token)
            except HeldByAnother:
                refused.append(token)

    threads = [threading.Thread(target=work, args=(token,)) for token in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1} and entered and refused
    assert remote.names("claims") == []


def test_files_that_are_no_claims_are_nobody(remote: RemoteFolder) -> None:
    remote.write("claims/readme.txt", b"hello")
    with hold(remote, 1) as held:
        assert held.is_held()
