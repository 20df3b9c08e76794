"""Meetings as schema.org events, read from the page as search engines read them, with a library of another project."""

import json
import re

import pytest
from rdflib import Graph, Namespace

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.site import Site
from tests.examples import file
from tests.ledger.web import serving
from tests.ledger.web.serving import page

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, about its own classes
SCHEMA = Namespace("https://schema.org/")
MEETINGS = """\
  - announcement: hoped
    kind: round
    number: 3
    expected: early June 2025
    as: expected
    parties: [us, vn]
    quote: early June
  - {announcement: set, kind: call, expected: 2025-07-01, as: announced, parties: [us, vn], quote: on July 1}
  - meeting: past
    kind: round
    number: 2
    held: 2025-05-19/2025-05-22
    place: Washington
    format: in-person
    parties: [us, vn]
    issues: [export-controls]
    quote: May 19 to 22
"""
OFF = "  - {called-off: set, on: 2025-05-25, reason: Illness, quote: called off}\n"


def written(site: Site, path: str) -> str:
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(site, path), re.DOTALL)
    return found


def data(site: Site, meeting: str) -> dict:
    return json.loads(written(site, f"/vn-us-trade/meeting/{meeting}"))


@pytest.fixture
def pages(ledger) -> Site:
    file(ledger, MEETINGS)
    file(ledger, OFF, slug="later", published="2025-05-26")
    return Site(ledger, "/raw_tables")


def test_a_meeting_that_was_held_is_an_event_with_its_days_place_and_parties(pages: Site) -> None:
    found = data(pages, "past")
    graph = Graph().parse(data=json.dumps(found | {"@context": {"@vocab": str(SCHEMA)}}), format="json-ld")
    [event] = set(graph.subjects(SCHEMA.attendee))
    assert str(graph.value(event, SCHEMA.startDate)) == "2025-05-19"
    assert str(graph.value(event, SCHEMA.endDate)) == "2025-05-22"
    assert str(graph.value(graph.value(event, SCHEMA.location), SCHEMA.name)) == "Washington"
    names = {str(graph.value(one, SCHEMA.name)) for one in graph.objects(event, SCHEMA.attendee)}
    assert names == {"United States", "Viet Nam"}
    assert graph.value(event, SCHEMA.subjectOf) is not None


def test_an_inexact_date_is_in_words_alone_and_an_expectation_is_no_schedule(pages: Site) -> None:
    found = data(pages, "hoped")
    assert "startDate" not in found
    assert "eventStatus" not in found
    assert "early June" in found["description"]


def test_a_meeting_that_was_called_off_is_cancelled(pages: Site) -> None:
    found = data(pages, "set")
    assert found["eventStatus"] == "https://schema.org/EventCancelled"
    assert "Illness" in found["description"]


def test_hostile_text_stays_data(tmp_path) -> None:
    site = Site(serving.hostile(tmp_path), "/raw_tables")
    found = written(site, "/hostile/meeting/met")
    assert "<" not in found
    assert serving.SCRIPT in json.loads(found)["name"]
