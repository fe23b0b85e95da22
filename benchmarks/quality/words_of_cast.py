"""Words that an invented customer base is put together from, and how a number and a word of an address are made."""

import random
import re
from collections.abc import Sequence
from unicodedata import normalize


def _words(text: str) -> Sequence[str]:
    return text.split()


GIVEN = _words(
    "Ana João Maria Inês Rui António Élodie François Chloé Benoît Jürgen Jörg Käthe Ulrike Zoë Łukasz Agnieszka Søren"
    " Åsa Björn Núria José Íñigo Giulia Niccolò Minh Li Wei Priya Arjun Fatima Omar Aoife Seán Katarzyna Müge Çağla"
    " Thomas Anna Peter Laura Paul Julia Martin Sofia Marc Claire Hugo Emma Lars Nina Ivan Olga Tomás Eva Jan Lea"
)
FAMILY = _words(
    "Silva Santos Ferreira Gonçalves Magalhães Araújo Dupont Lefèvre Béranger Gauthier Müller Schäfer Groß Weiß Köhler"
    " Kowalski Wiśniewska Zieliński Jensen Sørensen Ågren Lindström García Muñoz Ibáñez Rossi D'Amico Nguyen Trần Wang"
    " Sharma Patel Haddad O'Brien McCarthy Yılmaz Öztürk Novák Dvořák Petrov Ionescu Papadakis Smith Brown Taylor"
)
FAMILY_ENDS = ("", "", "", "son", "mann", "ski", "eiro", "ard", "elli", "ova", "es", "berg", "au", "ini", "ez", "feld")
TOWNS = _words("Porto Lyon München Kraków Málaga Cork Aarhus Brno Torino Gent Nantes Essen Faro Leeds Graz Göteborg")
STEMS = _words("Alt Ber Cor Dal Ere Fin Gal Hel Ind Jor Kel Lum Mar Nor Opt Pel Qua Ros Sol Tek Urb Vel Wes Xan Yor")
ENDS = _words("ano bris cora den eon fax gia hus ite jen kos lia mex nova ora pex rion stal tix ura vita wick")
TRADES = _words("Pumps Logistik Conseil Foods Textiles Software Química Metall Énergie Optics Packaging Hôtels Bau")
FORMS = {
    "DE": "GmbH",
    "FR": "SAS",
    "PT": "Lda",
    "ES": "S.L.",
    "IT": "S.r.l.",
    "GB": "Ltd",
    "PL": "Sp. z o.o.",
    "SE": "AB",
}
OTHER_FORMS = ("", "SA", "AG", "Limited", "Unipessoal Lda", "SARL", "KG")


def phone(dice: random.Random) -> str:
    """A number with the prefix of its country."""
    return f"+{dice.choice((33, 49, 351, 44))} {dice.randrange(10**8, 10**9)}"


def plain(text: str) -> str:
    """Small letters only, without accents, as in addresses."""
    return re.sub(r"[^a-z]", "", normalize("NFKD", text.lower().replace("ß", "ss")))
