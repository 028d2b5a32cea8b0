"""How French says that something happened, that it did not, or that its contrary did."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.outcomes import Contrary, OrderedOutcomes

_HEAD = r"\W*(?:(?:et|mais)\s+)?"

OUTCOMES = OrderedOutcomes(
    contraries={
        "decided": Contrary(
            yes=(
                "approuvé approuvée approuvés approuvées approuve approuva adopté adoptée adoptés adoptées adopte "
                "adopta accepté acceptée acceptés acceptées accepte accepta ratifié ratifiée ratifie"
            ),
            no="rejeté rejetée rejetés rejetées rejette rejeta refusé refusée refusés refusées refuse refusa",
            delayed="reporté reportée reportés reportées ajourné ajournée ajournés ajournées",
        ),
        "allowed": Contrary(
            "autorisé autorisée autorisés autorisées autorise permis permise", "interdit interdite interdits interdites"
        ),
        "judged": Contrary("condamné condamnée coupable", "acquitté acquittée innocent innocente relaxé relaxée"),
        "survived": Contrary(
            "survécu survit vivant vivante vivants", "mort morte morts mortes décédé décédée tué tuée", of_one=True
        ),
        "won": Contrary("gagné gagne remporté remporte", "perdu perd", of_one=True),
        "rose": Contrary(
            "augmenté augmente monté montée progressé progresse",
            "baissé baisse diminué diminue chuté chute reculé recule",
            of_one=True,
        ),
        "open": Contrary("ouvert ouverte ouverts ouvertes", "fermé fermée fermés fermées", of_one=True, passing=True),
    },
    deeds=(
        rf"{_HEAD}.+?(?:\bl['’]|\b)(?:a|ont|est|sont)(?:-t)?-(?:il|elle|ils|elles)\s(?:été\s)?(?P<deed>\w+)",
        rf"{_HEAD}est-ce\squ(?:e\s|['’]).+?\s(?:a|ont|est|sont)\s(?:été\s)?(?P<deed>\w+)",
    ),
    decision=(
        rf"{_HEAD}qu['’](?:a|ont)\s(?:décidé|voté)\s(?P<agent>.+?)\s(?:sur|au\ssujet\sd[eu]|à\spropos\sd[eu])\s(?P<thing>.+)"
    ),
    fate=rf"{_HEAD}(?:qu['’]est-il\s(?:arrivé|advenu)|qu['’]est\sdevenue?)\s(?:à\s|au\s|du\s|de\s)?(?P<thing>.+)",
    decisions=("decided", "allowed"),
    fates=("survived", "judged", "decided"),
    passive=listed("été fut furent"),
    present=listed("est sont reste restent"),
    particles=frozenset(),
    beside=listed(
        """nouveau nouvel nouvelle nouveaux nouvelles controversé controversée municipal municipale monsieur madame
        maire président présidente ministre retrouvé retrouvée reste restent resté déjà finalement"""
    ),
    circumstance=listed("avec après malgré"),
    no=r"aucune?",
    ends_with_denial=False,
    adverbs=("ment",),
    doubt=(
        r"encore|presque|prétend\w*|présumée?s?|apparemment|peut-être|probable\w*|pourrai\w+|peut|peuvent|aurai\w+|aura"
        r"|auront|serai\w+|sera|seront|va|vont|doit|doivent|devrai\w+|espèr\w+|espér\w+|crain\w+|demand\w+|exig\w+"
        r"|veut|veulent|voul\w+|menac\w+|prom[ei]\w+|avert\w+|cro(?:it|ient|yai\w+)|pens\w+|accus\w+|auparavant"
        r"|précédemment|initialement|d['’]abord|à\snouveau|de\snouveau|partiellement|en\spartie|faux|fausse\w*|menti"
        r"|avait|avaient|eussent|dernière?|prochaine?"
    ),
)
