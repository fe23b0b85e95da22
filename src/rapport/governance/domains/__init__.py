"""Value domains: what a field's values may be, how they are read from text and how they are shown.

`parse` takes what a person typed or a file holds and gives the value to store, or raises `ValueProblem`
saying what to do. Each domain names the standard it follows.
"""

from .base import Domain, ValueProblem
from .choices import Boolean, Choice, OpenList
from .contact import EmailAddress, PhoneNumber, WebAddress
from .contact_lists import Addresses, ContactPoints, Emails, Phones
from .links import Link
from .numbers import Amount, DecimalNumber, Integer, Percentage, Year
from .registration import BankAccount, CompanyNumber, VatNumber
from .several import Languages, Several
from .standards import Country, Currency, Language, TimeZone
from .texts import LongText, Text
from .times import Date, DateTime, TimeOfDay

__all__ = [
    "Addresses",
    "Amount",
    "BankAccount",
    "Boolean",
    "Choice",
    "CompanyNumber",
    "ContactPoints",
    "Country",
    "Currency",
    "Date",
    "DateTime",
    "DecimalNumber",
    "Domain",
    "EmailAddress",
    "Emails",
    "Integer",
    "Language",
    "Languages",
    "Link",
    "LongText",
    "OpenList",
    "Percentage",
    "PhoneNumber",
    "Phones",
    "Several",
    "Text",
    "TimeOfDay",
    "TimeZone",
    "ValueProblem",
    "VatNumber",
    "WebAddress",
    "Year",
]
