"""How French asks for figures, and how it says of numbers what they are of."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.asking import NEVER, Values
from index.language.parts.counts import Counts

_YEARS = r"(?=\s\d{1,3}\sans(?!\s(?:de\s|d['’])))"
_CHANGES = (
    r"pass(?:e|ent|a|èrent|é|ée|és|ées|ait|aient)|augment(?:e|ent|é|ée|ait)|progress(?:e|ent|é|ait)"
    r"|grimp(?:e|ent|é|ait)|mont(?:e|ent|é|ée|ait)|baiss(?:e|ent|é|ée|ait)|chut(?:e|ent|é|ait)|recul(?:e|ent|é|ait)"
    r"|diminu(?:e|ent|é|ée|ait)|tomb(?:e|ent|é|ée|ait)"
)

VALUES = Values(
    count=(
        r"combien(?=\sd['’])|combien(?:\sy\sa-t-il(?:\seu)?|\sy\savait-il|\sa-t-on\s\w+)?\sde(?!\stemps\b)"
        r"|quel\s(?:est|était|fut)\sle\snombre\s(?:total\s)?(?:de|des)(?!\s(?:morts|victimes|décès)\b)"
    ),
    deaths=r"bilan\shumain|bilan\s(?:des\s)?(?:morts|victimes|décès)|nombre\s(?:total\s)?(?:de|des)\s(?:morts|victimes|décès)",
    several=r"combien\b.*\bcombien|de\scombien|combien\s(?:\w+\s)?de\splus",
    age=r"quel\s[âa]ge",
    share=r"quel\spourcentage|quelle\s(?:part|proportion)|quel\s(?:est|était|fut)\sle\s(?:pourcentage|taux)",
    amount=(
        r"combien(?!\sde\b|\sd['’])|combien\sde\stemps"
        r"|quelle\s(?:(?:est|était)\sla\s)?(?:longueur|hauteur|largeur|profondeur|distance|superficie|vitesse|somme)"
        r"|quel\s(?:(?:est|était)\sle\s)?(?:prix|coût|montant|poids)"
    ),
    date=r"(?:et )?(?:quand|(?:en |à |de )?quel(?:le)? (?:année|date|jour|mois))",
    people=listed(
        # not those on duty: "500 policiers ont été envoyés"
        """personnes individus gens hommes femmes enfants garçons filles adultes adolescents jeunes résidents habitants
        citoyens membres participants migrants immigrés réfugiés demandeurs voyageurs passagers visiteurs touristes
        invités spectateurs supporters supporteurs partisans manifestants grévistes travailleurs ouvriers employés
        salariés élèves étudiants enseignants professeurs patients victimes survivants rescapés morts tués décès évacués
        villageois insulaires clients électeurs prisonniers détenus otages civils"""
    ),
    person="personnes",
    death="mort",
    plurals=listed("personnel"),
    plural_endings=("s", "x"),
    singular_endings=(),
    asking=listed(
        """combien nombre total bilan humain chiffre pourcentage cent part proportion taux année date jour mois âge ans
        long longue longueur haut haute hauteur large largeur profond profonde profondeur distance vitesse poids pèse
        mesure prix coût coûte coûté coûta coûtait actuellement aujourd'hui dit article articles nouvelle nouvelles
        rapport rapports exactement environ eu"""
    ),
    before_things=listed(
        """le la les un une des ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos de du d en dans
        au aux par pour avec pendant durant après avant près depuis vers sur sous entre contre chez sans lors jusqu
        selon hors"""
    ),
    one_event=(
        """mourir meurt meurent mourut moururent mort morts morte mortes décès décéder décédé décédée décédés décédées
        tuer tue tuent tua tuèrent tué tuée tués tuées périr péri périrent""",
        "blesser blesse blessé blessée blessés blessées blessure blessures",
        "arrêter arrêté arrêtée arrêtés arrestation arrestations interpeller interpellé interpellée interpellés",
        "perdre perd perdent perdit perdirent perdu perdue perdus perdues",
        "construire construit construite construits construites construisit construisirent bâtir bâti bâtie",
        "détruire détruit détruite détruits détruites détruisit détruisirent destruction",
        "fuir fuit fuient fuyait fuyaient fui",
        "vendre vend vendent vendit vendu vendue vendus vendues",
        "prendre prend prennent prit prirent pris prise",
        "faire fait font fit firent",
        "venir vient viennent vint vinrent venu venue venus venues",
        "ouvrir ouvre ouvrent ouvrit ouvert ouverte inaugurer inauguré inaugurée inaugura",
        "commencer commence commença commencé début débuter débute débuté débuta",
        "écrire écrit écrite écrivit",
        "vivre vit vivent vivait vivaient vécu habiter habite habitent habitait habitaient habitants population",
        "élire élit élu élue élus élues",
        "recevoir reçoit reçoivent reçut reçu reçue",
        "évacuer évacue évacué évacuée évacués évacuées évacuation",
        "sauver sauve sauvé sauvée sauvés sauvées secourir secouru secourue secourus secourues",
        "voler vole volé volée volés volées",
    ),
    counting="Combien de {counted} ?",
    counting_vowel="Combien d’{counted} ?",
)

COUNTS = Counts(
    to="à",
    also="et",
    between="entre",
    opening="de|depuis",
    limit=NEVER,
    age_after=r"ans\s(?:d['’]âge|révolus)",
    age_before=(
        r"âgée?s?\sde|l['’]âge\sde|(?:homme|femme|garçon|fille|fillette|enfant|adolescente?|jeune)\sde(?=\s\d{1,3}\sans)"
        rf"|(?<!y\s)(?:a|avait|aura|fête|fêté){_YEARS}"
    ),
    being_aged="a|avait",
    aged=r"âgée?s?\sde|l['’]âge\sde|a|avait|de|à|désormais",
    turning="fête|fêté",
    no_value=r"oui|non|aucune?|personne|rien|nulle?",
    people_too=listed("emplois postes cas couples familles morts blessés"),
    rough=(
        r"centaines?|mill(?:e|iers?|ions?|iards?)|dizaines?|douzaines?|quinzaine|vingtaine|trentaine|quarantaine"
        r"|cinquantaine|soixantaine|moitié|tiers|quarts?|cinquième|plusieurs|quelques|beaucoup|peu|plupart|tous|toutes"
        r"|double|fois"
    ),
    of_all=r"(?:de|des|sur)\s+(?:(?:les|ses|leurs|nos|un|total|de)\s+)*",
    more=listed("plus supplémentaires autres davantage moins fois"),
    aside=(
        r"initialement|à\sl['’]origine|au\sdépart|d['’]abord|auparavant|précédemment|autrefois|alors|au\slieu\sde"
        r"|plutôt\sque|non|pas|contre|depuis|outre|hormis|sauf|autres|encore|par\srapport\sà|dont|notamment"
        rf"|seulement\sà|(?:{_CHANGES})\s(?:\w+\s){{0,3}}?de"
        r"|l['’](?:an|année)\s(?:dernier|dernière|passé|passée)|mois\sdernier|semaine\sdernière"
    ),
    not_aside="et|mais|maintenant|à|désormais",
    without_noun=r"de|à|nombre|total|bilan|atteint|atteignait|compte|comptait|est|sont|était|étaient|fut|furent",
    only="une?|les?|seulement|désormais|déjà|quelque",
    people=listed("personnes individus gens"),
    each="par|chaque",
    durations=listed(
        """seconde secondes minute minutes heure heures jour jours nuit nuits semaine semaines mois
        an ans année années décennie décennies siècle siècles"""
    ),
    dimensions=("profondeur profond profonde", "large largeur", "long longue longueur", "haut haute hauteur"),
    span="environ {low} à {high}",
    beside_age=r"\sans",
    size=r"quelle\s(?:est|était)\sla\staille",
)
