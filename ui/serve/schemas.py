"""What programs send and are sent, as the OpenAPI page describes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from qa.lookup.quotes import LONGEST_QUOTATION
from qa.question.checked import LONGEST_QUESTION
from ui.serve.functions import MOST_HITS, MOST_LISTED

LONGEST_CONVERSATION = 200
"""Messages of a conversation. Round, not fitted."""
_LONGEST_MESSAGE = 20_000
"""Characters of one message. Round, not fitted."""

_SEEN = (
    r"[^\s\x00-\x20\x7f-\xa0\xad\u034f\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""A character that a person sees: a question is cleaned of those that nobody does."""

Question = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_QUESTION, pattern=_SEEN, description="What you want to know."),
]


def _whole(number: object) -> object:
    """82.0 is an integer in JSON's schemas."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


class _Sent(BaseModel):
    model_config = ConfigDict(strict=True)


class Turn(_Sent):
    """An earlier question and its answer."""

    question: str = Field(max_length=_LONGEST_MESSAGE)
    answer: str = Field(max_length=_LONGEST_MESSAGE)


class AskRequest(_Sent):
    """A question, and what was asked and answered before it."""

    question: Question
    history: list[Turn] = Field(default=[], max_length=LONGEST_CONVERSATION)


class SearchRequest(_Sent):
    """What passages are looked for."""

    question: Question
    k: Annotated[int, BeforeValidator(_whole)] = Field(default=10, ge=1, le=MOST_HITS, description="How many passages.")


class QuoteRequest(_Sent):
    """A quotation."""

    text: str = Field(min_length=1, max_length=LONGEST_QUOTATION)


class TextPart(_Sent):
    """A part of a message."""

    model_config = ConfigDict(extra="allow")
    type: Literal["text"]
    text: str = Field(max_length=_LONGEST_MESSAGE)


class QuestionPart(TextPart):
    """A part of a question."""

    text: Question


class _Message(_Sent):
    model_config = ConfigDict(extra="allow")
    content: Any = None

    @property
    def text(self) -> str:
        """All that it says."""
        if isinstance(self.content, list):
            return "\n".join(str(part.text) for part in self.content)
        return str(self.content or "")


class UserMessage(_Message):
    """A question."""

    role: Literal["user"]
    content: Question | Annotated[list[QuestionPart], Field(min_length=1)]


class OtherMessage(_Message):
    """What was answered, or what a system tells the model, which is not heeded."""

    role: Literal["system", "developer", "assistant", "tool"]
    content: Annotated[str, Field(max_length=_LONGEST_MESSAGE)] | list[TextPart] | None = None


Message = Annotated[UserMessage | OtherMessage, Field(discriminator="role")]
_FROM_USER: dict[str, Any] = {"type": "object", "required": ["role"], "properties": {"role": {"const": "user"}}}
"""One message at least is the user's."""


class ChatRequest(_Sent):
    """A conversation, whose last message of the user is the question; fields not named here are not heeded."""

    model_config = ConfigDict(extra="allow")
    messages: list[Message] = Field(
        min_length=1, max_length=LONGEST_CONVERSATION, json_schema_extra={"contains": _FROM_USER}
    )
    model: str = "byline"
    stream: bool = False


class Problem(BaseModel):
    """What went wrong, in one sentence."""

    class ErrorDetails(BaseModel):
        """As OpenAI's API tells it."""

        message: str
        type: str
        code: int

    error: ErrorDetails


class Hit(BaseModel):
    """A passage found: ``article.text[start:end]``."""

    article: str
    start: int
    end: int
    pages: list[int]
    """Its first and its last page, from 1; empty where the article has no pages."""
    text: str
    score: float


class Article(BaseModel):
    """An article; all offsets count into its text."""

    model_config = ConfigDict(extra="allow")
    id: str
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    text: str
    sha256: str
    corrects: list[str]
    """Ids of the articles that it says it corrects."""
    corrected_by: list[str]
    """Ids of those that say they correct it."""


class ListRequest(BaseModel):
    """Which articles are listed."""

    words: str = Field(default="", max_length=LONGEST_QUESTION, description="All in the headline, outlet or id.")
    limit: int = Field(default=MOST_HITS, ge=1, le=MOST_LISTED, description="At most so many.")
    skip: int = Field(default=0, ge=0, le=10**9, description="Pass over so many first.")


class Listed(BaseModel):
    """An article without its text."""

    id: str
    title: str
    outlet: str | None
    published: str | None
    added: str
    passages: int
    duplicate_of: str | None


class ArticleList(BaseModel):
    """Some of the articles that fit, and how many do."""

    articles: list[Listed]
    fitting: int


class Citation(BaseModel):
    """The sentence of an article that proves a sentence of an answer: ``article.text[start:end]``."""

    model_config = ConfigDict(extra="allow")
    number: int
    article: str
    start: int
    end: int
    quote: str
    sha256: str
    pages: list[int]
    """Its first and its last page, from 1; empty where the article has no pages."""


class Answer(BaseModel):
    """An answer, as ``byline ask --json`` prints it."""

    model_config = ConfigDict(extra="allow")
    question: str
    answered: bool
    outcome: Literal["answered", "maybe", "not found"]
    text: str
    confidence: float
    sentences: list[dict[str, Any]]
    citations: list[Citation]


class Quote(BaseModel):
    """Where a quotation comes from, as ``byline quote --json`` prints it."""

    model_config = ConfigDict(extra="allow")
    verdict: Literal["exact", "altered", "absent"]
    matches: list[dict[str, Any]]


class ModelList(BaseModel):
    """The models that may be named: one."""

    object: Literal["list"] = "list"
    data: list[dict[str, Any]]


class Completion(BaseModel):
    """An answer as OpenAI's API gives it; its message bears the citations as annotations."""

    model_config = ConfigDict(extra="allow")
    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: dict[str, int]
