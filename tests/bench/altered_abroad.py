"""True sentences in German and Spanish with one fact changed, and with none; see altered.py, which does it in English.

    python tests/bench/altered_abroad.py EMBEDDER CODE ARTICLES_FOLDER ENGLISH_ARTICLES_FOLDER

The facts are found by plain patterns of this file's own. What is a name is told by the same article in English: a word
with a capital letter that stands in both. The odd articles are what the rules were worked out on, the even ones not.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from altered import Case, other_digits
from remembered import RememberedEmbedder

from index.embedding.embedder import SentenceTransformerEmbedder
from index.models.local import find_model
from index.text.sentences import sentences
from qa.support.judge import judge


@dataclass(frozen=True)
class Forms:
    """The words of a language that are exchanged."""

    spelled: tuple[str, ...]
    months: tuple[str, ...]
    year: str
    verbs: str
    denial: str
    percent: str
    subordinate: str


FORMS = {
    "de": Forms(
        ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"),
        ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
         "Dezember"),
        r"\b(?:im Jahr|im Jahre|seit|von|bis|ab|und|zwischen|in|Jahres|\w+ber|\w+uar|März|April|Mai|Juni|Juli|August) ",
        r"\b(?:ist|sind|war|waren|wird|wurde|wurden|hat|hatte|haben|hatten|kann|konnte|konnten|können)\b",
        r"\b(?:nicht|nie|niemals) ",
        "Prozent",
        "der|die|das|dem|den|deren|dessen|welche|wobei|wodurch|während|obwohl|einschließlich|darunter",
    ),
    "es": Forms(
        ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
        ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
         "noviembre", "diciembre"),
        r"\b(?:en|de|desde|hasta|y|entre|año|a) ",
        r"\b(?:es|son|fue|fueron|era|eran|ha|han|había|habían|puede|pueden|tiene|tienen|está|están)\b",
        r"\b(?:no|nunca) ",
        "por ciento",
        "que|quien|quienes|donde|cuando|aunque|mientras|incluyendo|incluido|incluida|lo que|cuyo|cuya",
    ),
}  # fmt: skip

_DIGITS = re.compile(r"(?<![\w.,$£€/–-])[$£€]?(\d+(?:\.\d{3})*(?:,\d+)?)(?![\w/–-]|[.,]\d)")


def cases(
    articles: Sequence[Sequence[str]], english: Sequence[str], code: str, seed: int
) -> Iterator[tuple[int, Case]]:
    """The number of its article and the case: each change that applies to a sentence, and the sentence itself."""
    rng = random.Random(seed)
    forms = FORMS[code]
    shared = [_names(article, other) for article, other in zip(articles, english, strict=True)]
    for number, article in enumerate(articles):
        for i, sentence in enumerate(article):
            if not 6 <= len(sentence.split()) <= 45:
                continue
            evidence = tuple(article[max(0, i - 2) : i + 3])
            yield number, Case(sentence, evidence, "none", "as it is")
            for how, reworded in _rewordings(sentence, forms):
                yield number, Case(reworded, evidence, "none", how)
            others = [name for at, names in enumerate(shared) if at != number for name in names]
            for change, how, altered in _alterations(sentence, evidence, shared[number], others, forms, rng):
                yield number, Case(altered, evidence, change, how)


def _names(article: Sequence[str], english: str) -> list[str]:
    known = set(re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]*[a-z]", english))
    here = {word for s in article for word in re.findall(r"(?<=[\w,] )[A-ZÄÖÜÁÉÍÓÚ][\w’'-]*[a-z]", s)}
    return sorted(name for name in known & here if len(name) > 3)


def _alterations(
    sentence: str, evidence: Sequence[str], names: Sequence[str], far: Sequence[str], forms: Forms, rng: random.Random
) -> Iterator[tuple[str, str, str]]:
    text = " ".join(evidence)
    years = list(re.finditer(rf"{forms.year}(1[1-9]\d\d|20\d\d)\b(?![\d–-])", sentence))
    taken = {m.start(1) for m in years}
    months = list(re.finditer(rf"\b(?:{'|'.join(forms.months)})\b", sentence))
    near_month = {p for m in months for p in range(m.start() - 7, m.end() + 10)}
    digits = [m for m in _DIGITS.finditer(sentence) if m.start(1) not in taken | near_month]
    if digits:
        m = rng.choice(digits)
        yield "number", "other digits", _swap(sentence, m, 1, other_digits(m.group(1), rng))
    if spelled := list(re.finditer(rf"(?<![\w-])(?:{'|'.join(forms.spelled)})\b(?!-)", sentence)):
        m = rng.choice(spelled)
        yield "number", "another word", _swap(sentence, m, 0, rng.choice([w for w in forms.spelled if w != m.group()]))
    if years:
        m = rng.choice(years)
        yield "date", "other year", _swap(sentence, m, 1, str(int(m.group(1)) + rng.choice((-11, -3, -2, 2, 4, 10))))
    if months:
        m = rng.choice(months)
        yield "date", "other month", _swap(sentence, m, 0, rng.choice([w for w in forms.months if w != m.group()]))
    found = [m for name in names for m in re.finditer(rf"(?<=[\w,] )\b{re.escape(name)}\b", sentence)]
    if found:
        m = rng.choice(found)
        away = [name for name in far if not _alike(name, text)]
        yield "name", "one from another article", _swap(sentence, m, 0, rng.choice(away))
    if verbs := list(re.finditer(forms.verbs, sentence)):
        m = rng.choice(verbs)
        if not re.match(rf"\s*{forms.denial}", sentence[m.end() :]):
            new = f"no {m.group()}" if "no" in forms.denial else f"{m.group()} nicht"
            yield "negation", "put in", _swap(sentence, m, 0, new)
    if denied := list(re.finditer(forms.denial, sentence)):
        yield "negation", "taken out", _swap(sentence, rng.choice(denied), 0, "")


def _rewordings(sentence: str, forms: Forms) -> Iterator[tuple[str, str]]:
    """(how, sentence) for light changes that leave every fact as it is."""
    if m := re.search(rf"(?<![\w-])(?:{'|'.join(forms.spelled)})(?= )", sentence):
        yield "number in digits", _swap(sentence, m, 0, str(forms.spelled.index(m.group()) + 2))
    m = re.search(r"(?<![\w.,$£€-])([2-9]|1[0-2])(?= [a-zäöüñ])", sentence)
    if m and sentence[m.end() :].split()[0] not in ("de", "y"):
        yield "number in words", _swap(sentence, m, 0, forms.spelled[int(m.group()) - 2])
    if m := re.search(r"(?<![\d.,])(\d)\.(\d{3})(?![\d.,])", sentence):
        yield "1200 for 1.200", _swap(sentence, m, 0, m.group(1) + m.group(2))
    if re.search(rf"\d ?%|\d {forms.percent}", sentence):
        sign = re.sub(r"(?<=\d) ?%", f" {forms.percent}", sentence)
        yield "% in words, or as a sign", sign if sign != sentence else sentence.replace(f" {forms.percent}", " %")
    shorter = re.sub(rf", (?:{forms.subordinate})\b[^,]*(?=,(?!\d)|[.!?]$)", "", sentence, count=1)
    if shorter != sentence and len(shorter.split()) >= 5:
        yield "subordinate clause dropped", shorter


def _swap(sentence: str, match: re.Match[str], group: int, new: str) -> str:
    return sentence[: match.start(group)] + new + sentence[match.end(group) :]


def _alike(name: str, text: str) -> bool:
    return name[:4].lower() in {word[:4].lower() for word in re.findall(r"\w+", text)}


def main() -> None:
    name, code, folder, english = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    embedder = RememberedEmbedder(SentenceTransformerEmbedder(name, lambda: find_model(name, "embedder")))
    files = sorted(folder.glob("*.txt"))
    articles = [[s.text for s in sentences(file.read_text("utf-8"), code=code)] for file in files]
    others = [(english / file.name).read_text("utf-8") for file in files]
    for title, odd in (("Worked out on", 0), ("Held out", 1)):
        asked: Counter[str] = Counter()
        doubted: Counter[str] = Counter()
        missed: list[str] = []
        for number, case in cases(articles, others, code, seed=1):
            if number % 2 != odd:
                continue
            verdict = judge(case.claim, case.evidence, embedder)
            asked[case.change] += 1
            doubted[case.change] += verdict.support != "supported"
            if (verdict.support == "supported") != (case.change == "none"):
                missed.append(f"{case.change}: {case.how}: {case.claim} {verdict.differences}")
        print(f"{title}: {code}, {sum(asked.values())} claims")
        for kind in ("number", "date", "name", "negation", "none"):
            label = "true, kept" if kind == "none" else f"{kind}, caught"
            share = doubted[kind] / max(asked[kind], 1)
            print(f"    {label:18}{asked[kind]:6}{1 - share if kind == 'none' else share:8.3f}")
        if "--missed" in sys.argv:
            print("\n".join(missed))


if __name__ == "__main__":
    main()
