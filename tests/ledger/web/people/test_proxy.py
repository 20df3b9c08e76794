"""A trusted proxy: only its own address gives weight to what a header says."""

import pytest

from ledger.errors import Refusal
from ledger.web.people.proxy import Proxy

PROXY = Proxy.typed("X-Remote-User", ["10.0.0.5", "10.1.0.0/28", "2001:db8::5"])


@pytest.mark.parametrize("peer", ["10.0.0.5", "10.1.0.3", "::ffff:10.0.0.5", "2001:db8::5"])
def test_what_the_proxy_says_is_believed(peer: str) -> None:
    headers = {"x-remote-user": ["lan"], "x-forwarded-proto": ["https"], "x-forwarded-for": ["6.6.6.6, 192.0.2.7"]}
    assert PROXY.name(headers, peer) == "lan"
    assert PROXY.is_encrypted(headers, peer)
    assert PROXY.client(headers, peer) == "192.0.2.7"  # what it added itself comes last


@pytest.mark.parametrize(
    "peer", ["10.0.0.6", "127.0.0.1", "10.1.0.16", "::1", "2001:db8::6", "::ffff:10.0.0.6", "", "testclient"]
)
def test_what_anybody_else_says_is_ignored(peer: str) -> None:
    headers = {"x-remote-user": ["lan"], "x-forwarded-proto": ["https"], "x-forwarded-for": ["10.0.0.5"]}
    assert PROXY.name(headers, peer) == ""
    assert not PROXY.is_encrypted(headers, peer)
    assert PROXY.client(headers, peer) == peer


def test_a_name_is_read_as_utf_8() -> None:
    assert PROXY.name({"x-remote-user": ["Ngọc".encode().decode("latin-1")]}, "10.0.0.5") == "Ngọc"
    for nobody in ({}, {"x-remote-user": []}, {"x-remote-user": [" "]}):
        assert PROXY.name(nobody, "10.0.0.5") == ""


@pytest.mark.parametrize("values", [["lan", "keeper"], ["lan", ""], ["\xff"], ["a\x0bb"]])
def test_a_name_that_is_not_clear_is_refused(values: list[str]) -> None:
    with pytest.raises(Refusal, match="does not say clearly who you are"):
        PROXY.name({"x-remote-user": values}, "10.0.0.5")


def test_without_a_header_a_proxy_names_nobody() -> None:
    tls = Proxy.typed("", ["10.0.0.5"])
    assert tls.name({"x-remote-user": ["lan"], "": ["lan"]}, "10.0.0.5") == ""
    assert tls.is_encrypted({"x-forwarded-proto": ["http, https"]}, "10.0.0.5")
    assert not tls.is_encrypted({"x-forwarded-proto": ["https, http"]}, "10.0.0.5")


@pytest.mark.parametrize(
    ("header", "addresses", "says"),
    [
        ("X-Remote-User", [], "Anybody can send the header"),
        ("X User", ["10.0.0.5"], "is not the name of a header"),
        ("x_remote_user", ["10.0.0.5"], "is not the name of a header"),
        ("Host", ["10.0.0.5"], "is not the name of a header"),
        ("X-Remote-User", ["proxy.example"], "is not the address of a proxy"),
        ("X-Remote-User", ["10.0.0.5", ""], "is not the address of a proxy"),
        ("X-Remote-User", ["::/0"], "would trust every machine"),
    ],
)
def test_a_proxy_that_anybody_could_be_is_refused(header: str, addresses: list[str], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        Proxy.typed(header, addresses)
