"""What repeats over an outlet's pages is hidden; what only begins like a notice, or a story tells again, is not."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from fakes import WordEmbedder

from index.adding import AddResult
from index.library import Library
from index.reading.files import find
from index.text.furniture import furniture, says_it_is_furniture

BEGINS_LIKE_A_NOTICE = [
    "Sign up for our newsletter, read the mail with which thieves robbed forty pensioners of Velden.",
    "Get the vaccine to your inbox neighbours, the leaflet joked, and the town laughed for a week.",
    "Click here to win a car: with that line a gang from Ostrey lured 300 people into a trap.",
    "By signing the privacy policy of the clinic in May, patients gave up the right to sue.",
    "We use cookies as bait because mice love them, the trapper of Skarholm explained.",
    "This site uses hidden cookies that follow children for years, experts of the ministry believe.",
    "The site uses about forty cookies a visitor, three times as many as the law permits.",
    "Please enable JavaScript was the only thing that voters saw on the night of the count.",
    "JavaScript is required at the evening school of Lund from autumn on, beside English and sums.",
    "You are using an old browser, the screen told the mayor, who had just bought the machine.",
    "This browser does not support the signatures of the new identity card, which angers 2,000 doctors.",
    "Internet Explorer is no longer supported by the tax office, so that 12,000 farmers could not pay in time.",
    "Subscribe to the channel or lose your sheep: the threat reached six farms near Wend.",
    "Register to receive the flood aid before Friday, the mayor of Aldmoor urged families in the valley.",
    "Want more stories like this? The question of the eight-year-old made the old sailor smile.",
    "Photo by photo, the two archivists of Velden proved that the bell had hung there in 1911.",
    "Image credit: zero, wrote the angry painter under the wall of the town hall.",
    "Photo: the word stood on the empty frame from which the thief had cut the picture.",
    "Photos courtesy of strangers helped the family find its dog after nine days.",
    "Image: it was all that counted for the party, its former treasurer wrote in his diary.",
    "File - nobody opens it, and yet the word decides whether 40 families may stay.",
    "From left, a lorry came down the hill without lights and hit the tram.",
    "Advertisements for gambling will vanish from the trams of Ostrey next year.",
    "Share this with nobody, the dying smith told his daughter, and she kept the secret for 60 years.",
    "Follow us on the ice, the rescuers shouted, and all nine skaters reached the shore.",
    "Comments are closed minds, the philosopher of Lund liked to joke.",
    "Read more: that is the whole plan of the ministry for its schools.",
    "See also: the girl pointed to the tower, from which smoke rose.",
    "Topics: sheep, wool and rain filled the first meeting of the new council on Monday.",
    "Copyright 2019 was painted on the wall in letters two metres high, and nobody knew why.",
    "(c) 1911 is cut into the foot of the bell, which proves its age.",
    "© Mara Lind stood on the sketch, so the auction house called the painter.",
    "This material may not be published, broadcast or taught in schools under the new law.",
    "Don't miss: with these words on the wall the archers of Wend open each of their matches.",
    "Also read: the judge, the letters and the diary of the accused in the hearing on Tuesday.",
    "Wir verwenden Cookies als Köder, verriet der Fallensteller aus Aldmoor den Kindern.",
    "Lesen Sie auch: das stand auf dem Zettel, den der Dieb im Museum hinterließ.",
    "Utilizamos cookies caseras como cebo, explicó el cazador de ratones del puerto.",
    "Nous utilisons des cookies pour attirer les souris, raconte le chasseur du port.",
    "We don't support this browser of the bank any longer, the union of the blind complained.",
    "Get our boats in your inbox, the fishermen had joked before the storm took all nine of them.",
    "By clicking twice on the privacy policy, a pupil of Ansty found the addresses of all teachers.",
]
"""Sentences of stories."""

OF_THE_SITE = [
    "The Aldmoor Herald",
    "Home News Sport Weather Puzzles Jobs",
    "Letters to the editor | Crosswords | Obituaries",
    "Aldmoor Herald e-paper",
    "Our reporters are there for you day and night.",
    "Have you seen something we should know about?  Ring the desk on 555-0100.",
    "Give a friend three months of the Herald for the price of one.",
    "Tell us what you think of this article.",
    "Found a mistake? Write to the corrections desk.",
    "This article was translated with the help of a machine and checked by an editor.",
    "This story has been shortened for readers in a hurry.",
    "Stories marked with a key are for subscribers.",
    "The newspaper is not responsible for external sites.",
    "Readers' comments are moderated between 8 a.m. and 8 p.m.",
    "Our puzzles are now in the app, too!",
    "All times are local.",
    "Prices include tax unless stated.",
    "The Herald is printed on paper from managed forests.",
    "The Herald has been the voice of the valley since 1871.",
    "The views of guest writers are their own.",
    "Support independent reporting in the valley.",
    "Text size: small, medium, large",
    "Dark mode",
    "Weather in Aldmoor",
    "Your town, your paper, your Herald.",
    "Win two tickets for the summer opera when you renew before June.",
    "Hear the Herald's podcast about the rivers of the north.",
    "Add the Herald to your home screen.",
    "Games: play today's word search",
    "Classified: sell your car in three minutes",
    "Property, jobs and motors in your area.",
    "Report this post to the moderators.",
    "Image galleries",
    "Ten things to do this weekend",
    "Do you have a tip? Our mailbox is encrypted, and we protect you.",
    "Member of the Association of Northern Newspapers",
    "Imprint | Accessibility | Terms",
    "Unser Newsletter bringt Ihnen die Woche ins Haus.",
    "Haben Sie einen Fehler gefunden? Schreiben Sie uns.",
    "Nuestro boletín llega cada mañana a su correo.",
    "The Herald awards its prize for young writers every autumn.",
]
"""Lines of an outlet's pages, most of which no page alone would betray."""

TALES = [
    ("Sheep", "Nine sheep broke out of a pen in Ostrey and walked to the next valley. Two boys led them home at dusk."),
    ("Harbour", "A crane fell into the harbour basin during the gale. Divers will lift it once the wind has dropped."),
    ("Choir", "The choir of the mining school won a medal in Turin. Its conductor learned music from her grandfather."),
    (
        "Bakery",
        "Bakers in Velden went back to ovens fired with wood. Gas had become three times as dear within a year.",
    ),
    (
        "Glacier",
        "Measurements on the Wend glacier began in 1931. It has lost forty metres since then, most of it lately.",
    ),
]


def page(number: int, lines: Sequence[str] = (), above: Sequence[str] = (), outlet: str = "The Aldmoor Herald") -> str:
    """A story with lines below it, and lines between its headline and itself."""
    name, tale = TALES[number]
    first, second = tale.split(". ", 1)
    parts = [f"{name} in the news\nOutlet: {outlet}", *above, f"{first}.", second, *lines]
    return "\n\n".join(parts) + "\n"


def library(folder: Path) -> Library:
    return Library(folder / "library", WordEmbedder())


def add(folder: Path, pages: dict[str, str], news: str = "news") -> list[AddResult]:
    (folder / news).mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / news / f"{name}.txt").write_text(text)
    opened = library(folder)
    try:
        return list(opened.add(find([folder / news])))
    finally:
        opened.close()


def passages(folder: Path) -> dict[str, list[str]]:
    """The passages of each article, which have to be what their article has at their offsets."""
    opened = library(folder)
    try:
        found = {}
        for article in opened.articles():
            of_it = opened.passages_of(article.id)
            assert all(article.text[each.start : each.end] == each.text for each in of_it)
            found[article.id] = [each.text for each in of_it]
        return found
    finally:
        opened.close()


def told(folder: Path) -> str:
    return "\n".join(text for texts in passages(folder).values() for text in texts)


@pytest.mark.parametrize("sentence", BEGINS_LIKE_A_NOTICE)
def test_a_sentence_that_begins_like_a_notice_is_the_storys_wherever_it_stands(sentence: str) -> None:
    for text in (f"Rain fell.\n{sentence}\nIt stopped.", f"{sentence}\n\nRain fell.", f"Rain fell.\n\n{sentence}"):
        assert furniture(text) == []


def test_it_is_so_among_pages_that_share_other_lines(tmp_path: Path) -> None:
    pages = {
        f"story{number}": page(number % 5, ["Add the Herald to your home screen."], [sentence])
        for number, sentence in enumerate(BEGINS_LIKE_A_NOTICE)
    }
    add(tmp_path, pages)
    texts = told(tmp_path)
    assert [sentence for sentence in BEGINS_LIKE_A_NOTICE if sentence not in texts] == []
    assert "home screen" not in texts


def outlets_of_three_pages(lines: Sequence[str], amid: bool = False) -> dict[str, str]:
    """Pages of an outlet for each of the lines, which stand on them below or amid the story."""
    return {
        f"outlet{each}page{number}": page(number, *([[], [line]] if amid else [[line]]), outlet=f"Outlet {each}")
        for each, line in enumerate(lines)
        for number in range(3)
    }


def test_a_line_below_the_stories_of_three_pages_is_hidden(tmp_path: Path) -> None:
    add(tmp_path, outlets_of_three_pages(OF_THE_SITE))
    texts = told(tmp_path)
    assert [line for line in OF_THE_SITE if line in texts] == []
    assert all(texts.count(tale.split(". ")[1]) == len(OF_THE_SITE) for _, tale in TALES[:3])


def test_all_of_them_together_are_hidden_above_and_below_where_the_story_is_as_long(tmp_path: Path) -> None:
    lines = random.Random(7).sample(OF_THE_SITE, 20)
    add(tmp_path, {f"page{number}": page(number, lines[:6]) for number in range(3)})
    assert [line for line in lines[:6] if line in told(tmp_path)] == []


def test_what_speaks_to_the_reader_or_is_no_sentence_is_hidden_amid_the_story_too(tmp_path: Path) -> None:
    lines = [line for line in OF_THE_SITE if "our" in line.lower().split() or line[-1] not in ".?"]
    add(tmp_path, outlets_of_three_pages(lines, amid=True))
    texts = told(tmp_path)
    assert [line for line in lines if line in texts] == []


def test_a_line_on_two_pages_or_of_three_outlets_is_kept(tmp_path: Path) -> None:
    line = "Add the Herald to your home screen."
    add(tmp_path, {"one": page(0, [line]), "two": page(1, [line]), "three": page(2)})
    assert told(tmp_path).count(line) == 2
    add(tmp_path, {"three": page(2, [line], outlet="The Ostrey Mail"), "four": page(3, [line], outlet="Wend Post")})
    assert told(tmp_path).count(line) == 4


@pytest.mark.parametrize(
    "sentence",
    [
        "The Wend dam broke in March 2019 and killed 41 people.",
        "“We lost our house and all our papers,” the baker Mara Lind said at the time.",
        "What did you read as a child?",
        "Prime Minister Tilde Munk took office four years ago.",
    ],
)
def test_what_stories_tell_again_and_again_is_kept(tmp_path: Path, sentence: str) -> None:
    add(tmp_path, {f"page{number}": page(number, [], [sentence]) for number in range(4)})
    assert told(tmp_path).count(sentence) == 4


def test_versions_of_one_story_are_no_pages_that_repeat(tmp_path: Path) -> None:
    said = "You must boil our water until Friday, the works wrote to its customers."
    body = f"The works found germs in the tank of Ansty.\n\n{said}\n\nYou can ring us at any time.\n"
    heads = [f"Water of Ansty must be boiled, {count} people ill\nOutlet: Herald\n\n" for count in (3, 7, 12, 19)]
    add(tmp_path, {f"version{number}": head + body for number, head in enumerate(heads)})
    assert told(tmp_path).count("You can ring us at any time.") == 4


def test_a_long_story_under_new_beginnings_is_kept(tmp_path: Path) -> None:
    old = [
        f"The {word} of the quarry closed after nine years, the owner has decided." for word in ("gate", "shop", "pit")
    ]
    add(tmp_path, {f"page{number}": page(number, old * 4) for number in range(3)})
    assert all(line in told(tmp_path) for line in old)


def test_what_is_hidden_depends_on_no_order_and_reading_again_changes_nothing(tmp_path: Path) -> None:
    lines = ["Add the Herald to your home screen.", "Prices include tax unless stated."]
    pages = {f"page{number}": page(number, lines) for number in range(5)}
    found = []
    for number, order in enumerate([[0, 1, 2, 3, 4], [4, 2, 0, 3, 1], [3, 4, 1, 2, 0]]):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in order:
            add(folder, {f"page{name}": pages[f"page{name}"]})
        found.append(passages(folder))
        with_generation = library(folder)
        generation = with_generation.generation
        assert {outcome.status for outcome in with_generation.add(find([folder / "news"]))} == {"unchanged"}
        assert with_generation.generation == generation
        with_generation.close()
    at_once = tmp_path / "at once"
    at_once.mkdir()
    add(at_once, pages)
    assert found == [passages(at_once)] * 3
    assert not any(line in told(at_once) for line in lines)


def test_what_removing_changes_is_learned_with_the_next_adding(tmp_path: Path) -> None:
    line = "Add the Herald to your home screen."
    add(tmp_path, {f"page{number}": page(number, [line]) for number in range(3)})
    opened = library(tmp_path)
    opened.remove(["page0"])
    opened.close()
    (tmp_path / "news" / "page0.txt").unlink()
    assert line not in told(tmp_path)
    outcomes = add(tmp_path, {"other": page(3, outlet="Wend Post")})
    assert [outcome.status for outcome in outcomes] == ["added", "unchanged", "unchanged"]
    assert told(tmp_path).count(line) == 2


def test_a_run_that_ended_before_it_learned_is_made_good_by_the_next(tmp_path: Path) -> None:
    line = "Add the Herald to your home screen."
    news = tmp_path / "news"
    news.mkdir()
    for number in range(3):
        (news / f"page{number}.txt").write_text(page(number, [line]))
    opened = library(tmp_path)
    outcomes = opened.add(find([news]))
    for _ in range(3):
        next(outcomes)
    outcomes.close()
    opened.close()
    assert line in told(tmp_path)
    assert {outcome.status for outcome in add(tmp_path, {})} == {"unchanged"}
    assert line not in told(tmp_path)


def test_another_embedder_and_an_edited_outlet_keep_what_was_learned(tmp_path: Path) -> None:
    line = "Add the Herald to your home screen."
    add(tmp_path, {f"page{number}": page(number, [line]) for number in range(4)})
    opened = Library(tmp_path / "library", WordEmbedder("other words"))
    assert sorted(opened.reembed()) == [f"page{number}" for number in range(4)]
    assert not any(line in each.text for each in opened.passages())
    opened.edit("page0", {"outlet": "Wend Post"})
    assert not list(opened.faults())
    list(opened.add([]))
    assert [line in each.text for each in opened.passages_of("page0")] == [True]
    assert not any(line in each.text for each in opened.passages_of("page1"))
    opened.close()


def test_damaged_lines_of_a_page_stop_no_adding(tmp_path: Path) -> None:
    line = "Add the Herald to your home screen."
    add(tmp_path, {f"page{number}": page(number, [line]) for number in range(4)})
    with closing(sqlite3.connect(tmp_path / "library" / "library.sqlite")) as database, database:
        database.execute("UPDATE articles SET lines = 'x' WHERE id = 'page0'")
        database.execute("UPDATE articles SET lines = x'00' WHERE id = 'page1'")
    assert [outcome.status for outcome in add(tmp_path, {"page4": page(4, [line])})] == ["unchanged"] * 4 + ["added"]
    assert line not in "".join(passages(tmp_path)["page4"])


def test_a_line_is_judged_once_however_often_its_file_is_gone_through(tmp_path: Path) -> None:
    pages = {"sheep": page(0, OF_THE_SITE), "harbour": page(1, OF_THE_SITE)}
    lines = {line.strip() for text in pages.values() for line in text.split("\n") if line.strip()}
    says_it_is_furniture.cache_clear()
    assert [result.status for result in add(tmp_path, pages)] == ["added", "added"]
    assert says_it_is_furniture.cache_info().misses == len(lines)
