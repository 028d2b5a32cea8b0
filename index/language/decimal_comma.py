"""Words of the languages that write 1.200,5 for what English writes 1,200.5, even of those without a file here.

Its common words tell such a text from one in English; its scales and "per cent" are read by English's rules.
"""

from __future__ import annotations

from index.language.pack import spelled

COMMON_WORDS = spelled(
    """der die das und ist nicht mit von auf den dem ein eine einen im zu für sich wurde wurden war waren
    sind hat haben prozent menschen millionen milliarden mio mrd rund etwa mehr als es sei kostet stieg
    el los las del que y por con una un más para se ciento millones le les des et est une dans pour par
    plus il di che è per gli della sono os em um uma não na het een van zijn werd miljoen"""
)

SCALES = {
    "millionen": 1e6,
    "million": 1e6,
    "mio": 1e6,
    "milliarden": 1e9,
    "milliarde": 1e9,
    "mrd": 1e9,
    "billionen": 1e12,
    "tausend": 1e3,
    "tsd": 1e3,
    "mil": 1e3,
    "millones": 1e6,
    "millón": 1e6,
    "millions": 1e6,
    "milliards": 1e9,
    "milliard": 1e9,
    "mille": 1e3,
    "mila": 1e3,
    "milioni": 1e6,
    "milione": 1e6,
    "miliardi": 1e9,
    "miliardo": 1e9,
    "milhões": 1e6,
    "milhão": 1e6,
    "bilhões": 1e9,
    "miljoen": 1e6,
    "miljard": 1e9,
}
"""By what a word after digits multiplies them."""

SHORT_SCALES = r"mio\.|mrd\.|tsd\."
"""Pattern of abbreviated scales."""

PERCENT = r"prozent|por\sciento|pour\scent|per\scento|por\scento|procent"
