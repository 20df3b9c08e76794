"""Readers of figures: a value in the source's words, in the unit of its measure and as a part of its whole.

The words are looked up in the text of their source once the figures are read.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ledger.domain.events import UNKNOWN, Event, Stream
from ledger.domain.figures.amount import Amount
from ledger.domain.figures.figure import Figure
from ledger.domain.quotations import frozen
from ledger.filing.errors import LargerThanWhole, NoMeasure, NotANumber, NotAUnit, OtherUnit, OtherWhole, ScaleInUnit
from ledger.filing.fields import Context, day, text
from ledger.filing.lookup import Lookup
from ledger.filing.sheets import Raw, items


def unit(context: Context, raw: Raw) -> str:
    """A unit in its usual form: `%` and `per cent` are `percent`, `euros per tonne` is `€ per tonne`.

    Refused with a scale, such as `million tonnes`, because each value has its own.
    """
    from ledger.domain.figures.reading import scale_in, usual_unit  # whose patterns most filings need not compile

    value = text(context, raw)
    of, slash, per = value.partition(" per ") if " per " in value else value.partition("/")
    found = usual_unit(of.strip())
    if value and not found:
        raise NotAUnit(text=value)
    if scale := scale_in(of):
        raise ScaleInUnit(text=value, scale=scale)
    return f"{found.strip()} per {per.strip()}" if slash else found


def whole(context: Context, raw: Raw) -> str:
    """A number as a decimal, `20` or `20 chapters`; its unit becomes that of the measure, if the measure has none."""
    from ledger.domain.figures.reading import parse

    value = text(context, raw)
    if not value:
        return ""
    amount = parse(value, context.language).amount
    if amount.low != amount.high or amount.whole or amount.per:
        raise NotANumber(text=value)
    return amount.low


def figures(context: Context, raw: Raw) -> tuple[Figure, ...]:
    """Values of measures: {measure: value}, or a list of texts such as `tariff-rate = 46 percent`."""
    pairs: list[tuple[str, Raw]] = []
    for item in [raw] if isinstance(raw, Mapping) else items(raw):
        if isinstance(item, Mapping):
            pairs += [(measure, value) for measure, values in item.items() for value in items(values)]
            continue
        measure, equals, value = text(context, item).partition("=")
        if not equals:
            raise NoMeasure(text=measure)
        pairs.append((measure, value))
    return tuple(dict.fromkeys([_figure(context, text(context, measure), value) for measure, value in pairs]))


def in_its_unit(context: Context, measure: str, words: str) -> tuple[Amount, str]:
    """The amount in the unit of its measure and as a part of its whole, and the phrase of the day from which it holds.

    Refused if it has another unit or whole.
    """
    from ledger.domain.figures.reading import parse, same_unit

    amount, start = parse(words, context.language)
    named = context.lookup.measure(measure)
    own, _, per = named.unit.partition(" per ")
    is_zero = amount.low == amount.high == "0"  # "zero duty" is a rate too
    if (amount.unit and own and not same_unit(amount.unit, own) and not is_zero) or (
        amount.per and per and amount.per != per
    ):
        raise OtherUnit(measure=measure, text=words, read=amount.describe(), own=named.unit)
    amount = amount._replace(unit=own or amount.unit, per=per or amount.per)
    if not named.whole:
        return amount, start
    if amount.whole and Decimal(amount.whole) != Decimal(named.whole):
        raise OtherWhole(measure=measure, text=words, whole=amount.whole, own=named.whole)
    if max(Decimal(amount.low or 0), Decimal(amount.high or 0)) > Decimal(named.whole):
        raise LargerThanWhole(measure=measure, text=words, own=named.whole)
    return (amount._replace(whole=named.whole) if amount.low == amount.high else amount), start


def _figure(context: Context, typed: str, raw: Raw) -> Figure:
    measure = context.find("measure", typed)
    words = text(context, raw)
    amount, start = in_its_unit(context, measure, words)
    since = day("ahead")(context, start) if start else UNKNOWN
    return Figure(measure, words, *amount, start=since)


def unfound(lookup: Lookup, events: Iterable[tuple[Stream, Event]]) -> Iterator[tuple[str, str]]:
    """The figures whose words the frozen text of their source lacks, each with its entry; notes are not searched."""
    for stream, event in events:
        figures: tuple[Figure, ...] = getattr(event, "figures", ())
        source = lookup.source(event.source) if figures else None
        if source is not None and source.text and source.kind != "note":
            whole = frozen(source.text)
            yield from ((stream.slug, one.words) for one in figures if whole.find(one.words) is None)
