"""A paper's report to make assertions about, and what the check then finds."""

from ledger import Clocks, Ledger
from tests.examples import NEGOTIATION, write

NEWS = """
  - meeting: round-2
    kind: round
    number: 2
    held: 2025-05-19/2025-05-22
    quote: round two
  - announcement: round-3
    kind: round
    number: 3
    on: 2025-05-22
    expected: early June
    quote: in early June
  - statement: vn-asks
    by: vn
    to: us
    act: asked
    issues: export-controls
    on: 2025-05-20
    at: round-2
    says: Lift them.
    quote: lift the controls
  - statement: us-on-origin
    by: us
    to: vn
    act: asked
    issues: rules-of-origin
    on: 2025-05-20
    says: Agree on them.
    quote: agree on origin
  - follow-up: send-list
    says: Send the list.
    owners: vn
    on: 2025-05-22
    due: 2025-06-10
    quote: send a list
  - follow-up: keep-talking
    says: Keep talking.
    on: 2025-05-22
    quote: keep talking
"""


def assertion(slug: str = "a", **fields: str) -> str:
    """An entry file with one assertion and no source."""
    lines = "".join(f"    {name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    return f"negotiation: {NEGOTIATION}\nentries:\n  - assertion: {slug}\n{lines}"


def asserting(ledger: Ledger, **fields: str) -> Ledger:
    ledger.import_files([write(ledger, assertion(**fields), "asserted.yaml")])
    return ledger


def found(ledger: Ledger, **clocks: str) -> list[tuple[str, str]]:
    return [(one.kind, one.slug) for one in ledger.check(Clocks(**clocks)).problems]


def only(ledger: Ledger, **clocks: str) -> str:
    [problem] = ledger.check(Clocks(**clocks)).problems
    return problem.says
