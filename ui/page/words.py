"""The page's own words in other languages: a catalogue a language in ``ui/words``, put in place by ``static/words.js``.

A catalogue gives for each of the page's words, as they stand in English, those of its language; ``#`` stands for a
number in them, ``@`` for a date ("Since @: # articles"), and in a sentence about an error ``*`` for any words. The
browser chooses by the languages that its reader prefers; articles, questions and answers stay as they are.
"""

from __future__ import annotations

import json

from ui.html.files import STATIC
from ui.html.wording import catalogues


def words_script() -> str:
    """The script for the page's head."""
    known = json.dumps(catalogues(), ensure_ascii=False).replace("</", "<\\/")
    return f"<script>const CATALOGUES = {known};\n{(STATIC / 'words.js').read_text('utf-8')}</script>"
