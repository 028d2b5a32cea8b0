"""What every language must be, and that a language or a file format is one file and no other change."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.language.pack import Language
from index.language.registry import bylines, packs, sites
from index.text.sentences import sentences
from qa.text.dates.reading import dates
from qa.text.names import names
from qa.text.negation import negations
from qa.text.numbers.reading import numbers

LANGUAGES = [*packs().values(), Language("qz", "Of no words")]


def patterns(record: object) -> Iterator[tuple[str, str]]:
    """Every text in a record and in the records that it holds, with the name of its field."""
    assert dataclasses.is_dataclass(record)
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, str):
            yield field.name, value
        elif dataclasses.is_dataclass(value):
            yield from patterns(value)


@pytest.fixture(params=LANGUAGES, ids=lambda spoken: spoken.name)
def spoken(request: pytest.FixtureRequest) -> Language:
    found = request.param
    assert isinstance(found, Language)
    return found


def test_every_pattern_is_one_also_among_others(spoken: Language) -> None:
    found = dict(patterns(spoken))
    assert len(found) > 10
    for name, pattern in found.items():
        assert re.compile(f"(?:{pattern}|x)").fullmatch("x"), name


def test_no_pattern_matches_nothing_at_all(spoken: Language) -> None:
    """Such a one would be found at every place of every text."""
    for each in (spoken.site, spoken.bylines):
        for name, pattern in patterns(each):
            assert not re.fullmatch(pattern, ""), name


def test_its_calendar_has_all_months_and_days_once(spoken: Language) -> None:
    if spoken.calendar is None:
        assert "dates" in spoken.abstains
        return
    assert (len(spoken.calendar.months), len(spoken.calendar.weekdays)) == (12, 7)
    for forms in (spoken.calendar.months, spoken.calendar.weekdays):
        assert sum(map(len, forms)) == len(frozenset().union(*forms))


def test_rules_read_a_text_by_it_or_abstain(spoken: Language) -> None:
    text = "In 2019, 41 boats left Port Selby."
    read = {
        "numbers": [number.value for number in numbers(text, spoken)],
        "dates": [date.year for date in dates(text, spoken)],
        "negations": [denied.text for denied in negations(text, spoken)],
        "names": [name.text for name in names(text, spoken)],
    }
    assert (41.0 in read["numbers"]) == ("numbers" not in spoken.abstains)
    assert all(read[check] == [] for check in ("negations", *spoken.abstains))
    assert spoken.stem("boats")
    assert [sentence.text for sentence in sentences(text, code=spoken.code)] == [text]
    assert set(spoken.abstains) <= set(read)


def test_sites_and_bylines_of_all_languages_are_known_together() -> None:
    assert {each.site for each in packs().values()} < set(sites())
    assert {each.bylines for each in packs().values()} < set(bylines())


TOY_LANGUAGE = """
from index.language.pack import Language, listed
from index.language.parts.site import Site

LANGUAGE = Language("qy", "Toy", stop_words=listed("la ka"), site=Site(labels="kunhavigi", reported="diris"))
"""
TOY_FORMAT = """
from index.reading.metadata.bylines import stated
from index.reading.format import Document, Format

FORMAT = Format((".toy",), lambda file: [Document(text := file.read().decode()[::-1], stated(text))], rank=50)
"""
USE = """
import index.language, index.reading.formats
index.language.__path__.append("languages")
index.reading.formats.__path__.append("formats")

from pathlib import Path

from index.language.registry import language
from index.reading.files import find, read
from index.text.furniture import furniture

text = "Rain fell.\\nKunhavigi"
print(language("qy").name, [text[start:end] for start, end in furniture(text)])
print([read(source).text for source in find([Path("a.toy")])])
"""


def test_a_language_and_a_format_are_a_file_each_and_no_other_change(tmp_path: Path) -> None:
    for folder, content in (("languages", TOY_LANGUAGE), ("formats", TOY_FORMAT)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "toy.py").write_text(content)
    (tmp_path / "a.toy").write_text(".llef niaR")
    done = subprocess.run([sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "Toy ['Kunhavigi']\n['Rain fell.']\n", done.stderr
