"""How Spanish says that something happened, that it did not, or that its contrary did."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.outcomes import Contrary, OrderedOutcomes

_HEAD = r"\W*(?:(?:y|pero)\s+)?\W*"

OUTCOMES = OrderedOutcomes(
    contraries={
        "decided": Contrary(
            yes=(
                "aprobó aprobaron aprobado aprobada aprobados aprobadas aceptó aceptaron aceptado aceptada adoptó "
                "adoptaron adoptado adoptada ratificó ratificaron ratificado ratificada"
            ),
            no=(
                "rechazó rechazaron rechazado rechazada rechazados rechazadas denegó denegaron denegado denegada vetó "
                "vetaron vetado vetada"
            ),
            delayed="aplazó aplazaron aplazado aplazada pospuso pospusieron pospuesto pospuesta",
        ),
        "allowed": Contrary(
            "permitió permitieron permitido permitida autorizó autorizaron autorizado autorizada",
            "prohibió prohibieron prohibido prohibida",
        ),
        "judged": Contrary("condenado condenada culpable", "absuelto absuelta inocente"),
        "survived": Contrary(
            "sobrevivió sobrevivieron sobrevivido vivo viva",
            "murió murieron muerto muerta falleció fallecieron fallecido fallecida",
            of_one=True,
        ),
        "won": Contrary("ganó ganaron ganado", "perdió perdieron perdido", of_one=True),
        "rose": Contrary(
            "subió subieron subido aumentó aumentaron aumentado creció crecieron crecido",
            (
                "bajó bajaron bajado cayó cayeron caído disminuyó disminuyeron disminuido descendió descendieron "
                "descendido"
            ),
            of_one=True,
        ),
        "open": Contrary(
            "abierto abierta abiertos abiertas", "cerrado cerrada cerrados cerradas", of_one=True, passing=True
        ),
    },
    deeds=(
        rf"{_HEAD}(?:ha|han|fue|fueron|está|están)\s(?P<deed>\w+)",
        rf"{_HEAD}(?P<deed>\w+(?:ó|aron|ieron))\s",
    ),
    decision=(
        rf"{_HEAD}qué\s(?:decidió|decidieron|votó|votaron|ha\sdecidido|han\sdecidido)\s(?P<agent>.+?)"
        r"\s(?:sobre|acerca\sde|respecto\sa)\s(?P<thing>.+)"
    ),
    fate=rf"{_HEAD}qué\s(?:(?:le\s)?(?:pasó|ocurrió|sucedió)\s(?:al?|con)|fue\sdel?)\s(?P<thing>.+)",
    decisions=("decided", "allowed"),
    fates=("survived", "judged", "decided"),
    passive=listed("fue fueron sido"),
    present=listed("está están es son sigue siguen permanece permanecen"),
    particles=frozenset(),
    beside=listed(
        """nuevo nueva nuevos nuevas proyectado proyectada polémico polémica municipal señor señora alcalde alcaldesa
        presidente presidenta ministro ministra encontrado encontrada hallado hallada sigue siguen permanece permanecen
        quedó algún alguna alguien ya finalmente ambos ambas"""
    ),
    circumstance=listed("con tras por pese"),
    no=r"ningún|ninguna?",
    ends_with_denial=False,
    adverbs=("mente",),
    doubt=(
        r"aún|todavía|casi|supuestamente|presunta\w*|presunto\w*|al\sparecer|posible\w*|probable\w*|quizás?|tal\svez"
        r"|podrían?|pueden?|habrían?|serían?|serán?|habrán?|deberían?|deben?|va\sa|van\sa|prev[eé]n?|esper\w+|tem[eií]\w*"
        r"|pid(?:e|en|ió|ieron)|exig\w+|quier\w+|quiso|quería\w*|amenaz\w+|prome\w+|adv[ie]\w+|cre(?:e|en|yó|ía)\w*"
        r"|piens\w+|pens\w+|acus\w+|imput\w+|anterior\w*|inicialmente|en\sun\sprincipio|otra\svez|de\snuevo|parcial\w*"
        r"|en\sparte|fals\w+|mentira|había|habían|hubier\w+|pasad[oa]|próxim[oa]"
    ),
)
