import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import InputError
from index.reading.files import Source, find, read
from index.reading.letters.letters import clean
from index.reading.letters.lines import unwrapped, with_whole_words
from index.reading.letters.names import printable
from index.text.furniture import furniture
from index.text.sentences import sentences

UNSEEN = "\u00ad\u200b\u2060\ufeff\u200e\u202e\u2066\u034f\U000e0041"


def seen(text: str) -> str:
    """The letters and digits of a text, composed, in order."""
    return "".join(character for character in unicodedata.normalize("NFC", text) if character.isalnum())


@pytest.mark.parametrize("character", UNSEEN)
def test_a_character_that_nobody_sees_breaks_no_word(character: str) -> None:
    assert clean(f"The har{character}bour") == "The harbour"


def test_what_joins_letters_of_other_scripts_stays() -> None:
    for text in ("می\u200cخواهم", "क्\u200dष", "👩\u200d🚒", "❤\ufe0f"):
        assert clean(text) == text
    assert clean("har\u200cbour") == "harbour"


def test_decomposed_and_composed_text_are_the_same_article(tmp_path: Path) -> None:
    story = "Die Brücke über die Aare wird größer, sagte Müller."
    for form in ("NFC", "NFD"):
        path = tmp_path / form / unicodedata.normalize(form, "Größe.txt")
        path.parent.mkdir()
        path.write_text(unicodedata.normalize(form, story), encoding="utf-8")
    found = [read(find([tmp_path / form])[0]) for form in ("NFC", "NFD")]
    assert found[0] == found[1]
    assert (found[0].id, found[0].text) == ("Größe", story)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("the aban-\ndoned mill", "the abandoned mill"),
        ("a long-\nrunning row", "a long-running row"),
        ("the Anglo-\nDutch peace", "the Anglo-Dutch peace"),
        ("a 42-year-\nold man", "a 42-year-old man"),
        ("a 12-\nmetre mast", "a 12-metre mast"),
        ("Nord-\nund Südseite", "Nord- und Südseite"),
        ("the sea-wall and the sea-\nwall", "the sea-wall and the sea-wall"),
        ("a nonprofit and a non-\nprofit", "a nonprofit and a nonprofit"),
        ("It stopped -\nthen it rained", "It stopped -\nthen it rained"),
        ("rain-\n\nIt stopped", "rain-\n\nIt stopped"),
        ("die Bürger-\nmeisterin", "die Bürgermeisterin"),
    ],
)
def test_a_word_broken_at_a_lines_end_is_whole_again(text: str, whole: str) -> None:
    assert with_whole_words(text) == whole


def test_wrapped_lines_of_chinese_are_joined_without_a_space() -> None:
    story = "县长陈立明表示我们会在两周内修好所有学校的屋顶和窗户并且重新开放图书馆和体育馆给所有学生使用"
    wrapped = "\n".join(story[at : at + 10] for at in range(0, len(story), 10))
    assert unwrapped(wrapped) == story


def test_short_paragraphs_of_chinese_stay_lines() -> None:
    text = "临海县地震\n昨天上午发生地震。\n三十七人受伤，铁路停运了六个小时。\n已恢复。"
    assert unwrapped(text) == text


@pytest.mark.parametrize("name", ["a\x1b[2J.txt", "a\nb.txt", "a\u202egpj.txt"])
def test_a_name_that_would_command_a_terminal_is_printed_harmlessly(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Rain fell.")
    (source,) = find([tmp_path])
    assert source.id.isprintable()
    assert printable(tmp_path / name).isprintable()
    assert read(source).text == "Rain fell."


def test_a_path_that_no_file_can_have_is_told() -> None:
    for name in ("a\ud800.txt", "a\0.txt"):
        with pytest.raises(InputError) as error:
            find([Path(name)])
        assert str(error.value).startswith("There is no file or folder a")
        assert str(error.value).isprintable()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co")), max_size=80)
PROSE = st.lists(
    st.sampled_from(["Rain", "fell", "on", "the", "har-", "bour", "42", "Die", "größe", "雨", "“No.”", "said"])
)


@given(WORDS)
@settings(max_examples=300, deadline=None)
def test_cleaning_never_loses_a_letter_and_is_done_once(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert sorted(seen(cleaned)) == sorted(seen(text)) or set(text) & set(UNSEEN)


@given(st.text("harbour", min_size=2, max_size=12), st.data())
@settings(max_examples=100, deadline=None)
def test_invisible_characters_anywhere_in_a_word_are_gone(word: str, data: st.DataObject) -> None:
    broken = "".join(letter + data.draw(st.text(UNSEEN, max_size=2)) for letter in word)
    assert clean(broken) == word


@given(st.lists(PROSE, max_size=12), st.sampled_from(["\n", "\n\n"]))
@settings(max_examples=300, deadline=None)
def test_joining_lines_never_loses_a_letter(lines: list[list[str]], end: str) -> None:
    text = end.join(" ".join(words) for words in lines)
    assert seen(unwrapped(text)) == seen(text)


@given(st.lists(WORDS, max_size=6))
@settings(max_examples=200, deadline=None)
def test_sentences_and_furniture_are_exact_spans_that_cover_every_letter(parts: list[str]) -> None:
    text = clean("\n".join(parts))
    found = sentences(text)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert seen("".join(each.text for each in found)) == seen(text)
    assert all(text[start:end].strip() for start, end in furniture(text))


@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".html", ".json", ".csv", ".eml", ".rss"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_an_article_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    from index.reading.files import read_each

    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    for item in read_each(Source("any", path)):
        assert item.id.startswith("any")
