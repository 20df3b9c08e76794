"""A keeper erases an entry from its page: the reason is asked, the plan shown and confirmed; others cannot."""

import html
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ledger import Ledger, create_ledger
from ledger.base.desks import desk_of
from ledger.domain.events import EntryErased
from ledger.log.store import opened
from ledger.web.request import Response
from ledger.web.site import Site
from tests.ledger.web.desk.conftest import AtDesk
from tests.ledger.web.serving import NOON, SEEDS, text_of
from tests.servers import PostgresServer

HOME = "/vn-us-trade"
ERASE = f"{HOME}/erase/greer-commends-goodwill"


def hidden(answer: Response) -> dict[str, str]:
    """The hidden fields of a form."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.body)
    return {name: html.unescape(value) for name, value in found if name != "token"}


def plan(at_desk: AtDesk, **values: str) -> Response:
    given = {"keeper": "minh", "reason": "The ministry asked for it.", "basis": "Letter of 12 June", **values}
    return at_desk.send(ERASE, **given)


def files_with(ledger: Ledger, words: str) -> list[str]:
    """The files of the ledger that contain the words."""
    files = [one for one in ledger.path.parent.rglob("*") if one.is_file() and not one.name.endswith(".lock")]
    return [one.name for one in files if words.encode() in one.read_bytes()]


def test_the_page_of_an_entry_leads_there_and_asks_for_the_reason(at_desk: AtDesk) -> None:
    assert f'href="{ERASE}"' in at_desk.page(f"{HOME}/statement/greer-commends-goodwill")
    page = text_of(at_desk.page(ERASE))
    assert "cannot be undone" in page
    assert "it must not repeat what is erased" in page
    answer = plan(at_desk, reason=" ")
    assert "Give the reason" in text_of(answer.body)
    assert "Nothing was erased" in text_of(answer.body)


def test_the_plan_says_what_goes_and_what_stays_and_erases_nothing(at_desk: AtDesk) -> None:
    before = at_desk.site.ledger.head()
    page = text_of(plan(at_desk).body)
    assert "What would be erased" in page
    assert re.search(r"StatementReported\S* : its content; the commitment [0-9a-f]{64} remains", page)
    assert "A receipt in the record: who erased it, when, why and on which basis" in page
    assert "Kept: type, slug, time, keeper and SHA-256 of each event" in page
    assert "Out of reach: earlier backups" in page
    assert "Type greer-commends-goodwill to confirm" in page
    assert at_desk.site.ledger.head() == before


def test_it_is_erased_once_its_name_was_typed_by_the_code_of_the_command_line(at_desk: AtDesk) -> None:
    with closing(at_desk.site.ledger.views()) as views:
        says = next(one.says for one in views.statements() if one.slug == "greer-commends-goodwill")
    assert files_with(at_desk.site.ledger, says)
    form = hidden(plan(at_desk))
    before = at_desk.site.ledger.head().position
    for typed in ("", "goodwill"):
        answer = at_desk.send(ERASE, **form, confirm=typed)
        assert "To confirm, type greer-commends-goodwill. Nothing was erased." in text_of(answer.body)
    assert at_desk.site.ledger.head().position == before
    receipt = text_of(at_desk.send(ERASE, **form, confirm="greer-commends-goodwill").body)
    assert f"Recorded as #{before + 1}: The ministry asked for it. (Letter of 12 June)" in receipt
    assert "What was erased" in receipt and "What remains" in receipt
    with at_desk.site.ledger._log() as log:
        (last,) = log.since(before)
    assert isinstance(last.event, EntryErased)
    assert (last.recorded_by, last.event.reason) == ("minh", "The ministry asked for it.")
    assert files_with(at_desk.site.ledger, says) == []
    with closing(at_desk.site.ledger.views()) as views:
        assert "greer-commends-goodwill" not in {one.slug for one in views.statements()}
    again = at_desk.send(ERASE, **form, confirm="greer-commends-goodwill")
    assert "already" in text_of(again.body)


@pytest.fixture
def at_server(postgres: PostgresServer, desks_folder: Path, set_clock: Callable[[str], None]) -> AtDesk:
    """A person at the desk of the worked example on a server."""
    set_clock(NOON)
    ledger = create_ledger(desk_of(postgres.new_database()), "keeper")
    ledger.import_files(SEEDS)
    return AtDesk(Site(ledger, "/raw_tables"))


def test_it_is_erased_on_a_server_and_at_this_desk(at_server: AtDesk) -> None:
    ledger = at_server.site.ledger
    with closing(ledger.views()) as views:
        says = next(one.says for one in views.statements() if one.slug == "greer-commends-goodwill")
    assert files_with(ledger, says)
    with opened(ledger.path) as store:
        assert store.holds(says.encode())
        receipt = text_of(at_server.send(ERASE, **hidden(plan(at_server)), confirm="greer-commends-goodwill").body)
        assert "What was erased" in receipt and "What remains" in receipt
        assert not store.holds(says.encode())
    assert files_with(ledger, says) == []
    assert says not in text_of(at_server.page(f"{HOME}/statements"))


def test_nothing_is_erased_if_more_was_recorded_since_the_plan(at_desk: AtDesk) -> None:
    form = hidden(plan(at_desk))
    fields = {"by": "us/jamieson-greer", "act": "welcomed", "issues": "tariffs", "says": "Goodwill."}
    at_desk.site.ledger.append("statement", "greer-commends-goodwill", fields, note="Another account.")
    answer = text_of(at_desk.send(ERASE, **form, confirm="greer-commends-goodwill").body)
    assert "More was recorded of this entry in the meantime" in answer
    assert "Type greer-commends-goodwill to confirm" in answer
