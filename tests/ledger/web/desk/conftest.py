"""Fixtures: the desk of the worked example."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

pytest.importorskip("datasette", reason="the extra `web` is not installed")


from ledger.web.request import Response
from ledger.web.site import Site
from tests.ledger.desk.drafts import REPORT
from tests.ledger.web import serving

HOME = "/vn-us-trade/enter"
FORM = "application/x-www-form-urlencoded"


class AtDesk:
    """A person at the desk of one ledger, without a browser."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.numbers: dict[str, int] = {}  # of each draft, as the last answer told it
        self.token = self.page(HOME).partition('name="token" value="')[2].partition('"')[0]

    def page(self, address: str) -> str:
        return serving.page(self.site, address)

    def send(self, address: str, script: bool = False, **values: object) -> Response:
        self.numbers.clear()
        headers = {"content-type": FORM, "host": "here", "accept": "application/json" if script else "text/html"}
        body = urlencode({"token": self.token, **values}).encode()
        return self.site.post(address, headers, body)

    def paste(self, text: str = REPORT, **values: object) -> str:
        """The address of the draft of a pasted report."""
        answer = self.send(HOME, report=text, keeper="lan", **values)
        assert answer.status == 303, answer.body
        return answer.location.partition("?")[0]

    def number(self, draft: str) -> int:
        found = re.search(r'data-number="(\d+)"', self.page(draft))
        assert found
        return int(found[1])

    def do(self, draft: str, what: str, entry: str = "", **values: object) -> dict[str, Any]:
        """What the script of the page is told after a form."""
        number = self.numbers.get(draft) or self.number(draft)
        answer = self.send(draft, True, number=number, do=what, entry=entry, **values)
        assert answer.status == 200, answer.body
        told: dict[str, Any] = json.loads(answer.body)
        self.numbers[draft] = told["number"]
        return told


@pytest.fixture
def at_desk(tmp_path: Path, set_clock: Callable[[str], None]) -> AtDesk:
    set_clock(serving.NOON)
    return AtDesk(Site(serving.worked_example(tmp_path), "/raw_tables"))
