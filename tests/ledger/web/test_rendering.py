"""The templates: filed text cannot run, hide or mislead."""

import pytest

pytest.importorskip("jinja2", reason="the extra `web` is not installed")

from ledger.dates import When, parse
from ledger.domain.vocabulary import ACTS
from ledger.web import rendering


def rendered(template: str, **values: object) -> str:
    return rendering.environment().from_string(template).render(**values)


def test_text_is_escaped_and_what_reorders_it_is_made_visible() -> None:
    assert rendered("{{ one }}", one="<b>\u202e&") == "&lt;b&gt;\\u202e&amp;"


def test_a_name_that_a_template_does_not_know_is_an_error() -> None:
    with pytest.raises(Exception, match="undefined"):
        rendered("{{ nothing }}")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org", ""])
def test_only_web_addresses_become_links(url: str) -> None:
    assert rendering.outside(url) == ""
    assert rendering.outside("https://example.org/a") == "https://example.org/a"


def test_the_words_of_a_report_have_curly_quotation_marks() -> None:
    assert rendering.when(When("[2025-06-01..2025-06-10]", "early June")) == (
        "“early June” (between 1 and 10 June 2025)"
    )
    assert rendering.when(When()) == ""


def test_a_date_is_shown_with_its_hour_and_zone() -> None:
    due = parse("by 14 August 2025, 12:00 (Geneva time)")
    assert rendering.limit(due) == "by 14 August 2025, 12:00 Geneva time"
    assert rendering.when(due) == "on or before 14 August 2025, 12:00 Geneva time"


def test_every_act_has_a_role_that_the_style_sheet_knows() -> None:
    style = rendering.read("parley.css").decode()
    assert {rendering.role(act) for act in ACTS} <= {"asks", "answers", "speaks"}
    assert all(f".{rendering.role(act)}" in style for act in ACTS if rendering.role(act) != "speaks")


def test_a_file_has_another_address_when_its_content_changes() -> None:
    assert {rendering.static(name).partition("?")[0] for name in rendering.STATIC} == {
        f"/-/parley/{name}" for name in rendering.STATIC
    }
    assert len({rendering.static(name).partition("?")[2] for name in rendering.STATIC}) == len(rendering.STATIC)
