"""The provenance of the record, read with another library than wrote it."""

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import PROV, RDF

from ledger import Clocks
from ledger.export.as_json import in_json
from ledger.export.provenance import provenance
from tests.examples import file

ASKED = (
    "  - {statement: asked, by: us/jamieson-greer, to: vn, act: asked, issues: export-controls, says: Lift them.,"
    " on: 2025-05-01, quote: lift them}\n"
)
NOBODY = ASKED.replace("statement: asked", "statement: rumour").replace("us/jamieson-greer", "unattributed")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib, about its own classes


@pytest.fixture
def read(ledger):
    def as_of(day):
        head = ledger.head()
        with ledger.views(Clocks(as_of=day)) as views:
            written = in_json(provenance(views, head.ledger_id))
        return Graph().parse(data=written, format="json-ld"), Namespace(f"urn:uuid:{head.ledger_id}#vn-us-trade/")

    return as_of


def test_a_statement_is_attributed_to_its_speaker_and_quoted_from_its_source(ledger, read):
    file(ledger, ASKED)
    graph, of = read("2025-06-01")
    [event] = graph.subjects(PROV.specializationOf, of["entry/statement/asked"])
    assert graph.value(event, PROV.wasQuotedFrom) == of["source/vna"]
    assert str(graph.value(event, PROV.value)) == "lift them"
    assert [*graph.objects(of["entry/statement/asked"], PROV.wasAttributedTo)] == [of["person/jamieson-greer"]]
    assert graph.value(of["person/jamieson-greer"], PROV.actedOnBehalfOf) == of["party/us"]


def test_everything_that_is_referred_to_is_described(ledger, read):
    file(ledger, ASKED + NOBODY)
    graph, of = read("2025-06-01")
    named = {
        one for one in (*graph.subjects(), *graph.objects()) if isinstance(one, URIRef) and str(one).startswith(of)
    }
    assert {one for one in named if (one, RDF.type, None) not in graph} == set()
    assert not [*graph.objects(of["entry/statement/rumour"], PROV.wasAttributedTo)]


def test_a_correction_is_a_revision_and_a_retraction_invalidates(ledger, read):
    file(ledger, ASKED)
    ledger.correct("asked", {"says": "Lift all of them."}, reason="Misread.")
    ledger.retract("asked", reason="Not said.")
    graph, of = read("2025-06-01")
    first, corrected, retracted = sorted(
        graph.subjects(PROV.specializationOf, of["entry/statement/asked"]), key=lambda one: int(one.rpartition("/")[2])
    )
    assert graph.value(corrected, PROV.wasRevisionOf) == first
    assert first in {*graph.objects(URIRef(f"{retracted}/retraction"), PROV.invalidated)}
    assert graph.value(first, PROV.wasRevisionOf) is None


def test_nothing_from_after_the_day_is_in_it(ledger, read):
    file(ledger, ASKED)
    graph, of = read("2025-04-01")
    assert (of["entry/statement/asked"], None, None) not in graph
