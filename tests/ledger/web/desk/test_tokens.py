"""The page where a keeper names the people who may sign in, tested on a running server."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import Ledger, create_ledger

pytest.importorskip("datasette", reason="the extra `web` is not installed")

import httpx

from ledger.web.people.people import AccessRole, People
from ledger.web.people.visitors import Visitors
from tests.ledger.web import serving

PAGE = "/-/tokens"
SLOW = 60  # seconds that a busy machine may take
MADE = re.compile(r"<code>(parley_\w{16}_[\w-]{43})</code>")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    found = create_ledger(tmp_path / "ledger.db", "keeper")
    found.append("negotiation", "talks", {"title": "The talks"})
    return found


@pytest.fixture
def keeper(ledger: Ledger) -> Iterator[httpx.Client]:
    """The browser of a keeper who has signed in."""
    people = People(ledger.path)
    token = people.add("minh", AccessRole.KEEPER)
    with serving.serving(ledger, Visitors(people)) as address, httpx.Client(base_url=address, timeout=SLOW) as client:
        client.post("/-/sign-in", data={"token": token})
        yield client


def sends(client: httpx.Client, **values: str) -> httpx.Response:
    form = client.get(PAGE).text.partition('name="token" value="')[2].partition('"')[0]
    return client.post(PAGE, data={"token": form, **{name.replace("_", "-"): value for name, value in values.items()}})


def test_a_keeper_names_a_person_whose_token_is_shown_once(keeper: httpx.Client) -> None:
    assert f'href="{PAGE}"' in keeper.get("/").text
    answer = sends(keeper, name="Press <b>", role="reader", level="public", expires="90d")
    made = MADE.search(answer.text)
    assert answer.status_code == 200 and made and "Press &lt;b&gt; may sign in." in answer.text
    assert made[1] not in keeper.get(PAGE).text
    headers = {"authorization": f"Bearer {made[1]}"}
    assert httpx.get(f"{keeper.base_url}/talks", headers=headers, timeout=SLOW).status_code == 200
    assert "reader up to public" in keeper.get(PAGE).text
    assert "Press &lt;b&gt; may not sign in any more." in sends(keeper, revoke="Press <b>").text
    assert httpx.get(f"{keeper.base_url}/talks", headers=headers, timeout=SLOW).status_code == 401


def test_a_person_whom_the_proxy_names_has_no_token(keeper: httpx.Client, ledger: Ledger) -> None:
    answer = sends(keeper, name="lan@ministry.example", role="recorder", expires="never", by_proxy="yes")
    assert answer.status_code == 200 and not MADE.search(answer.text)
    assert [(one.name, one.key, one.expires) for one in People(ledger.path).all()][1:] == [
        ("lan@ministry.example", "", "")
    ]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": "", "role": "recorder", "expires": "90d"}, "A name is one line"),
        ({"name": "lan", "role": "king", "expires": "90d"}, "There is no role &#39;king&#39;"),
        ({"name": "lan", "role": "reader", "expires": "90d"}, "Say up to which level lan may read"),
        ({"name": "lan", "role": "reader", "level": "secret", "expires": "90d"}, "has no level &#39;secret&#39;"),
        ({"name": "lan", "role": "keeper", "level": "public", "expires": "90d"}, "A keeper sees the whole record"),
        ({"name": "lan", "role": "recorder", "expires": "soon"}, "&#39;soon&#39; is not the end of a token"),
        ({"name": "minh", "role": "recorder", "expires": "90d"}, "minh may already sign in, as a keeper"),
        ({"revoke": "nobody"}, "No person &#39;nobody&#39; may sign in"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_named(
    keeper: httpx.Client, ledger: Ledger, values: dict[str, str], says: str
) -> None:
    answer = sends(keeper, **values)
    assert answer.status_code == 200 and says in answer.text
    assert [one.name for one in People(ledger.path).all()] == ["minh"]


def test_a_form_from_elsewhere_names_nobody(keeper: httpx.Client, ledger: Ledger) -> None:
    values = {"name": "eve", "role": "keeper", "expires": "never"}
    assert keeper.post(PAGE, data={**values, "token": "guessed"}).status_code == 409
    form = keeper.get(PAGE).text.partition('name="token" value="')[2].partition('"')[0]
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert keeper.post(PAGE, data={**values, "token": form}, headers=headers).status_code == 409
    assert keeper.post(PAGE, content=b"x", headers={"content-type": "text/plain"}).status_code == 409
    assert keeper.put(PAGE).status_code == 405
    assert [one.name for one in People(ledger.path).all()] == ["minh"]


def test_where_nobody_signs_in_there_is_no_such_page(ledger: Ledger) -> None:
    with serving.serving(ledger) as address:
        assert httpx.get(address + PAGE, timeout=SLOW).status_code == 404
        assert httpx.post(address + PAGE, timeout=SLOW).status_code == 405
