import random
import time

import pytest

from index.text.sentences import sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The caravan left on Friday.", "It is the third since fall."],
        ["He lives in the U.S.", "Mr. Trump said so.", "Nobody else did."],
        ["They reached the U.S. Border Patrol agents."],
        ["They reached the U.S.", "The group was tired."],
        ["The storm hit the U.K. on Monday.", "In the U.S.", "It did no harm."],
        ["Growth was 3.5 percent.", "It cost $1.2 million.", "Prices rose 0.4."],
        ["He takes office on Dec. 1, his team said.", "She left in Dec.", "The rest stayed."],
        ["It opened at 9 a.m. Monday and shut at 4 p.m. ET.", "Police came at 5 p.m.", "Officers found nothing."],
        ["4.45 p.m. – Nine more houses are cleared.", "6 p.m. - The street stays shut."],
        ["J. K. Rowling met José Luis Montes Jr. in Leeds.", "A. J. P. Taylor did not."],
        ["It is owned by José Luis Montes Jr.", "He bought it in 2019."],
        ["Dr. Ruiz, Sen. Hall (R-Fla.) and Prof. Li met Gov. Day.", "St. Paul was cold."],
        ["Acme Inc. of Dover sued Bolt Corp.", "The case goes on."],
        ["Ms. Hall earned a Ph.D. in Oslo.", "She left with two M.Sc. degrees."],
        ["It was No. 5 in the list.", "It was No. 6.", "It fell."],
        ["“We leave today.”", "He said no more."],
        ["“We leave today,” he said.", "“Why?” she asked.", "‘Never!’ he cried."],
        ["'Why?' he asked."],
        ["He said: 'No.'", "Then he left."],
        ["She said: “He told me: ‘Go home.’”", "Nobody did."],
        ["“Will it hold?” Ana María Ruiz asked.", "“It will!” President Hall wrote on Monday."],
        ["“Will it hold?”", "The engineers believe so."],
        ["He called it “home in the U.S.”", "Montes left."],
        ["(He had left.)", "She stayed."],
        ["We waited…", "Nobody came...", "Then it rained."],
        ["We waited … and waited ... and left."],
        ["Really?!", "Yes!!", "Well..."],
        ["The ‘Remain in Mexico’ program began.", "The workers’ union agreed."],
        ["Write to a.b@example.org.", "She answers.", "See www.example.org/a.b?c=1.", "It is free."],
        ["Grenzkontrollen gibt es z. B. Montag.", "Das gilt d. h. Immer, bzw. Heute."],
        ["Am 3. Oktober wird gefeiert.", "Der 1. FC siegte im 19. Jahrhundert.", "Er ist 41.", "Sie ist 39."],
        ["El Sr. Gómez y la Dra. Ruiz viajaron a EE. UU. en 2019.", "¿Por qué?", "¡Nadie lo sabe!"],
        ["Viven en EE. UU.", "El grupo salió."],
        ["« Non. »", "Il est parti."],
        ["1. Open the door.", "2. Close it."],
        ["他来了。", "她走了！", "为什么？", "「はい。」と言った。"],
        ["वह आया।", "वह गया।"],
        ["هل جاء؟", "نعم."],
        ["It rose.[12]", "It fell.[3][4]", "It stood."],
        ["A headline without a mark"],
        ["He left.", "5 people stayed."],
        ["Smith v. Jones was heard."],
    ],
    ids=lambda expected: expected[0][:40],
)
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    joiner = "" if expected[0][0] == "他" else " "
    assert texts(joiner.join(expected)) == expected


def test_a_line_break_always_ends_a_sentence() -> None:
    assert texts("A headline\nThe first\nparagraph.\r\n\r\nThe second.") == [
        "A headline",
        "The first",
        "paragraph.",
        "The second.",
    ]


def test_only_the_asked_part_is_split_and_offsets_stay_those_of_the_whole_text() -> None:
    text = "One. Two. Three. Four."
    part = sentences(text, 5, 16)
    assert [(s.start, s.end, s.text) for s in part] == [(5, 9, "Two."), (10, 16, "Three.")]


def test_punctuation_alone_joins_the_sentence_beside_it() -> None:
    assert texts("... The end. !!! ”") == ["... The end. !!! ”"]
    assert texts("Go. — … Stay.") == ["Go.", "— … Stay."]
    assert texts("***") == ["***"]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\u00a0\u2028 "])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert sentences(text) == []


def _assert_exact(text: str, start: int, end: int) -> None:
    found = sentences(text, start, end)
    place = start
    for sentence in found:
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.text == sentence.text.strip() != ""
        assert "\n" not in sentence.text
        assert text[place : sentence.start].strip() == ""
        place = sentence.end
    assert text[place:end].strip() == ""
    assert place <= end


def test_odd_strings_are_covered_exactly_and_without_overlap() -> None:
    pieces = [
        *"aZé9ß.,!?…。？\"'“”‘’„«»()[]{}-—/\\@#%&*\t\n\r 中だ۔",
        *[
            " ",
            ". ",
            "U.S. ",
            "Dr. ",
            "z. B. ",
            "3. ",
            "a.m. ",
            "said ",
            "[1]",
            "...",
            "\ufeff",
            "\u200b",
            "\u00a0",
            "👍🏽",
            "\x00",
        ],
    ]
    chance = random.Random(7)
    for _ in range(4000):
        text = "".join(chance.choices(pieces, k=chance.randrange(40)))
        start = chance.randrange(len(text) + 1)
        _assert_exact(text, 0, len(text))
        _assert_exact(text, start, chance.randrange(start, len(text) + 1))


@pytest.mark.parametrize("piece", ["! ", ".", '"', "a.", "U.S. ", "“”", "(", '. "', "[1", "Aa. ", "  ", "x", "?” A "])
def test_time_grows_with_the_length_not_its_square(piece: str) -> None:
    def seconds(characters: int) -> float:
        text = piece * (characters // len(piece))
        began = time.process_time()
        sentences(text)
        return time.process_time() - began

    seconds(1_000)
    # 16 times the text: 16 times the time when linear, 256 times when quadratic
    assert seconds(160_000) < 64 * max(seconds(10_000), 0.002)


@pytest.mark.parametrize(
    "text",
    [
        "Brig. Tom Ross met Msgr. Luca Ponti.|Cllr. Ann Fox left.",
        "The Com. & Adm. office closed.|It rained.",
        "Yahoo! Inc. fell.|Yum! Brands rose.|He works at Yahoo! and waits.",
        "He works at Yahoo!|The firm fell.",
        "Berg et al. [2004] found it.|Lind et al. (2007) did not.",
        "Das kostet 5 Mio. Euro und 3 Mrd. Dollar.|Es regnet.",
        "Am 24. Dez. 2018 fiel Schnee.|Der 3. Okt. war mild.",
        "The Rt. Hon. Eva Holm spoke.|Ald. Tom Berg listened.",
        "It rained!|Then it stopped.",
    ],
)
def test_titles_names_and_abbreviations_end_no_sentence(text: str) -> None:
    assert [sentence.text for sentence in sentences(text.replace("|", " "))] == text.split("|")
