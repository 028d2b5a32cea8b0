"""Articles that tell different outcomes of what is asked, and pairs that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest
from disagreeing import library_of, values

from qa.conflict.disagreement import disagreement
from qa.conflict.sides_in_answer import with_conflict
from qa.records import Answer

OUTCOMES_PART = {
    "voted down": (
        "Did the Lund council approve the Pell bridge?",
        ["The Lund council approved the Pell bridge on Monday.", "The council of Lund rejected the Pell bridge."],
    ),
    "lost": (
        "Did Marta Quill win the Brack race?",
        [
            "Marta Quill won the Brack race by two minutes.",
            "Marta Quill set out first. Quill lost the Brack race in its last mile.",
        ],
    ),
    "the same verb denied": (
        "Did the mayor of Ostrey visit the camp?",
        ["The mayor of Ostrey visited the camp.", "The mayor of Ostrey did not visit the camp."],
    ),
    "a verdict": (
        "Was Emil Varga convicted?",
        ["Emil Varga was convicted of theft on Friday.", "A jury acquitted Emil Varga of theft on Friday."],
    ),
    "nobody": (
        "Was anyone killed in the Skerry ferry accident?",
        [
            "Nobody was killed in the Skerry ferry accident.",
            "Three passengers were killed in the Skerry ferry accident.",
        ],
    ),
    "alive or dead": (
        "Did the pilot survive the Tarn crash?",
        ["The pilot survived the Tarn crash.", "The pilot died in the Tarn crash."],
    ),
    "denied in the passive": (
        "Has the Lomond ceasefire been signed?",
        ["The Lomond ceasefire was signed on Sunday.", "The Lomond ceasefire was not signed."],
    ),
    "a decision": (
        "What did the Marrow council decide about the dam?",
        ["The Marrow council voted for the dam.", "The Marrow council voted against the dam."],
    ),
    "thrown out": (
        "Did parliament pass the Aldmoor harbour bill?",
        ["Parliament passed the Aldmoor harbour bill.", "Parliament threw out the Aldmoor harbour bill."],
    ),
    "called off": (
        "Was the Lund strike called off?",
        ["The Lund strike was called off on Tuesday.", "The Lund strike was not called off."],
    ),
    "up or down": (
        "Did unemployment rise in Wend County in May?",
        ["Unemployment in Wend County rose in May.", "Unemployment fell in Wend County in May."],
    ),
    "open or closed": ("Is the Pell road open?", ["The Pell road is open.", "The Pell road remains closed."]),
    "an offer": (
        "Did the Ostrey union accept the offer?",
        ["The union in Ostrey accepted the offer.", "The Ostrey union turned down the offer."],
    ),
    "failed to": (
        "Did Ada Ryder attend the hearing?",
        ["Ada Ryder attended the hearing.", "Ada Ryder failed to attend the hearing."],
    ),
    "what became of somebody": (
        "What happened to the Tarn climber?",
        ["The Tarn climber survived.", "The Tarn climber was found dead on Sunday."],
    ),
    "active and passive": (
        "Did the Skerry court allow the march?",
        ["The Skerry court allowed the march.", "The march was banned by the Skerry court."],
    ),
    "in a longer report": (
        "Did the council approve the new bridge?",
        [
            "The city council on Monday night approved the new bridge across the Tarn, Mayor Ada Ryder said.",
            "The city council voted against the new bridge, 12 to 9, as Mayor Ada Ryder looked on.",
        ],
    ),
    "passed or not": (
        "Was the bill passed by the parliament?",
        [
            "The bill was passed by the parliament with a narrow majority, Speaker Nora Hale said.",
            "Speaker Nora Hale left early. The parliament did not pass the bill.",
        ],
    ),
    "a loss denied": (
        "Did Hanna Sollund lose her farm?",
        ["Hanna Sollund lost her farm to the flood.", "Hanna Sollund did not lose her farm, though the barn was gone."],
    ),
    "found dead": (
        "Was the missing boy found alive?",
        [
            "The missing boy was found alive near Ostrey lake on Sunday, police said.",
            "The missing boy was found dead near Ostrey lake on Sunday.",
        ],
    ),
    "a resignation": (
        "Has the minister resigned?",
        [
            "The minister resigned on Wednesday evening, the Ostrey Gazette reported.",
            "The minister has not resigned, the Ostrey government said on Wednesday.",
        ],
    ),
    "not guilty": ("Is Emil Varga guilty?", ["Emil Varga is guilty, the court ruled.", "Emil Varga is not guilty."]),
    "no passengers": (
        "Were any passengers injured in the Skerry crash?",
        ["No passengers were injured in the Skerry crash.", "Two passengers were injured in the Skerry crash."],
    ),
    "a jury": (
        "Did the jury acquit Ken Dunne?",
        ["The jury acquitted Ken Dunne of arson.", "The jury convicted Ken Dunne of arson on Thursday."],
    ),
    "never done": (
        "Was the Marrow dam repaired?",
        ["The Marrow dam was repaired in haste.", "The Marrow dam was never repaired."],
    ),
    "a decision on a ban": (
        "What did the senate decide about the fishing ban?",
        ["The senate approved the fishing ban by two votes.", "The senate rejected the fishing ban."],
    ),
    "a veto": (
        "Did the governor veto the water bill?",
        ["The governor vetoed the water bill on Friday.", "The governor did not veto the water bill."],
    ),
}

OUTCOMES_AGREE = {
    "another body": (
        "Did the council approve the bridge?",
        ["The Lund council approved the bridge.", "The Marrow council rejected the bridge."],
    ),
    "another person": (
        "Did Marta Quill win the Brack race?",
        ["Marta Quill won the Brack race.", "Ada Pell lost the Brack race to Marta Quill by a minute."],
    ),
    "what did not happen besides": (
        "Did the mayor of Ostrey visit the camp?",
        [
            "The mayor of Ostrey visited the camp.",
            "The mayor of Ostrey visited the camp but did not visit the school.",
        ],
    ),
    "a negated subordinate clause": (
        "Did the mayor of Ostrey visit the camp?",
        [
            "The mayor of Ostrey visited the camp.",
            "The mayor of Ostrey met aides who did not visit the camp.",
        ],
    ),
    "a question": (
        "Did the Lund council reject the Pell bridge?",
        ["The Lund council approved the Pell bridge.", "Has the Lund council rejected the Pell bridge?"],
    ),
    "a quoted denial": (
        "Did Emil Varga steal the violin?",
        ["Emil Varga stole the violin.", "“Emil Varga did not steal the violin,” his lawyer said."],
    ),
    "a plan and the deed": (
        "Did the Lund council approve the Pell bridge?",
        ["The Lund council will reject the Pell bridge.", "The Lund council approved the Pell bridge."],
    ),
    "the other way round": ("Did Lund beat Marrow?", ["Lund beat Marrow by 2-1.", "Marrow did not beat Lund."]),
    "not until": (
        "Did the Lund council approve the Pell bridge?",
        [
            "The Lund council approved the Pell bridge.",
            "The Lund council did not approve the Pell bridge until Sunday.",
        ],
    ),
    "a reported denial": (
        "Did the minister approve the Ostrey dam?",
        ["The minister approved the Ostrey dam.", "The minister denied that she approved the Ostrey dam."],
    ),
    "a part of it": (
        "Did the Lund council approve the Pell bridge?",
        ["The Lund council approved the Pell bridge.", "The Lund council rejected the Pell bridge toll."],
    ),
    "something against it": (
        "Did the Lund council approve the Pell bridge?",
        ["The Lund council approved the Pell bridge.", "The Lund council rejected an appeal against the Pell bridge."],
    ),
    "an earlier year": (
        "Did the Lund council approve the Pell bridge?",
        ["The Lund council approved the Pell bridge.", "In 2011 the Lund council rejected the Pell bridge."],
    ),
    "a condition": (
        "Did the pilot survive the Tarn crash?",
        ["The pilot survived the Tarn crash.", "If the pilot died in the Tarn crash, the airline must pay."],
    ),
    "the same in other words": (
        "Did the Marrow council approve the dam?",
        ["The Marrow council rejected the dam.", "The Marrow council did not approve the dam."],
    ),
    "not only": (
        "Did the Lund council approve the Pell bridge?",
        [
            "The Lund council approved the Pell bridge.",
            "The Lund council not only approved the Pell bridge but paid for it.",
        ],
    ),
    "not people": (
        "Was anyone killed in the Skerry ferry accident?",
        ["Nobody was killed in the Skerry ferry accident.", "Forty sheep were killed in the Skerry ferry accident."],
    ),
    "said that it would": (
        "Did the Lund council approve the Pell bridge?",
        ["The Lund council approved the Pell bridge.", "The Lund council said it would reject the Pell bridge."],
    ),
    "a committee of it": (
        "Did the council approve the new bridge?",
        [
            "The city council approved the new bridge. Mayor Ada Ryder was pleased.",
            "The planning committee of the city council rejected the new bridge. Mayor Ada Ryder was not pleased.",
        ],
    ),
    "hoped for": (
        "Did the senate reject the budget?",
        [
            "The Senate rejected the budget on Tuesday, Premier Olaf Brandt said.",
            "Premier Olaf Brandt hopes the Senate will pass the budget.",
        ],
    ),
    "not for that reason": (
        "Did the minister resign?",
        [
            "The minister resigned in Ostrey.",
            "The minister did not resign over the scandal but over her health, friends in Ostrey said.",
        ],
    ),
    "lost in one place": (
        "Did Trump win the election?",
        ["Trump won the election.", "Trump lost the election in Pennsylvania."],
    ),
    "closed to some": (
        "Was the bridge closed?",
        ["The Pell bridge was closed.", "The Pell bridge was not closed to walkers."],
    ),
    "not entirely": (
        "Did the Marrow fire destroy the mill?",
        ["The Marrow fire destroyed the mill.", "The Marrow fire did not destroy the mill entirely."],
    ),
    "on another day": ("Did oil prices rise?", ["Oil prices rose on Monday.", "Oil prices fell on Tuesday."]),
    "somebody of hers": (
        "Did Ada Pell survive the crash?",
        ["Ada Pell survived the crash.", "Ada Pell's husband died in the crash."],
    ),
    "repaired another year": (
        "Was the Marrow dam repaired?",
        ["The Marrow dam was repaired.", "The Marrow dam was not repaired in 1998."],
    ),
    "for a part of the time": (
        "Did Greta Malm score a goal?",
        ["Greta Malm scored a goal.", "Greta Malm did not score a goal in the second half."],
    ),
    "changes to it": (
        "Did the senate approve the fishing ban?",
        ["The senate approved the fishing ban.", "The senate rejected changes to the fishing ban."],
    ),
    "some of them": (
        "Were the Skerry hostages released?",
        ["The Skerry hostages were released.", "Two of the Skerry hostages were not released."],
    ),
    "another offer": (
        "Did the union accept the offer?",
        ["The union accepted the offer.", "The union rejected the offer of 3 percent before it accepted 5."],
    ),
    "not yet": (
        "Has the Pell refinery been sold?",
        ["The Pell refinery has been sold.", "The Pell refinery has not yet been sold."],
    ),
    "a denial denied": (
        "Did the governor veto the water bill?",
        ["The governor vetoed the water bill.", "It is not true that the governor did not veto the water bill."],
    ),
}


@pytest.mark.parametrize(("question", "texts"), OUTCOMES_PART.values(), ids=list(OUTCOMES_PART))
def test_different_outcomes_of_one_thing_are_told_in_the_articles_own_clauses(
    tmp_path: Path, question: str, texts: list[str]
) -> None:
    found = values(library_of(tmp_path, texts), question)
    assert len(found) == 2
    assert sorted(next(i for i, text in enumerate(texts) if clause in text) for clause in found) == [0, 1]


@pytest.mark.parametrize(("question", "texts"), OUTCOMES_AGREE.values(), ids=list(OUTCOMES_AGREE))
def test_outcomes_that_may_both_be_true_are_no_disagreement(tmp_path: Path, question: str, texts: list[str]) -> None:
    assert values(library_of(tmp_path, texts), question) == []


BRIDGE = "Did the Lund council approve the Pell bridge?"
APPROVED, REJECTED = "The Lund council approved the Pell bridge.", "The Lund council rejected the Pell bridge."
PUT_OFF = "The Lund council put off the Pell bridge."


@pytest.mark.parametrize(
    ("texts", "dates", "expected"),
    [
        ([APPROVED, REJECTED], ["4 March 2024", "5 March 2024"], [REJECTED, APPROVED]),
        ([REJECTED, APPROVED], ["4 March 2024", "5 June 2024"], []),
        ([PUT_OFF, APPROVED], ["4 March 2024", "4 March 2024"], [APPROVED, PUT_OFF]),
        ([PUT_OFF, APPROVED], ["4 March 2024", "8 March 2024"], []),
        ([PUT_OFF, APPROVED], None, []),
    ],
    ids=["next day", "months later", "put off that day", "put off for days", "put off, no dates"],
)
def test_what_came_later_contradicts_nothing_and_the_newest_stands_first(
    tmp_path: Path, texts: list[str], dates: list[str] | None, expected: list[str]
) -> None:
    found = values(library_of(tmp_path, texts, dates), BRIDGE)
    same_day = dates is not None and len(set(dates)) == 1
    assert (sorted(found) if same_day else found) == [text.rstrip(".") for text in expected]


def test_an_article_that_tells_both_outcomes_takes_no_part(tmp_path: Path) -> None:
    both = f"At noon it was close. {REJECTED} Two hours passed. {APPROVED}"
    assert values(library_of(tmp_path, [both, REJECTED, "A fair was held in Lund."]), BRIDGE) == []


def test_outcomes_come_with_sources_that_agree_and_reprints_that_count_once(tmp_path: Path) -> None:
    story = (
        f"{APPROVED} Farmers had filled the gallery since the early morning, and the school had closed for whoever "
        "wanted to watch. The mayor thanked the clerks by name and went home on foot in the rain."
    )
    library = library_of(
        tmp_path, [story, f"From our agency\n\n{story}", f"In the rain, the vote. {APPROVED}", REJECTED]
    )
    found = disagreement(BRIDGE, library.search(BRIDGE, 100), library)
    answer = with_conflict(Answer(BRIDGE, BRIDGE), found)
    assert answer.conflict is not None
    told = {(v.value, v.sources, v.reprints) for v in answer.conflict.values}
    assert told == {(APPROVED.rstrip("."), 2, 1), (REJECTED.rstrip("."), 1, 0)}
    assert {citation.quote for citation in answer.citations} == {APPROVED, REJECTED}


def test_an_article_is_read_once_for_all_its_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filler = " ".join(f"Villager {number} of Marrow told of smoke over the hills." for number in range(120))
    library = library_of(tmp_path, [f"The Marrow fire destroyed 48 houses. {filler}"])
    read: list[str] = []
    article = library.article
    monkeypatch.setattr(library, "article", lambda article_id: (read.append(article_id), article(article_id))[1])
    for question in ("How many houses did the Marrow fire destroy?", "Did the Marrow fire destroy the mill?"):
        hits = library.search(question, 100)
        assert len(hits) > 3
        read.clear()
        disagreement(question, hits, library)
        assert read == ["story0"]
