"""Wordings of every form, for the laws."""

from hypothesis import strategies as st

from ledger.domain.texts.brackets import Bracket, Wording, parsed, written

phrases = st.lists(st.sampled_from(["shall", "should", "(a)", "the Parties", "10%", "–", "“open”"]), max_size=3).map(
    " ".join
)
proposers = st.lists(st.sampled_from(["au", "nz", "br"]), max_size=2, unique=True).map(tuple)


def _wordings(inner: st.SearchStrategy[Wording]) -> st.SearchStrategy[Wording]:
    brackets = st.builds(Bracket, inner, proposers)
    return st.lists(st.one_of(phrases, phrases.map(lambda words: f" {words} "), brackets), max_size=4).map(
        lambda parts: parsed(written(tuple(parts)))
    )


wordings = st.recursive(phrases.map(parsed), _wordings, max_leaves=8)
