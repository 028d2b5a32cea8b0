"""A page's markup made ready for reading: bounded, without what is never shown, its small print kept apart.

Struck-out words are left out, for they are no longer said. Superscripts and subscripts are told from the number before
them: glued to it, they would make another number.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from index.language.parts.site import any_of
from index.language.registry import sites
from index.reading.letters.letters import clean
from index.reading.pages.tables import make_tables_plain

_UNSEEN_ENTITY = re.compile(
    r"&(?:shy|ZeroWidthSpace|NoBreak|zwnj|zwj|lrm|rlm"
    r"|#0*(?:173|820[3-7]|823[4-8]|828[89]|829[0-7]|65279)"
    r"|#[xX]0*(?:[aA][dD]|200[b-fB-F]|202[a-eA-E]|206[0-9a-fA-F]|[fF][eE][fF][fF]));"
)
"""Entities of characters that nobody sees; as characters they are taken out where they join nothing."""
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<rest>[^<>]*)>")
_MOST_ATTRIBUTES, _DEEPEST = 400, 120
"""Attributes of an element, and elements within each other: what has more is no page to be read. Round, not fitted."""
_INLINE = " or ".join(
    f"self::{name}"
    for name in (
        "a",
        "abbr",
        "b",
        "bdi",
        "br",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "q",
        "small",
        "span",
        "strong",
        "time",
        "u",
    )
)
NOT_OF_STORY = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|banner|comments?|disqus|footer|links|menu|most-read|nav|newsletter|promo\w*|related"
    r"|repl(?:y|ies)|share|sharing|sidebar|social|sponsor\w*|subscri\w*|tags|teaser|widget)(?:[\s_-]|$)",
    re.IGNORECASE,
)
"""How pages name the parts of them that are no story."""
_NAMED_PARTS = etree.XPath(
    "//body//*[@data-component or @data-component-name or @data-testid or @data-name or @data-area]"
    " | //body//*[@role = 'toolbar']"
)
_NAMES = ("data-component", "data-component-name", "data-testid", "data-name", "data-area")
"""Attributes in which pages say what a part of them is, where their classes are made by a program."""
_FEWEST_WORDS = 6
"""Words of a box that is a paragraph. Chosen by eye."""
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_LONGEST_TAG = 20_000
"""Letters: a longer one has a picture in it, and nothing to read. Round, not fitted."""
_NO_DEPTH = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "html",
        "head",
        "body",
    ]
)
"""Elements that are empty or that the next of their kind ends, so that an open one says nothing about the depth."""
_DEPTHS = {"table": 4, "ul": 2, "ol": 2, "dl": 2}
"""Levels of nesting that an element stands for, with the rows, cells or items inside it."""
_NOT_SHOWN = etree.XPath(
    "//script[not(contains(translate(@type, 'JSON', 'json'), 'json'))] | //style | //noscript | //template | //svg"
    " | //iframe | //object | //comment() | //*[@hidden]"
    " | //*[re:test(@style, 'display\\s*:\\s*none|visibility\\s*:\\s*hidden', 'i')]"
    " | //*[not(*)][re:test(@style, 'font-size\\s*:\\s*0(px|r?em|pt|%)?\\s*(!|;|$)', 'i')]"
    " | //*[self::span or self::p or self::small][re:test(@class, '(^|\\s)(visually-?hidden|sr-only"
    "|screen-reader(-only|-text)?)(\\s|$)', 'i')][not(following-sibling::*[1][self::time])]",
    namespaces={"re": "http://exslt.org/regular-expressions"},
)
_STRUCK = etree.XPath(
    "//del | //s | //strike | //*[re:test(@style, 'line-through', 'i')]"
    " | //*[re:test(@class, '(^|\\s)((text-decoration-)?(strike-?through|line-through)|struck(-?out)?|strike(-?out)?"
    "|del|deleted)(\\s|$)', 'i')]",
    namespaces={"re": "http://exslt.org/regular-expressions"},
)
_SMALL = etree.XPath(
    "//sup | //sub | //*[re:test(@style, 'vertical-align:\\s*(super|sub)\\b', 'i')]"
    " | //a[starts-with(@href, '#')][re:test(., '^\\s*\\[?\\d{1,3}\\]?\\s*$')]",
    namespaces={"re": "http://exslt.org/regular-expressions"},
)
_ENTRIES = etree.XPath("(//td | //th)//*[self::li or self::dt or self::dd]")
_LISTS = etree.XPath("(//td | //th)//*[self::ul or self::ol or self::dl]")
"""Lists within the cells of tables, which trafilatura would leave out."""
_BREAKS = etree.XPath(
    "//tr[count(td | th) > 1]/*[self::td or self::th][not(.//p or .//div or .//table)][string-length() <= 200]//br"
)
"""Breaks within the cells of a row, at which trafilatura would tear it apart."""
_CONSENT_NAME = re.compile(r"cookie|consent|gdpr|onetrust|didomi|usercentrics|cmp[-_]", re.IGNORECASE)
_LONGEST_CONSENT = 3000
"""Characters of a box that asks for consent. Chosen by eye."""
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUBSCRIPT = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_DIGITS = re.compile(r"\[?[+−-]?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]?")
_NOTE_LETTER = re.compile(r"[a-z]", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:^|\D)\d{1,2}$")
_UNIT_END = re.compile(r"(?:^|[^\w])(?:[kcmd]?m|mi|ft|in|yd|[a-z])$", re.IGNORECASE)
_TEN_END = re.compile(r"(?:^|\D)10$")


@cache
def _consent_words() -> re.Pattern[str]:
    """Words of a box that asks for consent, in all languages together."""
    return re.compile(any_of(site.consent for site in sites()), re.IGNORECASE)


def bounded(markup: str) -> str:
    """Returns the markup without invisible characters, tags with thousands of attributes and very deep nesting.

    Parsers take quadratic time for such tags and give up at such nesting. All words of the text stay.

    >>> bounded("<p>oper&shy;ator</p>")
    '<p>operator</p>'
    """
    markup = clean(_UNSEEN_ENTITY.sub(lambda entity: html.unescape(entity.group()), markup))
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        words = tag[0]
        length = len(tag["rest"])
        if length > _LONGEST_TAG or (length > 4 * _MOST_ATTRIBUTES and len(tag["rest"].split()) > _MOST_ATTRIBUTES):
            words = f"<{tag['close']}{tag['name']}>"
        if tag["name"].lower() in _NO_DEPTH or tag["rest"].endswith("/"):
            return words
        step = _DEPTHS.get(tag["name"].lower(), 1)
        if tag["close"]:
            depth = max(depth - step, 0)
            return words if depth <= _DEEPEST - step else " "
        depth += step
        return words if depth <= _DEEPEST else " "

    return _TAG.sub(kept, markup)


def prepare(tree: Any) -> None:
    """Removes from a page what is never shown, struck-out text and requests for consent; metadata in JSON stays."""
    for find in (_NOT_SHOWN, _STRUCK):
        for element in find(tree):
            if element.getparent() is not None:
                element.drop_tree()
    for element in _SMALL(tree):
        if element.tag == "a" and not _text_before(element)[-1:].strip():
            continue  # a number that a sentence needs
        words = "".join(element.itertext()).strip()
        linked = any(str(link.get("href") or "").find("#") >= 0 for link in element.iter("a"))
        for child in list(element):
            element.remove(child)
        lowered = element.tag == "sub" or re.search(r"vertical-align:\s*sub\b", str(element.get("style") or ""))
        element.text = small_print(words, _text_before(element), "sub" if lowered else "sup", linked)
        element.drop_tag()
    for quotation in list(tree.iter("q")):
        _mark_quoted(quotation)
    entries = [(entry, entry.getprevious() is None) for entry in _ENTRIES(tree)]
    for entry, is_first in entries:
        entry.text = f"{' ' if is_first else '; '}{entry.text or ''}"
        entry.drop_tag()
    for listed in _LISTS(tree):
        listed.tail = f" {listed.tail or ''}"
        listed.drop_tag()
    for line_break in _BREAKS(tree):
        line_break.tail = f"; {line_break.tail.lstrip()}" if line_break.tail and line_break.tail.strip() else ""
        line_break.drop_tree()
    make_tables_plain(tree)
    _drop_consent(tree)
    _drop_named_parts(tree)
    _free_story(tree)
    _make_paragraphs(tree)


def small_print(words: str, before: str, tag: str, linked: bool = False) -> str:
    """Returns a superscript or subscript as plain text, by the text ``before`` it.

    The mark of a footnote that is ``linked`` is left out; one that is not stands in square brackets.

    >>> small_print("3", "310", "sup", linked=True), small_print("2", "holds 41", "sup")
    ('', '[2]')
    >>> small_print("2", "12 km", "sup"), small_print("2", "1980", "sub")
    ('²', '₂')
    >>> small_print("6", "about 10", "sup"), small_print("2", "CO", "sub"), small_print("st", "1", "sup")
    ('⁶', '2', 'st')
    >>> small_print("a", "310", "sup"), small_print("a", "la 1", "sup")
    ('[a]', 'a')
    """
    if tag == "sup" and _NOTE_LETTER.fullmatch(words) and before[-1:].isdigit():
        # 1er, 2a and 3o are ordinals of Romance languages
        return words if words in "aoe" and _ORDINAL.search(before) else f"[{words}]"
    if not _DIGITS.fullmatch(words):
        return words
    if tag == "sub":
        return words.translate(_SUBSCRIPT) if before[-1:].isdigit() else words
    if linked:
        return ""
    if words.startswith("["):
        return words
    if _TEN_END.search(before) or words[0] in "+-−" or (_UNIT_END.search(before) and words in ("2", "3")):
        return words.translate(_SUPERSCRIPT)
    return f"[{words}]"


def _text_before(element: Any) -> str:
    """Returns the text directly before an element, inside its parent."""
    previous = element.getprevious()
    if previous is None:
        return (element.getparent().text or "")[-20:] if element.getparent() is not None else ""
    return ("".join(previous.itertext()) + (previous.tail or ""))[-20:]


def _mark_quoted(element: Any) -> None:
    """Puts the quotation marks into a quotation that a browser shows around it, so that it stays in its sentence."""
    if "".join(element.itertext()).strip()[:1] not in '“"„«‹‘「':
        element.text = f"“{element.text or ''}"
        if len(element):
            element[-1].tail = f"{element[-1].tail or ''}”"
        else:
            element.text += "”"
    element.drop_tag()


def _drop_consent(tree: Any) -> None:
    """Removes the boxes that ask for consent to cookies, told by their names and words; none that holds a story."""
    for element in tree.xpath("//*[@id or @class]"):
        name = f"{element.get('id') or ''} {element.get('class') or ''}"
        if not _CONSENT_NAME.search(name) or element.tag in ("html", "body", "main", "article"):
            continue
        if element.getparent() is None or element.xpath(".//h1 | .//article | .//main"):
            continue
        words = "".join(element.itertext())
        if len(words) <= _LONGEST_CONSENT and _consent_words().search(words):
            element.drop_tree()


def _drop_named_parts(tree: Any) -> None:
    """Removes the parts of a page that it names as another thing than its story, by attributes for machines.

    One that holds most paragraphs is the story, however it is named.
    """
    most = tree.xpath("count(//p)") / 2
    for element in _NAMED_PARTS(tree):
        names = " ".join(element.get(name) or "" for name in _NAMES)
        is_other = element.get("role") == "toolbar" or NOT_OF_STORY.search(names)
        is_story = element.xpath("boolean(.//h1 | .//article | .//main)") or element.xpath("count(.//p)") > most
        if is_other and not is_story and element.getparent() is not None:
            element.drop_tree()


def _free_story(tree: Any) -> None:
    """Makes an aside that holds the page's only headline a plain part of the page: the story stands in it."""
    headlines = tree.xpath("//h1")
    if len(headlines) == 1:
        for aside in headlines[0].iterancestors("aside"):
            aside.tag = "div"


def _make_paragraphs(tree: Any) -> None:
    """Makes boxes of sentences that stand beside paragraphs paragraphs, too; trafilatura would leave them out."""
    for summary in list(tree.iter("summary")):
        summary.tag, folded = "p", summary.makeelement("div")
        folded.text, summary.tail = summary.tail, None
        summary.addnext(folded)
    for box in tree.xpath("//p/../div | //p/../center | //details/div | //p/../section/div | //p/../div/div"):
        names = " ".join(box.xpath("ancestor-or-self::*[not(self::body)]/@class | ancestor-or-self::*/@id"))
        outside = NOT_OF_STORY.search(names) or box.xpath("ancestor::aside | ancestor::footer | ancestor::nav")
        if not outside and box.xpath(f"count(*[not({_INLINE})])") == 0:
            words = " ".join("".join(box.itertext()).split())
            in_links = sum(len("".join(link.itertext())) for link in box.iter("a"))
            if len(words.split()) >= _FEWEST_WORDS and SENTENCE_END.search(words) and in_links < len(words) / 2:
                box.tag = "p"
