"""`python -m benchmarks.desk TEXT`: the keys and clicks that a keeper needs at the desk for a report, in Chromium.

TEXT is the text of one of the five reports of the worked example, found by its SHA-256; the project does not contain
them. The record has the reports before it. The keeper ends with the entries of its entry file: accepts what is right,
changes fields that differ, adds what is missing and skips the rest. Every key and click is counted as it is made. The
time is that of the keystroke-level model: 0.28 s a key, 1.1 s for pointing and clicking, 1.35 s of thought for every
entry and every field that is changed. `-v` prints the seconds of each changed field.
"""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from playwright.sync_api import Page, sync_playwright

from ledger import create_ledger
from ledger.domain.quotations import fingerprint
from ledger.filing.entry_files import read
from ledger.filing.sheets import Filled
from tests.ledger.web.serving import SEEDS, serving

VERBOSE = "-v" in sys.argv
KEY, POINT, THOUGHT = 0.28, 1.1, 1.35  # seconds
REPORTS = sorted(path for path in SEEDS if path.name[:1].isdecimal())
COMPARED = {
    "statement": ("by", "to", "act", "issues", "on", "at"),
    "follow-up": ("owners", "issues", "on", "at"),
    "meeting": ("kind", "number", "held", "place", "parties", "people", "issues"),
    "announcement": ("kind", "number", "expected", "parties", "on", "at", "by", "before", "format"),
    "appointment": ("post", "party"),
}
# Measures from each key to the second frame after it, in which the browser has painted what the key did.
SHOWN = """addEventListener("keydown", (event) => {
  const entry = () => document.querySelector("form.entry:not([hidden])")?.id;
  const [start, before] = [performance.now(), entry()];
  const look = () => {
    if (entry() !== before) requestAnimationFrame(() => { window.shown = performance.now() - start; });
    else if (performance.now() - start < 3000) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}, true)"""
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
        self.painted: list[float] = []  # seconds from the key until the draft is kept
        self.shown: list[float] = []  # milliseconds from the key until the next entry is on the screen
        self.costs: Counter[str] = Counter()

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.clicks * POINT + self.thoughts * THOUGHT

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Count the seconds of what is done meanwhile under its name."""
        before = self.seconds
        yield
        self.costs[what] += self.seconds - before

    @property
    def in_hand(self) -> str:
        """The entry whose form is shown; "" if none."""
        shown = self.page.locator("form.entry:visible")
        return (shown.get_attribute("id") or "") if shown.count() else ""

    @property
    def is_typing(self) -> bool:
        """Whether the focus is in a form, and not in the list of sentences."""
        return not self.page.evaluate("document.activeElement.classList.contains('sentence')")

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
        self.shown.append(self.page.evaluate("window.shown"))
        wrong = self.page.locator("form.entry:visible .problem:not(:empty)").all_inner_texts()
        assert not wrong, wrong
        assert self.page.locator("#progress").inner_text() != decided


def main() -> int:
    """File the report, and print what it took."""
    text = Path(sys.argv[1]).read_text("utf-8")
    folder = Path(tempfile.mkdtemp())
    ledger = create_ledger(folder / "ledger.db", "keeper")
    report = next(path for path in REPORTS if fingerprint(text) in path.read_text("utf-8"))
    ledger.import_files([path for path in SEEDS if path not in REPORTS[REPORTS.index(report) :]])
    head = ledger.head().position
    ((_, sheet),) = read(report).sheets
    with serving(ledger) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(SHOWN)
        page.goto(f"{address}/vn-us-trade/enter")
        keeper = Keeper(page)
        with keeper.doing("pasting"):
            _start(keeper, text, sheet.source.fields if sheet.source else {})
        _decide(keeper, sheet.entries)
        with keeper.doing("filing"):
            _file(keeper)
        browser.close()
    filed, wanted = ledger.head().position - head, len(sheet.entries)
    shutil.rmtree(folder)
    slowest = sorted(keeper.painted)
    print(f"{wanted} entries wanted, {filed} events filed")
    print(f"{keeper.keys} keys, {keeper.clicks} clicks, {keeper.thoughts} thoughts")
    print(f"keystroke-level model: {keeper.seconds:.0f} s = {keeper.seconds / 60:.1f} minutes")
    print(", ".join(f"{what} {seconds:.0f} s" for what, seconds in keeper.costs.most_common()))
    print(
        f"a decision, from the key to the kept draft: median {slowest[len(slowest) // 2]:.3f} s,"
        f" slowest {slowest[-1]:.3f} s"
    )
    slowest = sorted(keeper.shown)
    print(f"to the next entry on the screen: median {slowest[len(slowest) // 2]:.0f} ms, slowest {slowest[-1]:.0f} ms")
    return 0


def _start(keeper: Keeper, text: str, source: Mapping[str, Any]) -> None:
    keeper.page.keyboard.insert_text(text)
    keeper.keys += 2  # Ctrl+V
    keeper.press("Tab", 2)
    keeper.type(str(source.get("publisher", "")))
    keeper.press("Tab")
    keeper.type(str(source.get("published", "")))
    keeper.press("Enter")
    keeper.page.locator(".sentence[aria-current]").wait_for()


def _decide(keeper: Keeper, wanted: list[Filled]) -> None:
    """Go through the text: accept, change or skip each suggestion, and add what no suggestion is for."""
    page = keeper.page
    texts = [" ".join(one.split()) for one in page.locator(".sentence .words").all_inner_texts()]
    remaining = [(one, _sentence(one, texts)) for one in wanted]
    forms = page.evaluate(FORMS)
    for form in forms:
        match = _best(form, remaining)
        later = [one for one in remaining if any(_best(other, [one]) for other in forms[forms.index(form) :])]
        slugs = {one.slug for one, _ in later}
        later += [one for one in remaining if slugs & {one[0].fields.get("before"), one[0].fields.get("at")}]
        for missing in [one for one in remaining if one[1] < form["sentence"] and one not in later]:
            remaining.remove(missing)
            _add(keeper, *missing)
        keeper.thoughts += 1
        _go(keeper, form["sentence"])
        assert keeper.in_hand == form["id"], page.locator("form.entry:visible .problem").all_inner_texts()
        if match is None:
            with keeper.doing("skipping"):
                keeper.decide("x")
        else:
            remaining.remove(match)
            _fill(keeper, form["id"], match[0])
    for missing in remaining:
        _add(keeper, *missing)


def _go(keeper: Keeper, sentence: int) -> None:
    """Go to a sentence by arrow keys if it is near, else by a click."""
    with keeper.doing("going"):
        away = sentence - int(keeper.page.locator(".sentence[aria-current]").get_attribute("data-number") or "0")
        if abs(away) * KEY < POINT and not keeper.is_typing:
            keeper.press("ArrowDown" if away > 0 else "ArrowUp", abs(away))
        elif away:
            keeper.click(keeper.page.locator(f"#s{sentence} .words"))


def _add(keeper: Keeper, one: Filled, sentence: int) -> None:
    """Add an entry to a sentence: of the kind of the entry there, else of another kind."""
    page = keeper.page
    keeper.thoughts += 1
    _go(keeper, sentence)
    before = keeper.in_hand
    with keeper.doing("adding"):
        if page.locator("#add-kind").input_value() == one.kind:
            keeper.press("+")
        else:
            keeper.press("*")
            page.locator("#add-kind").select_option(one.kind)
            keeper.keys += 2  # the first letters of the kind
            keeper.press("Enter")
        keeper.kept()
    assert keeper.in_hand != before
    _fill(keeper, keeper.in_hand, one)


def _fill(keeper: Keeper, entry: str, wanted: Filled) -> None:
    """Change the fields that differ, and accept."""
    page = keeper.page
    has = next(one for one in page.evaluate(FORMS) if one["id"] == entry)
    changed = False
    if wanted.kind in ("meeting", "announcement", "appointment") and has["slug"] != wanted.slug:
        has["fields"]["slug"] = has["slug"]
        with keeper.doing("slug"):
            changed |= _type_in(keeper, entry, "slug", wanted.slug)
        has = next(one for one in page.evaluate(FORMS) if one["id"] == entry)
    for name in COMPARED[wanted.kind]:
        if not _same(has["fields"].get(name, ""), wanted.fields.get(name, "")):
            before = keeper.seconds
            with keeper.doing(name):
                changed |= _type_in(keeper, entry, name, _text(wanted.fields.get(name, "")))
            if VERBOSE:
                print(
                    f"{keeper.seconds - before:.1f}",
                    wanted.kind,
                    wanted.slug,
                    name,
                    repr(has["fields"].get(name)),
                    "->",
                    wanted.fields.get(name),
                )
    with keeper.doing("accepting"):
        keeper.decide("Control+Enter" if changed else "Enter")


def _type_in(keeper: Keeper, entry: str, name: str, value: str) -> bool:
    """Change one field; returns whether the focus is in the form now."""
    page = keeper.page
    keeper.thoughts += 1
    form = page.locator(f"#{entry}")
    if name == "act":
        offered = form.locator(".acts > label input").evaluate_all("all => all.map((one) => one.value)")
        if value in offered[:9] and not keeper.is_typing:
            keeper.press(str(offered.index(value) + 1))
            keeper.kept()
            return False
        if not form.locator(f".acts input[value={value}]").is_visible():
            keeper.click(form.locator(".acts summary"))
        keeper.click(form.locator(f".acts input[value={value}]"))
        keeper.kept()
        return True
    field = form.locator(f"[name='{name if name == 'slug' else 'f-' + name}']")
    letter = form.locator(f"kbd[data-field='{name}']")
    if letter.count():
        if keeper.is_typing:
            keeper.press("Escape")
        keeper.press(letter.first.text_content() or "")
    else:
        if not field.is_visible():
            keeper.click(form.locator(".more-fields > summary"))
        keeper.click(field)
        if field.evaluate("one => one.tagName") == "INPUT":
            keeper.press("Control+a")
    if field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(value)
        keeper.keys += 2  # the first letters of the word
        keeper.kept()
        return True
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
    words = item if item[:1].isupper() else item.partition(",")[0].rpartition("/")[2]  # a post, or a slug
    for letter in words:
        keeper.type(letter)
        first = keeper.page.locator("#options [aria-selected=true]")
        if (
            first.count()
            and (first.get_attribute("data-value") or "").rpartition("/")[2].partition(",")[0]
            == item.rpartition("/")[2].partition(",")[0]
        ):
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
    if text.replace(",", "") == shown.replace(",", ""):  # "Washington D.C." as the report has it
        return True
    if text == "early June":
        text = "[2025-06-01..2025-06-10]"
    split = "\n" if "\n" in shown + text else ","
    return {each.partition(",")[0].strip() for each in shown.split(split)} == {
        each.partition(",")[0].strip() for each in text.split(split)
    }


if __name__ == "__main__":
    sys.exit(main())
