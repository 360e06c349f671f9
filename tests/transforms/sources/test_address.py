from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.sources.address import (
    ADDRESSES,
    MAX_URL,
    Tracking,
    bare_host,
    host_named,
    host_of,
    normalise_url,
    without_user,
)

SAME = "gazette.example/news/1?page=2"

urlish = st.one_of(
    st.text(),
    st.text(alphabet="htps:/.%?#&=@[]\\abAB012e2E;+ \t\n\u00e9\u3002\ud800"),
    st.builds(
        "{}//{}/{}?{}".format,
        st.sampled_from(["http:", "https:", "", "HTTPS:"]),
        st.text(max_size=12) | st.sampled_from(["gazette.example", "b\u00fccher.example:80", "[::1]", "u:p@a.b"]),
        st.text(alphabet="./%2eEfF \u00e9a;", max_size=12),
        st.text(alphabet="&=utm_sx%75;", max_size=12),
    ),
)


@given(urlish)
@example("http://a.b/%%34%31")
@example("http://a.b/..//../c/.")
@example("//a.b/?%75tm_source=x")
@example("http://a.b/" + "\u00e9" * 3000)
@example("https://a.b//c.d/e")
def test_normalising_is_idempotent_and_never_raises(url: str) -> None:
    once = normalise_url(url)
    if once is not None:
        assert once.isascii() and once.isprintable() and " " not in once
        assert normalise_url(once) == once
        assert host_of(url) == once.split("/")[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/news/1?page=2",
        "http://gazette.example/news/1?page=2",
        "HTTPS://Gazette.EXAMPLE/news/1?page=2#comments",
        "https://gazette.example:8443/news/1?page=2",
        "http://gazette.example:/news/1?page=2",
        "https://reader:secret@gazette.example/news/1?page=2",
        "//gazette.example/news/1?page=2",
        "gazette.example/news/1?page=2",
        "https://gazette.example./news/1?page=2",
        "https://gazette.example/news/1?utm_source=app&page=2&UTM_Medium=x&fbclid=1",
        "https://gazette.example/news/1?&page=2&%75tm_campaign=1",
        "https://gazette.example/sport/../news/./1?page=2",
        "https://gazette.example/%6Eews/1?page=2",
        "  https://gazette.example/ne\nws/1?page=2\x00 ",
    ],
)
def test_spellings_of_one_address(url: str) -> None:
    assert normalise_url(url) == SAME


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://gazette.example", "gazette.example/"),
        ("https://gazette.example?id=7", "gazette.example/?id=7"),
        ("https://gazette.example/a/", "gazette.example/a/"),
        ("https://gazette.example/A?b=1&a=2", "gazette.example/A?b=1&a=2"),
        ("https://gazette.example/a?", "gazette.example/a"),
        ("https://gazette.example/caf\u00e9", "gazette.example/caf%C3%A9"),
        ("https://gazette.example/caf%c3%a9", "gazette.example/caf%C3%A9"),
        ("https://gazette.example/a%2Fb", "gazette.example/a%2Fb"),
        ("https://gazette.example/100%", "gazette.example/100%25"),
        ("https://gazette.example/a b", "gazette.example/a%20b"),
        ("https://B\u00fccher.example/a", "xn--bcher-kva.example/a"),
        ("https://192.168.0.7:80/a", "192.168.0.7/a"),
        ("https://[2001:DB8::1]:80/a", "[2001:db8::1]/a"),
        ("https://gazette.example/a?autumn_sale=1", "gazette.example/a?autumn_sale=1"),
        ("https://gazette.example/a/..", "gazette.example/"),
        ("https://gazette.example/web/2024/https://other.example/b", "gazette.example/web/2024/https://other.example/b"),
    ],
)
def test_what_an_address_keeps(url: str, address: str) -> None:
    assert normalise_url(url) == address


@pytest.mark.parametrize(
    "junk",
    [
        "",
        " ",
        "null",
        "hello world",
        "index.html",
        "hello.world",
        "and/or",
        "3.5/5",
        "/news/1",
        "http://",
        "http:///news",
        "http:/gazette.example/a",
        "http://localhost/a",
        "ftp://gazette.example/a",
        "file:///etc/passwd",
        "mailto:desk@gazette.example/a",
        "javascript:alert(1.5)/2",
        "data:text/html,<p>/",
        "http://gaz ette.example/",
        "http://gazette..example/",
        "http://-gazette.example/",
        "http://300.1.1.1/",
        "http://1.2.3/",
        "http://[::1/",
        "http://[::1%25eth0]/",
        "http://\uff0f\uff0f.example/",
        "http://" + "a" * 64 + ".example/",
        "http://a.b/" + "x" * MAX_URL,
    ],
)
def test_what_is_no_address(junk: str) -> None:
    assert normalise_url(junk) is None
    assert host_of(junk) is None


@pytest.mark.parametrize("entry", ADDRESSES.tracking, ids=lambda entry: entry.prefix or entry.name[0])
def test_each_tracking_entry_proves_itself(entry: Tracking) -> None:
    assert bool(entry.prefix) != bool(entry.name)
    assert [hit for hit in entry.hits if not entry.covers(hit)] == []
    assert [miss for miss in entry.misses if any(other.covers(miss) for other in ADDRESSES.tracking)] == []
    for hit in entry.hits:
        assert normalise_url(f"https://gazette.example/a?{hit}=1&id=7") == "gazette.example/a?id=7"


@pytest.mark.parametrize(
    ("host", "bare"),
    [
        ("www.gazette.example", "gazette.example"),
        ("www.m.gazette.example", "gazette.example"),
        ("sport.gazette.example", "sport.gazette.example"),
        ("www.example", "www.example"),
        ("amp.example", "amp.example"),
    ],
)
def test_bare_host(host: str, bare: str) -> None:
    assert bare_host(host) == bare


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("gazette.example", "gazette.example"),
        ("WWW.Gazette.example", "www.gazette.example"),
        ("https://gazette.example/about", "gazette.example"),
        ("The Gazette", None),
        ("St. Brannock Herald", None),
        ("No.1", None),
    ],
)
def test_names_that_spell_a_host(name: str, host: str | None) -> None:
    assert host_named(name) == host


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://paper.example/a?b=c@d", "https://paper.example/a?b=c@d"),
        (" https://me:se@cret@paper.example:8080/a#b", "https://paper.example:8080/a#b"),
        ("//me@paper.example/", "//paper.example/"),
        ("paper.example/@me", "paper.example/@me"),
    ],
)
def test_names_and_passwords_of_users_are_left_out(url: str, shown: str) -> None:
    assert without_user(url) == shown
    assert normalise_url(shown) == normalise_url(url)
