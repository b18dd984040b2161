"""Messages that ask nothing: greetings, thanks, goodbyes, insults, "are you a robot?"."""

from bot.answers.emergency import readable
from bot.domain import regex as re

_HELLO = frozenset(
    [
        "bonjour",
        "bonsoir",
        "salut",
        "coucou",
        "hello",
        "hey",
        "hi",
        "yo",
        "wesh",
        "cc",
        "slt",
        "bjr",
        "bsr",
        "allo",
        "ola",
        "hola",
        "re",
        "rebonjour",
        "salam",
        "salutations",
        "ca",
        "va",
        "vas",
        "bien",
        "comment",
        "allez",
        "vous",
        "tu",
        "et",
        "forme",
        "la",
        "le",
        "les",
        "bot",
        "robot",
        "monsieur",
        "madame",
        "a",
        "tous",
        "tout",
        "monde",
        "merci",
        "oui",
        "quoi",
        "de",
        "neuf",
        "c",
        "est",
        "moi",
        "toi",
        "journee",
        "matin",
        "soir",
    ]
)
_HELLO_CORE = frozenset(
    [
        "bonjour",
        "bonsoir",
        "salut",
        "coucou",
        "hello",
        "hey",
        "yo",
        "wesh",
        "cc",
        "slt",
        "bjr",
        "bsr",
        "allo",
        "rebonjour",
        "salam",
    ]
)
_HELLO_PHRASE = re.compile(
    r"^(?:(?:et )?(?:comment )?(?:tu |vous |ca )?(?:va|vas|allez)(?: bien| tu| vous)*|ca roule|la forme|quoi de neuf)\W*$"
)
_THANKS = re.compile(
    r"^(?>(?:ok|d accord|super|top|bien|tres bien|cool|parfait|nickel|genial|ah|oh|bon|c est bon|non|oui|daccord|dac|impec|excellent|bravo|trop bien|mille|un grand|grand|encore|c est|tres|gentil|sympa|note|compris|j ai compris|entendu|vous|tu|m avez|m as|bien|beaucoup|aide|aidee|pour|l|votre|ta|ton|reponse|aide|infos?|info|informations?|tout|ca|bonne journee|bonne soiree|a bientot|au revoir)\b[ ,.!]*)*(?:merci|mercii|mrc|thx|thanks|mci|mr6|remerci\w+)\b(?>[ ,.!]*(?:a vous|a toi|beaucoup|bien|bcp|pour|l|votre|ta|ton|tes|vos|reponses?|aide|infos?|informations?|tout|ca|bonne|journee|soiree|encore|c est|tres|clair|gentil|sympa|le bot|infiniment|mille fois|et|au revoir|a bientot|de|m avoir|repondu|aide|precision|d avance|conseils?|super|genial|parfait|les)\b)*[ ,.!]*$"
)
_APPROVAL = re.compile(
    r"^(?:(?:c est|ok|d accord|trop|tres|super|vraiment|ah|oh|bon|ben|bah|c etait) ?)*(?:super|top|parfait|nickel|genial|cool|impeccable|excellent|bravo|clair|gentil|sympa|bien|utile|note|compris|entendu|ca marche|bonne reponse)[ !.,]*$"
)
_BYE = re.compile(
    r"^(?:(?:ok|bon|merci|allez|d accord|et|tres|passez une|je vous souhaite une) ?,?)* ?(?:au revoir|bye(?: bye)?|ciao|tchao|a\+|a plus(?: tard)?|a bientot|bonne (?:journee|soiree|nuit|continuation|fin de journee)|a demain|adieu|a la prochaine)(?:[ ,.!]*(?:et|a vous|aussi|merci|bonne|journee|soiree|bientot|a|tous|le bot|beaucoup))*[ .!]*$"
)
_ROBOT = re.compile(
    r"\b(?:es tu|t es|t(?= (?:un|une|1) )|tu es|vous etes|etes vous|est ce que (?:tu es|t es|vous etes|c est)|c est|suis je face a|je parle a|parle t on a|je discute avec|y a t il) (?:(?:pas|vraiment|bien|juste|toujours|encore|que|si|avec|a) )?(?:un |une |le |la |du |de l |l )?(?:vrai\w* )?(?:robot|bot|ia|humain|humaine|vrai\w* (?:personne|conseiller\w*|gens)|machine|personne reelle|intelligence artificielle|chatgpt|chatbot|automate|ordinateur|etre humain|quelqu un de vrai)\b"
    r"|^(?:\w+ ){0,3}?(?:tu es|t es|t|vous etes) (?:qui|ki)(?: (?:toi|vous|au juste|en fait|exactement|la|d abord|au fond|ca|en face|derriere))*$|\bqui (?:es tu|etes vous|t es|tu es|vous etes|me repond|est ce qui me repond|me parle|t a (?:cree|fait|programme)|vous a (?:cree|fait|programme))\b|\b(?:comment )?(?:tu t appelles|vous vous appelez|t appelles tu|vous appelez vous)(?: comment)?\b|\bc est quoi ton (?:nom|prenom)\b|\bton (?:nom|prenom) c est\b|\bquel est ton (?:nom|prenom)\b|\btu (?:dors|manges|as quel age|as des sentiments)\b|\bquel age as tu\b|^(?:mais |bonjour |au fait )?(?:a qui|avec qui) (?:je parle|est ce que je parle|je discute|ai je l honneur)(?: la)?$|\btu fonctionnes avec (?:chatgpt|une ia|l ia)\b|\btu (?:peux|sais) faire quoi\b|\bque (?:sais|peux) tu faire\b|\b(?:a quoi tu sers|tu sers a quoi)\b|\b(?:qui )?(?:t|vous) (?:a|ont) (?:fabrique|concu|programme|invente)e?s?\b|\b(?:tu as|t as|vous avez|as tu|avez vous) un (?:pre)?nom\b|\btu parles (?:\w+ )?francais\b"
)
_INSULTS = re.compile(
    r"\b(?:connard|connards|connasse|conasse|salope|salopes|salaud|pute|putes|fdp|ntm|nique|niquer|niquez|enculer?s?|encule\w*|encul\w*|batard\w*|abruti\w*|debile|cretin\w*|imbecile|bouffon\w*|tg|ta gueule|ferme la|ferme ta gueule|va te faire\w*|va te faire (?:foutre|voir)|allez vous faire (?:foutre|voir)|casse toi|degage|pd|pede|tocard|clochard|gros con|sale con|pauvre con|espece de \w+|va mourir|creve|boloss|trou du cul|trouduc|merdeux|raclure|ordure|grosse merde)\b"
)
_DIRECTED = re.compile(
    r"\bt (?:vraiment |trop )?(?:con|conne|nul|bete|debile)\b|\b(?:tu es|t es|vous etes|t|tu|quel|quelle|c est|ce|cette|ton|votre|service|bot|robot|appli|site)(?: \w+){0,4} (?:nul|nulle|nuls|con|conne|inutile|incompetent\w*|debile|stupide|bete|idiot\w*|pourri\w*|naze|a chier|merdique|de merde|tare|tares|bidon|minable|sers a rien|sert a rien)\b|\btu (?:me )?(?:saoules|soules|fais chier|casses les couilles|sers a rien|pues|racontes n importe quoi|comprends rien|captes rien|es lourd)\b|\b(?:vous|tu) (?:me )?(?:faites|fais) chier\b"
)
_SWEARING = re.compile(r"\b(?:putain|ptn|merde|bordel|fait chier|chier|wtf|tchip|zut|(?<!etre )nul|relou|saoulant)\b")
_ASKS = re.compile(
    r"\?|\b(?:comment|combien|quand|quel\w*|qui|pourquoi|ou|est ce|puis je|peut on|c est quoi|payee?|remunere\w*|duree|signer?|convention|immersion|pmsmp|stage|accident|assur\w+)\b"
)
_LAUGHS = re.compile(r"^ *(?>(?:(?:haha|hihi)\w*|(?:mdr+|lol+|ptdr+|xd+|ha|ah|jpp|oups|ouf|ouais)+)(?: +|$))+$")
_ACKNOWLEDGED = re.compile(
    r"^(?:ok+|okay|oki|d accord|daccord|dac|oui|ouais|non|nan|nn|ah|oh|bon|bof|[hm]{2,}+|voila|yes|si|peut etre|je sais pas|jsp|bah|ben|euh|attends?|attendez|[ ,.!])+$"
)


_WISHES = re.compile(
    r"\b(?:je |j |on |nous )(?:\w+ )?(?:peux|peut|pouvons|veux|veut|voulons|voudrais|voudrait|cherche\w*|dois|doit|souhaite\w*|aimerais|demande\w*|ai besoin|a besoin|arrive (?:pas|plus)|comprends (?:pas|rien)|sais pas)\b"
    r"|\b(?:faut|combien|besoin|probleme|bug|erreur|marche pas|perdu|aide\w*|peux tu|pouvez vous|explique\w*|dis moi|dites moi)\b"
)


def asks(text: str) -> bool:
    """Whether the text holds a question, a wish or a problem."""
    read = readable(text)
    return _ASKS.search(read) is not None or _WISHES.search(read) is not None


_OF_THE_DAY = re.compile(
    r"^(?:(?:ah|oh|bon|ben|bah|eh|ok|mdr|lol|franchement|bof|la) )*(?:je|j|il fait|quel temps|quelle journee|ca|c est|c etait|trop|on|vivement)\b"
)


def of_the_day(text: str) -> bool:
    """Whether the text tells a mood or the weather, as people do between two questions."""
    return _OF_THE_DAY.match(" ".join(re.findall(r"[a-z0-9]+", readable(text)))) is not None


_SORRY = re.compile(
    r"^(?:(?:oh|ah|oups|ouf|non|vraiment|je suis|suis|toutes? mes|mes|mille|milles) )*(?:desolee?|pardon|pardonne\w*(?: moi)?|excuse\w*(?: moi)?|navree?|sorry|my bad|je m excuse|autant pour moi|au temps pour moi)(?: (?:pour|de|d|le|la|les|ca|cela|tout|a l heure|mon|ma|mes|erreur|retard|faute|fautes|langage|derangement|avoir|derange|ete|enerve\w*|impoli\w*|vraiment|encore|je me suis trompee?|trompee?|suis))*$"
)


def courtesy(text: str) -> str:
    """The line of messages.yaml (`politesse.<code>`) for a message that asks nothing, or an empty string."""
    read = readable(text)
    bare = " ".join(re.findall(r"[a-z0-9+]+", read))
    if not bare:
        return "" if any(char.isalpha() for char in text) else "autre"
    tokens = bare.split()
    if re.match(r"^(?:ok |merci )*a ?\++\W*$", text.lower().strip()):
        return "au_revoir"
    if _HELLO_PHRASE.match(bare) or (set(tokens) <= _HELLO and _HELLO_CORE & set(tokens)):
        return "merci" if "merci" in tokens else "bonjour"
    if _THANKS.match(bare) or _APPROVAL.match(bare):
        return "merci"
    if _BYE.match(bare) or _SORRY.match(bare):
        return "au_revoir" if _BYE.match(bare) else "excuse"
    return "insulte" if _insulting(read, bare) else _mood(text, bare)


def _mood(text: str, bare: str) -> str:
    """The line for what is no formula of courtesy: « tu es un robot ? », a laugh, good news."""
    if len(bare.split()) <= 14 and _ROBOT.search(bare):
        return "robot"
    if _ACKNOWLEDGED.match(bare) or _LAUGHS.match(bare):
        return "autre"
    return "content" if pleased(text) else ""


def _insulting(read: str, bare: str) -> bool:
    """Whether an insult is all there is: a rude question still gets its answer."""
    if not (_INSULTS.search(bare) or _DIRECTED.search(bare) or _SWEARING.search(bare)):
        return False
    rest = _SWEARING.sub(" ", _INSULTS.sub(" ", _DIRECTED.sub(" ", bare)))
    if re.match(r"^\W*t (?:\w+ )?(?:con|conne|nul|bete|debile)(?: ou quoi)?\W*$", read):
        return True
    if re.match(r"^\W*(?:est ce que|pourquoi)\b", read):
        return False
    return not _ASKS.search(rest if "?" not in read else f"{rest} ?") or len(rest.split()) <= 1


_PLEASED = re.compile(
    r"\b(?:(?:se passe\w*|passe\w*|roule\w*) (?:\w+ )?(?:bien|super|nickel)|(?:je suis|suis|trop|tres) (?:\w+ )?(?:contente?s?|heureu\w+|ravie?s?)"
    r"|(?:est|sont|etait|c est) (?:\w+ )?(?:sympas?|gentil\w*|adorables?|geni\w+|top|super)|une? super \w+|j ai (?:trop )?hate|j adore|vivement"
    r"|j ai (?:enfin )?trouve (?:mon|ma|un|une) (?:patron\w*|entreprise|employeur\w*|tuteur|tutrice|lieu|hote|immersion|stage))\b"
)
_BUT = re.compile(
    r"\b(?:mais|sauf|par contre|pourtant|(?<!tout )(?<!toute )seule?|sans|malgre|pas|plus|jamais|rien|peur|mal|danger\w*|bless\w*|frapp\w*|alors|donc|faut|veux|voudrais|peux"
    r"|comment|combien|quand|quel\w*|qui|pourquoi|est ce|puis je|dois)\b"
)


def pleased(text: str) -> bool:
    """Whether the text tells good news and asks nothing: no card answers it."""
    bare = " ".join(re.findall(r"[a-z0-9]+", readable(text)))
    return "?" not in text and _PLEASED.search(bare) is not None and _BUT.search(bare) is None
