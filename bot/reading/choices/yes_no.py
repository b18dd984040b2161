"""Yes or no, in all the ways people say it; a half-hearted answer is asked again."""

from bot.domain import regex as re
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain

_YES = re.compile(
    r"\A(?:ah |bah |ben |euh |mais )*(?:(?:oui|ouais?|oue|ouep|ui|wi|yes|yep|yeah|yop|ok|oki|okay|okey|d accord|dac|daccord|bien sur|c est bon|"
    r"volontiers|carrement|tout a fait|exact(?:ement)?|absolument|avec plaisir|ca marche|affirmatif|je (?:le )?veux bien|je suis d accord|"
    r"vas y|vazy|vazi|o|parfait|dacc|d acc|dacodac|top|cool|pas de soucis?|aucun (?:probleme|soucis?)|c est (?:bien )?le cas|j en ai (?:une?|deja)|vrai|voui|grave|accepte|c est note|bien sur que oui|evidemment|effectivement|c est (?:oui|ca|exact|correct|juste)|j accepte|je confirme|bien entendu|entendu|deja fait|si si|sans probleme|pas de probleme|nickel|super)"
    r"(?: |$))+(?:merci|svp|stp|je suis|d accord|monsieur|madame|bien|tout|le|j ai|j accepte|c est|ca|me va|moi)?[ \w]{0,20}"
)
_NO = re.compile(
    r"\A(?:ah |bah |ben |euh |mais |he )*(?:non|c est non|nan|nn|nope|no|nah|naan|noon|n|pas (?:du tout|encore|d accord|question|interesse|la peine|besoin|maintenant|pour l instant)|surtout pas|jamais|negatif|"
    r"je (?:ne )?(?:veux|souhaite|peux|suis|crois) pas.*|je refuse|refuse|nop|faux|bien sur que non|carrement pas|(?:ce )?n est pas le cas|c est pas le cas|(?:je )?(?:n )?(?:j )?(?:n )?en ai pas|je n accepte pas|jamais de la vie|je (?:ne )?prefere pas|je prefere (?:ne )?(?:pas|rien)|je pense pas|aucun(?:e)?|hors de question|certainement pas|absolument pas|sans facon)(?: (?:non|merci|pas.*|c est pas bon|je (?:ne )?.*|jamais|du tout|svp|desole\w*|monsieur|madame|alors|donc|du coup|encore.*))*"
)
_MAYBE = re.compile(
    r".*\b(?:mouais|pourquoi pas|bof|peut etre|ptet|ptetre|sais pas|jsp|depend|on verra|plus tard|pas sure?|crois|hum|hmm|euh|ni oui|reflechi\w*|sans doute|ou non|je pense|plutot|eventuellement|pas vraiment|oui et non|mais non|si possible|normalement|a voir|moyen|pas trop|un peu|pense pas|pk pas|pkoi pas|pq pas|mouai|mwai|mwe|mouè|ca se peut|aucune idee|comment ca|non mais oui|quoi)\b.*|si|mm+|hein|comme vous voulez"
)
_THUMBS = {
    "\U0001f44d": True,
    "✅": True,
    "\U0001f44c": True,
    "✔": True,
    "☑": True,
    "\U0001f197": True,
    "\U0001f44e": False,
    "❌": False,
    "✖": False,
    "\U0001f6ab": False,
}


def read_yes_no(text: str, ctx: ReadContext) -> Reading:  # noqa: ARG001
    """True or false; a half-hearted answer is asked again."""
    shown = text.strip()
    if shown and shown[0] in _THUMBS and not plain(shown):
        return Value(_THUMBS[shown[0]])
    words = plain(shown)
    if words in {"true", "false"}:
        return Value(words == "true")
    if not words or len(words) > 120 or "<" in shown:
        return Rejected("oui_non.illisible")
    if _MAYBE.fullmatch(words):
        return Ask("oui_non.hesitation")
    squeezed = re.sub(r"([a-z])\1+", r"\1", words)
    yes, no = (pattern.fullmatch(words) or pattern.fullmatch(squeezed) for pattern in (_YES, _NO))
    if yes and not no and re.search(r"\b(?:non|pas)\b", words.replace("pas de ", "")):
        return Ask("oui_non.hesitation")
    if yes and not no:
        return Value(value=True)
    if no and not re.search(r"\boui\b", words.replace("non pas oui", "")):
        return Value(value=False)
    return Ask("oui_non.hesitation") if yes or no else Rejected("oui_non.illisible")
