"""How questions are asked in French."""

from __future__ import annotations

from index.language.parts.asking import Asking, Owner, Restricting

_WHERE = r"de|[Dd]ans|[Ee]n|[Àà]|[Dd]epuis|[Pp]endant|[Aa]près|[Aa]vant|[Ss]ur|[Ss]ous"
_PREPOSITIONS = r"en|dans|a|au|aux|depuis|pendant|avant|apres|pour|de|du|jusqu['’]au|jusqu['’]en"

ASKING = Asking(
    words=rf"(?:(?:{_PREPOSITIONS})\s)?(?:qui|que|qu['’]|quoi|quand|ou|pourquoi|comment|combien|quel(?:le)?s?|lequel|laquelle)",
    verbs=(
        r"est-ce\s(?:que|qu['’])|(?:est|sont|etait|etaient|a|ont|avait|avaient|peut|peuvent|doit|doivent|va|vont|sera"
        r"|seront|fait|existe)-(?:t-)?(?:il|elle|ils|elles|on|ce)"
    ),
    choice="ou",
    joining="et",
    yes="Oui",
    no="Non",
    lead=r"(?:et\s)?qu['’]en\sest-il\s(?:de|du|des|d['’])|et|mais|donc|alors|ou|aussi",
    prepositions=_PREPOSITIONS,
    who_says=r"qui\s(?:le\s|l'|a\s|l'a\s)?(?:dit|affirme)(?:\s(?:cela|ca))?|selon\squi",
    who_said=r"qui\s(?:a\s)?(?:dit|declare|qualifie|appele|ecrit)|de\squi\s(?:est|sont)",
    person="il|lui",
    pointing="ils?|elles?|lui|leurs?|son|sa|ses|celui|celles?|ceux|cela|ça|ceci|ce|cet|cette|ces|là-bas",
    owners=(
        Owner(r"\b(?:(?:[Ll]e|[Ll]a|[Uu]ne?|[Cc]ette|[Cc]et?)\s|[Ll]['’])\w+", r"(?<!\bde\s)(?:son|sa|ses)\b", _WHERE),
        Owner(r"\b(?:[Ll]es|[Dd]es|[Cc]es)\s\w+", r"(?<!\bde\s)(?:leurs\b|leur\b(?=\s\w))", _WHERE),
    ),
    begging=(
        r"s['’]il\s(?:vous|te)\splait|donnez?(?:-|\s)moi|donnez?|faites?(?:-|\s)moi|faites?|ecris|ecrivez|montrez?(?:-|\s)moi"
        r"|pouvez-vous|peux-tu|pourriez-vous|pourrais-tu|je\s(?:voudrais|veux)|une?"
    ),
    articles=(
        r"(?:(?:tous|toutes|les|des|mes|nos|ces)\s)*(?:articles|nouvelles|textes|informations)"
        r"(?:\s(?:sur|a\spropos\sd[eu]|de|du|des)\s|$)|tout$"
    ),
    summary=(
        r"(?:resume[zr]?|recapitule[zr]?)(?:(?:-|\s)(?:moi|nous))?\s(?P<one>.+)",
        r"(?:resume[zr]?|recapitule[zr]?)(?P<one>-l(?:es?|a))",
        r"(?:(?:le|bref|court)\s)*(?:resume|apercu|synthese)\s(?:de\sla|de\sl['’]|de|du|des|sur|d['’])\s?(?P<one>.+)",
        r"(?:que\ssait-on|qu['’]est-ce\squ['’]on\ssait)\s(?:de\sla|de\sl['’]|de|du|des|sur|d['’])\s?(?P<one>.+)",
        r"(?:les\s)?principaux\s(?:evenements|points|faits)\s(?:de\sla|de\sl['’]|de|du|des|sur)\s?(?P<one>.+)",
        r"que\ss['’]est-il\spasse\s(?:apres|depuis)\s(?P<one>.+)",
    ),
    timeline=(
        r"(?:la\s)?(?:chronologie|frise\schronologique)\s(?:de\sla|de\sl['’]|de|du|des|sur|d['’])\s?(?P<one>.+)",
        r"que\ss['’]est-il\spasse\set\squand\s(?:a|pendant|lors\sd[eu]|dans)\s(?P<one>.+)",
    ),
    comparison=(
        r"compare[zr]?\s(?P<one>.+?)\s(?:et|avec|a)\s(?P<other>.+)",
        r"(?:quelles?\s(?:est|sont)\s)?(?:(?:la|les)\s)?(?:differences?|ressemblances?)\sentre\s(?P<one>.+?)\set\s"
        r"(?P<other>.+)",
    ),
)

_PIECES = r"articles?|dépêches?|reportages?|informations?|textes?"
RESTRICTING = Restricting(
    outlet=(
        r"(?:selon|d['’]après)\s+{name}",
        r"(?:publié|paru|écrit)e?s?\s+(?:par|dans)\s+{name}",
        rf"(?:{_PIECES})\s+(?:de|du|dans|par)\s+{{name}}",
        r"(?:dit|écrit|rapporte|affirme|annonce|raconte)\s+{name}",
    ),
    article="le|la|les|l['’]",
    generic="infos?",
    published=rf"publiée?s?|parue?s?|{_PIECES}",
    prepositions={
        **dict.fromkeys(("en", "de", "du", "d'", "le"), "in"),
        **dict.fromkeys(("depuis", "à partir de", "à partir du"), "since"),
        "après": "after",
        "avant": "before",
        **dict.fromkeys(("jusqu'à", "jusqu'au", "jusqu'en"), "until"),
    },
    alone=r"depuis|à partir de|à partir du|après|avant|jusqu['’]à|jusqu['’]au|jusqu['’]en",
)
