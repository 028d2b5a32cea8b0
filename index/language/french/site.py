"""How French pages of news sites speak to their readers, and how they tell who wrote a story."""

from __future__ import annotations

from index.language.pack import spelled
from index.language.parts.site import Bylines, Site

SITE = Site(
    list_labels="sur le même sujet|articles liés|les plus lus|à lire aussi",
    labels=(
        r"voir dans (?:le|votre) navigateur|se désabonner|se désinscrire"
        r"|publicité|partager(?: (?:sur|par|cet|cette) .{1,40})?|lire la suite|abonnez-vous(?: .{1,60})?"
        r"|suivez-nous .{1,60}"
    ),
    out_of="sur",
    links="à lire aussi|lire aussi",
    notices=r"(?:nous utilisons|ce site utilise) .{0,30}cookies",
    reported="a déclaré|selon|jugé|trouvé|reproché",
    addressed="nous|vos|votre|ce site",
    reasons_for_cookies=r"expérience|consentement|accept\w*|confidentialité|améliorer|navigation",
    words=spelled(
        """
        nous utilisons utilise ce cette ces site le la les un une des du et ou de d' en à au aux pour par avec que qui
        votre vos nos notre plus améliorer expérience offrir proposer navigation contenu contenus publicités services
        continuer continuant acceptez accepter acceptation utilisation confidentialité politique mesurer audience
        personnaliser informations préférences paramètres meilleure
        """
    ),
    about_page="cet article|cette page",
    credits="Crédit photo",
    consent="confidentialité",
)

BYLINES = Bylines(
    fields={
        "title": "titre",
        "published": "publié",
        "updated": "mis à jour",
        "author": "auteurs?",
        "language": "langue",
    },
    published=r"publié(?: le)?",
    updated=r"mis à jour(?: le)?",
    updated_beginnings="mis à jour",
    before_date="le|à|date",
    of_event="le",
    in_outlets="Le",
    by="par",
    places="en|à",
    in_names="et|de|la",
    outlets="monde|figaro|libération",
)
