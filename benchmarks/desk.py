"""`python -m benchmarks.desk TEXT`: the keys and clicks that a keeper needs at the desk for a report, in Chromium.

TEXT is the text of the report of 22 May 2025 (SHA-256 9cf9706e…), which the project does not contain. The keeper ends
with the entries of seeds/vn-us-trade/3-vna-2025-05-22.yaml: accepts what is right, changes fields that differ, adds
what is missing and skips the rest. Every key and click is counted as it is made. The time is that of the
keystroke-level model: 0.28 s a key, 1.1 s for pointing and clicking, 1.35 s of thought for every entry and every field
that is changed.
"""

import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

from playwright.sync_api import Page, sync_playwright

from ledger import Ledger, create_ledger
from ledger.filing.entry_files import read
from ledger.filing.sheets import Filled
from tests.ledger.web.serving import SEEDS, serving

KEY, POINT, THOUGHT = 0.28, 1.1, 1.35  # seconds
REPORT = next(path for path in SEEDS if path.name.startswith("3-"))
BEFORE = [path for path in SEEDS if path.name.startswith(("negotiation", "1-", "2-"))]
COMPARED = {
    "statement": ("by", "to", "act", "issues", "on", "at"),
    "follow-up": ("owners", "issues", "on", "at"),
    "meeting": ("kind", "number", "held", "place", "parties", "people", "issues"),
    "announcement": ("kind", "number", "expected", "parties", "on", "at", "by", "before", "format"),
    "appointment": ("post", "party"),
}
FORMS = """[...document.querySelectorAll("form.entry")].map((form) => ({
  id: form.id, sentence: Number(form.dataset.sentence),
  kind: form.elements["is-a"].value, slug: form.elements.slug.value,
  fields: Object.fromEntries([...new FormData(form)]
    .filter(([name]) => name.startsWith("f-")).map(([name, value]) => [name.slice(2), value])),
}))"""


class Keeper:
    """A person at the desk, whose every key, click and thought is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = self.clicks = self.thoughts = 0
        self.painted: list[float] = []

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.clicks * POINT + self.thoughts * THOUGHT

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keys += len(key.split("+")) if len(key) > 1 else 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def click(self, target: Any) -> None:
        target.click()
        self.clicks += 1

    def kept(self) -> None:
        """Wait until the draft was kept."""
        self.page.locator("#desk:not([data-busy])").wait_for()

    def decide(self, key: str) -> None:
        """Accept or skip the entry in hand; it must be taken."""
        decided, start = self.page.locator("#progress").inner_text(), perf_counter()
        self.press(key)
        self.kept()
        self.painted.append(perf_counter() - start)
        wrong = self.page.locator("form.entry:visible .problem:not(:empty)").all_inner_texts()
        assert not wrong, wrong
        assert self.page.locator("#progress").inner_text() != decided


def main() -> int:
    """File the report, and print what it took."""
    text = Path(sys.argv[1]).read_text("utf-8")
    folder = Path(tempfile.mkdtemp())
    ledger = create_ledger(folder / "ledger.db", "keeper")
    ledger.import_files(BEFORE)
    ((_, sheet),) = read(REPORT).sheets
    with serving(ledger) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/vn-us-trade/enter")
        keeper = Keeper(page)
        _start(keeper, text)
        _decide(keeper, sheet.entries)
        _file(keeper)
        browser.close()
    filed, wanted = _filed(ledger), len(sheet.entries)
    shutil.rmtree(folder)
    slowest = sorted(keeper.painted)
    print(f"{wanted} entries wanted, {filed} events filed")
    print(f"{keeper.keys} keys, {keeper.clicks} clicks, {keeper.thoughts} thoughts")
    print(f"keystroke-level model: {keeper.seconds:.0f} s = {keeper.seconds / 60:.1f} minutes")
    print(
        f"a decision, from the key to the page: median {slowest[len(slowest) // 2]:.3f} s, slowest {slowest[-1]:.3f} s"
    )
    return 0


def _start(keeper: Keeper, text: str) -> None:
    keeper.page.keyboard.insert_text(text)
    keeper.keys += 2  # Ctrl+V
    keeper.press("Tab", 2)
    keeper.type("Vietnamplus")
    keeper.press("Tab")
    keeper.type("2025-05-22")
    keeper.press("Enter")
    keeper.page.locator(".sentence[aria-current]").wait_for()


def _decide(keeper: Keeper, wanted: list[Filled]) -> None:
    """Go through the text: for each suggestion accept, change or skip; then add what no suggestion is for."""
    page = keeper.page
    texts = [" ".join(one.split()) for one in page.locator(".sentence .words").all_inner_texts()]
    remaining = [(one, _sentence(one, texts)) for one in wanted]
    for form in page.evaluate(FORMS):
        match = _best(form, remaining)
        keeper.thoughts += 1
        shown = page.locator("form.entry:visible")
        assert shown.get_attribute("id") == form["id"], shown.locator(".problem").all_inner_texts()
        if match is None:
            keeper.decide("x")
            continue
        remaining.remove(match)
        _fill(keeper, form["id"], match[0])
    for one, sentence in remaining:
        keeper.thoughts += 1
        keeper.click(page.locator(f"#s{sentence} .words"))
        if one.kind == "statement":
            keeper.press("+")
        else:
            keeper.click(page.locator("#add-kind"))
            page.locator("#add-kind").select_option(one.kind)
            keeper.keys += 3  # the first letters of the kind, and Enter
            keeper.click(page.locator("#add button").first)
        keeper.kept()
        _fill(keeper, page.locator("form.entry:visible").get_attribute("id") or "", one)


def _fill(keeper: Keeper, entry: str, wanted: Filled) -> None:
    """Change the fields that differ, and accept."""
    page = keeper.page
    has = next(one for one in page.evaluate(FORMS) if one["id"] == entry)
    changed = False
    if wanted.kind in ("meeting", "announcement", "appointment") and has["slug"] != wanted.slug:
        has["fields"]["slug"] = has["slug"]
        changed |= _type_in(keeper, entry, "slug", wanted.slug)
    for name in COMPARED[wanted.kind]:
        if not _same(has["fields"].get(name, ""), wanted.fields.get(name, "")):
            changed |= _type_in(keeper, entry, name, _text(wanted.fields.get(name, "")))
    keeper.decide("Control+Enter" if changed else "Enter")


def _type_in(keeper: Keeper, entry: str, name: str, value: str) -> bool:
    """Change one field; returns whether the focus is in the form now."""
    page = keeper.page
    keeper.thoughts += 1
    form = page.locator(f"#{entry}")
    if name == "act":
        offered = form.locator(".acts > label input").evaluate_all("all => all.map((one) => one.value)")
        if value in offered[:9] and page.evaluate("document.activeElement.classList.contains('sentence')"):
            keeper.press(str(offered.index(value) + 1))
            keeper.kept()
            return False
        if value not in offered:
            keeper.click(form.locator(".acts summary"))
        keeper.click(form.locator(f".acts input[value={value}]"))
        keeper.kept()
        return True
    field = form.locator(f"[name='{name if name == 'slug' else 'f-' + name}']")
    if not field.is_visible():
        keeper.click(form.locator(".more-fields > summary"))
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(value)
        field.focus()
        keeper.clicks += 2  # to open the list, and the word in it
        keeper.kept()
        return True
    keeper.click(field)
    keeper.press("Control+a")
    if field.get_attribute("data-names") and value:
        mark = "\n" if field.get_attribute("data-shape") == "lines" else ", "
        for count, item in enumerate(value.split(mark)):
            if count:
                keeper.type(mark)
            _complete(keeper, item)
    else:
        keeper.type(value) if value else keeper.press("Delete")
    keeper.kept()
    return True


def _complete(keeper: Keeper, item: str) -> None:
    """Type until the first name that is offered is the one meant, and take it."""
    words = item.partition(",")[0].rpartition("/")[2]
    for letter in words:
        keeper.type(letter)
        first = keeper.page.locator("#options [aria-selected=true]")
        if first.count() and (first.get_attribute("data-value") or "").partition(",")[0] == item.partition(",")[0]:
            keeper.press("Enter")
            return
    field = keeper.page.locator(":focus")
    typed = field.input_value()
    if not typed.endswith(item):  # a name that the record does not have yet: it is typed in full
        keeper.press("Escape") if keeper.page.locator("#options").count() else None
        keeper.press("Backspace", len(words))
        keeper.type(item)


def _file(keeper: Keeper) -> None:
    keeper.click(keeper.page.locator("#head .button"))
    keeper.page.locator("button[value=file]").wait_for()
    keeper.thoughts += 1
    keeper.click(keeper.page.locator("button[value=file]"))
    keeper.page.locator(".filed").wait_for()


def _best(form: dict[str, Any], remaining: list[tuple[Filled, int]]) -> tuple[Filled, int] | None:
    """The wanted entry that a suggestion is for: of the same kind and sentence, with the most fields in common."""
    same = [one for one in remaining if (one[0].kind, one[1]) == (form["kind"], form["sentence"])]
    agree = [
        (sum(_same(form["fields"].get(name, ""), one.fields.get(name, "")) for name in COMPARED[one.kind]), at)
        for at, (one, _) in enumerate(same)
    ]
    return same[max(agree)[1]] if agree else None


def _sentence(one: Filled, texts: list[str]) -> int:
    quote = one.fields.get("quote", "")
    words = " ".join(str(quote[0] if isinstance(quote, list) else quote).split())
    return next(at for at, text in enumerate(texts) if words in text)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["date"])
    if isinstance(value, list):
        return ("\n" if any("," in each for each in value) else ", ").join(value)
    return str(value)


def _same(shown: str, wanted: Any) -> bool:
    text = _text(wanted)
    if text == "early June":
        text = "[2025-06-01..2025-06-10]"
    split = "\n" if "\n" in shown + text else ","
    return {each.partition(",")[0].strip() for each in shown.split(split)} == {
        each.partition(",")[0].strip() for each in text.split(split)
    }


def _filed(ledger: Ledger) -> int:
    with closing(ledger.views()) as views:
        return sum(one.source == "vietnamplus-2025-05-22" for one in views.log())


if __name__ == "__main__":
    sys.exit(main())
