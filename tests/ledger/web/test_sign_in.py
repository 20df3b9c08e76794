"""Signing in, tested on a running server: who is let in, what each role may do, and what a clearance shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger import AskableRecord, Ledger

pytest.importorskip("datasette", reason="the extra `web` is not installed")

import httpx

from ledger.web.people import sessions
from ledger.web.people.audit import Audit
from ledger.web.people.guesses import MOST
from ledger.web.people.people import AccessRole, People, last_day
from ledger.web.people.proxy import Proxy
from ledger.web.people.visitors import Visitors
from tests.ledger.web import serving

SLOW = 60  # seconds that a busy machine may take
DESK = "/vn-us-trade/enter"
SECRET = "confidential-cable"
SIGNED = re.compile(r'<form class="signed".*?</form>\n', re.DOTALL)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    found = serving.worked_example(tmp_path_factory.mktemp("sign-in"))
    cable = {"title": "A cable", "published": "2025-05-23", "level": "confidential", "publisher": "The embassy"}
    found.append("source", SECRET, cable, negotiation="vn-us-trade")
    told = {
        "by": "us",
        "act": "proposed",
        "issues": ["tariffs"],
        "on": "2025-05-23",
        "quote": "quietly proposed",
    }
    found.append("statement", "secret-offer", told, negotiation="vn-us-trade", source=SECRET)
    return found


@pytest.fixture(scope="module")
def people(ledger: Ledger) -> People:
    return People(ledger.path)


@pytest.fixture(scope="module")
def tokens(people: People) -> dict[str, str]:
    return {
        "press": people.add("press", AccessRole.READER, level="public"),
        "minister": people.add("minister", AccessRole.READER, level="confidential"),
        "lan": people.add("lan", AccessRole.RECORDER),
        "keeper": people.add("keeper", AccessRole.KEEPER),
    }


@pytest.fixture(scope="module")
def served(ledger: Ledger, people: People, tokens: dict[str, str]) -> Iterator[str]:
    with serving.serving(ledger, Visitors(people)) as address:
        yield address


@pytest.fixture
def client(served: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served, timeout=SLOW) as found:
        yield found


def sign_in(client: httpx.Client, token: str, there: str = "", **headers: str) -> httpx.Response:
    return client.post("/-/sign-in", data={"token": token, "there": there}, headers=headers)


def forms_of(page: str) -> str:
    return page.partition('name="token" value="')[2].partition('"')[0]


def test_without_signing_in_nothing_is_told(client: httpx.Client) -> None:
    for path in ("/", "/vn-us-trade", "/vn-us-trade.json", "/vn-us-trade/calendar.ics", "/-/head.json", "/raw_tables",
                 "/raw_tables/issues.csv", "/x", DESK, "/-/sign-in"):  # fmt: skip
        found = client.get(path)
        assert found.status_code == 401
        assert found.headers["www-authenticate"] == 'Bearer realm="Parley"'
        assert "Viet Nam" not in found.text and "Your token" in found.text
    assert client.post(DESK, data={"report": "x"}).status_code == 401
    found = client.post(DESK, data={"report": "x"}, headers={"accept": "application/json"})
    assert found.status_code == 401 and "You are signed out" in found.json()["refused"]
    assert client.get("/-/parley/parley.css").status_code == 200


def test_a_session_is_opened_by_a_token_and_ended_by_signing_out(client: httpx.Client, tokens: dict[str, str]) -> None:
    found = sign_in(client, tokens["press"])
    assert (found.status_code, found.headers["location"]) == (303, "/")
    page = client.get("/")
    assert page.status_code == 200 and "Signed in as <bdi>press</bdi>" in page.text
    kept = dict(client.cookies)
    assert client.post("/-/sign-out").headers["location"] == "/"
    assert client.get("/").status_code == 401
    assert httpx.get(f"{client.base_url}", cookies=kept, timeout=SLOW).status_code == 401


def test_a_visitor_arrives_where_they_wanted_to_go_with_its_date(client: httpx.Client, tokens: dict[str, str]) -> None:
    wanted = "/vn-us-trade/issues?as-of=2025-05-22&all=everything"
    asked = client.get(wanted)
    there = re.search(r'name="there" value="([^"]*)"', asked.text)
    assert there and there[1].replace("&amp;", "&") == wanted
    wrong = sign_in(client, "wrong", wanted)
    assert wrong.status_code == 403 and there[0] in wrong.text and "This token is wrong" in wrong.text
    found = sign_in(client, tokens["press"], wanted)
    assert found.headers["location"] == wanted
    assert "22 May 2025" in client.get(found.headers["location"]).text


@pytest.mark.parametrize(
    "there",
    [
        "//example.org/x", "//example.org", "/\\example.org", "\\\\example.org", "https://example.org/", "//",
        "/vn-us-trade\\@example.org", "/vn-us-trade?x=\\y", "/vn-us-trade?x=\r\nSet-Cookie: a=b",
        "/vn-us-trade\n", " //example.org", "javascript:alert(1)",
        "/%2f/example.org", "/vn-us-trade/../..//example.org", "/-/sign-out", "/-/head.json", "/raw_tables/\u0456ssues",
        "example.org", "@example.org", "/vn-us-trade/é",
    ],
)  # fmt: skip
def test_signing_in_leads_to_no_other_site(client: httpx.Client, tokens: dict[str, str], there: str) -> None:
    found = sign_in(client, tokens["press"], there)
    assert (found.status_code, found.headers["location"]) == (303, "/")
    path = re.sub(rb"[^!-~]", b"", there.encode())
    raw = httpx.URL(str(client.base_url)).copy_with(raw_path=path if path.startswith(b"/") else b"/" + path)
    with httpx.Client(timeout=SLOW) as stranger:
        assert "example.org" not in stranger.send(stranger.build_request("GET", raw)).text


def test_a_planted_session_is_not_used(client: httpx.Client, tokens: dict[str, str]) -> None:
    client.cookies.set("parley", "planted-by-somebody-else")
    assert client.get("/").status_code == 401
    found = sign_in(client, tokens["press"])
    assert "planted" not in found.headers["set-cookie"]
    with httpx.Client(base_url=client.base_url, timeout=SLOW, cookies={"parley": "planted-by-somebody-else"}) as other:
        assert other.get("/").status_code == 401


def test_a_forged_token_or_session_opens_nothing(client: httpx.Client, tokens: dict[str, str]) -> None:
    start, _, secret = tokens["lan"].rpartition("_")
    reader = tokens["press"].rpartition("_")[0]
    for forged in (f"{start}_{'A' * 43}", f"{reader}_{secret}", secret):
        found = client.get("/", headers={"authorization": f"Bearer {forged}"})
        assert found.status_code == 401 and "This token is wrong" in found.text
    for cookie in ("parley=", f"parley={tokens['lan']}", 'parley="\\x; ;;=', "parley=lan", "x" * 5000):
        assert client.get("/", headers={"cookie": cookie}).status_code == 401


def test_a_revoked_or_expired_token_ends_its_sessions(client: httpx.Client, people: People, set_clock) -> None:
    set_clock("2026-11-21T12:00:00+00:00")
    token = people.add("guest", AccessRole.READER, level="public", expires=last_day("1d"))
    sign_in(client, token)
    assert client.get("/").status_code == 200
    set_clock("2026-11-23T12:00:00+00:00")
    assert client.get("/").status_code == 401
    assert sign_in(client, token).status_code == 403
    people.revoke("guest")
    token = people.add("guest", AccessRole.READER, level="public")
    sign_in(client, token)
    assert client.get("/").status_code == 200
    people.revoke("guest")
    assert client.get("/").status_code == 401
    assert client.get("/", headers={"authorization": f"Bearer {token}"}).status_code == 401


def test_an_idle_session_ends_although_its_page_checks_for_news(
    client: httpx.Client, tokens: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, tokens["press"])
    monkeypatch.setattr(sessions, "IDLE", 0.2)
    for _ in range(4):
        status = client.get("/-/head.json").status_code
        sessions.time.sleep(0.08)
    assert status in (200, 401) and client.get("/").status_code == 401


def test_guesses_are_limited_and_others_are_not_kept_waiting(
    ledger: Ledger, people: People, tokens: dict[str, str]
) -> None:
    visitors = Visitors(people, Proxy.typed("", ["127.0.0.1"]))
    with serving.serving(ledger, visitors) as address, httpx.Client(base_url=address, timeout=SLOW) as client:
        for _ in range(MOST):
            assert sign_in(client, "wrong", **{"x-forwarded-for": "192.0.2.1"}).status_code == 403
        for attempt in ("wrong", tokens["press"]):
            found = sign_in(client, attempt, **{"x-forwarded-for": "192.0.2.1"})
            assert found.status_code == 429 and "Wait 10 minutes" in found.text
        bearer = {"authorization": f"Bearer {tokens['press']}"}
        assert client.get("/", headers={**bearer, "x-forwarded-for": "192.0.2.1"}).status_code == 429
        assert client.get("/", headers={**bearer, "x-forwarded-for": "192.0.2.2"}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}]
)
def test_another_site_can_neither_sign_in_nor_out_nor_file(
    client: httpx.Client, tokens: dict[str, str], headers: dict[str, str], ledger: Ledger
) -> None:
    assert sign_in(client, tokens["lan"], **headers).status_code == 403
    assert not client.cookies
    sign_in(client, tokens["lan"])
    assert client.post("/-/sign-out", headers=headers).status_code == 403
    page = client.get(DESK)
    before = ledger.head()
    answer = client.post("/vn-us-trade/note", data={"token": forms_of(page.text), "note": "x"}, headers=headers)
    assert answer.status_code == 409 and "did not come from a page" in answer.text
    assert ledger.head() == before


def test_a_form_is_accepted_only_in_the_session_that_had_its_page(
    client: httpx.Client, tokens: dict[str, str], ledger: Ledger
) -> None:
    sign_in(client, tokens["lan"])
    form = {"token": forms_of(client.get(DESK).text), "kind": "meeting", "note": "They met again.", "f-kind": "call"}
    before = ledger.head()
    with httpx.Client(base_url=client.base_url, timeout=SLOW) as other:
        sign_in(other, tokens["keeper"])
        assert other.post("/vn-us-trade/note", data=form).status_code == 409
        assert other.post("/vn-us-trade/note", data={**form, "token": ""}).status_code == 409
    kept = dict(client.cookies)
    client.post("/-/sign-out")
    with httpx.Client(base_url=client.base_url, timeout=SLOW, cookies=kept) as replaying:
        assert replaying.post("/vn-us-trade/note", data=form).status_code == 401
    sign_in(client, tokens["lan"])
    assert client.post("/vn-us-trade/note", data=form).status_code == 409
    assert ledger.head() == before


NOTE = {"kind": "statement", "note": "The adviser said in the corridor that they offered more.", "slug": "a-word",
        "f-by": "us", "f-act": "proposed", "f-on": "2025-06-20", "f-issues": "tariffs"}  # fmt: skip


def test_who_records_is_who_signed_in_whatever_the_form_says(
    client: httpx.Client, tokens: dict[str, str], ledger: Ledger
) -> None:
    sign_in(client, tokens["lan"])
    page = client.get("/vn-us-trade/note?kind=statement").text
    assert "Your name" not in page
    before = ledger.head().position
    answer = client.post("/vn-us-trade/note", data={**NOTE, "token": forms_of(page), "keeper": "the minister"})
    assert answer.status_code == 303, answer.text
    with ledger.views(negotiation="vn-us-trade") as views:
        filed = [one for one in views.log(later=True) if one.position > before]
    assert filed and {one.recorded_by for one in filed} == {"lan"}
    found = httpx.get(f"{client.base_url}/vn-us-trade/sources", headers=bearer(tokens["press"]), timeout=SLOW)
    assert found.status_code == 200 and "a-word" not in found.text


def test_a_draft_is_filed_by_who_files_it(client: httpx.Client, tokens: dict[str, str], ledger: Ledger) -> None:
    sign_in(client, tokens["keeper"])
    text = "HANOI, June 21 2025. Viet Nam asked the United States to lower the reciprocal tariff."
    start = {
        "token": forms_of(client.get(DESK).text),
        "report": text,
        "publisher": "VNA",
        "published": "2025-06-21",
        "title": "T",
    }
    draft = client.post(DESK, data={**start, "keeper": "somebody"}).headers["location"].partition("?")[0]
    assert "By <bdi>keeper</bdi>" in client.get(DESK).text
    with httpx.Client(base_url=client.base_url, timeout=SLOW) as other:
        sign_in(other, tokens["lan"])
        page = other.get(draft).text
        entry = re.search(r'<form[^>]*id="(e\d+)"', page) or re.search(r'name="entry" value="(e\d+)"', page)
        assert entry
        number = re.search(r'data-number="(\d+)"', page)
        values = {"token": forms_of(page), "entry": entry[1], "number": number[1] if number else "1", "do": "accept"}
        fields = {"f-by": "vn", "f-act": "asked", "f-to": "us", "f-issues": "tariffs", "f-on": "2025-06-21"}
        other.post(draft, data={**values, **fields, "is-a": "statement", "slug": "asked-again"})
        before = ledger.head().position
        filed = other.post(draft, data={"token": forms_of(page), "do": "file"})
        assert filed.status_code == 303, filed.text
    with ledger.views(negotiation="vn-us-trade") as views:
        assert {one.recorded_by for one in views.log(later=True) if one.position > before} == {"lan"}


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


# What each role may do, by address: 200, or the status of the refusal.
ALLOWED: list[tuple[str, dict[str, int]]] = [
    ("/vn-us-trade", {"press": 200, "minister": 200, "lan": 200, "keeper": 200}),
    ("/raw_tables/issues.csv", {"press": 200, "minister": 200, "lan": 200, "keeper": 200}),
    (f"/vn-us-trade/source/{SECRET}", {"press": 404, "minister": 200, "lan": 200, "keeper": 200}),
    (f"/vn-us-trade/source/{SECRET}.json", {"press": 404, "minister": 200, "lan": 200, "keeper": 200}),
    (DESK, {"press": 403, "minister": 403, "lan": 200, "keeper": 200}),
    ("/vn-us-trade/note", {"press": 403, "minister": 403, "lan": 200, "keeper": 200}),
    ("/vn-us-trade/retract/round-2", {"press": 403, "minister": 403, "lan": 200, "keeper": 200}),
    ("/vn-us-trade/level/round-2", {"press": 403, "minister": 403, "lan": 403, "keeper": 200}),
    ("/vn-us-trade/erase/round-2", {"press": 403, "minister": 403, "lan": 403, "keeper": 200}),
    ("/-/tokens", {"press": 403, "minister": 403, "lan": 403, "keeper": 200}),
    ("/-/plugins.json", {"press": 404, "minister": 404, "lan": 404, "keeper": 404}),
]


@pytest.mark.parametrize(("path", "allowed"), ALLOWED, ids=[path for path, _ in ALLOWED])
def test_each_role_is_allowed_what_is_its_own(
    client: httpx.Client, tokens: dict[str, str], path: str, allowed: dict[str, int]
) -> None:
    assert {name: client.get(path, headers=bearer(tokens[name])).status_code for name in allowed} == allowed


def test_a_reader_is_told_why_nothing_can_be_entered(
    client: httpx.Client, tokens: dict[str, str], ledger: Ledger
) -> None:
    sign_in(client, tokens["minister"])
    page = client.get("/vn-us-trade/meeting/round-2").text
    assert "/retract/" not in page and DESK not in page and "These pages are read-only" in page
    before = ledger.head()
    for answer in (
        client.get(DESK),
        client.post(DESK, data={"report": "x"}),
        client.post("/vn-us-trade/note", data=NOTE),
    ):
        assert answer.status_code == 403
        assert "signed in as minister, who may read here but not enter anything" in answer.text
    assert ledger.head() == before


def addresses(record: AskableRecord) -> list[str]:
    pages = [*serving.some_pages(record, "vn-us-trade"), "/vn-us-trade/issue/tariffs", "/vn-us-trade/party/us"]
    tables = ["issues", "sources", "statements", "meetings", "log", "asks"]
    return [
        *pages,
        *(f"{one}.json" for one in pages[1:]),
        *(f"{one}?as-of=2025-05-30" for one in pages[1:20]),
        *(f"/raw_tables/{name}{form}" for name in tables for form in ("", ".json", ".csv")),
        "/raw_tables",
        "/raw_tables.json",
        "/raw_tables?sql=select+count(*)+from+entries",
        "/vn-us-trade/calendar.ics",
        "/vn-us-trade/timeline.svg",
        "/vn-us-trade/search?q=quietly",
        "/-/head.json",
        f"/vn-us-trade/source/{SECRET}",
        "/nowhere",
    ]


def alike(answer: httpx.Response) -> tuple[int, str | None, str]:
    """What an answer tells, apart from the line with the name, the port, and the milliseconds that Datasette took."""
    text = re.sub(r'"query_ms": [\d.]+|Queries took [\d.]+ms|127\.0\.0\.1:\d+', "", SIGNED.sub("", answer.text))
    return answer.status_code, answer.headers.get("content-type"), text


def counted(client: httpx.Client, path: str) -> httpx.Response:
    """The answer for a path; Datasette leaves out the rows of a table that it has no time to count."""
    for _ in range(20):
        answer = client.get(path)
        if '"count": null' not in answer.text:
            break
    return answer


def test_a_reader_sees_to_the_byte_what_pages_of_that_level_show(
    client: httpx.Client, tokens: dict[str, str], ledger: Ledger
) -> None:
    record = AskableRecord(ledger.path, level="public")
    sign_in(client, tokens["press"])
    with serving.serving(record, read_only=True) as address, httpx.Client(base_url=address, timeout=SLOW) as public:
        for path in addresses(record):
            assert alike(counted(client, path)) == alike(counted(public, path)), path
    assert "quietly" not in client.get("/vn-us-trade/log.json").text
    sign_in(client, tokens["minister"])
    assert "secret-offer" in client.get("/vn-us-trade/log.json").text
    assert SECRET in client.get("/raw_tables/sources.csv").text


def test_pages_served_at_a_level_show_nobody_more(ledger: Ledger, people: People, tokens: dict[str, str]) -> None:
    record = AskableRecord(ledger.path, level="internal")
    with serving.serving(record, Visitors(people), read_only=True) as address:
        for token in tokens.values():
            found = httpx.get(f"{address}/vn-us-trade/source/{SECRET}", headers=bearer(token), timeout=SLOW)
            assert found.status_code == 404
        answer = httpx.get(address + DESK, headers=bearer(tokens["lan"]), timeout=SLOW)
        assert answer.status_code == 403 and "only show the record" in answer.text


def test_a_header_is_believed_only_from_the_proxy(ledger: Ledger, people: People, tokens: dict[str, str]) -> None:
    headers = {"x-remote-user": "lan", "x-forwarded-proto": "https", "x-forwarded-for": "10.0.0.5"}
    with serving.serving(ledger, Visitors(people, Proxy.typed("X-Remote-User", ["10.0.0.5"]))) as address:
        assert httpx.get(address, headers=headers, timeout=SLOW).status_code == 401  # it comes from 127.0.0.1
        found = httpx.post(f"{address}/-/sign-in", data={"token": tokens["lan"]}, headers=headers, timeout=SLOW)
        assert "Secure" not in found.headers["set-cookie"]
    with serving.serving(ledger, Visitors(people, Proxy.typed("X-Remote-User", ["127.0.0.1"]))) as address:
        found = httpx.get(address + DESK, headers=headers, timeout=SLOW)
        assert found.status_code == 200 and "Signed in as <bdi>lan</bdi>" in found.text
        assert "Sign out" not in found.text and forms_of(found.text)
        assert httpx.get(address, headers={"x-remote-user": "mallory"}, timeout=SLOW).status_code == 403
        twice = [("x-remote-user", "lan"), ("x-remote-user", "keeper")]
        assert httpx.get(address, headers=twice, timeout=SLOW).status_code == 403
        assert httpx.get(address, timeout=SLOW).status_code == 401
        found = httpx.post(
            f"{address}/-/sign-in", data={"token": tokens["lan"]}, headers={"x-forwarded-proto": "https"}, timeout=SLOW
        )
        assert found.headers["set-cookie"].startswith("__Host-parley=") and "; Secure" in found.headers["set-cookie"]


def test_it_is_noted_who_looks_at_more_than_what_is_public_and_the_page_says_so(
    ledger: Ledger, people: People, tokens: dict[str, str], tmp_path: Path
) -> None:
    trail = tmp_path / "trail.jsonl"
    said = "Your visit to this page is noted"
    with serving.serving(ledger, Visitors(people), audit=Audit(trail, ledger.path)) as address:

        def get(name: str, path: str) -> httpx.Response:
            return httpx.get(address + path, headers=bearer(tokens[name]), timeout=SLOW)

        assert said not in get("press", "/vn-us-trade").text
        assert said in get("minister", "/vn-us-trade?as-of=2025-05-30").text
        assert "It is noted who looks at these pages" in get("lan", "/raw_tables/issues").text
        assert "It is noted" not in get("press", "/raw_tables/issues").text
        for path in ("/raw_tables", "/raw_tables/issues/1", "/raw_tables?sql=select+1", "/raw_tables/asks-waiting"):
            assert "It is noted who looks at these pages" in get("keeper", path).text
        get("lan", "/-/head.json"), get("lan", "/-/parley/parley.css"), get("lan", "/nowhere/at/all/x")
        lines: list[Any] = [json.loads(line) for line in trail.read_text().splitlines()]
        assert [(one["name"], one["address"]) for one in lines] == [
            ("minister", "/vn-us-trade?as-of=2025-05-30"),
            ("lan", "/raw_tables/issues"),
        ] + [("keeper", one["address"]) for one in lines[2:]]
        assert len(lines) == 6
        trail.unlink()
        found = get("minister", "/vn-us-trade")
        assert found.status_code == 503 and "This page is not shown" in found.text
        assert get("press", "/vn-us-trade").status_code == 200


def test_a_damaged_list_lets_nobody_in_and_tells_no_path(
    ledger: Ledger, people: People, tokens: dict[str, str], capfd: Any
) -> None:
    with serving.serving(ledger, Visitors(people)) as address:
        kept = people.path.read_text()
        try:
            people.path.write_text("{")
            found = httpx.get(address, headers=bearer(tokens["lan"]), timeout=SLOW)
            assert found.status_code == 503 and str(people.path) not in found.text
            assert httpx.post(f"{address}/-/sign-in", data={"token": tokens["lan"]}, timeout=SLOW).status_code == 503
        finally:
            people.path.write_text(kept)
        assert httpx.get(address, headers=bearer(tokens["lan"]), timeout=SLOW).status_code == 200
    assert "is not a list of people that Parley wrote" in capfd.readouterr().err
