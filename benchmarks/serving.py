"""The row `pages`: the time that `parley serve` takes to make a page about one negotiation, and the page's size."""

from itertools import cycle
from statistics import median

from benchmarks import ledgers
from benchmarks.asking import days, ms
from benchmarks.measuring import PARLEY, Result, Row, Target, in_turn
from benchmarks.statements import NEGOTIATION

AGAIN = "the same pages, requested again"
PAGES = ("", "/timeline", "/issues", "/meetings", "/follow-ups", "/people", "/sources", "/changes", "/search?q=tariff")


def measure(size: str, quick: bool) -> Result:
    """Make every page in turn, once as of a new day each time, and once as of the same day each time."""
    from ledger.web.site import Site

    site = Site(ledgers.ledger_of(size), "/raw_tables")
    day, fresh, known = days(3), cycle(PAGES), cycle(PAGES)
    sizes: dict[str, list[int]] = {page: [] for page in PAGES}

    def page(named: str, as_of: str) -> None:
        path, _, query = named.partition("?q=")
        answer = site.respond(f"/{NEGOTIATION}{path}", {"as-of": as_of} | ({"q": query} if query else {}))
        assert answer.status == 200, answer.body
        sizes[named].append(len(answer.body.encode()))

    subjects = {
        PARLEY: lambda: page(next(fresh), day()),
        AGAIN: lambda: page(next(known), "2024-06-30"),
    }
    result = Result("pages", size, in_turn(subjects, len(PAGES) * (4 if quick else 25), warm=len(PAGES)))
    result.notes.append(f"At {size}, the first page has {median(sizes['']) / 1000:.0f} kB (median), the largest page"
                        f" {max(map(max, sizes.values())) / 1000:.0f} kB.")  # fmt: skip
    return result


ROW = Row(
    name="pages",
    title="A page in the browser about one negotiation of 10k events (server time)",
    unit="page",
    measure=measure,
    targets=(
        Target("reach at least", "p95 50 ms, warm", lambda r: ms(r.p95(AGAIN)), 50, at_most=True),
        Target("aim", "p95 50 ms, a new day each time", lambda r: ms(r.p95()), 50, at_most=True),
    ),
)
