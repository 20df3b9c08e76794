"""Every list has the same manners: nouns for its rows, and names in the address that the clocks do not use."""

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")

from ledger.web.addresses import CLOCKS
from ledger.web.listing.lists import LISTS


@pytest.mark.parametrize("name", LISTS)
def test_no_two_parameters_of_a_list_have_the_same_name(name: str) -> None:
    of = LISTS[name]
    names = [one.name for one in of.facets] + [*CLOCKS, "words", "from", "to", "sort", "page", "all", "members"]
    assert len(names) == len({*names})
    columns = [one.name for one in of.columns]
    assert len(columns) == len({*columns}) > 1


def test_what_an_entry_is_about_has_the_same_name_on_every_list() -> None:
    kinds = {(facet.name, facet.kind) for of in LISTS.values() for facet in of.facets if facet.kind}
    assert {name for name, kind in kinds if kind == "issue"} == {"issue"}
    assert {name for name, kind in kinds if kind == "person"} == {"person"}
    assert {name for name, kind in kinds if kind == "party"} == {"party", "addressee", "awaited"}
