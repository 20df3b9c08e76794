"""The desk in a real Chromium: from paste to filed, by keyboard alone, without script, closed in the middle."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from ledger import Ledger

pytest.importorskip("datasette", reason="the extra `web` is not installed")
pytest.importorskip("sentencex", reason="the extra `draft` is not installed")
pytest.importorskip("playwright", reason="Playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe is not installed")

from playwright import sync_api

from ledger.web.desk.site import FIELD_KEYS
from tests.ledger.desk.drafts import REPORT, long_report
from tests.ledger.web import serving
from tests.ledger.web.chromium import MARKS, Windows, violations

HOME = "/vn-us-trade/enter"
# Selects from the first words to the end of the last, which may stand in different nodes.
SELECT = """(node, [first, last]) => {
  const place = (wanted) => {
    const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let left = wanted;
    while (walk.nextNode()) {
      if (left <= walk.currentNode.length) return [walk.currentNode, left];
      left -= walk.currentNode.length;
    }
  };
  const text = node.textContent, range = document.createRange();
  range.setStart(...place(text.indexOf(first)));
  range.setEnd(...place(text.indexOf(last) + last.length));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
# The controls with less than 24 pixels for a finger; a radio button has the room of its label.
SMALL = """[...document.querySelectorAll("main button, main input, main select, main summary, main .acts label")]
  .filter((one) => one.offsetParent && !["checkbox", "radio"].includes(one.type))
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
pytestmark = MARKS


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return serving.worked_example(tmp_path_factory.mktemp("template")).path


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Ledger:
    shutil.copy(template, tmp_path / "ledger.db")
    return Ledger(tmp_path / "ledger.db", "lan")


@pytest.fixture
def address(ledger: Ledger) -> Iterator[str]:
    with serving.serving(ledger) as found:
        yield found


@pytest.fixture
def opened(windows: Windows, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page in a window of its own; whatever the console complains of fails the test."""
    yield lambda path=HOME, **look: windows.open(address + path, address, **look)
    assert [one for one in windows.release() if "409 (Conflict)" not in one] == []  # which is a refusal


def paste(page: Any, text: str = REPORT) -> None:
    page.get_by_label("Text of the report").fill(text)
    page.get_by_role("button", name="Read it").click()
    page.locator(".sentence[aria-current]").wait_for()
    has_all_forms(page)


def has_all_forms(page: Any) -> None:
    """Wait until the page has fetched the form of every entry; at first it has only that of the entry in hand."""
    sync_api.expect(page.locator("p.entry")).to_have_count(0)


DROP = """([node, name, text]) => {
  const data = new DataTransfer();
  if (name) data.items.add(new File([text], name, { type: "text/plain" }));
  else data.setData("text/plain", text);
  for (const kind of ["dragover", "drop"]) {
    const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
    node.dispatchEvent(event);
    if (!event.defaultPrevented) throw new Error("the page does not take it");
  }
}"""


# The forms that are sent from now on are held back; each is let through, or fails as if no server were there.
HELD = """() => {
  const sent = fetch, held = [];
  window.fetch = (...form) => new Promise((answer, fail) => held.push(
    { pass: () => answer(sent(...form)), fail: () => fail(new TypeError("Failed to fetch")) },
  ));
  window.next = (what) => { window.fetch = sent; held.shift()[what](); };
  window.isSent = () => held.length > 0;
}"""


def let(page: Any, what: str) -> None:
    """Let the form that is held back `pass` or `fail`, once it is sent; later forms are not held back."""
    page.wait_for_function("isSent()")
    page.evaluate("what => next(what)", what)


def answered(page: Any) -> None:
    """Wait until every form that was sent is answered."""
    page.locator("#desk:not([data-busy])").wait_for()


def drop(page: Any, target: str, name: str, text: str) -> None:
    """Drop a file on a part of the page; without a name, the text alone."""
    page.evaluate(DROP, [page.locator(target).element_handle(), name, text])


def focus(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.tagName"))


def settled(page: Any, words: str) -> None:
    page.locator("#progress", has_text=words).wait_for()


def accept_all(page: Any, suggestions: int = 9) -> None:
    """Accept every suggestion by keys; where the act is open, the first act offered."""
    for count in range(1, suggestions + 1):
        entry = page.locator("form.entry:visible")
        if entry.locator(".acts").count() and not entry.locator(".acts input:checked").count():
            page.keyboard.press("1")
        page.keyboard.press("Enter")
        settled(page, f"{count} accepted")


def events(ledger: Ledger) -> int:
    return ledger.head().position


def test_from_paste_to_filed_by_keyboard_alone(ledger: Ledger, opened: Callable[..., Any]) -> None:
    page = opened()
    before = events(ledger)
    sync_api.expect(page.locator("#report")).to_be_focused()
    page.keyboard.insert_text(REPORT)
    page.get_by_role("button", name="Read it").focus()
    page.keyboard.press("Enter")
    page.locator(".sentence[aria-current]").wait_for()
    fallen = []
    for count in range(1, 10):
        if not page.locator("form.entry:visible .acts input:checked, form.entry:visible:not(:has(.acts))").count():
            page.keyboard.press("1")
        page.keyboard.press("Enter")
        settled(page, f"{count} accepted")
        fallen.append(focus(page))
    assert all(re.fullmatch(r"s\d+", one) for one in fallen), fallen
    page.get_by_role("link", name="File 9 entries").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="File 9 entries").focus()
    assert events(ledger) == before
    page.keyboard.press("Enter")
    page.locator("h1", has_text="Filed 10 events").wait_for()
    assert events(ledger) == before + 10
    assert "Round 7" in page.locator(".filed").inner_text()
    with closing(ledger.views()) as views:
        assert {one.recorded_by for one in views.log() if one.position > before} == {"lan"}


def test_the_browser_is_closed_in_the_middle_of_a_word_and_nothing_is_lost(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    page.keyboard.press("Enter")
    settled(page, "1 accepted")
    page.keyboard.press("x")
    settled(page, "1 skipped")
    more = page.locator("form.entry:visible .more-fields")
    more.locator("summary").click()
    says = more.locator("[name=f-says]")
    says.click()
    page.keyboard.type("Asked to be taken o")
    entry = page.locator("form.entry:visible").get_attribute("id")
    answered(page)
    page.context.close()
    again = opened()
    assert "1 accepted, 1 skipped" in again.locator(".lines").inner_text()
    again.locator(".lines a").first.click()
    again.locator(".sentence[aria-current]").wait_for()
    sync_api.expect(again.locator(f"#{entry} [name=f-says]")).to_have_value("Asked to be taken o")
    assert re.search(r"Draft kept \d\d:\d\d:\d\d", again.locator("#head").inner_text())


def test_two_desks_file_the_same_report_and_nothing_is_double(ledger: Ledger, opened: Callable[..., Any]) -> None:
    desks = []
    for keeper in ("lan", "minh"):
        page = opened()
        page.get_by_label("Your name").fill(keeper)
        paste(page)
        accept_all(page)
        page.get_by_role("link", name="File 9 entries").click()
        desks.append(page)
    before = events(ledger)
    for page in desks:
        page.get_by_role("button", name="File 9 entries").click()
    desks[0].locator("h1", has_text="Filed 10 events").wait_for()
    sync_api.expect(desks[1].locator("main")).to_contain_text("was filed meanwhile as example-2025-07-10")
    assert events(ledger) == before + 10


def test_two_windows_on_one_draft_the_older_is_told(opened: Callable[..., Any]) -> None:
    first = opened()
    paste(first)
    second = opened(first.url.removeprefix(first.evaluate("location.origin")))
    second.locator(".sentence[aria-current]").wait_for()
    first.keyboard.press("x")
    settled(first, "1 skipped")
    second.keyboard.press("Enter")
    alarm = second.get_by_role("alert").filter(has_text="changed in another window")
    alarm.wait_for()
    second.reload()
    settled(second, "0 accepted, 1 skipped")


def test_without_script_an_entry_is_filed_in_the_plain_form(ledger: Ledger, opened: Callable[..., Any]) -> None:
    page = opened(java_script_enabled=False)
    before = events(ledger)
    page.get_by_label("Text of the report").fill(REPORT)
    page.get_by_role("button", name="Read it").click()
    settled(page, "0 % of the text accounted for")
    form = page.locator("form.entry").first
    form.get_by_role("button", name="Accept").click()
    settled(page, "1 accepted")
    assert page.locator("form.entry").count() == 1
    other = page.locator("p.entry a").last
    named = other.locator("code").inner_text()
    other.click()
    sync_api.expect(form.locator("[name=slug]")).to_have_value(named)
    form.locator(".more-fields summary").click()
    form.get_by_role("button", name="Skip").click()
    settled(page, "1 accepted, 1 skipped")
    page.get_by_role("link", name="File 1 entry").click()
    page.get_by_role("button", name="File 1 entry").click()
    page.locator("h1", has_text="Filed 2 events").wait_for()
    assert events(ledger) == before + 2


@pytest.mark.parametrize("target", ["h1", "#report", "footer, body"])
def test_a_report_may_be_dropped_anywhere_on_the_entry_page(opened: Callable[..., Any], target: str) -> None:
    page = opened()
    drop(page, target, "gazette.txt", REPORT)
    sync_api.expect(page.locator("form.start")).to_contain_text("gazette.txt will be read")
    page.get_by_role("button", name="Read it").click()
    page.locator(".sentence[aria-current]").wait_for()
    page.locator(".sentence").nth(5).wait_for()


def test_a_text_that_is_dropped_beside_the_field_is_pasted(opened: Callable[..., Any]) -> None:
    page = opened()
    drop(page, "h1", "", REPORT)
    sync_api.expect(page.get_by_label("Text of the report")).to_have_value(REPORT)
    sync_api.expect(page.locator("#report")).to_be_focused()


def test_a_new_person_of_an_appointment_is_named_in_place(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    page.locator("#add-kind").select_option("appointment")
    page.get_by_role("button", name="Add an entry").click()
    entry = page.locator("form.entry:visible", has=page.locator("h3", has_text="Appointment"))
    entry.locator("[name=slug]").fill("Anne Roy")
    entry.locator("[name=f-post]").fill("Minister")
    page.keyboard.press("Control+Enter")
    entry.get_by_role("button", name="Yes, “Anne Roy” is a new person").click()
    sync_api.expect(entry.locator("[name=slug]")).to_have_value("anne-roy")
    sync_api.expect(entry.locator("[name=slug]")).to_be_focused()
    page.keyboard.press("Control+Enter")
    settled(page, "2 accepted")


@pytest.mark.parametrize("how", ["mouse", "space bar"])
def test_an_answer_that_comes_while_a_button_is_pressed_does_not_lose_the_click(
    opened: Callable[..., Any], how: str
) -> None:
    page = opened()
    paste(page)
    page.locator("#add-kind").select_option("appointment")
    page.get_by_role("button", name="Add an entry").click()
    entry = page.locator("form.entry:visible", has=page.locator("h3", has_text="Appointment"))
    entry.locator("[name=slug]").fill("Anne Roy")
    entry.locator("[name=f-post]").fill("Minister")
    page.keyboard.press("Control+Enter")
    naming = entry.get_by_role("button", name="Yes, “Anne Roy” is a new person")
    sync_api.expect(naming).to_be_visible()
    sync_api.expect(page.locator("#desk[data-busy]")).to_have_count(0)
    held: list[Any] = []
    page.route("**/*", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    with page.expect_request(lambda one: one.method == "POST"):
        entry.locator("[name=f-post]").fill("")
    page.wait_for_function("document.querySelector('#desk[data-busy]')")
    naming.evaluate("(one) => { window.pressed = one; }")
    if how == "mouse":
        naming.hover()
        page.mouse.down()
    else:
        naming.focus()
        page.keyboard.down(" ")
    with page.expect_response(lambda one: one.request.method == "POST") as answered:
        held.pop().continue_()
    answered.value.finished()
    page.unroute("**/*")
    page.wait_for_timeout(300)  # an answer that changed the page at once would have changed it by now
    assert page.evaluate("window.pressed.isConnected")
    if how == "mouse":
        page.mouse.up()
    else:
        page.keyboard.up(" ")
    sync_api.expect(entry.locator("[name=slug]")).to_have_value("anne-roy")


def test_a_change_of_the_source_is_undone(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    page.locator(".source-form summary").click()
    before = page.locator("#source-publisher").input_value()
    page.locator("#source-publisher").fill("The Gazette")
    page.get_by_role("button", name="Save the source").click()
    page.get_by_role("button", name="Undo").and_(page.locator(":enabled")).click()
    sync_api.expect(page.locator("#source-publisher")).to_have_value(before)
    page.get_by_role("button", name="Redo").and_(page.locator(":enabled")).click()
    sync_api.expect(page.locator("#source-publisher")).to_have_value("The Gazette")


def test_letters_in_a_field_are_only_text(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    page.locator("form.entry:visible .more-fields summary").click()
    field = page.locator("form.entry:visible [name=f-place], form.entry:visible [name=f-says]").first
    field.click()
    field.fill("")
    page.keyboard.type("asked x 1 n + e m ?")
    page.wait_for_timeout(300)
    assert field.input_value() == "asked x 1 n + e m ?"
    settled(page, "0 accepted, 0 skipped")


def test_a_held_key_decides_once(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    for _ in range(30):  # down again without up is a repeat
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    settled(page, "1 accepted, 0 skipped")
    page.wait_for_timeout(300)
    settled(page, "1 accepted, 0 skipped")


def test_a_name_is_completed_from_the_record_and_a_new_one_is_made_after_a_yes(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    page.keyboard.press("Enter")
    settled(page, "1 accepted")
    issues = page.locator("form.entry:visible [name=f-issues]")
    issues.fill("")
    issues.press_sequentially("digital tr")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("Tab")
    sync_api.expect(issues).to_have_value("digital-trade")
    issues.press("End")
    issues.press_sequentially(", Cod quotas")
    page.keyboard.press("Control+Enter")
    page.get_by_text("There is no issue 'Cod quotas'").first.wait_for()
    sync_api.expect(issues).to_be_focused()
    page.get_by_role("button", name="is a new issue").first.click()
    sync_api.expect(page.locator("form.entry:visible [name=f-issues]")).to_have_value("digital-trade, cod-quotas")
    page.keyboard.press("Control+Enter")
    settled(page, "3 accepted")  # the meeting, the statement, and the new issue


@pytest.mark.parametrize("name", ["by", "to", "issues"])
def test_tab_takes_a_name_and_goes_to_the_next_field(opened: Callable[..., Any], name: str) -> None:
    page = opened()
    paste(page)
    page.keyboard.press("Enter")
    settled(page, "1 accepted")
    entry = page.locator("form.entry:visible")
    field = entry.locator(f"[name=f-{name}]")
    field.fill("")
    field.press_sequentially("digi" if name == "issues" else "united st", delay=60)
    page.get_by_role("listbox").wait_for()
    page.wait_for_timeout(400)
    assert not page.locator(f"#{field.get_attribute('id')}-problem").is_visible()  # the name is not ready yet
    page.keyboard.press("Tab")
    page.keyboard.type("xn")
    page.wait_for_timeout(400)
    sync_api.expect(field).to_have_value("digital-trade" if name == "issues" else "us")
    assert page.evaluate("document.activeElement.matches('form.entry *')"), focus(page)
    settled(page, "1 accepted, 0 skipped")


def test_a_suggestion_that_lacks_its_act_says_so_beside_it(opened: Callable[..., Any]) -> None:
    page = opened(viewport={"width": 390, "height": 844})
    paste(page)
    for _ in range(8):
        if page.locator("form.entry:visible .acts:not(:has(:checked))").count():
            break
        page.keyboard.press("x")
        answered(page)
    acts = page.locator("form.entry:visible .acts")
    assert not acts.locator(".problem").is_visible()
    page.keyboard.press("Enter")
    sync_api.expect(acts.locator(".problem")).to_be_in_viewport()
    page.wait_for_function("document.activeElement.name === 'f-act'")
    sync_api.expect(page.locator("#says")).to_contain_text("needs")
    acts.get_by_role("radio").first.check()
    sync_api.expect(acts.locator(".problem")).to_be_hidden()


def test_arrow_keys_reach_every_entry_of_a_sentence(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    first = page.locator("form.entry:visible").get_attribute("id")
    page.keyboard.press("+")
    page.locator(f"#{first}").wait_for(state="hidden")
    second = page.locator("form.entry:visible").get_attribute("id")
    for key, shown in (("ArrowRight", first), ("ArrowRight", second), ("ArrowLeft", first)):
        page.keyboard.press(key)
        page.locator(f"#{shown}").wait_for(state="visible")
        sync_api.expect(page.locator(".sentence[aria-current]")).to_be_focused()


def test_the_quotation_is_what_was_selected(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page, "Nguyen Hong Dien asked 😀 the United States, at last, to drop the tariffs. He left.")
    words = page.locator("#s0 .words")
    words.evaluate(SELECT, ["😀", "at last,"])
    page.locator("#taking").click()
    quote = page.locator("form.entry:visible [name=f-quote]")
    sync_api.expect(quote).to_have_value("😀 the United States, at last,")


FIELDS = """[...document.querySelectorAll("form.entry")].map((form) => [
  form.className, ...[...new FormData(form)].filter(([name]) => !["token", "number"].includes(name)),
])"""


def test_twenty_steps_are_undone_reloaded_and_redone(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    begun = page.evaluate(FIELDS)
    for count in range(1, 10):
        page.keyboard.press("x")
        settled(page, f"{count} skipped")
    for _ in range(11):
        page.keyboard.press("+")
        answered(page)
    decided = page.evaluate(FIELDS)
    assert len(decided) == len(begun) + 11
    for _ in range(20):
        page.keyboard.press("Control+z")
        answered(page)
    assert page.evaluate(FIELDS) == begun
    page.reload()
    page.locator(".sentence[aria-current]").wait_for()
    has_all_forms(page)
    for _ in range(20):
        page.keyboard.press("Control+Shift+Z")
        answered(page)
    assert page.evaluate(FIELDS) == decided


def test_a_quotation_in_decomposed_letters_is_exactly_what_was_selected(opened: Callable[..., Any]) -> None:
    page = opened()
    text = normalize("NFD", "Bộ trưởng Nguyễn Hồng Diên đề nghị Hoa Kỳ, một lần nữa, bỏ thuế. Ông rời đi.")
    paste(page, text)
    if not page.locator("form.entry:visible").count():
        page.keyboard.press("+")
        page.locator("form.entry:visible").wait_for()
    wanted = normalize("NFD", "Diên đề nghị Hoa Kỳ, một lần nữa,")
    page.locator("#s0 .words").evaluate(SELECT, [wanted[:5], wanted[-5:]])
    page.locator("#taking").click()
    sync_api.expect(page.locator("form.entry:visible [name=f-quote]")).to_have_value(wanted)


def test_the_next_entry_is_on_the_screen_before_the_answer(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    shown = page.locator("form.entry:visible")
    first, second = shown.get_attribute("id"), page.locator("form.entry").nth(1).get_attribute("id")
    page.evaluate(HELD)
    page.keyboard.press("Enter")
    page.locator(f"#{second}").wait_for(state="visible")
    sync_api.expect(page.locator(f".tag[data-entry={first}]")).to_have_class("tag accepted")
    let(page, "fail")
    page.locator(f"#{first}").wait_for(state="visible")
    sync_api.expect(page.get_by_role("alert").first).to_contain_text("Not saved")
    sync_api.expect(page.locator(f"#{first}.open")).to_have_count(1)
    page.locator(".sentence[aria-current]").focus()
    page.keyboard.press("Enter")
    settled(page, "1 accepted")
    sync_api.expect(shown).to_have_id(second)


# The forms that the page fetches do not come, as long as no one lets them; posts go through.
WITHHELD = """() => {
  const sent = fetch;
  window.withheld = true;
  const failed = () => Promise.reject(new TypeError("Failed to fetch"));
  window.fetch = (address, how) => (how || !withheld ? sent(address, how) : failed());
}"""


def test_an_entry_whose_form_has_not_come_yet_is_fetched_when_it_is_wanted(opened: Callable[..., Any]) -> None:
    page = opened(locale="en-GB")  # a window of its own, which keeps the script
    page.add_init_script(f"({WITHHELD})()")
    page.get_by_label("Text of the report").fill(REPORT)
    page.get_by_role("button", name="Read it").click()
    page.locator(".sentence[aria-current]").wait_for()
    answered(page)
    page.keyboard.press("Enter")
    page.locator("p.entry:visible").wait_for()
    sync_api.expect(page.get_by_role("alert").first).to_contain_text("choose the entry again")
    settled(page, "1 accepted")
    for key in ("x", "Enter", "1", "b"):  # there is nothing yet that they could change
        page.keyboard.press(key)
        answered(page)
    settled(page, "1 accepted, 0 skipped")
    page.evaluate("() => { withheld = false; }")
    page.locator(".tag.here").click()
    page.locator("form.entry.open:visible").wait_for()
    page.keyboard.press("x")
    settled(page, "1 accepted, 1 skipped")
    page.context.close()


def test_keys_that_come_before_the_forms_act_on_the_right_entries(opened: Callable[..., Any]) -> None:
    page = opened()
    page.get_by_label("Text of the report").fill(REPORT)
    page.get_by_role("button", name="Read it").click()
    page.locator(".sentence[aria-current]").wait_for()
    for _ in range(9):
        page.keyboard.press("x")
    settled(page, "9 skipped")
    has_all_forms(page)
    assert page.locator("form.entry.skipped").count() == 9


def test_what_is_typed_after_the_key_of_a_field_goes_into_it_however_slow_the_answer_is(
    opened: Callable[..., Any],
) -> None:
    page = opened()
    paste(page)
    page.evaluate(HELD)
    page.keyboard.press("Enter")
    page.keyboard.type("ixnp")
    let(page, "pass")
    issues = page.locator("form.entry:visible [name=f-issues]")
    sync_api.expect(issues).to_have_value("xnp")
    sync_api.expect(issues).to_be_focused()
    settled(page, "1 accepted, 0 skipped")


def test_every_letter_beside_a_field_leads_into_it_and_is_used_once(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    for _ in range(9):
        form = page.locator("form.entry:visible")
        for mark in form.locator("kbd[data-field]").all():
            key, field = mark.text_content(), mark.get_attribute("data-field")
            page.keyboard.press(key)
            sync_api.expect(form.locator(f"[name={field if field == 'slug' else f'f-{field}'}]")).to_be_focused()
            page.keyboard.press("Escape")
        page.keyboard.press("x")
        answered(page)
    assert not set(FIELD_KEYS.values()) & set("jknpxem123456789+*?")
    one_day = {name: key for name, key in FIELD_KEYS.items() if name != "expected"}  # of a meeting, as `held` is
    assert len({*one_day.values()}) == len(one_day)


def test_another_entry_of_a_sentence_begins_like_the_one_in_hand(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    while page.locator("form.entry:visible [name=f-by]").count() == 0:
        page.keyboard.press("x")
        answered(page)
    form = page.locator("form.entry:visible")
    has = [form.locator(f"[name=f-{name}]").input_value() for name in ("by", "to", "issues")]
    before = form.get_attribute("id")
    page.keyboard.press("+")
    page.locator(f"#{before}").wait_for(state="hidden")
    for name, value in zip(("by", "to", "issues"), has, strict=True):
        sync_api.expect(form.locator(f"[name=f-{name}]")).to_have_value(value)
    assert form.locator("[name=f-act]:checked").count() == 0
    page.keyboard.press("*")
    page.keyboard.type("fo")
    page.keyboard.press("Enter")
    sync_api.expect(form.locator("[name=f-owners]")).to_have_value(has[0])


def test_the_sentence_in_hand_stays_in_the_middle_third(opened: Callable[..., Any]) -> None:
    page = opened(viewport={"width": 1280, "height": 800})
    paste(page, "\n\n".join([REPORT.strip()] * 4))
    places = []
    for _ in range(14):
        page.keyboard.press("x")
        answered(page)
        places.append(
            page.evaluate("""() => {
              const list = document.getElementById("sentences"), room = list.getBoundingClientRect();
              const box = document.querySelector(".sentence[aria-current]").getBoundingClientRect();
              const can = [list.scrollTop > 1, list.scrollTop + list.clientHeight < list.scrollHeight - 1];
              return [((box.top + box.bottom) / 2 - room.top) / room.height, ...can];
            }""")
        )
    assert sum(up and down for _, up, down in places) > 5  # else the list shows its beginning or its end
    assert [at for at, up, down in places if up and down and not 0.32 < at < 0.68] == []


def test_in_forced_colours_an_entry_is_filed_and_what_is_in_hand_and_decided_is_seen(
    opened: Callable[..., Any],
) -> None:
    page = opened(forced_colors="active", viewport={"width": 390, "height": 844})
    paste(page)
    page.keyboard.press("Enter")
    settled(page, "1 accepted")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    outline = "getComputedStyle(document.querySelector('.sentence[aria-current]')).outlineStyle"
    assert page.evaluate(outline) == "solid"
    fills = page.locator(".bar rect").evaluate_all("all => all.map((one) => getComputedStyle(one).fill)")
    assert len(set(fills)) == 3, fills
    marks = page.locator(".tag").evaluate_all("all => all.map((one) => getComputedStyle(one, '::before').content)")
    assert len({mark.split("/")[0] for mark in marks}) == 2, marks
    page.get_by_role("link", name="File 1 entry").click()
    page.get_by_role("button", name="File 1 entry").click()
    page.locator("h1", has_text="Filed 2 events").wait_for()


def test_errors_are_summed_up_with_links_to_their_fields(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    page.keyboard.press("Enter")
    settled(page, "1 accepted")
    page.keyboard.press("ArrowUp")
    page.locator(".tag.accepted").first.click()
    field = page.locator("form.entry:visible [name=f-held]")
    field.fill("some day")
    page.locator(".problem", has_text="some day").first.wait_for()
    page.get_by_role("link", name="File 1 entry").click()
    sync_api.expect(page).to_have_title(re.compile("^Error:"))
    sync_api.expect(page.locator("#summary")).to_be_focused()
    page.locator("#summary a").first.click()
    page.locator(".sentence[aria-current]").wait_for()
    page.wait_for_function("document.activeElement.id.endsWith('-held')")


@pytest.mark.parametrize("size", [(390, 844), (1280, 800), (640, 400)], ids=lambda size: f"{size[0]}px")
def test_the_page_fits_and_keeps_the_rules_of_axe(opened: Callable[..., Any], size: tuple[int, int]) -> None:
    page = opened(viewport={"width": size[0], "height": size[1]})
    for name in ("start", "draft", "review"):
        if name == "draft":
            paste(page)
            accept_all(page, 3)
        if name == "review":
            page.get_by_role("link", name="File 3 entries").click()
            page.get_by_role("button", name="File 3 entries").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], name
        assert violations(page) == [], name


def test_every_control_has_room_for_a_finger(opened: Callable[..., Any]) -> None:
    page = opened(viewport={"width": 390, "height": 844}, has_touch=True)
    paste(page)
    small = page.evaluate(SMALL)
    assert small == []


def test_keys_can_be_switched_off_and_are_all_listed(opened: Callable[..., Any]) -> None:
    page = opened()
    paste(page)
    page.keyboard.press("?")
    page.locator("#keys[open]").wait_for()
    listed = page.locator("#keys").inner_text()
    assert all(f"{key}" in listed for key in ("accept the entry", "skip the entry", "undo", "redo", "quotation"))
    page.locator("#keys-on").uncheck()
    page.locator(".sentence[aria-current]").focus()
    page.keyboard.press("x")
    page.wait_for_timeout(200)
    settled(page, "0 skipped")
    page.keyboard.press("Enter")
    settled(page, "1 accepted")


def test_the_first_suggestions_of_a_long_report_are_decided_while_the_rest_is_read(opened: Callable[..., Any]) -> None:
    page = opened()
    page.get_by_label("Text of the report").fill(long_report())
    page.get_by_role("button", name="Read it").click()
    page.locator(".sentence[aria-current]").wait_for()
    page.keyboard.press("x")
    page.keyboard.press("x")
    page.locator("#desk:not([data-unread])").wait_for()
    sync_api.expect(page.locator("#progress")).to_contain_text("2 skipped")
    sync_api.expect(page.locator("#progress")).not_to_contain_text("being read")
    has_all_forms(page)
    assert page.locator("form.entry").count() > 30
    assert page.locator(".tag.skipped").count() == 2
    assert "sentence" in page.evaluate("document.activeElement.className")
