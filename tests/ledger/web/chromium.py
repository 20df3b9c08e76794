"""The Chromium in which pages are tested, what axe finds wrong with a page, and the marks of such tests."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")
OTHER = "desk.example"  # another name of this machine, which a browser trusts less
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", f"--host-resolver-rules=MAP {OTHER} 127.0.0.1",
)  # fmt: skip
PATIENCE = 30_000  # milliseconds that a busy machine may take until a page is as it should be
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
MARKS = [
    pytest.mark.usefixtures("noon"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (Debian: apt-get install chromium)"),
]
# Of siblings that are built alike, with the same classes and attributes, axe looks at one: most of its time is spent on
# the colour behind each. What remains may be without two of the same id, so that is looked at before.
PRUNED = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(({id}) => id);
  const build = (one) => `${one.tagName} ${one.getAttribute("class")} ${[...one.attributes].map(({name}) => name)}`
    + `(${[...new Set([...one.children].map(build))]})`;
  for (const parent of document.querySelectorAll("main *")) {
    const seen = new Set();
    for (const child of [...parent.children]) {
      if (!["TR", "LI", "DETAILS", "SECTION", "DIV", "FORM", "g", "a"].includes(child.tagName)) continue;
      if (seen.has(build(child))) child.remove();
      seen.add(build(child));
    }
  }
  return ids.filter((id, nth) => ids.indexOf(id) !== nth).map((id) => ["twice on the page", id]);
}"""


@contextmanager
def launched() -> Iterator[Any]:
    """A Chromium without windows."""
    from playwright import sync_api

    sync_api.expect.set_options(timeout=PATIENCE)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Windows:
    """The windows of a browser, which stay open from one test to the next: opening one takes longer than a page.

    A test has a window of its own for every page that it opens. No cookies are left from the test before, and no
    listeners. `complaints` are what the console complained of, and what pages asked of another site.
    """

    def __init__(self, browser: Any) -> None:
        self.complaints: list[str] = []
        self._browser = browser
        self._free: dict[str, list[Any]] = {}
        self._open: list[tuple[str, Any, dict[str, Any]]] = []

    def open(self, address: str, site: str, **look: Any) -> Any:
        """A page at an address of a site; `look` is what Playwright may set for a context."""
        kind = repr(sorted(look.items()))
        free = self._free.setdefault(kind, [])
        page = free.pop() if free else self._browser.new_context(**look).new_page()
        complain = self.complaints.append
        listeners = {
            "console": lambda message: complain(message.text) if message.type == "error" else None,
            "pageerror": lambda error: complain(str(error)),
            "request": lambda asked: None if asked.url.startswith(site) else complain(asked.url),
        }
        for name, listener in listeners.items():
            page.on(name, listener)
        self._open.append((kind, page, listeners))
        page.goto(address)
        return page

    def release(self) -> list[str]:
        """Make the windows ready for the next test; the complaints of this one."""
        for kind, page, listeners in self._open:
            if page.is_closed():
                continue
            for name, listener in listeners.items():
                page.remove_listener(name, listener)
            page.emulate_media(media="null")
            page.mouse.move(0, 0)
            page.goto("about:blank")
            page.context.clear_cookies()
            self._free[kind].append(page)
        self._open.clear()
        complaints, self.complaints = self.complaints, []
        return complaints


def violations(page: Any) -> list[list[str]]:
    """What axe finds wrong with a page, by its rule and an example; afterwards, some of the page is no more."""
    from axe_playwright_python.sync_playwright import Axe

    twice: list[list[str]] = page.evaluate(PRUNED)
    found = Axe().run(page, options=AXE).response
    assert found["passes"], "axe did nothing"
    return twice + [[one["id"], one["nodes"][0]["html"][:200]] for one in found["violations"]]
