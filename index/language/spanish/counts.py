"""How Spanish asks for figures, and how it says of numbers what they are of."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.asking import NEVER, Values
from index.language.parts.counts import Counts

_YEARS = r"(?=\s\d{1,3}\saños(?!\sde\s(?!edad)))"
_CHANGES = (
    r"sub(?:e|en|ió|ieron|ido)|aument(?:a|an|ó|aron|ado)|crec(?:e|en|ió|ieron|ido)|pas(?:a|an|ó|aron|ado)"
    r"|baj(?:a|an|ó|aron|ado)|ca(?:e|en|yó|yeron|ído)|descend(?:ió|ieron|ido)|disminuy(?:e|ó|eron)"
)

VALUES = Values(
    count=(
        r"(?<!unos\s)(?<!unas\s)cu[áa]nt[oa]s(?!\saños\s(?:tiene|tienen|tenía|tenían|cumple|cumplió))|cu[áa]nta(?=\sgente)"
        r"|(?:cu[áa]l\s(?:es|fue|era)\sel|qu[ée])\snúmero\s(?:total\s)?de(?!\s(?:muertos|fallecidos|víctimas)\b)"
    ),
    deaths=r"(?:cifra|número|saldo|balance)\s(?:total\s)?de\s(?:muertos|fallecidos|víctimas)",
    several=r"cu[áa]nt\w+\b.*\bcu[áa]nt\w+|en\scu[áa]nto|cu[áa]nt[oa]s\smás",
    age=r"cu[áa]ntos\saños\s(?:tiene|tienen|tenía|tenían|cumple|cumplió)|qu[ée]\sedad",
    share=r"qu[ée]\s(?:porcentaje|proporción)|cu[áa]l\s(?:es|fue|era)\s(?:el\sporcentaje|la\s(?:proporción|tasa))",
    amount=(
        r"(?<!en\s)cu[áa]nt[oa]|qu[ée]\s(?:altura|longitud|anchura|profundidad|superficie|velocidad|distancia|peso|precio)"
        r"|cu[áa]l\s(?:es|fue|era)\s(?:el\s(?:precio|coste|costo|importe|peso)|la\s(?:altura|longitud|distancia))"
    ),
    date=r"(?:y )?(?:cu[áa]ndo(?!.*¿)|(?:en |de )?qu[ée] (?:año|fecha|día|mes))",
    people=listed(
        # not those on duty: "enviaron 500 policías"
        """personas individuos gente hombres mujeres niños niñas chicos chicas adultos adolescentes jóvenes residentes
        habitantes ciudadanos ciudadanas miembros participantes asistentes migrantes inmigrantes refugiados solicitantes
        viajeros pasajeros ocupantes visitantes turistas invitados espectadores aficionados seguidores simpatizantes
        manifestantes huelguistas trabajadores empleados alumnos estudiantes profesores maestros pacientes víctimas
        supervivientes sobrevivientes muertos fallecidos muertes evacuados vecinos aldeanos isleños clientes votantes
        electores presos reclusos rehenes detenidos civiles"""
    ),
    person="personas",
    death="muerte",
    plurals=listed("gente"),
    plural_endings=("s",),
    singular_endings=(),
    asking=listed(
        """cantidad número cifra total saldo balance porcentaje ciento proporción tasa año años fecha día mes edad largo
        larga alto alta altura ancho ancha anchura profundo profunda longitud distancia velocidad peso pesa mide precio
        coste costo cuesta costó costaron costar actualmente dijo dice artículo artículos noticia noticias informe
        informes exactamente aproximadamente hubo habido hay"""
    ),
    before_things=listed(
        """el la los las un una unos unas este esta estos estas ese esa esos esas aquel aquella aquellos aquellas su sus
        mi mis nuestro nuestra nuestros nuestras de del en a al por para con durante tras antes después desde hasta
        sobre entre contra hacia sin bajo según ante mediante"""
    ),
    one_event=(
        """morir muere mueren murió murieron muerto muertos muerta muertas muerte muertes fallecer fallece falleció
        fallecieron fallecido fallecidos fallecida fallecidas matar mata mató mataron matado""",
        "herir hirió hirieron herido heridos herida heridas",
        "detener detuvo detuvieron detenido detenidos detenida arrestar arrestó arrestaron arrestado arrestados",
        "perder pierde pierden perdió perdieron perdido perdidos",
        "construir construye construyó construyeron construido construida construidos construidas",
        "destruir destruye destruyó destruyeron destruido destruida destruidos destruidas destrucción",
        "huir huye huyen huyó huyeron huido",
        "caer cae caen cayó cayeron caído",
        "crecer crece crecen creció crecieron crecido",
        "hacer hace hacen hizo hicieron hecho",
        "dar da dan dio dieron dado",
        "venir viene vienen vino vinieron venido",
        "ver ve ven vio vieron visto",
        "decir dice dicen dijo dijeron dicho",
        "poner pone ponen puso pusieron puesto",
        "abrir abre abren abrió abrieron abierto abierta inaugurar inauguró inaugurado inaugurada",
        "cerrar cierra cierran cerró cerraron cerrado cerrada",
        "comenzar comienza comenzó comenzaron empezar empieza empezó empezaron iniciar inició iniciaron",
        "escribir escribe escribió escribieron escrito",
        "vivir vive viven vivió vivía vivían vivieron residir reside residen habitantes población",
        "elegir elige eligió eligieron elegido elegida",
        "romper rompe rompió rompieron roto rota",
        "volver vuelve vuelven volvió volvieron vuelto",
        "robar roba robó robaron robado robados robada robadas",
    ),
    counting="¿Qué número de {counted}?",
)

COUNTS = Counts(
    to="a|hasta",
    also="y",
    between="entre",
    opening="de|desde",
    limit=NEVER,
    age_after=r"años\sde\sedad",
    age_before=(
        rf"edad\sde|(?<=,\s)de(?=\s\d{{1,3}}\saños\s?[,.;)])|(?:hombre|mujer|niño|niña|chico|chica|joven|anciano|anciana"
        rf"|adolescente|mayor|mayores|menor|menores)\sde(?=\s\d{{1,3}}\saños)|(?:tiene|tienen|tenía|tenían|cumple|cumplió){_YEARS}"
    ),
    being_aged="tiene|tenía",
    aged=r"edad\sde|tiene|tenía|de|con|cumple|cumplió|ahora",
    turning="cumple|cumplió",
    no_value=r"sí|no|ningun[oa]|ningún|nadie|nada",
    people_too=listed("empleos puestos casos parejas familias muertos heridos"),
    rough=(
        r"cientos|centenar(?:es)?|mil(?:es)?|mill[óo]n(?:es)?|docenas?|decenas?|veintena|mitad|terci[oa]s?|tercera"
        r"|cuart[oa]s?|quint[oa]|varios|varias|algun[oa]s|much[oa]s|poc[oa]s|mayoría|tod[oa]s|doble|veces|vez"
    ),
    of_all=r"de\s+(?:(?:los|las|sus|un|total|de|todos|todas)\s+)*",
    more=listed("más otros otras adicionales demás menos veces"),
    aside=(
        r"originalmente|inicialmente|al\sprincipio|al\sinicio|antes|anteriormente|previamente|entonces|en\slugar\sde"
        r"|en\svez\sde|no|desde|menos|salvo|otr[oa]s|además|adicionales|frente\sa|comparad[oa]s?\scon|solo\sen|sólo\sen"
        rf"|entre\sell[oa]s|de\sell[oa]s|incluid[oa]s|(?:{_CHANGES})\s(?:\w+\s){{0,3}}?de"
        r"|(?:año|mes)\spasado|semana\spasada"
    ),
    not_aside="y|pero|ahora|a|sino",
    without_noun=(
        r"de|a|en|número|cifra|total|suma|suman|sumaron|alcanza|alcanzó|asciende|ascendió|es|son|era|eran|fue|fueron"
    ),
    only="una?|unos|unas|los|las|solo|sólo|ahora|ya",
    people=listed("personas individuos gente"),
    each="por|al|a la|cada",
    durations=listed(
        """segundo segundos minuto minutos hora horas día días noche noches semana semanas mes meses
        año años década décadas siglo siglos"""
    ),
    dimensions=("profundidad profundo profunda", "ancho ancha anchura", "largo larga longitud", "alto alta altura"),
    span="entre {low} y {high}",
    beside_age=r"\saños",
    size=r"c[óo]mo\sde\s(?:grande|numeros[oa])|qu[ée]\s(?:tamaño|tan\sgrande)",
)
