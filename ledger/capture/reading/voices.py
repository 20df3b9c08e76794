"""Resolves mentions to voices: pronouns, posts and "both sides", by the voices that were mentioned before.

A `Voices` follows one text from sentence to sentence. A mention that stays unclear has no voice.
"""

from collections.abc import Iterable, Sequence

from ledger.base.patterns import cased, compiled
from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.reading.introductions import POST_NOUN
from ledger.capture.reading.mentions import Finder, Mention

_NEUTRAL = frozenset(("mediator", "facilitator", "chair", "chairman", "chairwoman", "chairperson", "rapporteur"))
_APPOSITION = cased(  # "Kari Holm, the chief mediator,"
    r",\s+((?:the |its |a |an )?(?:(?!(?:and|who|which|with|met)\b)(?:[a-z-]+ ){0,3}?[a-z-]+|"
    r"(?:[A-Z][\w-]+ ){0,3}[A-Z][\w-]+))"
    r"(?=,| (?:of|for|in|to|at|from|appointed)\b)"
)
_COUNTS = {"three": 3, "four": 4, "five": 5}
_SINGULAR, _PLURAL = ("he", "she", "the source"), ("they", "the sources", "the officials")
_ABOUT_ANOTHER = r"\b(?:for|to|in|on|with|about)\s+(?:the\s+)?$"
_OF_OTHERS = r"\b(?:agency|news|media|press|mediation|mediators?|mission|UN|U\.N\.|network|bank|court|union|company)\s"
_MEDIATION = r"mediat|facilitat|broker|auspices|good offices|host|conven"
_CLOSE = 40  # characters after a name in which its verb stands
_MEDIATES = (
    r"[ -](?:mediat(?:ors?|ion|ed)|facilitat(?:ors?|ion|ed)|brokered|go-betweens?)\b|"
    r"\s(?:(?:has|had|have|also|again|is|was|been)\s+)*(?:mediates?|mediated|mediating|facilitated|brokered|facilitates)\s"
)
_MEDIATED_BY = (
    r"\b(?:(?:mediated|facilitated|brokered) by|under the auspices of|with the good offices of|"
    r"(?:mediat(?:ors?|ion)|facilitat(?:ors?|ion)) (?:of|from|by|for))\s+(?:the\s+)?(?:[A-Z][\w ]+ and (?:the )?)?$"
)
_HOSTS = r"\s+(?:(?:has|had|also|then)\s+)*(?:hosted|convened|chaired)\b[^.;]{0,80}\b(?:between|of|with|for)\b"
_A_BODY = r"\b(?:Nations|Union|Service|Secretariat|Organi[sz]ation|Bank|League|Commission|(?-i:[A-Z]{2,}))\b"
_TEXTS = ("statement", "communiqué", "communique", "readout", "release")


def publishing(publisher: str, finder: Finder) -> tuple[str, ...]:
    """The parties whose paper a publisher's is: Norway for "Embassy of Norway in Canada"; () for "Envoy for Norway"."""
    named = [one for one in finder.find(publisher) if one.voices]
    return parties_of(one.voices[0] for one in named if not compiled(_ABOUT_ANOTHER).search(publisher[: one.start]))


def mediating(sentences: Iterable[str], finder: Finder, parties: Sequence[str]) -> frozenset[str]:
    """The parties that a report calls mediators, if at least two others are left: "EU mediators", "brokered by Qatar".

    An organisation that hosts a meeting between two others is one, too; a country that does may take part in it.
    """
    found: set[str] = set()
    for text in (one for one in sentences if compiled(_MEDIATION).search(one)):
        named = [one for one in finder.find(text) if one.voices and "/" not in one.voices[0]]
        for one in named:
            # without the words that `find` adds to a name: "EU mediators"
            mediates = compiled(_MEDIATES).search(text, one.start, one.end + _CLOSE) or compiled(_MEDIATED_BY).search(
                text[: one.start]
            )
            begins = mediates and mediates.start() - one.start <= len(one.words)
            others = {other.voices[0] for other in named} - {one.voices[0]}
            hosts = compiled(_A_BODY).search(one.words) and compiled(_HOSTS).match(text, one.end) and len(others) > 1
            if begins or hosts:
                found.add(one.voices[0])
    return frozenset(found) if len({*parties} - found) > 1 else frozenset()


class Voices:
    """The voices that a text has mentioned so far, the most recent last."""

    def __init__(self, gazetteer: Gazetteer, writer: tuple[str, ...] = (), joint: bool = False) -> None:
        self._gazetteer = gazetteer
        self.writer = writer  # the voice of "we" outside quotations
        self.publisher: tuple[str, ...] = ()  # the party whose ministry published the text, if one did
        self.tells_joint_text = joint  # whether the report tells of a joint statement
        self._joint = joint  # whether "we" are both sides
        self._people: list[str] = []
        self._posts: dict[str, set[str]] = {}
        self._unnamed: set[str] = set()  # posts of speakers whom the text does not name
        self._of_strangers: set[str] = set()  # posts of speakers whom the record does not have
        self._titles: dict[str, str] = {}
        self._called: dict[str, str] = {}  # "he" or "she", by person
        self._groups: list[tuple[str, ...]] = []
        self._last: tuple[str, ...] = ()
        self._spoke_unnamed = ""  # the words for the last speaker, if the text does not name that speaker
        self._tells_of_both = self._told_of_both = (
            False  # whether both sides are named last in this and the last sentence
        )
        self._unclear = False  # whether "he" is somebody whom the record does not have
        self.sides: tuple[str, ...] = gazetteer.sides if len(gazetteer.sides) == 2 else ()

    def hear(self, mentions: Iterable[Mention], text: str = "") -> None:
        """Remember the people mentioned in a sentence, with their posts: "Kari Holm, the mediator in the talks"."""
        self._told_of_both, now = (
            self._tells_of_both,
            [one for one in mentions if one.kind in ("both", "party", "person")],
        )
        self._tells_of_both = bool(now) and now[-1].kind == "both"
        for one in mentions:
            if one.kind == "unnamed":
                self._unnamed.update(word.lower() for word in POST_NOUN.findall(one.words))
            if one.kind == "person":
                self._last_named(one.voices[0])
                self._titles[one.voices[0]] = one.post or self._titles.get(one.voices[0], "")
                posts = {word.lower() for word in POST_NOUN.findall(one.post + _apposed(text, one.end))}
                self._posts.setdefault(one.voices[0], set()).update(posts)
                self._of_strangers -= posts

    def unnamed_again(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions; "the diplomat" is unnamed if an unnamed speaker has that post, and nobody named has it.

        So is "he" after the words of an unnamed speaker, if no person is named before it.
        """
        named = set().union(*self._posts.values())
        unnamed = (self._unnamed | _NEUTRAL) - named
        again = _PLURAL if self._spoke_unnamed.lower().endswith("s") else _SINGULAR
        first = next((one.start for one in mentions if one.kind == "person"), None)
        found = []
        several = ""  # "the mediators", whom "they" means in the same sentence
        for one in mentions:
            if one.kind in ("unnamed", "both", "party", "person"):
                several = one.words if one.kind == "unnamed" and one.words.endswith("s") else ""
            if several and one.words.lower() == "they":
                found.append(one._replace(kind="unnamed", words=several))
                continue
            after = self._spoke_unnamed and (first is None or one.start < first) and one.words.lower() in again
            if after:
                found.append(one._replace(kind="unnamed", words=self._spoke_unnamed))
            else:
                heads = unnamed if one.kind == "party" else unnamed | {_head(self._spoke_unnamed)} - {""}
                of_post = one.kind in ("post", "party") and one.post and _head(one.post) in heads
                found.append(one._replace(kind="unnamed") if of_post else one)
        return found

    def post(self, voice: str) -> str:
        """The post of a person: the title last used, else the post of record; "" if neither is known."""
        known = self._gazetteer.people.get(voice.rpartition("/")[2])
        return self._titles.get(voice) or (known.post if known else "")

    def _last_named(self, voice: str) -> None:
        self._unclear = False
        if voice in self._people:
            self._people.remove(voice)
        self._people.append(voice)

    def stranger(self, text: str = "") -> None:
        """Forget the last speakers, because an unknown person spoke; "he" means nobody until a person is named.

        The posts in the words that name the stranger, too: "the spokesman" may be "UN spokesman Ola Nilsen".
        """
        self._of_strangers |= {noun.lower() for noun in POST_NOUN.findall(text)}
        self._spoke_unnamed = ""
        self._last = ()
        self._unclear = True

    def writes(self, voices: Sequence[str]) -> None:
        """Note the speaker of the next words, as in a transcript under the speaker's name."""
        self.writer = tuple(voices)

    def spoke_unnamed(self, subject: Sequence[Mention]) -> None:
        """Remember that somebody whom the text does not name spoke last: "he" in the next clause means that person."""
        self._spoke_unnamed = next((one.words for one in subject if one.kind == "unnamed"), "")

    def spoke(self, voices: Sequence[str]) -> None:
        """Remember the subject of a clause: the likeliest meaning of "he", "she" or "they" in the next."""
        if not voices:
            return
        self._spoke_unnamed = ""
        self._last, self._unclear = tuple(voices), False
        if len(voices) > 1 or "/" not in voices[0]:
            self._groups.append(tuple(voices))
        else:
            self._last_named(voices[0])

    @property
    def together(self) -> list[set[str]]:
        """The parties that were the subject of a clause together, as one side of several."""
        return [{*parties_of(group)} for group in self._groups if len(parties_of(group)) > 1]

    def meaning(self, mention: Mention) -> tuple[str, ...]:
        """The voices that a mention refers to; () if that is unclear."""
        match mention.kind:
            case "party" if mention.post:
                return self._bearer(mention.post, mention.voices[0]) or mention.voices
            case "person" | "party":
                return mention.voices
            case "both":
                return self._both(mention.words)
            case "post":
                return self._bearer(mention.post)
            case "own" if self.publisher and mention.words == "The Ministry":
                return self.publisher
            case "own":
                told = parties_of(self._last)
                return told if len(told) == 1 or (mention.words.endswith(_TEXTS) and self.tells_joint_text) else ()
            case "pronoun":
                return self._pronoun(mention.words.lower())
            case _:
                return ()

    def _both(self, words: str) -> tuple[str, ...]:
        pair = next((group for group in reversed(self._groups) if len(parties_of(group)) == 2), ())
        if len(self.sides) > 2 and pair and words.lower().startswith(("the two", "both", "two")):
            return parties_of(pair)
        if not self.sides and words.lower().startswith(("the two", "both", "two")):
            return tuple(reversed(parties_of(reversed(self._people))[:2]))
        several = next((count for word, count in _COUNTS.items() if word in words.lower().split()), 0)
        if several:
            groups = (parties_of(group) for group in reversed(self._groups))
            persons = "ministers" in words.lower()  # four ministers may be of two sides
            return next((group for group in groups if len(group) == several), self.sides if persons else ())
        ministers = "foreign ministers" in words.lower() or words.lower().startswith("the ministers")
        if ministers and self._groups:
            return parties_of(self._groups[-1])
        many = (group for group in map(parties_of, reversed(self._groups)) if len(group) > 2)
        return self.sides or next(many, ())

    def _bearer(self, post: str, party: str = "") -> tuple[str, ...]:
        """The last one named who has a post; only of that party, if it is given."""
        head = _head(post)
        if not party and (head in self._of_strangers or compiled(_OF_OTHERS).search(post)):
            return ()
        last = self._last[0] if len(self._last) == 1 else ""
        if "/" in last and not party and not self._posts.get(last) and not self._unclear:
            return (last,)  # "Holm refused. The minister said": whoever spoke last, if no other post is known
        for voice in reversed(self._people):
            if head in self._posts.get(voice, ()) and voice.startswith(f"{party}/" if party else ""):
                return (voice,)
        if party and head == "leader":
            return next(((voice,) for voice in reversed(self._people) if voice.startswith(f"{party}/")), ())
        if not party and head in ("diplomat", "official", "envoy", "leader", "counterpart") and self._people:
            return (self._people[-1],)
        return ()

    def people(self, first: Sequence[str]) -> list[str]:
        """The people named so far, the likeliest first: those given, then the last one named."""
        return list(dict.fromkeys((*first, *reversed(self._people))))

    def _one_person(self) -> tuple[str, ...]:
        """The person meant by "he": the last subject, or the last one named of the party that was the last subject."""
        if self._unclear:
            return ()
        if len(self._last) != 1:
            return tuple(self._people[-1:])
        if "/" in self._last[0]:
            return self._last
        of_party = [voice for voice in self._people if voice.startswith(f"{self._last[0]}/")]
        return tuple(of_party[-1:])

    def _pronoun(self, word: str) -> tuple[str, ...]:
        alone = len(self._last) == 1
        if word in ("he", "she"):
            found = self._one_person()
            # A person who was "she" is not meant by "he", which is then somebody outside the record.
            return found if all(self._called.setdefault(voice, word) == word for voice in found) else ()
        if word == "they" and alone and self._told_of_both:
            return self.sides  # "Norway said that all parties agreed. They decided …"
        if word == "they":
            group = self._last if self._last and not (alone and "/" in self._last[0]) else ()
            return parties_of(group or (self._groups[-1] if self._groups else self.sides))
        if word == "it":
            return self._last if alone and "/" not in self._last[0] else ()
        return self.sides if self._joint and word in ("we", "us") else self.writer


def _apposed(text: str, after: int) -> str:
    """The apposition after a name that ends at `after`: "Kari Holm, the chief mediator, said"."""
    found = _APPOSITION.match(text, after)
    return f" {found[1]}" if found else ""


def _head(post: str) -> str:
    """The last noun of a post: the minister of "the trade minister"."""
    nouns = POST_NOUN.findall(post)
    return str(nouns[-1]).lower() if nouns else ""


def parties_of(voices: Iterable[str]) -> tuple[str, ...]:
    """The parties of voices, each once."""
    return tuple(dict.fromkeys(voice.partition("/")[0] for voice in voices))
