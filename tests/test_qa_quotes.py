"""Where a quotation comes from."""

from __future__ import annotations

import math
import random
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes import WordEmbedder, library_of

from index.errors import InputError
from index.library import Library
from index.reading.files import find, read
from index.records import Article, Passage
from qa.lookup.quotes import LONGEST_QUOTATION, QuoteDifference, QuoteResult, find_quote
from qa.text.quotations.compared import Quoted


class Shelf:
    """A library in memory: passages are paragraphs, a passage's score the rarity of the asked words in it.

    Words with the same first five letters, accents aside, count as forms of one word; letters and digits of one word
    are looked up apart, so that a quotation may begin within it.
    """

    def __init__(self, **articles: str) -> None:
        self._articles = {key: Article(key, key, None, None, None, text) for key, text in articles.items()}
        self._passages = []
        for key, text in articles.items():
            start = 0
            for paragraph in text.split("\n"):
                self._passages.append(Passage(key, start, start + len(paragraph), paragraph))
                start += len(paragraph) + 1
        self._holding = [set(self._forms(p.text)) for p in self._passages]

    def _forms(self, text: str) -> list[str]:
        bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
        return [word[:5] for word in re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", bare)]

    def _holds(self, held: set[str], word: str) -> bool:
        return held.issuperset(self._forms(word))

    def rarity(self, word: str) -> float:
        return math.log1p(len(self._passages) / (sum(self._holds(held, word) for held in self._holding) + 0.5))

    def words(self, terms: Sequence[str], limit: int) -> list[Passage]:
        scores = [sum(self.rarity(t) for t in terms if self._holds(held, t)) for held in self._holding]
        order = sorted(range(len(scores)), key=lambda i: -scores[i])
        return [self._passages[i] for i in order if scores[i] > 0][:limit]

    def article(self, article_id: str) -> Article:
        return self._articles[article_id]


RIVER = (
    "The Aldmoor rose by 41 centimetres overnight, the water board said.\n"
    "“Nobody in the lower town slept,” said Inés Peña, who runs the bakery on Mill Lane. “We carried flour upstairs.”\n"
    "Mr. Hale, the mayor, asked for 41,400 sandbags — twice last year’s number."
)
SHELF = Shelf(
    river=RIVER,
    reprint="A first line.\n" + RIVER.split("\n")[0],
    other="The council met on Monday. It spoke about the budget, about parks, and about the water board.",
)


def place(quotation: str) -> list[tuple[str, str]]:
    return [(m.article_id, m.quote) for m in find_quote(quotation, SHELF).matches]


@pytest.mark.parametrize(
    "quotation",
    [
        "Nobody in the lower town slept",
        "“Nobody in the lower town slept”",
        '"nobody  in the\nLOWER TOWN slept,"',
        "Nobody in the … slept",
        "Nobody [...] slept",
    ],
)
def test_marks_spaces_case_and_what_was_left_out_are_no_differences(quotation: str) -> None:
    found = find_quote(quotation, SHELF)
    assert found.verdict == "exact"
    assert place(quotation) == [("river", "Nobody in the lower town slept")]


def test_a_match_is_an_exact_span_of_the_article() -> None:
    (match,) = find_quote("asked for 41,400 sandbags - twice last year's number", SHELF).matches
    assert match.quote == RIVER[match.start : match.end] == "asked for 41,400 sandbags — twice last year’s number"
    assert (match.score, match.differences) == (1.0, ())


def test_a_word_of_letters_and_digits_is_found_by_itself(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"water.txt": "Water\n\nThe filter leaves nothing but H2O.\nThe river rose.\n"})
    assert [match.quote for match in find_quote("H2O", library).matches] == ["H2O"]


def test_every_article_that_has_the_words_is_named() -> None:
    assert {article for article, _ in place("rose by 41 centimetres overnight")} == {"river", "reprint"}


def test_the_same_words_twice_in_one_article_are_two_matches() -> None:
    shelf = Shelf(twice="The bell rang.\nThen the bell rang.")
    assert [m.start for m in find_quote("the bell rang", shelf).matches] == [0, len("The bell rang.\nThen ")]


def test_a_quotation_may_run_over_several_passages() -> None:
    (match,) = find_quote("We carried flour upstairs.” Mr. Hale, the mayor, asked", SHELF).matches
    assert match.quote == "We carried flour upstairs.”\nMr. Hale, the mayor, asked"


@pytest.mark.parametrize(
    ("quotation", "given", "found"),
    [
        ("Mr. Hale, the mayor, asked for 91,400 sandbags", "91,400", "41,400"),
        ("Nobody in the upper town slept", "upper", "lower"),
        ("Nobody in the lower town really slept", "really", ""),
        ("Nobody in the town slept", "", "lower"),
        ("Everybody in the lower town slept", "Everybody", "Nobody"),
        ("said Ines Peña, who owns the bakery on Mill Lane", "owns", "runs"),
    ],
)
def test_an_altered_quotation_shows_the_differing_words_side_by_side(quotation: str, given: str, found: str) -> None:
    result = find_quote(quotation, SHELF)
    assert result.verdict == "altered"
    assert result.matches[0].differences == (QuoteDifference(given, found),)
    assert result.matches[0].quote == RIVER[result.matches[0].start : result.matches[0].end]


def test_the_score_of_an_altered_quotation_is_its_share_of_words_in_common() -> None:
    (match,) = find_quote("Nobody in the upper town slept", SHELF).matches
    assert match.score == 5 / 6


@pytest.mark.parametrize(
    "quotation",
    [
        "The harvest was the best in thirty years",
        "zeppelin",
        "Река поднялась за ночь",
        "洪水が町を襲った",
        "bakery zeppelin",
    ],
)
def test_what_no_article_has_is_absent(quotation: str) -> None:
    assert find_quote(quotation, SHELF) == QuoteResult("absent", ())


def test_one_word_is_found_wherever_it_stands() -> None:
    assert place("SANDBAGS") == [("river", "sandbags")]


def test_a_word_in_another_script_is_found() -> None:
    assert place_in(Shelf(ru="Ночью река поднялась.\nУтром спала."), "«РЕКА поднялась»") == ["река поднялась"]


def place_in(shelf: Shelf, quotation: str) -> list[str]:
    return [m.quote for m in find_quote(quotation, shelf).matches]


def test_a_quotation_of_fifty_thousand_characters_is_laid_over_its_article() -> None:
    lines = [f"Line {i} tells of barge number {i * 7} and its cargo of {i * 13} barrels." for i in range(1000)]
    text = "\n".join(lines)
    shelf = Shelf(log=text, river=RIVER)
    quotation = text[:50_000]
    assert find_quote(quotation, shelf).verdict == "exact"
    altered = find_quote(quotation.replace("cargo of 1300 barrels", "cargo of 1301 barrels"), shelf)
    assert altered.verdict == "altered"
    assert altered.matches[0].differences == (QuoteDifference("1301", "1300"),)


@pytest.mark.parametrize("quotation", ["", "  \n", "“…”", "?!"])
def test_a_quotation_without_words_is_refused(quotation: str) -> None:
    with pytest.raises(InputError) as error:
        find_quote(quotation, SHELF)
    assert str(error.value) == "The quotation has no words; paste the words to look up."


def test_a_quotation_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError) as error:
        find_quote("word " * 25_000, SHELF)
    assert str(error.value) == f"The quotation has 125,000 characters; give at most {LONGEST_QUOTATION:,} of them."


LATE = "welcomed the ruling. It was late."
HALL = Shelf(
    hall="Market hall stays\n"
    "Under the ninth clause, the town is not permitted to end the lease before 2030, Judge Orla Finch ruled.\n"
    "The bakers welcomed the ruling. It was late. The fishmongers said they would appeal to the higher court.\n"
    "It was -5 degrees in Ems on Monday. The pool cost $5 million, and the tax rose by 5%, or £3.50, to ~7 per head.\n"
    "She said the mayor had left the hall, and that nobody [sic] would miss him.\n"
)


@pytest.mark.parametrize(
    ("quotation", "given", "found"),
    [
        ("the town is ... permitted to end the lease", "…", "not"),
        (
            "The bakers … would appeal to the higher court",
            "…",
            "welcomed the ruling. It was late. The fishmongers said they",
        ),
        ("The bakers [...] late", "…", "welcomed the ruling. It was"),
        (
            "would appeal to the higher court (...) The bakers welcomed",
            "would appeal to the higher court … The bakers welcomed",
            "The bakers welcomed … would appeal to the higher court",
        ),
        ("It was 5 degrees in Ems", "5", "-5"),
        ("It was +5 degrees in Ems", "+5", "-5"),
        ("The pool cost €5 million", "€5", "$5"),
        ("The pool cost 5 million", "5", "$5"),
        ("The pool cost $-5 million", "$-5", "$5"),
        ("the tax rose by 5, or £3.50", "5", "5%"),
        ("the tax rose by -5%, or £3.50", "-5%", "5%"),
        ("the tax rose by 5%, or £3.05", "£3.05", "£3.50"),
        ("to <7 per head", "<7", "~7"),
        ("She said the mayor had [not] left the hall", "[not]", ""),
        ("She said [8 mayors] had left the hall", "[8 mayors]", "the mayor"),
    ],
)
def test_what_changes_the_sense_is_told(quotation: str, given: str, found: str) -> None:
    result = find_quote(quotation, HALL)
    assert result.verdict == "altered"
    assert result.matches[0].differences == (QuoteDifference(given, found),)


def test_what_lies_paragraphs_apart_is_not_joined() -> None:
    (match,) = find_quote("Under the ninth clause … would appeal to the higher court", HALL).matches
    assert match.differences[0].found.startswith("the town is not permitted")
    assert match.score < 1


@pytest.mark.parametrize(
    ("quotation", "given", "found"),
    [
        ("the town … permitted", "", ""),
        ("Under the … clause", "…", "ninth"),
        ("The bakers welcomed the ruling. … The fishmongers said they would appeal", "…", "It was late"),
        ("[Ms. Hale] said the mayor had left", "", ""),
        ("She said [Bo Hale] had left the hall", "[Bo Hale]", "the mayor"),
        ("The fishmongers [of Ems] said they would appeal", "[of Ems]", ""),
    ],
)
def test_what_is_marked_and_changes_no_sense_is_shown_with_what_stands_there(
    quotation: str, given: str, found: str
) -> None:
    result = find_quote(quotation, HALL)
    if quotation == "the town … permitted":
        assert result.verdict == "altered"  # "is not" was left out
        return
    assert (result.verdict, result.matches[0].differences) == ("exact", ())
    assert result.matches[0].marked == ((QuoteDifference(given, found),) if given else ())


@pytest.mark.parametrize(
    "quotation",
    [
        "[S]he said the mayor had left the hall",
        "that nobody would miss him",
        "that nobody [sic] would miss him",
        "It was −5 degrees in Ems",
        "It was –5 degrees in Ems",
        "The pool cost $\u00a05 million",
        "rose by 5 %, or £ 3.50",
        "The fish\u00admongers said",
        "The fish-\nmongers said",
        "The\u200b fishmongers\u2060 said\ufeff",
        "degrees in ems on monday",
    ],
)
def test_brackets_around_letters_and_what_nobody_sees_make_no_difference(quotation: str) -> None:
    result = find_quote(quotation, HALL)
    assert (result.verdict, result.matches[0].marked) == ("exact", ())


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The samples and two articles without spaces, in a real library."""
    folder = tmp_path_factory.mktemp("stored")
    for name, text in (
        ("quake", "临海县发生地震\n\n县长陈立明表示：“我们会在两周内修好所有学校。”\n造成三十七人受伤。\n"),
        ("bridge", "橋の通行止め\n\n県は、青森大橋を来週月曜日から\n三日間通行止めにすると発表した。\n"),
        ("cut", "A gallery\n\nThe exam-\nple was well-\nknown, and the mu\u00adseum of Lo\u0308wen opened.\n"),
    ):
        (folder / f"{name}.txt").write_text(text)
    library = Library(folder / "library", WordEmbedder())
    list(library.add(find([folder, SAMPLES])))
    return library


SAMPLES = Path(__file__).parent.parent / "ui" / "samples"


@pytest.mark.parametrize(
    "quotation", ["The example was", "well-known, and the museum", "well known, and the museum", "museum of Löwen"]
)
def test_a_word_that_the_article_parts_is_found_whole(stored: Library, quotation: str) -> None:
    assert find_quote(quotation, stored).verdict == "exact"


@pytest.mark.parametrize(
    ("quotation", "verdict", "differences"),
    [
        ("两周内修好所有学校", "exact", ()),
        ("造成三十七人受伤", "exact", ()),
        ("三日間通行止めにする", "exact", ()),
        ("两天内修好所有学校", "altered", (QuoteDifference("天", "周"),)),
        ("我们不会在两周内修好所有学校", "altered", (QuoteDifference("不", ""),)),
        ("明天会下雨", "absent", ()),
    ],
)
def test_a_part_of_a_clause_without_spaces_is_found(
    stored: Library, quotation: str, verdict: str, differences: tuple[QuoteDifference, ...]
) -> None:
    result = find_quote(quotation, stored)
    assert (result.verdict, result.matches[0].differences if result.matches else ()) == (verdict, differences)


def disguised(text: str, rng: random.Random) -> str:
    """The text with what no reader sees or minds: invisible characters, line ends, other quotation marks and dashes."""

    def other(found: re.Match[str]) -> str:
        match found.group():
            case " ":
                return rng.choice([" ", "  ", "\n", "\u00a0", " \u200b"])
            case "-" | "–" | "—":
                return rng.choice("-‐‑–") if found.group() == "-" else rng.choice("–—-")
            case "“" | "”" | '"':
                return rng.choice('“”"«»„')
            case "’" | "'":
                return rng.choice("’'ʼ")
            case letter:
                return letter + rng.choice(["", "", "", "", "\u00ad", "\u200b", "\u2060", "\ufeff"])

    return re.sub(r"[ –—“”\"’'-]|(?<=[a-z])[a-z](?=[a-z])", other, text)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_quoted_from_an_article_is_found_however_it_is_disguised(stored: Library, seed: int) -> None:
    rng = random.Random(seed)
    for source in find([SAMPLES]):
        text = read(source).text
        words = Quoted.of(text)
        first = rng.randrange(len(words.keys) - 12)
        span = text[words.spans[first][0] : words.spans[first + 12][1]]
        if re.search(r"[\[\]…]|\.{3}|\n", span):
            continue
        assert find_quote(disguised(span, rng), stored).verdict == "exact", span


@pytest.mark.parametrize("seed", range(20))
def test_whatever_word_number_or_sign_is_changed_is_told(stored: Library, seed: int) -> None:
    rng = random.Random(seed)
    for source in find([SAMPLES]):
        text = read(source).text
        words = Quoted.of(text)
        first = rng.randrange(len(words.keys) - 12)
        changed = first + rng.randrange(1, 12)
        start, end = words.spans[changed]
        put = f"-{text[start:end]}7" if text[start].isdigit() else "zeppelins"
        quotation = text[words.spans[first][0] : start] + put + text[end : words.spans[first + 12][1]]
        if re.search(r"[\[\]…]|\.{3}|\n", quotation):
            continue
        result = find_quote(quotation, stored)
        assert result.verdict == "altered", quotation
        assert any(put in difference.given for difference in result.matches[0].differences), quotation
