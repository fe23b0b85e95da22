"""Names of invented companies in the style of registers of nine languages, many of them twice: a blind test.

The way `match` compares names was made before these existed; nobody may tune it on them.
"""

import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

# ruff: noqa: SIM905

SEED = "names nobody tuned on, 22 November 2026"
_COMPANIES = 2_000
_TWICE = 0.35


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
_COINED = (
    "aero agri bio cal dex el fin gen hydro in jet kor lum med neo opti poly quan ro syn tel uni ver xen zy".split(),
    "bra cept dion fex gra lis mora nix pax rion sano tecta via vora xima".split(),
)
_SHORT = {
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
_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ß": "ss"}


@dataclass(frozen=True)
class _Company:
    stem: str
    form: str
    tongue: Tongue


def names_and_groups(*, crowded: bool) -> tuple[list[str], list[int]]:
    """The names in a drawn order, and for each the company it stands for.

    Where it is crowded, ten surnames a language make most companies namesakes of several others.
    """
    dice = random.Random(f"{SEED}{'' if crowded else ', many surnames'}")
    rows: list[tuple[str, int]] = []
    companies = _companies(dice, crowded=crowded)
    for number, company in enumerate(companies):
        plain = f"{company.stem} {company.form}"
        forms = [plain]
        if dice.random() < _TWICE:
            forms += [_changed(company, dice) for _time in range(dice.choice((1, 1, 1, 2)))]
        rows += [(form, number) for form in dict.fromkeys(forms)]
    dice.shuffle(rows)
    return [name for name, _number in rows], [number for _name, number in rows]


def _companies(dice: random.Random, *, crowded: bool) -> list[_Company]:
    """Each stem once; many share a surname, a trade or a coined word with others."""
    stems: Counter[str] = Counter()
    found: list[_Company] = []
    while len(found) < _COMPANIES:
        tongue = dice.choice(TONGUES)
        stem = _stem(tongue, dice, crowded=crowded)
        stems[stem.casefold()] += 1
        if stems[stem.casefold()] == 1:
            found.append(_Company(stem, dice.choice(list(tongue.forms)), tongue))
    return found


def _surname(tongue: Tongue, dice: random.Random, *, crowded: bool) -> str:
    starts, ends = tongue.parts
    return dice.choice(tongue.surnames) if crowded else dice.choice(starts.split()) + dice.choice(ends.split())


def _stem(tongue: Tongue, dice: random.Random, *, crowded: bool) -> str:
    surname, partner = (_surname(tongue, dice, crowded=crowded) for _person in range(2))
    trade, town = dice.choice(tongue.trades), dice.choice(tongue.towns)
    coined = f"{dice.choice(_COINED[0])}{dice.choice(_COINED[0])}{dice.choice(_COINED[1])}".capitalize()
    initial = dice.choice("ABCDEFGHJKLMNPRSTVW")
    return dice.choice(
        (
            *(f"{surname} {trade}", f"{surname} & {partner} {trade}"),
            *(f"{coined} {trade}", f"{coined} {trade} {town}", f"{trade} {surname} {town}", coined),
            *(f"{coined} International", f"{initial}. {surname} {trade}", f"{surname} {coined}"),
        )
    )


def _changed(company: _Company, dice: random.Random) -> str:
    """Another way in which a list, a register or a person writes the same company: one change of each of one or two."""
    stem, form = company.stem, company.form
    for change in dice.sample(CHANGES, dice.choice((1, 1, 2))):
        stem = change(stem, company.tongue, dice)
    if dice.random() < 0.6:
        form = dice.choice(company.tongue.forms[form])
    name = f"{stem} {form}".strip()
    return _in_capitals(name) if dice.random() < 0.15 else name


def _in_capitals(name: str) -> str:
    return _bare(name).upper()


def _bare(name: str) -> str:
    return unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L")).encode("ascii", "ignore").decode()


def _abbreviated(stem: str, tongue: Tongue, dice: random.Random) -> str:
    known = [word for word in stem.split() if word in _SHORT]
    if not known:
        return _slip(stem, tongue, dice)
    word = dice.choice(known)
    return stem.replace(word, _SHORT[word])


def _held(stem: str, tongue: Tongue, dice: random.Random) -> str:
    del tongue
    return f"{stem} {dice.choice(('Holding', 'Group', 'Gruppe', 'Groupe', 'Grupo', 'International'))}"


def _branch(stem: str, tongue: Tongue, dice: random.Random) -> str:
    return f"{stem} {dice.choice(tongue.branches).format(dice.choice(tongue.towns))}"


def _reordered(stem: str, tongue: Tongue, dice: random.Random) -> str:
    del tongue
    words = stem.split()
    first = words.pop(0)
    return f"{' '.join(words)}{dice.choice((' ', ', '))}{first}" if words else first


def _without_accents(stem: str, tongue: Tongue, dice: random.Random) -> str:
    if dice.random() < 0.5:
        stem = "".join(_LETTERS.get(char, char) for char in stem)
    return _bare(stem) if not stem.isascii() else _slip(stem, tongue, dice)


def _slip(stem: str, tongue: Tongue, dice: random.Random) -> str:
    del tongue
    place = dice.randrange(1, len(stem) - 1)
    kept, char, rest = stem[:place], stem[place], stem[place + 1 :]
    return dice.choice((kept + rest, kept + char * 2 + rest, kept + rest[:1] + char + rest[1:]))


def _joined(stem: str, tongue: Tongue, dice: random.Random) -> str:
    """Written together, with a hyphen, or with another word for “and”."""
    if " & " in stem:
        return stem.replace(" & ", dice.choice((" and ", " und ", " et ", " y ", " e ", "+", "/")))
    words = stem.split()
    return f"{words[0]}{dice.choice(('-', ''))}{' '.join(words[1:])}" if len(words) > 1 else _slip(stem, tongue, dice)


def _shortened(stem: str, tongue: Tongue, dice: random.Random) -> str:
    """The last word is left out."""
    words = stem.split()
    return " ".join(words[:-1]) if len(words) > 2 else _slip(stem, tongue, dice)


Change = Callable[[str, Tongue, random.Random], str]
CHANGES: Sequence[Change] = (
    *(_abbreviated, _held, _branch, _reordered, _without_accents, _slip, _slip, _joined, _shortened),
)
