"""The issues that a clause means, by its words and by those before it."""

from ledger.capture.reading.gazetteer import Gazetteer
from ledger.capture.topics import Topics

NAMES = Gazetteer(
    {"no": ("Norway",)}, {}, {"cod": ("Cod quotas", "cod"), "line": ("Border pipeline", "border pipeline")}
)


def test_a_clause_means_the_issues_that_it_names_else_those_that_it_points_back_to() -> None:
    topics = Topics(NAMES)
    assert topics.about("the cod is scarce") == ["cod"]
    assert topics.about("it must be kept") == ["cod"]
    assert topics.about("tea was served") == []
    topics.begin_paragraph()
    assert topics.about("it must be kept") == []


def test_the_last_word_of_an_issue_spoken_of_is_enough() -> None:
    topics = Topics(NAMES)
    assert topics.about("the pipeline is long") == []
    topics.mention("the border pipeline")
    assert topics.about("the pipeline is long") == ["line"]


def test_the_words_that_open_a_paragraph_are_its_topic() -> None:
    topics = Topics(NAMES)
    topics.opens("On cod,")
    assert topics.about("Norway rejected the text") == ["cod"]


def test_the_headline_is_not_a_heading() -> None:
    topics = Topics(NAMES)
    topics.heads("Cod quotas")
    topics.begin_paragraph()
    assert topics.about("Norway rejected the text") == []
    topics.mention("Norway left")
    topics.heads("Cod quotas")
    assert topics.about("Norway rejected the text") == ["cod"]
