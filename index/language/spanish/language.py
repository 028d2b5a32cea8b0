"""Spanish."""

from __future__ import annotations

from index.language.pack import (
    Clauses,
    Corrections,
    Denials,
    Language,
    Names,
    Numbers,
    Sentences,
    calendar,
    listed,
    numbered,
    spelled,
)
from index.language.parts.asking import Questions
from index.language.spanish.asking import ASKING, RESTRICTING
from index.language.spanish.counts import COUNTS, VALUES
from index.language.spanish.outcomes import OUTCOMES
from index.language.spanish.site import BYLINES, SITE
from index.language.spanish.stops import FULL_STOPS

LANGUAGE = Language(
    code="es",
    name="Spanish",
    stemmer="spanish",
    stop_words=listed(
        """a al algo algunas algunos ante antes así aunque cada como con contra cual cuales cuando de del desde donde
        dos durante e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está estaba estaban están
        estar estas este esto estos fue fueron ha haber había habían han hasta hay hizo la las le les lo los más me mi
        mientras mis mucho muchos muy más nos nosotros o os otra otras otro otros para pero poco por porque pues que
        qué quien quienes se sea según ser si sí sido siendo sin sobre son su sus suyo también tan tanto te tenía tiene
        tienen toda todas todo todos tras tu tus u un una uno unas unos usted vosotros y ya yo cuánto
        cuánta cuántos cuántas cuáles quiénes"""
    )
    - listed("sin dos"),
    saying=(
        r"dijo|dice|dijeron|dicen|afirmó|afirma|afirmaron|declaró|declararon|explicó|explicaron|añadió|agregó|señaló"
        r"|aseguró|escribió|preguntó|respondió|según|anunció|indicó|sostuvo|manifestó"
    ),
    contraries=(
        "subió sube subir subido aumentó aumenta aumentar aumentado creció crece crecido aumento alza/"
        "bajó baja bajar bajado cayó cae caer caído disminuyó disminuye disminuido descendió reducción descenso",
        "ganó gana ganar ganado victoria venció/perdió pierde perder perdido derrota",
        "aceptó acepta aprobó aprueba aprobado aceptado/rechazó rechaza rechazado denegó",
        "permitió permite permitido legal/prohibió prohíbe prohibido ilegal",
        "verdadero verdadera cierto cierta/falso falsa",
        "culpable/inocente",
        "vivo viva vivió sobrevivió/muerto muerta murió falleció",
        "siempre/nunca jamás",
        "abrió abierto abierta abre/cerró cerrado cerrada cierra",
        "posible/imposible",
        "norte septentrional/sur meridional",
        "este oriental/oeste occidental",
        "mayor mayores/menor menores",
        "mejor mejores/peor peores",
        "máximo máxima/mínimo mínima",
        "éxito/fracaso",
        "confirmó confirmado/negó desmintió negado",
        "empezó comenzó inició empieza comienza/terminó acabó finalizó termina acaba",
        "ganancia ganancias beneficio beneficios/pérdida pérdidas",
        "mayoría/minoría",
        "antes/después",
        "más/menos",
        "primero primera/último última",
        "izquierda/derecha",
        "dentro/fuera",
        "amigo amiga/enemigo enemiga",
        "público pública públicos públicas/privado privada privados privadas",
        "verano/invierno/primavera/otoño",
        "hermano/hermana/madre/padre/tío/tía",
        "hijo/hija",
    ),
    numbers=Numbers(
        decimal_comma=True,
        words=numbered(
            "cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
            "diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro "
            "veinticinco veintiséis veintisiete veintiocho veintinueve"
        )
        | numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", first=30, step=10)
        | numbered(
            "cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas "
            "quinientos/quinientas seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas "
            "novecientos/novecientas",
            first=100,
            step=100,
        ),
        hundreds={"docena": 12, "docenas": 12},
        scales={
            "mil": 1e3,
            "millón": 1e6,
            "millon": 1e6,
            "millones": 1e6,
            "millardo": 1e9,
            "billón": 1e12,
            "billon": 1e12,
            "billones": 1e12,
        },
        ordinals={
            f"{stem}{ending}": value
            for stem, value in numbered(
                "primer segund tercer cuart quint sext séptim octav noven décim undécim duodécim", first=1
            ).items()
            for ending in ("o", "a", "os", "as")
        }
        | {"primer": 1, "tercer": 3},
        units={
            "por ciento": "percent",
            "porciento": "percent",
            "euro": "euro",
            "euros": "euro",
            "dólar": "dollar",
            "dolar": "dollar",
            "dolares": "dollar",
            "libra": "pound",
            "libras": "pound",
            "peso": "peso",
            "pesos": "peso",
            "yenes": "yen",
            "rupias": "rupee",
            "segundo": "second",
            "segundos": "second",
            "minuto": "minut",
            "minutos": "minut",
            "hora": "hour",
            "horas": "hour",
            "día": "day",
            "dia": "day",
            "dias": "day",
            "semana": "week",
            "semanas": "week",
            "mes": "month",
            "meses": "month",
            "ano": "year",
            "anos": "year",
            "década": "decad",
            "decada": "decad",
            "decadas": "decad",
            "siglo": "centuri",
            "siglos": "centuri",
            "milla": "mile",
            "millas": "mile",
            "kilómetro": "kilometr",
            "kilometro": "kilometr",
            "kilometros": "kilometr",
            "km": "kilometr",
            "metro": "meter",
            "metros": "meter",
            "m": "meter",
            "pie": "foot",
            "pies": "foot",
            "pulgada": "inch",
            "pulgadas": "inch",
            "hectárea": "hectar",
            "hectarea": "hectar",
            "hectareas": "hectar",
            "acres": "acr",
            "tonelada": "tonn",
            "toneladas": "tonn",
            "kilogramo": "kilogram",
            "kilogramos": "kilogram",
            "kilos": "kilogram",
            "kg": "kilogram",
            "gramo": "gram",
            "gramos": "gram",
            "grado": "degre",
            "grados": "degre",
        },
        above=r"más\sde|por\sencima\sde|al\smenos|por\slo\smenos|no\smenos\sde|superior(?:es)?\sa|como\smínimo",
        below=r"menos\sde|por\sdebajo\sde|como\smáximo|hasta|casi|no\smás\sde|inferior(?:es)?\sa",
        about=r"unos|unas|alrededor\sde|cerca\sde|aproximadamente|en\storno\sa|sobre",
        joining="y",
        parts={"tercio": 3, "tercios": 3, "quinto": 5, "quintos": 5},
        ranges=(("de", "a"), ("entre", "y")),
        and_a_half=r"y\smedi[oa]",
        below_zero=r"bajo\scero",
    ),
    calendar=calendar(
        "enero/ene febrero/feb marzo/mar abril/abr mayo junio/jun julio/jul agosto/ago septiembre/setiembre/sept/sep "
        "octubre/oct noviembre/nov diciembre/dic",
        "lunes martes miércoles jueves viernes sábado/sábados domingo/domingos",
        between="de|del",
        # Not "mañana", which is the morning as well.
        relative={"anteayer": -2, "ayer": -1, "anoche": -1, "hoy": 0},
        ahead=r"será|serán|tendrá|tendrán|habrá|va a|van a|prevé|prevén|previst[oa]s?|próxim[oa]s?|a partir del?",
        beside=listed("de del el la las a horas h actualizado actualizada publicado publicada"),
    ),
    denials=Denials(
        cues=(
            r"no|nunca|jamás|nada|nadie|ningún|ninguna?s?|ninguno|ni|sin|tampoco|negó|niega|negaron|rechazó"
            r"|apenas|incapaz|en\slugar\sde|en\svez\sde"
        ),
        spared=r"no\s(?:solo|sólo|solamente)|no\s(?:más|menos)\sde|sin\sduda|no\sobstante|nada\smás",
        clause_ends=r"pero|aunque|porque|mientras|hasta\sque|sino|y\sluego",
        maybe=(
            r"podrían?|puede[n]?|quizás?|tal\svez|posiblemente|probablemente|supuestamente|presunt[oa]s?|planea[n]?"
            r"|quiere[n]?|prevén?"
        ),
        disputed=(
            r"(?:rechaz(?:ó|aron|a|an)|desmint(?:ió|ieron)|desmienten?|neg(?:ó|aron)|niegan?|refut(?:ó|aron|a|an)"
            r"|descart(?:ó|aron|a|an)|cuestion(?:ó|aron|a|an)|dud(?:ó|aron|a|an))\s(?:(?:[\w-]+\s){0,3}?"
            r"(?:afirmaci|acusaci|denuncia|rumor|informaci|versi|idea|sospecha|insinuaci|cr[ií]tica|informe)\w*"
            r"[^.;:]{0,60}?\s)?(?:de\s)?que"
        ),
        again=r"nunca|jamás|nada|nadie|ningún|ninguna?s?|ninguno|ni|tampoco",
        unsettled=r"(?:pruebas?|indicios?|cierto),?\s+(?:de que|que)",
    ),
    clauses=Clauses(
        telling="y|e|pero|sino|quien|quienes|cuyo|cuya|donde|cuando|mientras|después|antes|porque|aunque|incluidos|incluidas",
        dependent=(
            r"que|quien|quienes|cuy[oa]s?|donde|cuando|si|aunque|porque|mientras|después|antes|tras|como|hasta|desde|para"
        ),
    ),
    counts=COUNTS,
    ordered_outcomes=OUTCOMES,
    names=Names(
        no_names=listed(
            """no nunca nadie nada sin ayer hoy mañana mientras además también según tras desde hasta entre sobre ante
            aunque cuando donde después antes luego entonces ahora todavía aún ya sin embargo asimismo dos tres cuatro
            cinco muchos varios algunos todos ambos cada así como por para con durante enero febrero marzo abril mayo
            junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado
            domingo"""
        ),
        titles=listed(
            "sr sra srta don doña dr dra prof profesor profesora presidente presidenta ministro ministra rey"
        ),
        places=(
            "usa eeuu estadounidense estadounidenses norteamericano norteamericana norteamericanos",
            "américa americano americana americanos americanas",
            "inglaterra inglés inglesa ingleses inglesas",
            "españa español española españoles españolas",
            "francia francés francesa franceses francesas",
            "alemania alemán alemana alemanes alemanas",
            "portugal portugués portuguesa portugueses",
            "suecia sueco sueca suecos",
            "suiza suizo suizos suizas",
            "turquía turco turca turcos turcas",
            "grecia griego griega griegos griegas",
            "polonia polaco polaca polacos polacas",
            "rusia ruso rusa rusos rusas",
            "irlanda irlandés irlandesa irlandeses",
            "escocia escocés escocesa escoceses",
            "holanda holandés holandesa holandeses",
            "gales galés galesa galeses",
        ),
        initials={("estados", "unidos"): "usa"},
        place_endings=listed(
            """a o e n as os es ia ana ano anas anos eno ena enos enas es esa eses esas eo ea eos eas ino ina inos inas
            ense enses iense ienses eño eña eños eñas"""
        ),
        people_endings=listed("s es n no na nos nas ano ana anos anas és esa eses í íes ense enses eño eña eños eñas"),
    ),
    questions=Questions(
        several=r"cada|ambos|ambas|todos|todas|cuales|respectivamente|compar\w+|diferencias?",
        latest=(
            r"(?:el |la |los |las )?mas recientes?|actual(?:es|mente)?|(?:hasta )?ahora|al final|finalmente"
            r"|por ultimo|ultim[oa]s? (?:cifra|dato|balance|recuento)s?"
        ),
        values=VALUES,
    ),
    asking=ASKING,
    restricting=RESTRICTING,
    corrections=Corrections(
        headings=(
            r"correcci(?:ón|ones)(?: y aclaraci(?:ón|ones))?|aclaraci(?:ón|ones)(?: y correcci(?:ón|ones))?"
            r"|rectificaci(?:ón|ones)|fe de (?:erratas|errores)"
        ),
        itself=(
            r"est[ea] (?:artículo|texto|noticia|información|nota|reportaje|crónica)"
            r"|versión (?:anterior|previa|original)(?! de (?:nuestr[oa]|una?) )"
        ),
        earlier=(
            r"(?:nuestr[oa]|una?|(?:el|la)(?= \w+ (?:publicad[oa]|titulad[oa]|del (?:\d|lunes|martes|miércoles|jueves"
            r"|viernes|sábado|domingo)))) (?:\w+ ){0,2}?(?:artículo|reportaje|información|noticia|nota|crónica"
            r"|entrevista|reseña|perfil|columna|despacho)|(?:informamos|publicamos|escribimos|dijimos|indicamos)"
            r"|este (?:diario|periódico) (?:informó|publicó|escribió)"
        ),
        ours=(
            r"nuestr[oa] (?:\w+ ){0,2}?(?:artículo|reportaje|información|noticia|nota|crónica|entrevista|reseña|perfil)"
            r"|(?:informamos|publicamos|escribimos)|este (?:diario|periódico) (?:informó|publicó|escribió)"
        ),
        wrong=r"por error|(?:errónea|equivocada|incorrecta)mente|(?:debía|debió) decir",
        taken_back=r"(?:y )?no|en (?:lugar|vez) de",
        looked_up=(
            *("corrección", "correcciones", "aclaración", "aclaraciones", "rectificación", "rectificaciones"),
            *("fe de erratas", "fe de errores", "por error", "erróneamente", "equivocadamente", "incorrectamente"),
            *("debía decir", "debió decir"),
        ),
    ),
    sentences=Sentences(
        attribution="dijo|preguntó",
        joined=listed(
            """él ella ello ellos ellas su sus ambos ambas tal tales nosotros nuestro nuestra yo tú mi tu entonces así
            pero sino y e o u también además asimismo luego aquel aquella aquellos aquellas"""
        ),
        points_back=(
            r"(?:(?:bajo|tras|después de|antes de|en|a|para|con|de|desde|por|durante) )?(?:est[eao]s?|es[eao]s?"
            r"|allí|ahí|ell[oa]s?)|sin embargo|por (?:ello|eso|esto|lo tanto|tanto|su parte)|no obstante|en cambio"
        ),
        corrections=(
            r"(?:corrig(?:e|ió|ieron|en)|rectific(?:a|ó|aron))\s(?:su|sus|la|el|los|las|una?|que)\b"
            r"|(?:corrección|rectificación|fe de erratas)(?=:| de\b| y\b)"
            r"|(?:este|el) (?:artículo|texto|reportaje) (?:ha sido|fue) (?:corregido|actualizado|modificado)"
            r"|una versión (?:anterior|previa)|(?:anteriormente"
            r"|inicialmente|erróneamente|por error|equivocadamente) (?:se )?(?:informó|publicó|dijo|indicó|informado"
            r"|publicado|indicado)|lamentamos el error|pedimos disculpas|revis(?:ó|ado|ada|aron) (?:a la baja|al alza)"
            r"|se retract(?:ó|aron)|retir(?:ó|aron) (?:su|la) (?:afirmación|información|cifra)"
        ),
        bylines=listed("por"),
        between_parts=spelled("y e o"),
        before_a_name=spelled(
            """Sr Sra Srta Sres Sras Dr Dra Dres Prof Profa D Dª Da Lic Ing Arq Gral Cnel Cap Tte Sto Sta Mons Excmo
            Ilmo Ud Uds Vd Vds Avda av ca cf"""
        ),
        maybe_last=spelled("""etc Cía Hnos pág págs cap aprox tel UU AA núms Ltda"""),
        starters=spelled(
            """Al Del De Con Sin Sobre Entre Desde Hasta Tras Ante Contra Durante Mientras Cuando Como Si Aunque Porque
            Que Qué Quién Cómo Cuándo Dónde Cuántos Esto Eso Ese Esa Esos Esas Su Sus Se No Sí Ni
            También Tampoco Todo Toda Todos Todas Muchos Muchas Algunos Algunas Varios Cada Otro Otra
            Otros Otras Ahora Hoy Ayer Luego Después Antes Así Sin Hay Fue Era Es Ha Debido Gracias"""
        ),
    ),
    stops=FULL_STOPS,
    site=SITE,
    bylines=BYLINES,
)
