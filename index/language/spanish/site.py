"""How Spanish pages of news sites speak to their readers, and how they tell who wrote a story."""

from __future__ import annotations

from index.language.pack import spelled
from index.language.parts.site import Bylines, Site

SITE = Site(
    list_labels=(
        r"(?:noticias|artículos) relacionad[ao]s|más noticias|lo más leído|te puede interesar"
        r"|también te puede interesar"
    ),
    labels=(
        r"tiempo de lectura:? .{1,20}|\d{1,2} min(?:utos)? de lectura"
        r"|(?:ver en|abrir en) el navegador|darse de baja"
        r"|publicidad|compartir(?: (?:en|est[ae]) .{1,40})?|leer más|seguir leyendo|suscríbete(?: .{1,60})?"
        r"|síguenos en .{1,60}|comentarios \(\d+\)"
    ),
    page="página|diapositiva",
    out_of="de",
    links="lee también|lee además|te puede interesar|leer también",
    subjects="etiquetas|temas",
    notices=r"(?:utilizamos|este sitio (?:web )?utiliza) .{0,30}cookies",
    reported="dijo|según|afirmó|denunció|criticó|halló",
    addressed=r"utilizamos|su|nuestr\w+|este sitio",
    reasons_for_cookies=r"sitio|experiencia|consentimiento|acept\w*|privacidad|mejorar|navega\w*",
    words=spelled(
        """
        utilizamos utiliza este esta estos sitio web el la los las un una unos unas y o de del en a al para por con que
        se su sus nuestro nuestra nuestros nuestras más mejorar experiencia ofrecer ofrecerle navegación navegar
        navegando usuario contenido contenidos publicidad anuncios servicios continuar continúa acepta aceptar aceptas
        aceptación uso política privacidad propias terceros analizar personalizar información preferencias configuración
        si usted
        """
    ),
    about_page=r"este (?:artículo|sitio|texto)|esta (?:página|noticia)|suscri\w+",
    consent="privacidad",
)

BYLINES = Bylines(
    fields={
        "title": "titular|título",
        "published": "fecha|publicado",
        "updated": "actualizado",
        "author": "autor[ae]s?",
        "outlet": "fuente|medio|diario",
        "language": "idioma",
    },
    published=r"publicado(?: el)?",
    updated=r"actualizado(?: el)?",
    updated_beginnings="actualiz",
    before_date="el|a las|fecha",
    of_event="el",
    in_outlets="El",
    by="por",
    places="en|desde",
    in_names="y|e|de|del|la",
    roles="corresponsal",
    outlets="diario|prensa|noticias|mundo|país|periódico|voz",
    pages=r"página|pág\.?",
)
