"""German; umlauts may be written with an e."""

from ..aspects import Aspect
from .language import Language

GERMAN = Language(
    "de",
    before=frozenset({"nicht", "kein", "keine", "keinen", "keinem", "keiner", "nie", "niemals", "ohne", "weder"}),
    after=frozenset({"nicht", "nie"}),
    phrases={
        Aspect.WAITING: """
            wart* noch, wart* immer, wart* seit, noch wart*, immer wart*, lange gewartet, wochen gewartet, tage
            gewartet, lasst warten, lassen warten, laesst warten, noch immer nicht, immer noch nicht, immer noch kein*,
            noch immer kein*, kein* antwort*, kein* ruckmeldung*, kein* rueckmeldung*, nicht geantwortet, nie
            geantwortet, niemand antwort*, niemand meldet, niemand ruft, nicht gemeldet, nie gemeldet, verspat*,
            verspaet*, verzoger*, verzoeger*, zu spat, zu spaet, zu lange, zu langsam, nicht geliefert, nicht
            angekommen, nie angekommen, nicht erhalten, nie erhalten, nicht gekommen, uberfallig*, ueberfaellig*, im
            verzug, lieferverzug
        """,
        Aspect.CROSS: """
            enttausch*, enttaeusch*, argerlich*, aergerlich*, verarger*, veraerger*, wutend*, wuetend*, unzufrieden*,
            nicht zufrieden*, nicht akzept*, nicht hinnehmbar, inakzeptabel*, unzumutbar*, zumutung, frustr*,
            frechheit, unverschamt*, unverschaemt*, schlecht*, miserab*, katastroph*, furchtbar*, beschwer*, reicht
            uns, reicht mir, haben genug, habe genug, vertrauen verloren, unprofessionell*, unfreundlich*, nutzlos*,
            unbrauchbar*, unzuverlassig*, unzuverlaessig*
        """,
        Aspect.AGAIN: """
            schon wieder, immer wieder, wieder einmal, zweite* mal, dritte* mal, vierte* mal, derselbe fehler, gleiche*
            problem*, gleiche* fehler*, selbe* problem*, selbe* fehler*, jedes mal, nicht behoben, nie behoben, nicht
            gelost, nicht geloest, nie gelost, nie geloest, wiederholt*, wieder ausgefallen
        """,
        Aspect.LEAVING: """
            kundig*, gekundigt, kuendig*, gekuendigt, vertrag beenden, nicht verlanger*, nicht verlaenger*, ander*
            anbieter*, ander* lieferant*, anbieter wechsel*, lieferanten wechsel*, wechsel* anbieter*, wechsel*
            lieferant*, konkurrenz*, wettbewerber*, mitbewerber*, stornier*, storno, woanders, nicht mehr bestellen,
            nichts mehr bestellen
        """,
        Aspect.CLAIMING: """
            geld zuruck, geld zurueck, ruckerstatt*, rueckerstatt*, erstattung*, schadenersatz*, schadensersatz*,
            entschadig*, entschaedig*, anwalt*, rechtsanwalt*, rechtliche schritte, vor gericht, vertragsstrafe*,
            fristsetzung, letzte frist, letzte mahnung, ihr* vorgesetzt*, ihr* geschaftsfuhr*, vertragsbruch
        """,
        Aspect.PRAISE: """
            zufrieden*, hervorragend*, ausgezeichnet*, perfekt*, super, prima, begeister*, empfehl*, gute arbeit, sehr
            gut*, funktioniert gut, funktioniert einwandfrei, einwandfrei*, schnelle antwort, schnelle hilfe, danke
            schnelle*, freundlich*
        """,
    },
)
