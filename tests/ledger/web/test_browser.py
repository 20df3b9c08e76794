"""The pages in a real Chromium: slider, permanent address, keyboard, no script, hostile text, axe, dark mode, news."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from ledger import Ledger

pytest.importorskip("datasette", reason="the extra `web` is not installed")
pytest.importorskip("playwright", reason="Playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe is not installed")

from playwright.sync_api import expect

from tests.ledger.web import serving
from tests.ledger.web.chromium import MARKS, Windows, violations

HOME = "/vn-us-trade"
PAGES = [
    "/", "/timeline?as-of=2025-05-22", "/issues", "/follow-ups", "/deadlines", "/tasks", "/people",
    "/changes?from=2025-03-31&to=round-2", "/search?q=market", "/issue/technical-dialogue", "/meeting/round-3",
    "/meeting/dien-greer-2025-05-22", "/source/vna-2025-05-22",
    "/person/jamieson-greer", "/follow-up/propose-wording", "/nothing",
    "/statements?party=us&words=trade&sort=-date", "/asks", "/promises", "/gaps", "/log?page=2", "/sources",
    "/meetings", "/brief", "/accounts", "/check", "/table", "/figures",
]  # fmt: skip
HOSTILE = [
    "", "/timeline", "/issues", "/people", "/sources", "/meetings", "/search?q=script", "/source/the-source",
    "/issue/money", "/meeting/met", "/statement/asked", "/person/ann", "/party/aa", "/follow-up/pay",
]  # fmt: skip
pytestmark = MARKS


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, noon: None) -> Ledger:
    return serving.worked_example(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def address(ledger: Ledger) -> Iterator[str]:
    with serving.serving(ledger) as found:
        yield found


@pytest.fixture
def opened(windows: Windows, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page in a window of its own; whatever the console complains of fails the test."""
    yield lambda path, at=address, **look: windows.open(at + path, at, **look)
    assert [one for one in windows.release() if "404 (Not Found)" not in one] == []


def asked(page: Any) -> str:
    parts = urlsplit(page.url)
    return f"{parts.path}?{parts.query}"


def test_the_arrow_keys_go_from_meeting_to_meeting(opened: Callable[..., Any]) -> None:
    page = opened("/?as-of=2025-05-22")
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "22 May 2025: Meeting, Round 2")
    for key, day, text in (
        ("ArrowLeft", "2025-05-21", "21 May 2025: Meeting"),
        ("ArrowLeft", "2025-05-07", "7 May 2025: Meeting"),
        ("ArrowRight", "2025-05-21", "21 May 2025: Meeting"),
        ("ArrowRight", "2025-05-22", "22 May 2025: Meeting, Round 2"),
        ("End", "2026-11-21", "21 November 2026: today"),
        ("Home", "2025-03-13", "13 March 2025: Ministerial"),
    ):
        slider.focus()
        page.keyboard.press(key)
        page.wait_for_url(f"**/?as-of={day}")
        page.locator("h1", has_text=text.partition(":")[0]).wait_for()
        expect(slider).to_have_attribute("aria-valuetext", text)
        expect(slider).to_be_focused()
    page.go_back()
    page.locator("h1", has_text="21 November 2026").wait_for()
    expect(slider).to_have_attribute("aria-valuetext", "21 November 2026: today")


def test_the_slider_names_a_later_meeting_only_after_a_later_day_was_shown(opened: Callable[..., Any]) -> None:
    page = opened("/?as-of=2025-05-21")
    slider = page.get_by_role("slider")
    meetings = page.locator("#slider i")
    before = meetings.count()
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/?as-of=2026-11-21")
    page.locator("h1", has_text="21 November 2026").wait_for()
    page.wait_for_function("before => before < document.querySelectorAll('#slider i').length", arg=before)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/?as-of=2025-11-14")
    expect(slider).to_have_attribute("aria-valuetext", "14 November 2025: Meeting, Round 5")


def test_what_was_opened_stays_open_when_the_slider_moves(opened: Callable[..., Any]) -> None:
    page = opened("/?as-of=2025-05-22")
    evidence = page.locator("details.evidence", has_text="Evidence for Market economy status of Viet Nam")
    for summary in (evidence.locator("summary").last, page.locator(".others > summary")):
        summary.click()
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    page.locator("h1", has_text="21 May 2025").wait_for()
    expect(evidence.last).to_have_attribute("open", "")
    expect(page.locator("#reported-by")).to_be_visible()


def test_the_chosen_day_is_the_same_on_the_next_page(opened: Callable[..., Any]) -> None:
    page = opened("/")
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**/?as-of=2025-03-13")
    page.locator("h1", has_text="13 March 2025").wait_for()
    page.get_by_role("link", name="Timeline", exact=True).click()
    page.wait_for_url(f"**{HOME}/timeline?as-of=2025-03-13")
    expect(page.locator("#today")).to_contain_text("as of 13 March 2025")


# A browser scrolls to the passage some time after it has the new address.
IN_SIGHT = """() => {
  const {top} = document.querySelector(':target').getBoundingClientRect();
  return 0 < top && top < 700;
}"""


def test_four_questions_are_answered_above_the_fold(opened: Callable[..., Any]) -> None:
    page = opened("/?as-of=2025-05-22", viewport={"width": 1280, "height": 800})
    for heading in ("Next round", "What was asked", "What is due", "What changed"):
        box = page.get_by_role("heading", name=heading).bounding_box()
        assert box["y"] + 60 < 800, heading
    assert page.locator(".asked .all").bounding_box()["y"] < 800
    page.locator(".asked .cite").first.click()
    page.wait_for_url("**/source/*#q-*")
    expect(page.locator(":target")).to_contain_text("US recognition of Vietnam's market economy status")
    page.wait_for_function(IN_SIGHT)


def test_a_phone_shows_the_content_first_and_the_clocks_on_request(opened: Callable[..., Any]) -> None:
    page = opened("/?as-of=2025-05-22", viewport={"width": 390, "height": 844})
    assert page.get_by_role("heading", name="Next round").bounding_box()["y"] < 500
    assert page.locator("#as-of").is_hidden()
    page.locator(".moment > summary").click()
    expect(page.locator("#as-of")).to_be_visible()
    expect(page.get_by_role("slider")).to_be_visible()


def test_a_permanent_address_is_followed_and_says_when_more_was_recorded(
    browser: Any, tmp_path: Path, opened: Callable[..., Any]
) -> None:
    ledger = serving.worked_example(tmp_path)
    with serving.serving(ledger) as at:
        page = opened("/?as-of=2025-05-22", at)
        page.get_by_role("link", name="Permanent address").click()
        page.wait_for_url(f"**{HOME}?as-of=2025-05-22&recorded-by=172")
        before = page.locator("main").inner_text()
        ledger.append("issue", "new-matter", {"title": "New matter"})
        page.reload()
        expect(page.locator("#news")).to_contain_text("1 event came later")
        assert page.locator("main").inner_text() == before
        page.get_by_role("link", name="Show the present").click()
        page.wait_for_url(f"**{HOME}?as-of=2025-05-22")


def test_what_is_filed_meanwhile_is_offered_and_shown_without_a_restart(
    tmp_path: Path, opened: Callable[..., Any]
) -> None:
    ledger = serving.worked_example(tmp_path)
    with serving.serving(ledger) as at:
        page = opened(f"{HOME}/issues", at)
        assert page.locator("#newer").count() == 0
        ledger.append("issue", "new-matter", {"title": "New matter"})
        page.evaluate("dispatchEvent(new Event('focus'))")
        page.get_by_text("1 event has been recorded since this page was made").wait_for()
        page.get_by_role("button", name="Show what is new").click()
        page.get_by_role("link", name="New matter").wait_for()
        expect(page.locator("#newer")).to_have_count(0)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(opened: Callable[..., Any]) -> None:
    page = opened("/?as-of=2025-05-22")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.textContent === 'Skip to the content'")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.textContent.trim()")
        )
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    source = "A Second round of talks on a reciprocal trade agreement"
    assert reached[:3] == ["A Round 3", source, "SUMMARY Evidence for the next round"]
    assert "A Market economy status of Viet Nam" in reached
    evidence = page.locator("summary", has_text="Evidence for Market economy status of Viet Nam")
    evidence.focus()
    page.keyboard.press("Enter")
    page.get_by_text("soon recognise Vietnam").first.wait_for()
    expect(evidence.locator("..")).to_have_attribute("open", "")


def test_on_the_timeline_keys_walk_from_mark_to_mark_and_zoom(opened: Callable[..., Any]) -> None:
    page = opened(f"{HOME}/timeline?as-of=2025-05-22")
    assert page.locator('#timeline a.mark[tabindex="0"]').count() == 1
    page.locator('#timeline a.mark[tabindex="0"]').focus()
    first = page.locator("#words").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#words")).not_to_have_text(first)
    second = page.locator("#words").inner_text()
    assert first and second
    focused = "document.activeElement.querySelector('title').textContent"
    assert second == page.evaluate(focused)
    whole, labels = page.url, page.locator("#axis text").all_inner_texts()
    page.keyboard.press("+")
    page.wait_for_url("**from=*&to=*")
    page.wait_for_function(f"{focused.replace('.querySelector', '?.querySelector')} === {second!r}")
    assert page.locator("#axis text").all_inner_texts() != labels
    page.keyboard.press("0")
    page.wait_for_function("old => location.href === old", arg=whole)
    page.go_back()
    page.wait_for_url("**from=*&to=*")
    page.go_back()
    page.wait_for_function("old => location.href === old", arg=whole)
    page.get_by_role("link", name="Zoom in").click()
    page.wait_for_url("**from=*&to=*")
    zoomed = page.url
    box = page.locator("#timeline").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 5)
    page.keyboard.down("Shift")
    page.mouse.wheel(0, 300)
    page.keyboard.up("Shift")
    page.wait_for_function("old => location.href !== old", arg=zoomed)
    page.locator('#timeline a.mark[tabindex="0"]').focus()
    page.keyboard.press("End")
    there = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{there}")


OVERLAPPING = """() => {
  const named = (text) => [text.textContent, text.getBoundingClientRect()];
  const boxes = [...document.querySelectorAll('#timeline text')].map(named);
  const frame = document.getElementById('timeline').getBoundingClientRect();
  const out = boxes.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1);
  const meet = (a, b) => a !== b && a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 4 && b.top < a.bottom - 4;
  const over = boxes.flatMap(([one, a]) => boxes.filter(([, b]) => meet(a, b)).map(([other]) => `${one} / ${other}`));
  const small = [...document.querySelectorAll('#timeline a.mark')].filter((mark) => {
    const box = mark.getBoundingClientRect();
    return box.width < 23.9 || box.height < 23.9;
  });
  return [...out.map(([text]) => text), ...over, ...small.map((mark) => mark.querySelector('title').textContent)];
}"""


@pytest.mark.parametrize("asked", ["", "by=issue", "from=2025-05-01&to=2025-06-15", "from=2025-05-18&to=2025-05-25"])
def test_no_label_of_the_timeline_overlaps_another_or_leaves_the_picture(
    opened: Callable[..., Any], asked: str
) -> None:
    for width in (1280, 390):
        page = opened(f"{HOME}/timeline?as-of=2025-05-22&{asked}", viewport={"width": width, "height": 800})
        assert page.evaluate(OVERLAPPING) == []


def test_the_timeline_is_a_png_for_a_slide(opened: Callable[..., Any]) -> None:
    page = opened(f"{HOME}/timeline?as-of=2025-05-22")
    with page.expect_download() as file:
        page.get_by_role("button", name="as PNG").click()
    content = Path(file.value.path()).read_bytes()
    assert file.value.suggested_filename == "timeline.png"
    assert content.startswith(b"\x89PNG")
    wide = page.locator("#timeline").evaluate("one => one.viewBox.baseVal.width") + 32  # with its margins
    assert int.from_bytes(content[16:20], "big") == 2 * wide


def test_a_mark_under_the_mouse_tells_its_words(opened: Callable[..., Any]) -> None:
    page = opened(f"{HOME}/timeline?as-of=2025-05-22")
    page.locator('#timeline a.mark[href*="/round-3"]').hover()
    expect(page.locator("#words")).to_contain_text("early June")


def test_without_a_script_every_page_is_complete(opened: Callable[..., Any]) -> None:
    page = opened("/?as-of=2025-05-21", java_script_enabled=False)
    assert page.locator("#slider").is_hidden()
    page.locator("#as-of").fill("2025-05-22")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**as-of=2025-05-22**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where we stand on 22 May 2025")
    page.get_by_role("link", name="Earlier: Meeting, 21 May 2025").click()
    page.wait_for_url("**as-of=2025-05-21**")
    page.locator("summary", has_text="Evidence for Trade balance").click()
    page.locator("details[open] .origin").first.wait_for()
    page.goto(page.url.partition("/vn-us-trade")[0] + f"{HOME}/timeline")
    assert page.locator("#timeline a.mark").count() > 50
    page.locator("summary", has_text="The timeline in words").click()
    page.locator("tbody tr").first.wait_for()
    page.locator("#timeline a.more").first.click()
    page.wait_for_url("**from=**")
    page.get_by_role("link", name="Show all days").wait_for()


def test_hostile_text_does_nothing(tmp_path: Path, opened: Callable[..., Any]) -> None:
    ledger = serving.hostile(tmp_path)
    with serving.serving(ledger) as at:
        page = opened("/", at)
        for path in HOSTILE:
            page.goto(f"{at}/hostile{path}")
            assert page.title() != "owned"
            found = "document.querySelectorAll('main script, main img, main [onerror], main [onfocus]').length"
            assert page.evaluate(found) == 0
        page.goto(f"{at}/hostile/source/the-source")
        assert page.get_by_text("javascript:document.title='owned'").evaluate("one => one.closest('a')") is None


def test_the_palette_is_used_by_the_keyboard_alone_and_gives_the_focus_back(opened: Callable[..., Any]) -> None:
    page = opened(f"{HOME}/issues?as-of=2025-05-22")
    first = page.locator("tbody a").first
    first.focus()
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Page or entry")
    expect(field).to_be_focused()
    page.get_by_role("option", name="Positions").wait_for()
    page.keyboard.type("gre")
    greer = page.get_by_role("option", name="Person Jamieson Greer")
    expect(greer).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == greer.get_attribute("id")
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    expect(greer).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.palette")).to_be_hidden()
    expect(first).to_be_focused()
    page.locator(".find input[name=q]").focus()
    page.keyboard.type("/")
    expect(page.locator(".find input[name=q]")).to_have_value("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("round 2")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HOME}/meeting/round-2?as-of=2025-05-22")
    page.keyboard.press("Control+k")
    page.keyboard.type("nothing of the kind")
    page.get_by_text("No page or entry has this name").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*q=nothing*")
    assert "as-of=2025-05-22" in asked(page)


def test_a_list_is_narrowed_without_a_script_at_the_same_moment(opened: Callable[..., Any]) -> None:
    page = opened(f"{HOME}/statements?as-of=2025-05-22", java_script_enabled=False)
    page.get_by_label("Issue").select_option(label="Market economy status of Viet Nam (3)")
    page.get_by_role("button", name="Show").last.click()
    expect(page.locator("tbody tr")).to_have_count(3)
    assert "as-of=2025-05-22" in asked(page)
    page.get_by_role("link", name="Date", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text(re.compile("^Date"))
    page.get_by_role("link", name="Issue: Market economy status of Viet Nam").click()
    page.locator("tbody tr").nth(10).wait_for()
    with page.expect_download() as file:
        page.get_by_role("link", name="CSV").click()
    assert file.value.suggested_filename == "statements.csv"


def test_lists_and_palette_hold_at_200_percent_in_forced_colours_and_with_reduced_motion(
    opened: Callable[..., Any],
) -> None:
    look = {"viewport": {"width": 640, "height": 400}, "forced_colors": "active", "reduced_motion": "reduce"}
    page = opened(f"{HOME}/statements?as-of=2025-05-22&party=us", **look)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.locator(".filters > summary").evaluate("one => one.parentElement.open = true")
    chosen = page.locator(".facet a.chosen")
    assert chosen.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Control+k")
    option = page.locator("dialog.palette").get_by_role("option").first
    option.wait_for()
    assert option.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    box = page.locator("dialog.palette").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 640


@pytest.mark.parametrize(("scheme", "pages"), [("light", PAGES), ("dark", PAGES[:5])])
def test_axe_finds_nothing_wrong(opened: Callable[..., Any], scheme: str, pages: list[str]) -> None:
    wrong = []
    width = 1280 if scheme == "light" else 390
    page = opened("/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    root = page.url.rstrip("/")
    for path in pages:
        page.goto(f"{root}{HOME}{path}" if path != "/" else root)
        if path == "/":
            page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{path} is wider than {width}"
        wrong += [(path, *one) for one in violations(page)]
    assert wrong == []


def test_dark_mode_is_dark(opened: Callable[..., Any]) -> None:
    ground = {
        scheme: opened("/", color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert ground == {"light": "rgb(252, 252, 250)", "dark": "rgb(20, 23, 26)"}


def test_on_paper_a_page_is_the_brief(opened: Callable[..., Any]) -> None:
    page = opened("/?as-of=2025-05-22")
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator("form.clocks").is_hidden()
    assert page.get_by_role("heading", name="Asked and not answered").is_visible()
    assert page.get_by_text("next phase of negotiations").first.is_visible()
    assert page.locator(".evidence .origin").first.is_visible()


def test_in_print_a_part_of_a_section_says_of_how_many_lines_it_is(opened: Callable[..., Any]) -> None:
    page = opened(f"{HOME}/search?q=us")
    page.emulate_media(media="print")
    assert re.fullmatch(r"The best 50 of \d+ are shown\.", page.locator(".more").inner_text().strip())
