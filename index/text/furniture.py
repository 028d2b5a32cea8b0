"""What on a page is not the story: site furniture, marked so that it is kept out of passages.

Nothing is deleted, so offsets stay offsets into the text as read. Whole lines are marked, by all that a line says and
never by how it begins, or because it repeats over pages of its outlet: a paragraph of the story that is lost can never
be cited, a share bar that stays only takes up room. A sentence that repeats is the site's where it speaks to the reader
or of the page, or stands below the story; what stories tell again and again is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from index.text.line_hashes import line_hash
from index.text.notices import any_of, is_notice, is_the_sites, is_worded_as_notice

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_PROSE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"(?<!\.)\.[\"'”’»)\]]*$")
_FEWEST_WORDS = 5
"""Words of a sentence that no button or heading of a page is."""
_LONGEST_LABEL, _LONGEST_CAPTION, _LONGEST_NOTICE = 160, 400, 400
"""Characters: of a longer line none is one. Chosen by eye."""
_LONGEST = max(_LONGEST_LABEL, _LONGEST_CAPTION, _LONGEST_NOTICE)
_REMEMBERED = 16_384
"""Short lines whose verdict is remembered: those of the 256 passages that are embedded together, many times over."""
_MOST_BELOW = 2
"""Words of repeated lines below a story, at most, for each word of the story itself."""


# Headings over lists of other articles; the whole line.
_LIST_LABEL = any_of(
    r"(?:the )?latest (?:news|stories|headlines|updates)",
    r"(?:top|breaking|more|other|recent|popular|featured|recommended|trending) (?:news|stories|headlines|articles"
    r"|posts|videos)",
    r"more (?:from|on) (?:this (?:story|topic|section|author)|the web|our site)",
    r"related(?: (?:articles?|stories|news|topics|content|links|posts|coverage|reading|videos?))?",
    r"recommended(?: for you)?|trending(?: now)?|read next|up next|what to read next",
    r"editors?['’]?s? (?:picks|choice)",
    r"most (?:read|popular|viewed|shared|watched|commented)|you (?:may|might)(?: also)? (?:like|be interested in)",
    r"mehr zum thema|das könnte sie auch interessieren|meistgelesen|weitere (?:artikel|nachrichten|meldungen)",
    r"(?:noticias|artículos) relacionad[ao]s|más noticias|lo más leído|te puede interesar",
    r"también te puede interesar",
    r"sur le même sujet|articles liés|les plus lus|à lire aussi|articoli correlati|leia também",
    r"notícias relacionadas",
)
# Buttons, boxes and separators; the whole line.
_LABEL = any_of(
    r"advertisements?|advertorial|sponsored(?: content| by .{1,40})?|paid (?:content|post)|promoted(?: content)?",
    r"advertisement [-–—] (?:story|article|gallery|video) continues (?:below|after)",
    r"(?:story|article|gallery) continues (?:below|after)(?: (?:this |the )?ad(?:vertisement)?)?",
    r"continue reading(?: (?:below|the main story))?|scroll (?:down )?to continue(?: reading)?",
    r"share(?: (?:this|via|on|with)(?: .{1,40})?)?|print this (?:article|page|story)",
    r"e-?mail this (?:article|page|story)?",
    r"copy (?:the )?link|link copied|save (?:article|story|for later)|listen to (?:this )?article|play video",
    r"watch live|become an? (?:member|subscriber|supporter)|newsletter(?:\s*[:»„“\"–-]\s*.{1,60})?",
    r"follow (?:us|along)(?: (?:on|at) .{1,80})?|(?:like|find) us on .{1,60}",
    r"follow \S.{0,40} on (?:twitter|facebook|instagram|x)",
    r"(?:\d+ |view |show |see |all |leave a |post a |add a )+comments?|leave a reply",
    r"comments?(?: are closed| \(\d+\))|join the conversation",
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)[ -]?min(?:ute)?s?\.? (?:read|listen|watch)",
    r"(?:(?:page|slide|seite|página|diapositiva) )?\d{1,3} ?(?:/|of|von|de|sur) ?\d{1,3}",
    r"(?:estimated )?read(?:ing)? time:? .{1,20}|lesezeit:? .{1,20}|tiempo de lectura:? .{1,20}",
    r"\d{1,2} min(?:utos)? de lectura",
    r"skip to (?:main )?content|skip (?:past )?(?:newsletter promotion|advertisement|ad)|back to (?:top|homepage)",
    r"(?:go|return) to homepage",
    r"read more|read (?:the )?full (?:story|article)|see more|show more|load more|view more|learn more",
    r"click here(?: (?:to|for) .{1,80})?",
    r"(?:sign|log) (?:in|up)(?: now| here)?|subscribe(?: now| today| here)?|register(?: now| here)?",
    r"create (?:an )?account",
    r"(?:manage )?cookie (?:settings|preferences|policy)|accept (?:all )?cookies|privacy policy",
    r"terms of (?:use|service)",
    r"(?:view|open|read) (?:this (?:e-?mail|message|newsletter) )?(?:in|on) (?:your |a |the )?(?:web ?)?(?:browser|web)"
    r"(?:: https?://\S+)?|(?:click here to )?unsubscribe(?: here)?|(?:update|manage) (?:your |e-?mail )?preferences",
    r"forward (?:this (?:e-?mail )?)?to a friend|our mailing address is",
    r"(?:im (?:web)?browser (?:ansehen|anzeigen|öffnen)|(?:newsletter )?abmelden|(?:ver en|abrir en) el navegador"
    r"|darse de baja|voir dans (?:le|votre) navigateur|se désabonner|se désinscrire)",
    r"(?:download|get) (?:the|our) app|never miss a story|enter your e-?mail(?: address)?|all rights reserved",
    r"anzeige|werbung|weiterlesen|teilen|artikel teilen|zur startseite|jetzt abonnieren",
    r"(?:melden sie sich|jetzt) .{0,40}newsletter .{0,20}an(?:melden)?|(?:den |unseren )?newsletter abonnieren",
    r"kommentare? (?:schreiben|lesen)|artikel (?:an|vor)(?:hören|lesen)(?: .{1,20})?|(?:artikel )?merken",
    r"publicidad|compartir(?: (?:en|est[ae]) .{1,40})?|leer más|seguir leyendo|suscríbete(?: .{1,60})?",
    r"síguenos en .{1,60}|comentarios \(\d+\)",
    r"publicité|partager(?: (?:sur|par|cet|cette) .{1,40})?|lire la suite|abonnez-vous(?: .{1,60})?",
    r"suivez-nous .{1,60}|pubblicità|condividi",
    r"publicidade|compartilhar",
)
# Links to other articles and credits of the page; the line begins like this. A link's words are a headline: a sentence
# that begins so ("Related: two brothers who never met.") is the story's.
_LINK_LINE = any_of(
    r"(?:read more|related(?: (?:article|story|reading|news))?|see also|also read|read also|read next"
    r"|you may also like|don['’]t miss|watch|listen)\s*:\s+\S",
    r"(?:lesen sie auch|mehr dazu|siehe auch|lee también|lee además|te puede interesar|leer también|à lire aussi"
    r"|lire aussi|leggi anche|leia também)\s*:\s+\S",
    r"(?:tags?|topics|filed under|posted in|categories|schlagwörter|etiquetas|temas)\s*:\s+\S",
)
_RIGHTS_LINE = any_of(
    r"©\s*\S|\(c\)\s*(?:\d{4}|copyright)|copyright\s*(?:©|\(c\)|\d{4})",
    r"this material may not be published, broadcast",
    r"\(?reporting by [^.]{3,80}[;.] ?(?:additional reporting|editing|writing) by",
)
_AGENCY = (
    r"(?:AFP|AP|AP Photo|(?:The )?Associated Press|Reuters|REUTERS|EPA|EPA-EFE|EFE|dpa|DPA|ANSA|PA|PA Wire|PA Media|UPI"
    r"|Xinhua|TASS|Anadolu(?: Agency)?|NurPhoto|Bloomberg|Shutterstock|Alamy(?: Stock Photo)?|iStock(?:photo)?"
    r"|Getty(?: Images)?|picture[ -]alliance|imago(?: images)?|Keystone|Europa Press|Cuartoscuro|Zuma Press"
    r"|Sipa(?: USA)?|AAP|CP|The Canadian Press)"
)
_AGENCIES = rf"{_AGENCY}(?:\s*(?:/|-|–|—|\||via|and|,)\s*{_AGENCY})*"
_CAPITALISED = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
_NAME = rf"{_CAPITALISED}(?:\s+(?:(?:de|del|van|von|da|la|di|el|al)\s+)*{_CAPITALISED}){{1,3}}"
_CREDIT_LABEL = (
    r"(?:Photo(?:graph)?|PHOTO|Picture|Image|IMAGE|Credit|CREDIT|Foto|FOTO|Bild|Crédit photo)s?(?: [Cc]redit)?"
)
_CREDIT = re.compile(
    rf"(?:{_NAME}\s*(?:/|\||\bvia\b)\s*{_AGENCIES}"  # Jane Doe / AFP - Getty Images
    rf"|(?:AP Photo|AP|REUTERS|Reuters|EPA|AFP)\s*/\s*{_NAME}"  # AP Photo/Jane Doe
    rf"|{_CREDIT_LABEL}(?:\s*[:©]|\s+by)\s*{_CAPITALISED}[^.:]{{0,60}}"  # (Photo: Jane Doe)
    rf"|(?<=[.)”\"])\s*{_AGENCY})\s*(?:\.?\))*$"
)
_CAPTION_LABEL = re.compile(
    r"(?:IMAGE|Image|PHOTO|Photo|PHOTOS|Photos|FILE PHOTO|File photo|VIDEO|GRAPHIC|FOTO|Foto|BILD|Photograph|Picture)"
    r"(?: (?:credit|caption|source|\d+ of \d+))?\s*[:©]"
    r"|FILE\s*[-–—]|Image (?:source|caption|credit),"
)
_GOES_ON = re.compile(r"\s*[a-zß-ÿ]")
"""Where a label is the first word of a sentence."""
# A credit that names who made a picture, and nothing else: "Video by a customer showed …" is a sentence of the story.
_CREDITED = rf"(?:{_CAPITALISED}|de|del|van|von|da|la|di|el|al|of|for|via|and|und|the)"
_MADE_BY = re.compile(
    r"(?:Photo|Photograph|Picture|Image|Video|Illustration|Graphic)s? (?:by|courtesy(?: of)?):? "
    rf"{_CREDITED}(?:[\s,/|&–—]+{_CREDITED}){{0,13}}"
)
# A caption cut off where the page shortened it, so without the stop a paragraph has.
_FROM_LEFT = re.compile(rf"(?:Pictured,? )?[Ff]rom left(?: to right)?(?:\s*[:,]|\s+{_CAPITALISED})")
_ONLY_LINKS = re.compile(r"(?:(?:https?://)?(?:pic\.twitter\.com|t\.co|twitter\.com|x\.com|bit\.ly)/\S+\s*)+")
_PLATFORM = (
    r"(?:facebook|twitter|x(?:\.com)?|e-?mail|whatsapp|linkedin|reddit|pinterest|telegram|messenger|instagram|youtube|tiktok|flipboard|"
    r"pocket|tumblr|bluesky|threads|mastodon|xing|sms|rss|print|copy link|copy|link|share|save|comments?|more)"
)
_SHARE_BAR = re.compile(rf"{_PLATFORM}(?:[\s|·•,/]+{_PLATFORM})+", re.IGNORECASE)
_ONE_PLATFORM = re.compile(_PLATFORM, re.IGNORECASE)


def furniture(text: str, repeated: Collection[int] = ()) -> list[tuple[int, int]]:
    """The lines of ``text`` that belong to the site and not to the story, as sorted spans without their line breaks.

    Marked are browser and cookie notices, headings and links to other articles, share bars, advertisement and
    newsletter boxes, reading times, copyright lines, and picture captions that are credited or labelled as such.
    ``repeated`` are the hashes of lines that repeat over pages of the outlet (see index/text/repetition.py).

    >>> [text[a:b] for text in ["Latest News\\nRain fell.\\nShare this"] for a, b in furniture(text)]
    ['Latest News', 'Share this']
    """
    lines = list(_LINE.finditer(text))
    words = [line[0].strip() for line in lines]
    marked = {number for number, line in enumerate(words) if len(line) <= _LONGEST and says_it_is_furniture(line)}
    marked |= _stacked_platforms(words)
    marked |= _repeated(words, marked, repeated)
    marked |= _closing_list(words, marked)
    return [lines[number].span() for number in sorted(marked)]


# A file is read, split and sketched by its furniture, and an outlet's pages share theirs: each line is judged once.
@lru_cache(maxsize=_REMEMBERED)
def says_it_is_furniture(line: str) -> bool:
    """Whether this line, without the space around it, says by itself that it is furniture."""
    is_sentence = bool(_SENTENCE_END.search(line)) and len(line.split()) >= _FEWEST_WORDS
    if len(line) <= _LONGEST_LABEL and not is_sentence:
        label = line.rstrip(" :…›»>→.")
        if _LIST_LABEL.fullmatch(label) or _SHARE_BAR.fullmatch(label):
            return True
        if all(_LABEL.fullmatch(part) for part in label.split(" | ")):
            return True
    if len(line) <= _LONGEST_NOTICE:
        if is_notice(line) or _ONLY_LINKS.fullmatch(line):
            return True
        if _RIGHTS_LINE.match(line) and (not is_sentence or is_worded_as_notice(line)):
            return True
        if _LINK_LINE.match(line) and not is_sentence:
            return True
    return len(line) <= _LONGEST_CAPTION and _is_caption(line)


def _repeated(lines: list[str], marked: set[int], repeated: Collection[int]) -> set[int]:
    """The numbers of the lines that are the site's because they repeat over its pages."""
    if not repeated:
        return set()
    again = {number for number, line in enumerate(lines) if number not in marked and line_hash(line) in repeated}
    below = set[int]()
    for number in range(len(lines) - 1, -1, -1):
        if number in again:
            below.add(number)
        elif number not in marked:
            break
    plainly = {number for number in again if is_the_sites(lines[number])}
    own = sum(len(line.split()) for number, line in enumerate(lines) if number not in marked | again)
    # Where less than that is the article's own, it may be an earlier one's story with a new beginning.
    if sum(len(lines[number].split()) for number in below - plainly) > _MOST_BELOW * own:
        return plainly
    return plainly | below


def _is_caption(line: str) -> bool:
    labelled = _CAPTION_LABEL.match(line.lstrip("("))
    if (
        (labelled and not _GOES_ON.match(line.lstrip("("), labelled.end()))
        or _MADE_BY.fullmatch(line)
        or _CREDIT.search(line)
    ):
        return True
    return bool(_FROM_LEFT.match(line)) and not _PROSE_END.search(line)


def _stacked_platforms(lines: list[str]) -> set[int]:
    """Share buttons that stand one on a line: two neighbours or more."""
    alone = {number for number, line in enumerate(lines) if _ONE_PLATFORM.fullmatch(line)}
    return {number for number in alone if number - 1 in alone or number + 1 in alone}


def _closing_list(lines: list[str], marked: Iterable[int]) -> set[int]:
    """The headlines under a heading such as "Latest News", where nothing but headlines follows to the end."""
    known = set(marked)
    listed: set[int] = set()
    for number in range(len(lines) - 1, -1, -1):
        if number in known:
            if _LIST_LABEL.fullmatch(lines[number].rstrip(" :…")):
                return listed
        elif len(lines[number]) > _LONGEST_LABEL or _PROSE_END.search(lines[number]):
            return set()
        else:
            listed.add(number)
    return set()
