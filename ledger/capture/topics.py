"""The issues that a report speaks of, and which of them a clause means: "the pipeline", "this proposal"."""

import re

from ledger.base.patterns import compiled
from ledger.capture.reading.gazetteer import Gazetteer

_POINTS_BACK = (
    r"\b(?:it|this|these|those|such|in this regard|the (?:agreements?|project|deal|pipeline|summit|conclusions|"
    r"proposals?|ideas?|offers?|steps?|moves?|drafts?|articles?|clauses?|wording|initiative|suggestions?|principle|"
    r"measures?|issue|matter|request|discussions))\b(?! (?:is|was) (?:important|necessary))"
)
_THIS_ONE = r"\b(?:that|this|the) (?:idea|proposal|offer|step|move|suggestion|initiative|plan)\b"
_FEWEST_OF_TITLE = 3  # words: a shorter title of an issue is found only as a phrase


class Topics:
    """The issues of a report so far: of the last clause, of the paragraph, of the heading, and all others mentioned."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._about: list[str] = []  # the issues of the last clause of the paragraph
        self._heading: list[str] = []  # the issues of the last heading
        self._topic: list[str] = []  # the issues that the paragraph is about, by its first words or the heading
        self._phrases = {
            slug: tuple(_stem(phrase) for phrase in phrases if phrase.strip())
            for slug, phrases in gazetteer.issues.items()
        }
        self._heads: dict[str, set[str]] = {}  # the issues of each last word of their phrases: "the pipeline"
        for slug, stems in self._phrases.items():
            for stem in stems:
                if " " in stem:
                    self._heads.setdefault(stem.rpartition(" ")[2], set()).add(slug)
        self._has_begun = False  # whether a sentence, and not only the headline, was read
        self._spoken_of: list[str] = []  # issues, the last one last
        named = {word for names in gazetteer.parties.values() for name in names for word in _plain(name).split()}
        self._stems = [(slug, stem) for slug, stems in self._phrases.items() for stem in stems]
        titles = [(slug, _words_of_title(names[0], named)) for slug, names in gazetteer.issues.items() if names]
        self._titles = [(slug, title) for slug, title in titles if len(title) >= _FEWEST_OF_TITLE]

    def begin_paragraph(self) -> None:
        """Forget the issues of the paragraph before; those of the heading remain."""
        self._about = []
        self._topic = self._heading

    def about(self, words: str, *, joined: bool = False) -> list[str]:
        """The issues of a clause; if it only points back ("this", "the agreement"), the issues of the clause before."""
        found = self.issues(words) or self._by_head(words)
        if found:
            self._about = found
            self._spoken_of = [*(slug for slug in self._spoken_of if slug not in found), *found]
        elif joined or compiled(_POINTS_BACK).search(words):
            return list(
                self._about or self._topic or (self._spoken_of[-1:] if compiled(_THIS_ONE).search(words) else ())
            )
        return found or list(self._topic)

    def heads(self, words: str) -> None:
        """Take the issues of a heading as the topic of the text below it; the headline of a report is not one."""
        if self._has_begun:
            self._heading = self._topic = self.issues(words)

    def opens(self, words: str) -> None:
        """Take the issues of the words with which a paragraph begins as its topic: "On fisheries, …"."""
        self._topic = self.issues(words) or self._topic

    def mention(self, words: str) -> None:
        """Note the issues that a sentence names, so that later sentences may name them in short."""
        self._has_begun = True
        found = self.issues(words)
        self._spoken_of = [*(slug for slug in self._spoken_of if slug not in found), *found]

    def _by_head(self, words: str) -> list[str]:
        """The last mentioned of the issues that a clause may name by their last word alone: "the pipeline"."""
        pairs = re.findall(r"\b(?:the|this|that|such)\s+([\w-]+)(?:\s+([\w-]+))?", _plain(words))
        for word in (word for pair in pairs for word in pair if word):
            issues = self._heads.get(word, set()) | self._heads.get(word.removesuffix("s"), set())
            if last := next((slug for slug in reversed(self._spoken_of) if slug in issues), ""):
                return [last]
        return []

    def issues(self, words: str) -> list[str]:
        """The issues of which a phrase occurs in the words, or all words of the title, in any order."""
        plain = _plain(words)
        found = {slug for slug, stem in self._stems if stem in plain and _begins_a_word(stem, plain)}
        found |= {
            slug
            for slug, title in self._titles
            if title[0] in plain and all(_begins_a_word(stem, plain) for stem in title)
        }
        return [slug for slug in self._phrases if slug in found] if found else []


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").replace("‘", "'").lower().split())


def _stem(phrase: str) -> str:
    """A phrase without a plural "s" at its end."""
    plain = _plain(phrase)
    return plain[:-1] if plain.endswith("s") and len(plain) > 4 else plain


def _words_of_title(title: str, named: set[str]) -> tuple[str, ...]:
    """The significant words of an issue's title: not the short ones, nor the names of parties."""
    words = [word for word in re.findall(r"[\w'-]+", _plain(title)) if len(word) > 3 and word not in named]
    return tuple(_stem(word) for word in words)


def _begins_a_word(stem: str, plain: str) -> bool:
    at = plain.find(stem)
    while at >= 0:
        if at == 0 or not (plain[at - 1].isalnum() or plain[at - 1] == "_"):
            return True
        at = plain.find(stem, at + 1)
    return False
