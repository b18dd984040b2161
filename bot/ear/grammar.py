"""The turn of a sentence: who speaks of whom, denied or wished, past or to come; what words alone do not tell."""

from collections.abc import Mapping

from bot.domain import regex as re
from bot.reading.plain import plain

_SUBJECT = re.compile(r"\b(je|j|jsuis|chui|jai|tu|t|vous|il|elle|ils|elles|on|ca|c|ce)\b")
_TURNS: Mapping[str, re.Pattern[str]] = {
    "nie": re.compile(r"\b(?:pas|plus|rien|jamais|aucun\w*|personne)\b"),
    "a_vous": re.compile(r"\b(?:tu|t|te|toi|ton|ta|tes|vous|votre|vos)\b"),
    "d_un_autre": re.compile(
        r"\b(?:il|elle|ils|elles|leur|lui|patron\w*|chef\w*|tuteur|tutrice|gerant\w*|responsable)\b"
    ),
    "futur": re.compile(r"\b\w+(?:rai|ra|rons|ront|rez)\b|\bv(?:ais|a|ont) \w+er\b"),
    "passe": re.compile(r"\b(?:ai|a|ont|avez|as|jai|est|sont) \w+(?:e|es|i|is|u|us)\b"),
    "imparfait": re.compile(r"\b\w+ais\b"),
    "demande": re.compile(
        r"\b(?:est ce|comment|combien|pourquoi|quand|qui|quoi|quel\w*|ou|faut il|puis je|c est quoi)\b"
    ),
    "souhaite": re.compile(r"\b(?:veux|voudrais|aimerais|souhaite)\b"),
    "doit": re.compile(r"\b(?:dois|doit|faut|falloir|oblige\w*)\b"),
    "croit": re.compile(r"\b(?:sais|crois|pense|suppose|imagine)\b"),
    "reprend": re.compile(
        r"\b(?:en fait|finalement|non|pardon|trompe\w*|plutot|au lieu|erreur|change\w*|corrig\w*|modif\w*)\b"
    ),
    "a_moi": re.compile(r"\b(?:mon|ma|mes)\b"),
    "le": re.compile(r"\b(?:le|la|les)\b"),
    "ordonne": re.compile(r"^(?:\w+e[zr]?|\w+s)\b"),
}
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-ZÉÈ][a-zéè]+")
_SIGNS = (("chiffre", re.compile(r"\d")), ("crie", re.compile("!")), ("question", re.compile(r"\?")))
_TRAILS = re.compile(r"\.\.\.|…")


def turns(text: str) -> list[str]:
    """The turns of a message, alone and two by two: « nie », « nie&d_un_autre » and so on."""
    words = plain(text)
    subject = _SUBJECT.search(words)
    found = [f"taille{min(6, len(words.split()).bit_length())}", f"sujet_{subject[1] if subject else ''}"]
    found += [name for name, shape in _TURNS.items() if shape.search(words)]
    found += [name for name, sign in _SIGNS if sign.search(text)]
    found.append(f"noms{min(3, len(_NAME.findall(text)))}")
    if re.match(r"[A-ZÉÈ]", text.strip()):
        found.append("majuscule")
    if _TRAILS.search(text):
        found.append("suspend")
    if text.isupper():
        found.append("capitales")
    return found + [f"{one}&{other}" for at, one in enumerate(found) for other in found[at + 1 :]]
