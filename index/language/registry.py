"""Which languages are known: every module below ``index/language`` with a ``LANGUAGE``, and all that Snowball stems."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from babel import Locale

import index.language
from index.language import sites_elsewhere
from index.language.pack import Language
from index.language.parts.site import Bylines, Site


@cache
def packs() -> dict[str, Language]:
    """The languages that have a file here, by their codes."""
    names = (m.name for m in pkgutil.walk_packages(index.language.__path__, f"{index.language.__name__}."))
    found = [module.LANGUAGE for module in map(import_module, names) if hasattr(module, "LANGUAGE")]
    return {language.code: language for language in found}


@cache
def sites() -> tuple[Site, ...]:
    """How pages of news sites speak to their readers, in every language that is known."""
    return (*(spoken.site for spoken in packs().values()), *sites_elsewhere.SITES)


@cache
def bylines() -> tuple[Bylines, ...]:
    """How lines tell who wrote a story, in every language that is known."""
    return (*(spoken.bylines for spoken in packs().values()), *sites_elsewhere.BYLINES)


_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "el": "greek",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Snowball's algorithms for languages that have no file here."""


@cache
def language(code: str) -> Language:
    """The language of this code (``de``, also of ``de-AT``); of one without a file only its name and stemmer.

    >>> language("de").name, language("tr").name, language("tr").abstains
    ('German', 'Turkish', ('numbers', 'dates', 'negations', 'names'))
    """
    short = code.split("-")[0].lower()
    if short in packs():
        return packs()[short]
    return Language(short, Locale("en").languages.get(short, short), _STEMMERS.get(short))
