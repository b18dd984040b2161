"""Which language a message is in, when it is not French: by script, then by its small words."""

from collections.abc import Callable

from bot.answers.normalise import fold
from bot.domain import regex as re

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ar", r"[\u0600-\u06ff]"),
    ("ru", r"[\u0400-\u04ff]"),
    ("ja", r"[\u3040-\u30ff]"),
    ("ko", r"[\uac00-\ud7af]"),
    ("zh", r"[\u4e00-\u9fff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("el", r"[\u0370-\u03ff]"),
    ("hi", r"[\u0900-\u097f]"),
    ("bn", r"[\u0980-\u09ff]"),
    ("ta", r"[\u0b80-\u0bff]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("ka", r"[\u10a0-\u10ff]"),
    ("hy", r"[\u0530-\u058f]"),
    ("am", r"[\u1200-\u137f]"),
)
_SCRIPT_PATTERNS = tuple((code, re.compile(pattern)) for code, pattern in _SCRIPTS)

_NARROWER = {
    "ru": ("uk", re.compile(r"[іїєґ]|\b(?:чи|можу|як|що|мені|для|треба)\b")),
    "ar": ("fa", re.compile(r"[پچژگ]")),
}
"""Languages that share a script: the letters or words that tell the second from the first."""

_SMALL_WORDS: dict[str, str] = {
    "fr": """le la les un une des du de je j tu il elle on nous vous ils est et ou pour pas que qui quoi dans sur avec mon
    ma mes ce cette ca c au aux en y a si ne n l d qu se sa son ses quel quelle quels quelles comment combien pourquoi
    quand faut peut peux puis suis ai as sont etre faire avoir plus moi toi mais donc chez par sans vos votre notre
    leur me m te t s bonjour merci svp oui non cest jai pa koi ki tout tous""",
    "en": """the a an i you he she it we they is are am was do does did can could will would should how what who where
    when why which my your his her our their to of in on for with from and or not if there this that have has need get
    be about any at me please hello hi thanks work job internship paid sign signs long much many years old it's i'm don't""",
    "es": """el los las una unas yo tu usted ella nosotros es son soy esta estoy puedo puede como que quien donde cuando
    por para con sin mi su sus del al y o no si hay tengo hacer quiero cuanto cual practicas trabajo hola gracias muy
    necesito en un de la se me lo saber pagan pagar dinero empresa anos quisiera cuantos cuantas horas dias semana
    trabajar edad firmar firma""",
    "pt": """o os as um uma eu voce ele ela nos e sao sou esta estou posso pode como que quem onde quando por para com
    sem meu minha seu sua do da dos das no na em nao sim tem tenho fazer quero quanto qual estagio trabalho ola
    obrigado obrigada preciso uma ao a duracao tempo dura semanas horas""",
    "it": """il lo gli le un uno una io tu lui lei noi e sono sei posso puo come che chi dove quando perche per con senza
    mio mia suo sua del della di nel nella non si ho ha fare voglio quanto quale tirocinio lavoro ciao grazie devo al
    pagato tempo dura giorni ore settimane""",
    "de": """der die das ein eine ich du er sie es wir ihr ist sind bin kann konnen wie was wer wo wann warum welche mein
    meine dein fur mit ohne und oder nicht wenn es gibt haben habe hat brauche muss zu im in den dem von auf lange
    praktikum arbeit hallo danke ohne als bei machen""",
    "nl": """de het een ik jij hij zij wij is zijn ben kan hoe wat wie waar wanneer waarom welke mijn jouw voor met
    zonder en of niet als er hebben heb heeft moet te in van op werk hallo dank graag""",
    "tr": """bir bu ve ile icin mi mu ne kim nasil nerede ne zaman kac ben sen o biz var yok miyim muyum mi yapabilir
    staj is merhaba tesekkurler istiyorum gerekiyor lazim ucret olarak degil benim mutfak calisma mumkun""",
    "pl": """jest sa jak co kto gdzie kiedy dlaczego moj moja na w z bez i lub nie czy mam moge moze potrzebuje staz
    praca dzien dobry dziekuje sie do dla to jestem ile praktyki""",
    "ro": """este sunt eu tu el ea noi cum ce cine unde cand de ce meu mea pentru cu fara si sau nu daca am pot poate
    vreau trebuie munca buna multumesc la in un o stagiu stagiul cat dureaza platit""",
    "sq": """eshte jam une ti ai ajo si cfare kush ku kur pse im ime per me pa dhe ose jo nese kam mund dua pune praktike
    pershendetje faleminderit ne nje""",
    "vi": """toi ban la co the khong lam gi nao o dau khi nao tai sao va voi cho mot cua duoc thuc tap viec xin chao
    cam on muon can""",
    "so": """waa ma maxaa sidee ayaa iyo oo ku ka la u waxaan shaqo mahadsanid fadlan""",
    "sw": """ni na ya wa kwa je nini nani wapi lini kazi habari asante naweza nataka hii mimi""",
}  # fmt: skip
_WORDS = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zA-ZÀ-ÿ]")


def foreign(text: str, is_french: Callable[[str], float] = lambda _: 0.0) -> str:
    """The ISO 639-1 code of a message that is not French, or an empty string.

    `is_french` gives the share of the message's words that the base knows: a French question on the subject that
    happens to hold foreign-looking words is not taken for another language.
    """
    return by_script(text) or _by_words(text, is_french)


def by_script(text: str) -> str:
    """The code of a message mostly in another script than Latin, or an empty string."""
    letters = len(_LATIN.findall(text))
    for code, pattern in _SCRIPT_PATTERNS:
        if len(pattern.findall(text)) > max(1, letters):
            narrower = _NARROWER.get(code)
            return narrower[0] if narrower and narrower[1].search(text.lower()) else code
    return ""


def _by_words(text: str, is_french: Callable[[str], float]) -> str:
    tokens = _TOKEN.findall(fold(text))
    if len(tokens) < 2:
        return ""
    hits = {code: sum(token in words for token in tokens) for code, words in _WORDS.items()}
    french = hits.pop("fr")
    best = max(hits, key=lambda code: (hits[code], code == "en", code == "es"))
    clear = hits[best] >= 2 and hits[best] > french + (1 if len(tokens) > 3 else 0) and hits[best] / len(tokens) >= 0.34
    return best if clear and is_french(text) < 0.85 else ""
