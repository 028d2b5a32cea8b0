"""Whether an answer's "yes" or "no" agrees with what follows it: small models say yes to "Did she refuse?"."""

from __future__ import annotations

import re

from index.language.detection import rules_for
from index.language.pack import Language
from index.text.sentences import sentences
from qa.question.yes_or_no import asks_yes_or_no, gives_choice, yes_or_no
from qa.support.facts.contraries import contrary
from qa.text.names import unnamed
from qa.text.negation import negations
from qa.text.numbers.reading import undated_numbers
from qa.text.words import content, stems


def agreeing(answer: str, question: str) -> str:
    """The answer, with a "yes" at its beginning replaced by "no" where its first sentence denies what was asked.

    >>> agreeing("Yes, Ana Ruiz refused to resign.", "Did Ana Ruiz resign?")
    'No, Ana Ruiz refused to resign.'
    >>> agreeing("Yes, she resigned.", "Did Ana Ruiz resign?")
    'Yes, she resigned.'
    >>> agreeing("Ja, die Brücke ist seit Montag nicht gesperrt.", "Ist die Brücke über die Wend gesperrt?")
    'Nein, die Brücke ist seit Montag nicht gesperrt.'
    """
    (yes, no), spoken = yes_or_no(question), rules_for(question)
    begins = re.match(rf"{yes}(?=[,;:.]? )", answer, re.IGNORECASE)
    if begins is None:
        return answer
    first = sentences(answer)[0].text
    asked = {word.stem for word in unnamed(question, spoken)}
    denies = asked & _denied(first, spoken) - _denied(question, spoken)
    return f"{no}{answer[begins.end() :]}" if denies else answer


def takes_up(sentence: str, question: str) -> bool:
    """Whether what follows a "yes" or "no" is about the question: it has a word of the question, or a denial.

    True for a sentence that begins with neither.

    >>> takes_up("Yes, seven people saw a doctor.", "Did anyone die?")
    False
    >>> takes_up("No, the pump failed on Tuesday.", "Had the pump failed before?")
    False
    >>> takes_up("No, she refused to resign.", "Did she resign?"), takes_up("No, prices fell.", "Did prices rise?")
    (True, True)
    """
    (yes, no), spoken = yes_or_no(question), rules_for(question)
    begins = re.match(rf"(?:(?P<yes>{yes})|{no})(?=,)", sentence, re.IGNORECASE)
    if begins is None:
        return True
    rest = sentence[begins.end() :]
    told, asked = unnamed(rest, spoken), unnamed(question, spoken)
    if begins["yes"]:
        return bool({word.stem for word in told} & {word.stem for word in asked})
    return bool(negations(rest, spoken)) or any(
        contrary(word.key, other.key, spoken) for word in told for other in asked
    )


def restates(sentence: str, question: str) -> bool:
    """Whether a sentence only repeats the question after its "yes" or "no": it has no other telling word.

    >>> restates("Yes, Jack Lind has had an apology yet.", "Has Jack Lind had an apology yet?")
    True
    >>> restates("No, Jack Lind still waits for an apology.", "Has Jack Lind had an apology yet?")
    False
    """
    (yes, no), spoken = yes_or_no(question), rules_for(question)
    begins = re.match(rf"(?:{yes}|{no})(?=,)", sentence, re.IGNORECASE)
    return begins is not None and not stems(sentence[begins.end() :], spoken) - stems(question, spoken)


def says_nothing_new(sentence: str, question: str) -> bool:
    """Whether a sentence that is to tell what was asked for has no telling word or figure that the question lacks.

    False for what yes or no answers, and where the question names the alternatives.

    >>> says_nothing_new("Ana Ruiz published a book in 1920.", "What book did Ana Ruiz publish in 1920?")
    True
    >>> says_nothing_new("It was Salt.", "What book did she publish?"), says_nothing_new("One.", "How many books?")
    (False, False)
    >>> says_nothing_new("The mill closed.", "Did the mill close?"), says_nothing_new("By bus.", "By bus or by train?")
    (False, False)
    """
    spoken = rules_for(question)
    asking = spoken.asking
    if asking is None or asks_yes_or_no(question) or gives_choice(question, asking):
        return False
    known = [number.value for number in undated_numbers(question, spoken)]
    if any(number.value not in known for number in undated_numbers(sentence, spoken)):
        return False
    return {word.stem for word in content(sentence, spoken)} <= stems(question, spoken)


def _denied(text: str, spoken: Language) -> set[str]:
    return {stem for negation in negations(text, spoken) for stem in negation.surely_denied}
