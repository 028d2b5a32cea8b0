"""Adds citations to what the model wrote: every sentence is aligned with the evidence that it was written from.

Small models do not write citation marks reliably, so they are asked for none: numbers, articles and offsets come from
here, and an answer cannot point to a place that the program did not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from index.language.detection import rules_for
from index.library import Library
from index.records import Article, Sentence
from index.text.sentences import sentences
from qa.evidence.aligning import align
from qa.evidence.correcting import Correcting
from qa.evidence.finding import text_of
from qa.evidence.proof import Proof, enough, proofs
from qa.evidence.sections import Section
from qa.evidence.selecting import Candidate, Place, states_nothing
from qa.evidence.untold import LIKELY
from qa.listed import MEMBER, after, is_name_of_member
from qa.prompts import in_quotes
from qa.question.kind import value_asked
from qa.reader.protocol import Reader, Text
from qa.records import Answer, AnswerSentence, Citation, Evidence, Support
from qa.speakers.according_to import voiced
from qa.support.answers.agreeing import restates, says_nothing_new, takes_up
from qa.support.answers.introduced import introducing
from qa.support.answers.kind_told import has_kind
from qa.support.answers.value_taken import takes_its_value
from qa.support.doubt import ALONE, ANSWERING, stricter
from qa.support.judge import judge
from qa.support.speaking import other_speaker, source_is_elsewhere
from qa.text.names import NameSource, names
from qa.text.words import words

_MOST_QUOTED, _QUOTED_MASS = 2, 0.5
"""Most sentences quoted in place of an answer, and the probability from which one alone is enough. By eye."""


def places(evidence: Sequence[Evidence]) -> list[Place]:
    """Every sentence of the evidence, in its order."""
    return [Place(item.passage.article_id, sentence) for item in evidence for sentence in item.sentences]


@dataclass(frozen=True)
class _Judged:
    """A sentence of the answer, with its verdict and the sentences of the evidence that prove it."""

    text: str
    support: Support
    score: float
    proof: tuple[Place, ...]
    differs: bool = False
    """Whether the evidence has a fact of it otherwise, or another speaker."""


def _texts(found: Sequence[Place]) -> list[str]:
    return [place.sentence.text for place in found]


class Citer:
    """Finds, for one question, what proves each sentence of the answer as it is written."""

    def __init__(
        self,
        question: str,
        evidence: Sequence[Evidence],
        candidates: Sequence[Candidate],
        library: Library,
        reader: Reader | None = None,
        read: Sequence[Section] = (),
    ) -> None:
        """``evidence`` is what the answer is written from; ``candidates`` are sentences that may prove it, best first.

        The reader, if given, judges too whether the proof states what a finished answer says; ``read`` are the sections
        that it has read.
        """
        self._question = question
        self._spoken = rules_for(question)
        """The language that question and answer are in."""
        self._reader = reader
        self._sections = read
        self._library = library
        self._places = places(evidence)
        self._candidates = candidates
        self._likely = {each.place for each in candidates if each.score >= LIKELY}
        """The sentences that may well belong to the answer: what only others prove is true and beside the point. Of 54
        sentences marked supported in answers to two sets of news, 39 of 42 proved by these were right, 7 of 12 of the
        rest."""
        found = {place.article_id for place in (*self._places, *(candidate.place for candidate in candidates))}
        self._articles = {name: library.article(name) for name in found}
        self._reprints = {name: len(library.reprints(name)) for name in self._articles}
        self._known: dict[str, _Judged] = {}
        self._read: dict[str, _Judged] = {}

    def first(self) -> tuple[Citation, ...]:
        """A citation of the best candidate, to be shown before anything is written."""
        return (self._citation(1, self._candidates[0].place),)

    def cited(self, answer: Answer) -> Answer:
        """A growing answer with verdicts and citations for all sentences but the last, which is still being written."""
        return self._with(answer, [self._judged(found.text) for found in self._parted(answer.text)[:-1]])

    def proofs(self, text: str) -> list[Proof]:
        """The candidates with the probability of each that it proves the text, the most probable first."""
        return proofs(text, self._question, self._candidates)

    def finished(self, answer: Answer, unsupported_too: bool = False) -> Answer:
        """The finished answer with verdicts and citations: each sentence once, unsupported sentences left out.

        What only one speaker says is told as theirs. With ``unsupported_too`` nothing is left out.
        """
        written = [self._surely(text) for text in dict.fromkeys(found.text for found in self._parted(answer.text))]
        kept = [judged for judged in written if unsupported_too or judged.support != "unsupported"]
        kept = [self._told_as_theirs(judged) for judged in kept]
        return self._with(replace(answer, text=reduce(after, (judged.text for judged in kept), "")), kept)

    def _told_as_theirs(self, judged: _Judged) -> _Judged:
        """The sentence with "according to …" where only one speaker says it; as such it may be supported.

        Whose it is the article tells, be it in another sentence than the one cited: it is no reason for doubt.
        """
        text = voiced(judged.text, self._standing(judged.proof), self._spoken)
        if text == judged.text:
            return judged
        is_supported = judged.support == "supported" or self._surely(text).support == "supported"
        return replace(judged, text=text, support="supported" if is_supported else judged.support)

    def _standing(self, proof: Sequence[Place]) -> list[tuple[Article, Sentence]]:
        """The sentences of the places, with their articles."""
        return [(self._articles[place.article_id], place.sentence) for place in proof]

    def quoted(self, answer: Answer) -> Answer:
        """The answer replaced by quotations: of the sentences that most probably prove it, in reading order.

        What the model wrote without proof still shows which sentence it was about. Where an age or an amount is asked
        for, sentences with such a value are preferred.
        """
        found = proofs(answer.text, self._question, self._telling() or self._candidates)
        chosen = enough(found, mass=_QUOTED_MASS, most=_MOST_QUOTED)
        if len({place.article_id for place in chosen}) == 1:
            chosen.sort(key=lambda place: place.sentence.start)
        quotations = [_Judged(in_quotes(p.sentence.text), "quoted", 1.0, (p,)) for p in chosen]
        return self._with(replace(answer, text=" ".join(item.text for item in quotations)), quotations)

    def _telling(self) -> list[Candidate]:
        """The candidates with a value of the kind asked for; none where the question asks for no value."""
        wanted = value_asked(self._question, self._spoken)
        if wanted is None:
            return []
        asked = [name for name in names(self._question, self._spoken) if name.certain]

        def tells(place: Place) -> bool:
            article, text = self._articles[place.article_id], place.sentence.text
            spoken = rules_for(article.text)
            named = NameSource.of(f"{article.title}\n{text}", spoken)  # the headline says whose it is
            return has_kind(text, wanted.kind, spoken) and (not asked or any(map(named.mentions, asked)))

        return [each for each in self._candidates if tells(each.place)]

    def copies_quoted(self, answer: Answer) -> Answer:
        """The answer, with its partly supported sentences that are copied word for word marked as quoted.

        The articles state these; only whether they answer is in doubt. A byline that was copied along is removed, and
        of sentences copied one after the other all but the likeliest. Where nothing else was written, and none of them
        may well answer, the model read aloud: the sentences that answer most probably are quoted instead.
        """
        kept = [each for each in answer.sentences if not self._is_copied_byline(each, answer)]
        copied = [each for each in kept if each.support == "partly" and self._is_copy(each, answer)]
        alone = [each for each in copied if not each.text.startswith(MEMBER)]
        ranks = {each: self._rank(answer.citation(each.citations[0])) for each in alone}
        likeliest = sorted(alone, key=ranks.__getitem__)[:_MOST_QUOTED]
        quoted = replace(answer, text="", sentences=())
        if alone == kept and len(alone) > _MOST_QUOTED and min(ranks.values()) >= len(self._likely):
            places = [each.place for each in self._candidates[:_MOST_QUOTED]]
            return self.with_quotations(replace(quoted, citations=()), places)
        for sentence in kept:
            text, support = sentence.text, sentence.support
            if sentence in alone and sentence not in likeliest:
                continue
            if sentence in copied:
                quote = in_quotes(answer.citation(sentence.citations[0]).quote)
                text, support = MEMBER * text.startswith(MEMBER) + quote, "quoted"
            quoted = quoted.followed_by(text, support, sentence.citations)
        return quoted

    def _is_copy(self, sentence: AnswerSentence, answer: Answer) -> bool:
        """Whether a sentence of the answer has the words of the one that it cites."""
        cited = [answer.citation(number).quote for number in sentence.citations[:1]]
        return bool(cited) and self._words(sentence.text) == self._words(cited[0])

    def _is_copied_byline(self, sentence: AnswerSentence, answer: Answer) -> bool:
        """Whether a sentence of the answer, and not its only one, is copied and states nothing."""
        several = len(answer.sentences) > 1
        return several and self._is_copy(sentence, answer) and states_nothing(sentence.text, self._spoken)

    def _rank(self, citation: Citation) -> int:
        """How many sentences answer more probably than what is cited; all of them where it is no candidate."""
        places = [(each.place.article_id, each.place.sentence.start) for each in self._candidates]
        cited = citation.article_id, citation.start
        return places.index(cited) if cited in places else len(places)

    def _words(self, text: str) -> list[str]:
        return [word.key for word in words(text, self._spoken)]

    def with_quotations(self, answer: Answer, further: Sequence[Place]) -> Answer:
        """The answer followed by these sentences of the articles, quoted."""
        numbers = {(c.article_id, c.start): c.number for c in answer.citations}
        for place in further:
            number = numbers.get((place.article_id, place.sentence.start))
            if number is None:
                number = len(answer.citations) + 1
                answer = replace(answer, citations=(*answer.citations, self._citation(number, place)))
            answer = answer.followed_by(in_quotes(place.sentence.text), "quoted", (number,))
        return answer

    def corrected(self, answer: Answer, by: Correcting) -> Answer:
        """The answer with what corrections say: in place of sentences that they show to be wrong, else after it."""
        if not by.wrong:
            return self.with_quotations(answer, by.told)
        known = [s.text for s in answer.sentences if s.support == "quoted"]
        new = [place for place in by.told if in_quotes(place.sentence.text) not in known]
        corrected = self.with_quotations(replace(answer, text="", sentences=()), new)
        for sentence in answer.sentences:
            if sentence.text not in by.wrong:
                corrected = corrected.followed_by(sentence.text, sentence.support, sentence.citations)
        return corrected

    def doubtful(self, answer: Answer) -> Answer:
        """The answer marked as what may be one: none of its sentences counts as supported."""
        unmarked = tuple(s if s.support == "quoted" else replace(s, support="unsupported") for s in answer.sentences)
        return replace(answer, outcome="maybe", sentences=unmarked)

    def beside(self, answer: Answer, found: Sequence[Proof]) -> Answer:
        """The answer with enough further citations that one of all of them very probably proves it.

        ``found`` are the proofs of what the model wrote; no sentence refers to the further citations.
        """
        cited = [Place(c.article_id, Sentence(c.start, c.end, c.quote)) for c in answer.citations]
        further = enough(found, cited)[len(cited) :]
        numbered = [self._citation(number, place) for number, place in enumerate(further, start=len(cited) + 1)]
        return replace(answer, citations=(*answer.citations, *numbered))

    def supports(self, text: str) -> bool:
        """Whether the evidence supports any sentence of a text at least partly."""
        return any(self._surely(found.text).support != "unsupported" for found in self._parted(text))

    def _parted(self, text: str) -> list[Sentence]:
        return sentences(text, code=self._spoken.code)

    def _surely(self, sentence: str) -> _Judged:
        """The sentence judged by its words and by the reader, which takes a tenth of a second."""
        if sentence not in self._read:
            judged = self._judged(sentence)
            if self._reader is not None and judged.proof:
                odds = self._reader.stated(self._question, sentence, self._around(judged.proof))
                doubt = ALONE if is_name_of_member(sentence) else ANSWERING
                support, score = stricter(judged.support, judged.score, odds, doubt)
                if support == "unsupported" and self._takes_its_value(sentence, judged):
                    support = "partly"
                says_more = takes_up(sentence, self._question) and not restates(sentence, self._question)
                answers = says_more and self._likely.intersection(judged.proof)
                if support == "supported" and not (answers and self._is_theirs(sentence, judged.proof)):
                    support = "partly"
                judged = replace(judged, support=support, score=score)
            if says_nothing_new(sentence, self._question):
                judged = replace(judged, support="unsupported")
            self._read[sentence] = judged
        return self._read[sentence]

    def _is_theirs(self, sentence: str, proof: Sequence[Place]) -> bool:
        """Whether the proof may be said by those by whom the sentence has it said, if by anybody."""
        return not source_is_elsewhere(sentence, self._standing(proof), self._spoken)

    def _takes_its_value(self, sentence: str, judged: _Judged) -> bool:
        """Whether what the sentence adds to the question stands in a proof that surely answers, without a
        difference.
        """
        proof, is_likely = _texts(judged.proof), judged.proof[0] in self._likely
        return is_likely and not judged.differs and takes_its_value(sentence, self._question, proof)

    def _around(self, proof: Sequence[Place]) -> Text:
        """The proof's section, as the reader knows it, followed by sentences of the proof from elsewhere."""
        first = proof[0]
        section = self._section(first.article_id, first.sentence.start)
        if section is None:
            return Text(self._articles[first.article_id].title, tuple(_texts(proof)))
        text = text_of(section)
        others = [p for p in proof if p.article_id != section.article_id or p.sentence not in section.sentences]
        return replace(text, sentences=(*text.sentences, *_texts(others))) if others else text

    def _section(self, article_id: str, start: int) -> Section | None:
        """The section read with the sentence that begins at index ``start`` of an article's text."""
        of_article = (section for section in self._sections if section.article_id == article_id)
        return next((section for section in of_article if start in {s.start for s in section.sentences}), None)

    def _judged(self, sentence: str) -> _Judged:
        if sentence not in self._known:
            proof = tuple(self._places[i] for i in align(sentence, self._question, self._places))
            # The headlines say whom "he" and "the company" of the sentences mean.
            articles = dict.fromkeys(place.article_id for place in proof)
            told = [*_texts(proof), *(self._articles[name].title for name in articles)]
            verdict = judge(sentence, told, self._library.embedder)
            if verdict.differences and all(difference.kind == "name" for difference in verdict.differences):
                read = [
                    s.text for section in self._sections if section.article_id in articles for s in section.sentences
                ]
                if further := list(introducing(sentence, self._question, told, read)):
                    verdict = judge(sentence, [*told, *further], self._library.embedder)
            standing = self._standing(proof[:1])
            is_others = any(other_speaker(sentence, *each, self._spoken) for each in standing)
            support = "unsupported" if is_others else verdict.support
            differs = is_others or any(difference.found for difference in verdict.differences)
            self._known[sentence] = _Judged(sentence, support, verdict.score, proof, differs)
        return self._known[sentence]

    def _with(self, answer: Answer, judged: Sequence[_Judged]) -> Answer:
        """The answer with these judged sentences, which stand in its text in this order, and their citations."""
        numbers: dict[Place, int] = {}
        cited = []
        reached = 0
        for item in judged:
            start = answer.text.index(item.text, reached)
            reached = start + len(item.text)
            marks = tuple(numbers.setdefault(place, len(numbers) + 1) for place in item.proof)
            cited.append(AnswerSentence(item.text, start, reached, item.support, marks))
        return replace(
            answer,
            sentences=tuple(cited),
            # Until the first sentence stands, the citation of the evidence found stays on show.
            citations=tuple(self._citation(number, place) for place, number in numbers.items()) or answer.citations,
        )

    def _citation(self, number: int, place: Place) -> Citation:
        name = place.article_id
        if name not in self._articles:  # what corrects an article was not searched for
            self._articles[name], self._reprints[name] = self._library.article(name), len(self._library.reprints(name))
        return Citation.of(number, self._articles[name], place.sentence, self._reprints[name])
