"""Who asks: a session, the token of a program, or the name that a trusted proxy gives."""

import pytest

from ledger.errors import Refusal
from ledger.web.people.guesses import MOST
from ledger.web.people.people import AccessRole, People
from ledger.web.people.proxy import Proxy
from ledger.web.people.visitors import HERE, Visitors

AT = "192.0.2.1"
TLS = {"x-forwarded-proto": ["https"]}


def cookie_of(answer: str) -> dict[str, list[str]]:
    return {"cookie": [answer.partition(";")[0]]}


def test_a_token_opens_a_session_with_a_cookie_that_no_script_and_no_other_site_gets(people: People) -> None:
    visitors = Visitors(people)
    token = people.add("lan", AccessRole.RECORDER)
    answer = visitors.sign_in(f" {token} ", {}, AT)
    name, _, rest = answer.partition(";")
    assert rest == " HttpOnly; SameSite=Lax; Path=/"
    assert token not in answer and name.startswith("parley=")
    found = visitors.visitor(cookie_of(answer), AT)
    assert found and (found.name, found.role, found.signs_out, bool(found.forms)) == (
        "lan",
        AccessRole.RECORDER,
        True,
        True,
    )
    assert visitors.visitor({}, AT) is None
    assert visitors.visitor({"cookie": ["a; =; parley; parley=;x=y"]}, AT) is None


def test_behind_tls_the_cookie_is_secure_and_the_one_of_plain_http_is_not_taken(people: People) -> None:
    visitors = Visitors(people, Proxy.typed("", ["10.0.0.5"]))
    answer = visitors.sign_in(people.add("lan", AccessRole.RECORDER), TLS, "10.0.0.5")
    assert answer.startswith("__Host-parley=") and answer.endswith("; Path=/; Secure")
    session = answer.partition("=")[2].partition(";")[0]
    assert visitors.visitor({**TLS, "cookie": [f"__Host-parley={session}"]}, "10.0.0.5")
    assert visitors.visitor({**TLS, "cookie": [f"parley={session}"]}, "10.0.0.5") is None


def test_nobody_can_choose_the_id_of_a_session(people: People) -> None:
    visitors = Visitors(people)
    token = people.add("lan", AccessRole.RECORDER)
    planted = {"cookie": ["parley=planted"]}
    first = cookie_of(visitors.sign_in(token, planted, AT))
    assert visitors.visitor(planted, AT) is None
    second = cookie_of(visitors.sign_in(token, first, AT))
    assert second != first
    assert visitors.visitor(first, AT) is None and visitors.visitor(second, AT)


def test_signing_out_ends_the_session_and_deletes_the_cookie(people: People) -> None:
    visitors = Visitors(people)
    cookie = cookie_of(visitors.sign_in(people.add("lan", AccessRole.RECORDER), {}, AT))
    assert visitors.sign_out(cookie, AT) == "parley=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"
    assert visitors.visitor(cookie, AT) is None


def test_a_program_sends_its_token(people: People) -> None:
    visitors = Visitors(people)
    token = people.add("press", AccessRole.READER, level="public")
    for scheme in ("Bearer", "bearer"):
        found = visitors.visitor({"authorization": [f"{scheme} {token}"]}, AT)
        assert found and (found.name, found.level, found.signs_out) == ("press", "public", False)
    assert visitors.visitor({"authorization": ["Basic eDp5"]}, AT) is None
    with pytest.raises(Refusal, match="This token is wrong"):
        visitors.visitor({"authorization": ["Bearer wrong"]}, AT)


def test_too_many_wrong_tokens_close_the_door_also_to_the_right_one_but_not_to_a_session(people: People) -> None:
    visitors = Visitors(people, Proxy.typed("", ["10.0.0.5"]))
    token = people.add("lan", AccessRole.RECORDER)
    cookie = cookie_of(visitors.sign_in(token, {}, AT))
    for number in range(MOST):
        with pytest.raises(Refusal, match="This token is wrong"):
            if number % 2:
                visitors.sign_in(f"wrong {number}", {}, AT)
            else:
                visitors.visitor({"authorization": [f"Bearer {number}"]}, AT)
    with pytest.raises(Refusal, match="Too many wrong tokens"):
        visitors.sign_in(token, {}, AT)
    assert visitors.visitor(cookie, AT)
    assert visitors.sign_in(token, {}, "192.0.2.2")
    assert visitors.sign_in(token, {"x-forwarded-for": ["192.0.2.3"]}, "10.0.0.5")
    with pytest.raises(Refusal, match="Too many wrong tokens"):  # the proxy says for whom it asks
        visitors.sign_in(token, {"x-forwarded-for": [AT]}, "10.0.0.5")


def test_the_proxy_names_only_those_on_the_list_and_its_word_comes_first(people: People) -> None:
    visitors = Visitors(people, Proxy.typed("X-Remote-User", ["10.0.0.5"]))
    people.add("lan", AccessRole.RECORDER, by_proxy=True)
    cookie = cookie_of(visitors.sign_in(people.add("eve", AccessRole.KEEPER), {}, AT))
    found = visitors.visitor({**cookie, "x-remote-user": ["lan"]}, "10.0.0.5")
    assert found and (found.name, found.role, found.signs_out, bool(found.forms)) == (
        "lan",
        AccessRole.RECORDER,
        False,
        True,
    )
    with pytest.raises(Refusal, match="You are signed in as mallory, who may not see this record"):
        visitors.visitor({**cookie, "x-remote-user": ["mallory"]}, "10.0.0.5")
    assert visitors.visitor({"x-remote-user": ["lan"]}, AT) is None
    people.revoke("lan")
    with pytest.raises(Refusal, match="You are signed in as lan, who may not see this record"):
        visitors.visitor({"x-remote-user": ["lan"]}, "10.0.0.5")


def test_each_way_of_signing_in_has_its_own_token_for_forms(people: People) -> None:
    visitors = Visitors(people, Proxy.typed("X-Remote-User", ["10.0.0.5"]))
    token, other = people.add("lan", AccessRole.RECORDER), people.add("minh", AccessRole.RECORDER)
    ways = [
        visitors.visitor(cookie_of(visitors.sign_in(token, {}, AT)), AT),
        visitors.visitor(cookie_of(visitors.sign_in(token, {}, AT)), AT),
        visitors.visitor(cookie_of(visitors.sign_in(other, {}, AT)), AT),
        visitors.visitor({"authorization": [f"Bearer {token}"]}, AT),
        visitors.visitor({"x-remote-user": ["lan"]}, "10.0.0.5"),
        Visitors(people).visitor({"authorization": [f"Bearer {token}"]}, AT),
        HERE,
    ]
    assert len({one.forms for one in ways if one}) == len(ways)
