"""What invented companies are called by in nine languages: surnames, trades, legal forms, branches and towns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# ruff: noqa: SIM905


@dataclass(frozen=True)
class Tongue:
    """What a language's register is full of: surnames and their parts, trades, legal forms, branches, towns."""

    surnames: Sequence[str]
    parts: tuple[str, str]
    trades: Sequence[str]
    forms: Mapping[str, Sequence[str]]
    branches: Sequence[str]
    towns: Sequence[str]


TONGUES = (
    Tongue(
        "Ashworth Pemberton Hargreaves Whitlock Thackeray Dunmore Kingsley Bramwell Holloway Cartwright".split(),
        (
            "Ash Bram Black Cart Clay Dun East Fair Har Hol Kings Lang Mar Nor Pem Red Stan Thorn Whit Wood",
            "bridge brook by combe croft dale field ford ham hurst land ley shaw ton well worth",
        ),
        ("Engineering Services", "Property Management", "Haulage", "Catering Supplies", "Joinery", "Insurance Brokers"),
        {"Limited": ("Ltd", "Ltd.", ""), "PLC": ("plc", "Public Limited Company"), "LLP": ("L.L.P.", "")},
        ("UK Branch", "(UK)", "t/a {}", "{} Branch"),
        "Sheffield Norwich Swansea Dundee".split(),
    ),
    Tongue(
        "Krämer Vogelsang Hübner Dietrich Böttcher Lindemann Schürmann Grünewald Pfeiffer Ostermann".split(),
        (
            "Acker Berg Brand Brunn Diet Eich Feld Gold Grün Hart Kirch Land Linden Nieder Ober Rosen Schön Stein Wald",
            "acker bauer bach berger eder feld häuser hofer mann meier müller rich schmidt stein thaler wirth",
        ),
        ("Maschinenbau", "Bauunternehmung", "Haustechnik", "Werkzeughandel", "Vermögensverwaltung", "Gartenbau"),
        {
            "GmbH": ("Gesellschaft mbH", "G.m.b.H.", ""),
            "GmbH & Co. KG": ("GmbH + Co KG", "KG"),
            "AG": ("Aktiengesellschaft",),
        },
        ("Niederlassung {}", "Zweigniederlassung {}", "Deutschland", "- Werk {}"),
        "Münster Kassel Chemnitz Ulm".split(),
    ),
    Tongue(
        "Beaumont Delacroix Lefèvre Marchand Rousselet Guérin Chevallier Pelletier Barbier Desjardins".split(),
        (
            "Beau Bel Bois Cham Char Clair Dam Des Fon Gri Haut Lam Mar Mon Per Ra Sau Tri Val Vil",
            "bert bonnet court dier fleur geon lard lier mont neau pied quet rieux sier tier vallon",
        ),
        ("Menuiserie", "Transports", "Travaux Publics", "Négoce de Vins", "Ingénierie", "Distribution Alimentaire"),
        {
            "SARL": ("S.A.R.L.", ""),
            "SAS": ("S.A.S.", "Société par Actions Simplifiée"),
            "SA": ("S.A.", "Société Anonyme"),
        },
        ("France", "Succursale de {}", "- Agence de {}", "({})"),
        "Limoges Brest Dijon Angers".split(),
    ),
    Tongue(
        "Cabrera Escudero Valdivia Montoya Carrasco Iglesias Zamorano Peñalver Urrutia Quiñones".split(),
        (
            "Al Bar Ben Cal Car Del Es Fer Gal Her Ib Lar Mon Nav Or Pal Quin Ro Sal Val",
            "ada aguilar arte bona cedo dosa ellano enza guera ijo landa medo quero ranza tierra varro",
        ),
        (
            "Construcciones",
            "Conservas",
            "Suministros Industriales",
            "Asesores",
            "Transportes Frigoríficos",
            "Cerámicas",
        ),
        {"S.L.": ("SL", "Sociedad Limitada", ""), "S.A.": ("SA", "Sociedad Anónima"), "S.L.U.": ("SLU", "S.L.")},
        ("España", "Sucursal en {}", "Delegación {}", "({})"),
        "Albacete Vigo Almería Lleida".split(),
    ),
    Tongue(
        "Azevedo Bragança Carvalho Damásio Figueiredo Guimarães Meireles Pacheco Quintela Serrão".split(),
        (
            "Al Bar Cam Car Cas Fer Fon Gon Lou Mar Mes Mon Nor Oli Pin Que Ri Sar Tei Var",
            "ães ardo beiro cedo deira elho gueira inho landes meida nheiro queira reira seca tinho valha",
        ),
        ("Metalomecânica", "Calçados", "Construção Civil", "Cortiças", "Consultores", "Moldes e Plásticos"),
        {"Lda": ("Lda.", "Limitada", ""), "S.A.": ("SA", "Sociedade Anónima"), "Unipessoal Lda": ("Unip. Lda", "Lda")},
        ("Portugal", "Filial de {}", "- Sucursal {}", "({})"),
        "Leiria Viseu Aveiro Setúbal".split(),
    ),
    Tongue(
        "Bellini Castagna Ferrarese Lombardini Moretti Palladino Santoro Vitale Zanetti Orlandini".split(),
        (
            "Al Ber Bel Cal Cap Col Fer Gal Gri Lom Man Mar Mon Pal Per Ric San Tor Val Ven",
            "alli acchi bardi cini dori ella ghetti gnoli landi mani netti pieri rotti santi telli zoni",
        ),
        (
            "Costruzioni Meccaniche",
            "Arredamenti",
            "Prodotti Alimentari",
            "Impianti Elettrici",
            "Autotrasporti",
            "Tessuti",
        ),
        {"S.r.l.": ("SRL", "Srl", ""), "S.p.A.": ("SPA", "Spa", "Società per Azioni"), "S.n.c.": ("SNC", "")},
        ("Italia", "Filiale di {}", "- Sede di {}", "({})"),
        "Bergamo Ancona Vicenza Lecce".split(),
    ),
    Tongue(
        "Boerhaave Dijkstra Hoogendoorn Kuipers Molenaar Oosterhuis Schouten Terpstra Veenstra Zandbergen".split(),
        (
            "Aker Bak Berg Bos Brand Dijk Eijk Groen Haar Hoog Kerk Klein Laan Meer Noord Oud Rijn Veld Water Zee",
            "boer broek dam groot horst huis kamp man meijer mans schoot sema stra veen vliet wijk",
        ),
        ("Bouwbedrijf", "Tuinmachines", "Logistiek", "Scheepswerf", "Groothandel", "Zuivelproducten"),
        {"B.V.": ("BV", "Besloten Vennootschap", ""), "N.V.": ("NV", "Naamloze Vennootschap")},
        ("Nederland", "Vestiging {}", "- Filiaal {}", "({})"),
        "Zwolle Breda Delft Assen".split(),
    ),
    Tongue(
        "Kowalczyk Wiśniewski Zieliński Szymański Woźniak Dąbrowski Jaworski Górski Sikorski Michalak".split(),
        (
            "Adam Bart Biel Boj Czer Dob Gaj Jan Kamin Klim Kras Mal Mar Now Pol Rad Sad Stan Wal Zal",
            "acki aszek czak czyk ecki ewicz icki iński ecki kowski licki nik orski owicz uszak zewski",
        ),
        ("Zakład Stolarski", "Przetwórstwo Mięsne", "Hurtownia", "Usługi Budowlane", "Transport", "Meble"),
        {
            "Sp. z o.o.": ("Spółka z o.o.", "sp z oo", ""),
            "S.A.": ("SA", "Spółka Akcyjna"),
            "Sp. j.": ("Spółka Jawna", ""),
        },
        ("Polska", "Oddział {}", "- Oddział w {}", "({})"),
        "Lublin Rzeszów Opole Gdynia".split(),
    ),
    Tongue(
        "Åkesson Bergström Dahlqvist Engström Hägglund Lindholm Nordström Sjögren Wallenius Öberg".split(),
        (
            "Al Berg Björk Dal Eng Falk Fors Gran Hag Hell Ing Lind Lund Nord Ros Sand Sjö Sten Strand Väster",
            "backe blad borg dahl fors gren holm hult kvist lind lund man mark qvist stedt ström",
        ),
        ("Mekaniska", "Byggtjänst", "Fastigheter", "Åkeri", "Elektriska", "Skogsmaskiner"),
        {"AB": ("Aktiebolag", "A.B.", ""), "HB": ("Handelsbolag",), "KB": ("Kommanditbolag", "")},
        ("Sverige", "Filial {}", "i {}", "({})"),
        "Umeå Växjö Gävle Borås".split(),
    ),
)
COINED = (
    "aero agri bio cal dex el fin gen hydro in jet kor lum med neo opti poly quan ro syn tel uni ver xen zy".split(),
    "bra cept dion fex gra lis mora nix pax rion sano tecta via vora xima".split(),
)
SHORT = {
    "International": "Intl",
    "Engineering": "Eng.",
    "Services": "Svcs",
    "Management": "Mgmt",
    "Maschinenbau": "Masch.bau",
    "Transports": "Transp.",
    "Construcciones": "Constr.",
    "Distribution": "Distr.",
    "Costruzioni": "Costr.",
    "Holding": "Hldg",
    "Industrial": "Ind.",
    "Zakład": "Zakł.",
}
LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ß": "ss"}
