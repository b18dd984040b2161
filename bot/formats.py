"""Formats checked by well-kept libraries: phone, e-mail, SIRET, NIR, IBAN, card, holidays, similarity."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from holidays import country_holidays
from rapidfuzz import fuzz, process
from stdnum import iban, luhn
from stdnum.fr import nir, siren, siret

from bot.domain import regex as re

_REGIONS = {"971": "GP", "972": "MQ", "973": "GF", "974": "RE", "976": "YT", "975": "PM", "977": "BL", "978": "MF"}


@lru_cache(maxsize=16)
def _holidays(year: int) -> Mapping[date, str]:
    return dict(country_holidays("FR", years=year, language="fr").items())


_FICTION = re.compile(r"(?:19900|26191|35301|46571|53649|63998)\d{4}")
"""Numbers that ARCEP keeps for works of fiction: nobody's, and well formed; rehearsals and trainings use them."""


def _kept_for_fiction(number: phonenumbers.PhoneNumber) -> bool:
    return number.country_code == 33 and _FICTION.fullmatch(str(number.national_number)) is not None


class LibraryFormats:
    """The `Formats` port, by python-stdnum, phonenumbers, email-validator, holidays and rapidfuzz."""

    def phone(self, text: str, departement: str | None = None) -> str | None:
        """The E.164 form; tries the departement's region, then mainland, then overseas."""
        regions = [_REGIONS.get(departement or "", "FR"), "FR", *_REGIONS.values()]
        for region in dict.fromkeys(regions):
            try:
                number = phonenumbers.parse(text, region)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_valid_number(number) or _kept_for_fiction(number):
                return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return None

    def email(self, text: str) -> str | None:
        """The normalised address, syntax only: nothing is looked up."""
        try:
            return validate_email(text, check_deliverability=False).normalized
        except EmailNotValidError:
            return None

    def siret(self, digits: str) -> bool:
        """Whether the key is right."""
        return bool(siret.is_valid(digits))

    def siren(self, digits: str) -> bool:
        """Whether the key is right."""
        return bool(siren.is_valid(digits))

    def nir(self, text: str) -> bool:
        """Whether the key is right."""
        return bool(nir.is_valid(text))

    def iban(self, text: str) -> bool:
        """Whether the key is right."""
        return bool(iban.is_valid(text))

    def card(self, digits: str) -> bool:
        """Whether the key is right, for 13 to 19 digits."""
        return 13 <= len(digits) <= 19 and bool(luhn.is_valid(digits))

    def holidays(self, year: int) -> Mapping[date, str]:
        """The public holidays of that year."""
        return _holidays(year)

    def closest(self, word: str, choices: Sequence[str], minimum: float = 85.0) -> str | None:
        """The most similar choice by edit ratio."""
        found = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=minimum)
        return str(found[0]) if found else None
