"""Several lines of the summary in one message, and a question passed beside something else."""

from dataclasses import replace

from bot.conversation import answering
from bot.conversation.answering import Filled
from bot.conversation.deciding import in_turn, repair
from bot.conversation.doing import filling, navigate
from bot.conversation.hearing.naming import named_step
from bot.conversation.memory import Nothing
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.message import Reply
from bot.domain.texte import folded
from bot.form.flow import Asking, Step
from bot.reading.french import NUMBER_WORDS, digits
from bot.reading.plain import plain

_NO_LINE = r"(?!(?:jours?\b|semaines?\b|mois\b|ans?\b|heures?\b|h\b|fois|rue|avenue|all[ée]e|bd|boulevard|place\b|chemin|impasse|personnes?|bis|ter|euros?|km|janv|f[ée]v|mars\b|avr|mai\b|juin|juil|ao|sept|oct|nov|d[ée]c))"
_LINES = re.compile(
    rf"(?i)(?:^|(?<=[.;\n])\s{{0,3}}|(?<=[\w,])\s(?=(?:la |les |et la |et )?lignes? \d)|(?<=\w)\s(?=et (?:la |le )?\d{{1,2}}\s?(?:c['’ ]?est\b|c\s|:)))(?:(?:et )?(?:la |les |le )?(?:lignes? |num[ée]ros? |points? |n° ?)?)(?P<places>\d{{1,2}}(?:\s?(?:,|et|&|\+)\s?\d{{1,2}}){{0,5}})\s?(?:[:=)-]\s?|\s){_NO_LINE}(?=[^\W\d_])"
)
_NO = re.compile(
    r"(?i)^(?:(?:non|nan|ok|oui|bon|alors|attends?|attendez|en fait)[\s,.!]{1,3}){1,3}(?=(?:la |les )?lignes? \d)"
)
_BEFORE_LINES = re.compile(
    r"(?i)^(?=[^\d]{1,60}?lignes? \d)(?:[^\W\d]+['’ ,:.!]{1,3}){1,8}?(?=(?:la |les )?lignes? \d)"
)
"""« Il reste des erreurs : ligne 9 … »."""
_SENTENCES = re.compile(r"(?<=[.;!])\s+")
_SAME = re.compile(r"(?:c est |et |aussi )?(?:pareil|idem|la meme(?: chose| personne)?|le meme)(?: aussi)?")
_IS = re.compile(r"(?i)(?:^|\s)(?:c['’ ]?est|:|par|mettez|mets|met)\s(?:(?:juste|seulement|bien|plut[oô]t|aussi)\s)?")


def canonical(text: str) -> str:
    """« la quinze faut la refaire mettez … », « pour la ligne 5, notez plutôt : … » as « ligne 5 : … »; else the text."""
    found = _TOLD_LINE.match(text.strip())
    if found is None:
        return text
    number = digits(folded(found["place"]))
    return f"ligne {number} : {found['value'].strip()}" if number.isdigit() else text


_TOLD_LINE = re.compile(
    rf"(?i)^(?:(?:non|bon|alors|euh|donc)[\s,]{{1,3}}){{0,3}}(?:pour |sur |à |dans )?(?:(?:la |le )(?:ligne |num[ée]ro |point )?|ligne )(?P<place>\d{{1,2}}|{NUMBER_WORDS})[\s,:]{{1,3}}"
    r"(?:(?:il )?faut (?:la |le |l['’])?(?:refaire|changer|corriger|modifier|remplacer)[\s,:]{1,3})?"
    r"(?:mettez|mets|met|notez|note|[ée]crivez|[ée]cris|remplacez par|remplace par)(?: plut[oô]t| bien| donc| juste)?[\s,:]{1,3}(?P<value>\S.*)$"
)


def several(scene: Scene) -> Reply | None:
    """« 12 c'est Mme Le Goff. 19 pareil », « 12 et 20 : Karim Benali »: each line its value; None where one line is told."""
    shown = scene.memory.numbered or (scene.session.opened and scene.pending() is None)
    text = _BEFORE_LINES.sub("", _NO.sub("", scene.text.strip()))
    found = list(_LINES.finditer(text)) if shown and "?" not in text else []
    if not found or found[0].start() != 0:
        return None
    steps = scene.house.flow.visible(scene.draft)
    told: list[tuple[Step, str]] = []
    beside: list[str] = []
    for at, one in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        value, *others = _SENTENCES.split(text[one.end() : end].strip())
        beside += others
        for place in map(int, re.findall(r"\d{1,2}", one["places"])):
            if not 1 <= place <= len(steps):
                return None
            told.append((steps[place - 1], value.strip(" .;,")))
    return _written(scene, told, beside) if len(told) > 1 or beside else None


def _written(scene: Scene, told: list[tuple[Step, str]], beside: list[str]) -> Reply | None:
    """Each value under its line; the first that does not read is asked again."""
    unread: list[Step] = []
    last = ""
    for step, value in told:
        words = last if _SAME.fullmatch(plain(value)) else _bare(step, value)
        last = words
        read = answering.read_step(scene, step, words) if words and not WRONG.search(plain(words)) else None
        if isinstance(read, Filled):
            scene.lead.extend(filling.write(scene, read.values))
        else:
            unread.append(step)
    if len(unread) == len(told):
        # No answer to what is asked, whatever was meant: the first line named is asked again.
        return repair.edit(scene, unread[0]) if "ligne" in plain(scene.text) else None
    for part in beside:
        in_turn.corrected_in(scene, re.sub(r"(?i)^(?:et|mais) ", "", part))
    if unread:
        return repair.edit(scene, unread[0])
    scene.remember(numbered=False, focus=Nothing(), course=filling.course(scene))
    return questions.prompt(scene)


WRONG = re.compile(
    r"\b(?:n importe (?:quoi|koi)|nimporte (?:quoi|koi)|nimp|(?:est |c |c est )?(?:faux|fausse|pas (?:bon|bonne|ca|juste)|mauvais\w*)|erreur|me suis trompee?)\b"
)
"""« la 23 c'est n'importe quoi »: a line said to be wrong, and not what would be right."""


def _bare(step: Step, value: str) -> str:
    """« faut enlever mon nom c'est juste Karim Benali » → « Karim Benali », where a name or a title is asked."""
    if step.asking not in {Asking.DETAILS, Asking.NAMES, Asking.TEXT} or step.name == "activites":
        return value
    return _IS.split(value, maxsplit=1)[-1].strip(" .;,") or value


_FIRST = re.compile(
    r"(?i)^(?:(?:ok|bon|bah|ben|alors|je|on)\s){0,3}(?:passer|passe|passons|suivant|skip)\s?[.,;!:-]{1,3}\s?(?=\S)"
)
_LAST = re.compile(
    r"(?i)(?<![\s,.;])[\s,.;]{1,3}(?:et |mais |sinon ){0,2}(?:pour |sur )?(?:(?:le|la|les|ce|mon) |l['’])?(?P<name>[^\W\d_]{3,20})[, ]{1,2}(?:je |on )?(?:le |la |l['’])?(?:passe|passer|saute|sauter)[\s.!]{0,4}$"
)


def passed(scene: Scene) -> Reply | None:
    """« passer. Kévin Lemaître 06… », « le tuteur c'est Paul et pour le siret je passe »: passed, and the rest goes on."""
    step = questions.current(scene)
    if step is None or not step.optional or "?" in scene.text:
        return None
    text = scene.text.strip()
    first, last = _FIRST.match(text), _LAST.search(text)
    if first is not None:
        rest = text[first.end() :]
    elif last is not None and named_step(scene, plain(last["name"])) is step:
        rest = text[: last.start()]
    else:
        return None
    if not re.search(r"[\d@]|(?<!^)[A-ZÉÈ]", rest):
        return navigate.skip(scene)  # « passer, je lui demanderai »
    scene.skip(step)
    scene.say("form.passe", champ=scene.house.words.step(step.name, "libelle"))
    scene.message = replace(scene.message, text=rest)
    return None
