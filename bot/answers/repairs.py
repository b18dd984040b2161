"""Messages about the last answer: not answered, not my question, say it otherwise, again, where from, tell me more."""

from bot.answers.emergency import readable
from bot.domain import regex as re

_ANSWER = r"(?:reponses?|infos?|informations?|messages?|phrases?|explications?|trucs?)"
_ACTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        (
            "autres_sources",
            r"\b(?:(?:d )?autres? sources?|plusieurs sources?|une autre source|d autres (?:references|preuves|liens)|ou (?:est ce que je peux |je peux |puis je )?(?:verifier|en lire plus))\b",
        ),
        (
            "source",
            rf"\b(?:(?:d ou|ou) (?:vient|viennent|sort|sortent|tu sors|tu tires|tu tiens|vous sortez|vous tirez|vous tenez|tu as (?:vu|lu|trouve)|vous avez (?:vu|lu|trouve)|c est ecrit)|(?:tu|vous) (?:sors|sortez|tiens|tenez|tires|tirez) (?:ca|cela|cette {_ANSWER}) d ou|(?:c est quoi|quelle est|quelles sont|donne\w*(?: moi)?|cite\w*|avez vous|as tu|tu as|vous avez|t as) (?:une |la |les |des |ta |tes |vos |votre )?sources?|sources?|qui (?:dit|a dit|vous a dit|t a dit|a ecrit) (?:ca|cela)|qui (?:vous|te|t) l a dit|(?:verifier|verifie|ecrit) ou|liens? officiels?|prouve\w*(?: le| moi)?|(?:une|des|la) preuves?|(?:montre|donne)\w*(?: moi)? (?:le|un) (?:texte|lien|article)|(?:t|tu|vous) (?:l )?(?:as|avez) invente\w*|(?:c est|est ce) (?:bien |vraiment )?(?:fiable|officiel|sur et certain|sur a 100|verifie)|(?:t es|tu es|vous etes|es tu|etes vous) (?:vraiment |bien )?(?:sure?|certaine?)(?: de (?:toi|vous|ca|cela|ta reponse|votre reponse|ce que \w+ (?:dis|dites)))?|(?:c est|est ce) sur(?: ca| cela)?)\b",
        ),
        (
            "repete",
            rf"\b(?:(?:tu|vous) (?:te|vous) repetes?z?\b|(?:tu|vous|t|vous) (?:l |me l |m )?(?:as|a|avez|l as|l avez) deja (?:dit|ecrit|repondu)\b|(?:c est |toujours |encore |la )+meme (?:{_ANSWER}|chose|truc|phrase)|(?:tu|vous) (?:dis|dites|reponds|repondez|racontes|racontez|repetes|repetez) (?:toujours|tout le temps|encore|que) (?:la |le )?(?:meme|ca)\b|(?:disque raye|chang\w+ de disque|en boucle|tournes? en rond|radotes?|radotez))",
        ),
        (
            "autre_question",
            r"\b(?:(?:c est|c etait|ce n est|ce n etait|est) pas (?:du tout |vraiment )?(?:ma question|la question|ca(?: que (?:je|j) (?:demande|veux|voulais|ai demande))?|ce que (?:je|j) (?:\w+ ){0,2}(?:demande\w*|veux|voulais|cherche\w*|attend\w*))|(?:je|j) (?:n |ne )?(?:ai |t ai |vous ai |te |vous )?(?:pas )?(?:demande|parle|parlais|parlai) pas (?:de )?(?:ca|cela)|(?:j|je) (?:n )?(?:t |vous )?ai (?:pas|jamais) (?:demande|parle de|dit) (?:ca|cela)|rien a voir|hors sujet|a cote (?:de la plaque|du sujet)?|mauvaise (?:reponse|pioche)|mal (?:compris|lue?|ecoutee?)|(?:passee?|repond\w*) a cote|zappe\w* (?:ma|la) question|(?:je |j )?parlais d autre chose|(?:relis|relisez|lis|lisez) (?:bien )?(?:ma question|ce que j ai (?:ecrit|demande))|pas (?:bien )?compris (?:ma|la) question|(?:tu|vous) (?:ne |n )?(?:as|avez|m as|m avez) (?:rien |pas |mal )?(?:compris|lu|ecoute)(?: ma question| rien)?|(?:tu|vous) (?:ne )?(?:comprends?|comprenez|captes?|pigez|piges?) (?:rien|pas)|aucun rapport|pas plus avancee?|(?:d )?autres? (?:reponses?|propositions?|pistes?|idees?)(?: possibles?)?|^autre chose\W*$|eh oh ma question|faux|n importe quoi)\b",
        ),
        (
            "pas_repondu",
            rf"\b(?:(?:t|tu|vous)(?: ne| n| m)* (?:as|avez|m as|m avez) (?:toujours |encore |meme |absolument |vraiment )?(?:pas|rien|jamais) (?:vraiment |bien )?repondu(?: a (?:ma|la|mes) questions?)?\b|(?:tu|vous|ca|cela|votre reponse|ta reponse|cette reponse)(?: ne| n| m| y)* (?:reponds?|repondez|aide|sert|dit) (?:toujours |vraiment )?(?:pas|rien|a rien)(?: a (?:ma|la|mes) questions?)?\b|^(?:j ai |je n ai |toujours )?(?:pas|aucune) (?:de |eu de |une (?:vraie )?|la )?reponse(?: a (?:ma|mes) questions?)?\W*$|(?:reponds?|repondez)(?: moi)?(?: a ma question)?(?: stp| svp)?\W*$|^(?:et )?ma question\W*$|{_ANSWER} (?:inutile|a cote|vague)s?\b)",
        ),
        (
            "reformule",
            r"\b(?:reformul\w*|mots (?:plus )?(?:simples|faciles)|comme a un enfant|du chinois|tu entends par la|vous entendez par la|(?:je |on )?recommence(?:z|s|ons)?(?: tout| du debut| depuis le debut| ma question)?\W*$|(?:dis|dites|explique\w*|redis|redites|reexplique\w*)(?: (?:le|moi|la|nous|ca|cela))*(?: (?:autrement|plus simplement|simplement|mieux|avec d autres mots|en francais|clairement|encore|stp|svp|s il te plait|s il vous plait))+|(?:plus|trop) (?:simple|simplement|clair|clairement|complique|court|long)(?: stp| svp)?|(?:je |j )(?:n |ne )?(?:ai |y )?(?:pas |rien )?(?:compris|comprends?|pige|capte)(?: pas| rien| que dalle)*(?: (?:a )?(?:ta|la|votre|cette) reponse| ce que (?:tu|vous) (?:dis|dites))?|(?:c est |ce n est )?pas (?:tres |vraiment |du tout )?(?:clair|comprehensible)|du mal a (?:te |vous )?(?:comprendre|suivre)|(?:trop|tres) vague|c est a dire|en clair|en gros|en resume|resume\w*(?: moi| ca)?|autrement dit|(?:ca|cela) (?:veut|voudrait) dire quoi|tu peux repeter|pouvez vous repeter|repete\w*(?: stp| svp)?)\b",
        ),
        (
            "plus",
            r"\b(?:(?:dis|dites)(?: moi)? (?:m |nous )?en plus|plus d(?:e details?|e precisions?| infos?| informations?| explications?)|(?:developpe|detaille|precise)\w*(?: un peu)?(?: stp| svp)?|en detail|c est tout)\b",
        ),
    )
)  # fmt: skip

_FILLERS = frozenset(
    [
        "et",
        "mais",
        "non",
        "oui",
        "ben",
        "bah",
        "bon",
        "ok",
        "alors",
        "euh",
        "ah",
        "oh",
        "stp",
        "svp",
        "merci",
        "pardon",
        "desole",
        "excuse",
        "excusez",
        "moi",
        "s",
        "il",
        "te",
        "vous",
        "plait",
        "la",
        "ca",
        "c",
        "est",
        "toi",
        "tu",
        "vous",
        "encore",
        "ta",
        "votre",
        "ma",
        "mon",
        "reponse",
        "info",
        "cette",
        "ce",
        "en",
        "fait",
        "du",
        "coup",
        "donc",
        "bonjour",
        "enfin",
        "mdr",
        "lol",
        "hein",
        "quoi",
        "j",
        "ai",
        "je",
        "pas",
        "bien",
        "un",
        "peu",
        "peux",
        "pouvez",
        "pourrais",
        "tout",
        "sur",
        "de",
        "cela",
        "donne",
        "donnez",
        "une",
        "avez",
        "le",
        "dire",
        "des",
        "avec",
        "on",
        "dans",
        "loi",
    ]
)
_LONGEST, _LEFT = 14, 2
"""Words of the longest message that is about an answer alone, and of what may be left beside the words that say so."""


def repair(text: str) -> str:
    """The act (`pas_repondu`, `autre_question`, `reformule`, `repete`, `source`, `autres_sources`, `plus`), or empty.

    A message that asks something besides is a question, and is searched.
    """
    read = " ".join(re.findall(r"[a-z0-9]+", readable(text)))
    if not read or len(read.split()) > _LONGEST:
        return ""
    for code, pattern in _ACTS:
        found = pattern.search(read)
        if found:
            rest = pattern.sub(" ", read).split()
            if sum(word not in _FILLERS for word in rest) <= _LEFT:
                return code
    return ""
