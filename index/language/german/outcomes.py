"""How German says that something happened, that it did not, or that its contrary did."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.outcomes import Contrary, OrderedOutcomes

_HEAD = r"\W*(?:(?:und|aber|also)\s+)?"

OUTCOMES = OrderedOutcomes(
    contraries={
        "decided": Contrary(
            yes=(
                "genehmigt genehmigte genehmigten gebilligt billigte billigten beschlossen beschloss verabschiedet "
                "verabschiedete verabschiedeten angenommen ratifiziert ratifizierte zugestimmt nahm+an nahmen+an "
                "stimmte+zu stimmten+zu"
            ),
            no=(
                "abgelehnt verworfen verwarf verwarfen zurückgewiesen lehnt+ab lehnte+ab lehnten+ab wies+zurück "
                "wiesen+zurück"
            ),
            delayed="vertagt vertagte vertagten verschoben verschob verschoben aufgeschoben",
        ),
        "allowed": Contrary(
            "erlaubt erlaubte erlaubten gestattet gestattete zugelassen ließ+zu ließen+zu",
            "verboten verbot untersagt untersagte untersagten",
        ),
        "judged": Contrary("verurteilt schuldig", "freigesprochen unschuldig"),
        "survived": Contrary(
            "überlebt überlebte überlebten", "gestorben starb starben tot getötet umgekommen kam+um", of_one=True
        ),
        "won": Contrary("gewonnen gewann gewannen", "verloren verlor unterlag unterlagen unterlegen", of_one=True),
        "rose": Contrary(
            "gestiegen stieg stiegen gewachsen wuchs wuchsen zugenommen nahm+zu nahmen+zu",
            "gesunken sank sanken gefallen fiel fielen zurückgegangen ging+zurück gingen+zurück abgenommen nahm+ab",
            of_one=True,
        ),
        "open": Contrary("offen geöffnet", "geschlossen gesperrt", of_one=True, passing=True),
    },
    deeds=(
        rf"{_HEAD}(?:hat|haben|hatte|hatten|ist|sind|war|waren|wurde|wurden)\s.+\s(?P<deed>[a-zäöüß]+)\W*$",
        rf"{_HEAD}(?P<deed>[a-zäöüß]+(?:te|ten))\s",
    ),
    decision=(
        rf"{_HEAD}(?:was|wie)\s(?:hat|haben)\s(?P<agent>.+?)\s(?:über|zum|zur|zu|wegen)\s(?P<thing>.+?)"
        r"\s(?:entschieden|beschlossen|abgestimmt)\W*$"
    ),
    fate=rf"{_HEAD}was\s(?:(?:ist|wurde)\s(?:mit|aus)\s(?P<thing>.+?)(?:\s(?:geschehen|passiert|geworden))?)\W*$",
    decisions=("decided", "allowed"),
    fates=("survived", "judged", "decided"),
    passive=listed("wurde wurden worden"),
    present=listed("ist sind bleibt bleiben"),
    particles=listed(
        "ab an auf aus bei durch ein fort her hin los mit nach nieder um unter vor weg zu zurück zusammen"
    ),
    beside=listed(
        """neu neue neuen neuer neues geplante geplanten geplanter geplantes umstrittene umstrittenen umstrittener
        umstrittenes vorgeschlagene vorgeschlagenen städtische städtischen herr herrn frau bürgermeister bürgermeisterin
        präsident präsidentin minister ministerin gefunden aufgefunden geborgen bereits nun endgültig schließlich beide
        bleibt bleiben blieb"""
    ),
    circumstance=listed("mit nach trotz wegen"),
    no=r"keine?[mnrs]?",
    ends_with_denial=True,
    adverbs=("lich", "weise"),
    doubt=(
        r"noch|fast|beinahe|angeblich\w*|mutmaßlich\w*|offenbar|wohl|vielleicht|möglicherweise|wahrscheinlich"
        r"|voraussichtlich|soll(?:en|te|ten)?|will|wollen|wollten?|w[iü]rden?|wird|werden|könnten?|kann|können|dürften?"
        r"|muss|müssen|müssten?|sei|seien|habe|hätten?|wären?|glaub\w*|denk\w*|dacht\w*|hoff\w*|fürcht\w*|droh\w*|plan\w*"
        r"|forder\w*|verlang\w*|versprach\w*|warn\w*|erwart\w*|beschuldig\w*|angeklagt\w*|teilweise|zum\sTeil|zunächst"
        r"|ursprünglich|früher\w*|zuvor|erneut|wieder|falsch\w*|gelogen|hatten?|letzte[nsr]?\s(?:Jahr|Monat|Woche|Saison)"
    ),
)
