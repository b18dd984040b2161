"""Updates as a hostile or a broken server could send them: real ones, with parts replaced, removed, nested or blown up."""

import copy
import random

TEXTS = (
    "", " ", "\x00", "\ud800", "\ufeff", "e\u0301" * 500, "👩‍👩‍👧‍👦" * 300, "\u202e12/03/2027", "a " * 2048, "1" * 4096, "\n" * 4096,
    "١٢/٠٣/٢٠٢٧", "²³", "①②", "0" * 300 + ".5", "31/02/99999", "1e999", "-1", "NaN", "%s{x}{0}", "/start\x00", "/" * 50,
    "/demande@" + "x" * 500, "٣" * 14, "𝟭𝟮/𝟬𝟯", "du 1 au 31", "q:oui:999999999999999999999", "q:::", "٪", "\u2028", "ﬀ" * 1000,
    "İ" * 600, "ß" * 600, "年", "9" * 400 + "h", "99:99", "à" * 4096, "29 février", "l'" * 1000, "à 25h", "0 jour", "- 5 jours",
)  # fmt: skip
VALUES = (
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**62, -(2**63), 10**30, 0.5, -0.0, 1e308, float("nan"), float("inf"),
    [], {}, [[]], [{}], [None], {"": None}, "", "x", "7", ["x"] * 50, {"id": "7"}, {"id": True}, {"type": 3},
)  # fmt: skip


def message(rng):
    kinds = (
        {
            "text": rng.choice(
                ("bonjour", "/demande", "/effacer", "c'est payé ?", "oui", "12/03/2027", "boulanger à Lyon")
            )
        },
        {"photo": [{"file_id": "x"}], "caption": "cv"},
        {"location": {"latitude": 45.7, "longitude": 4.8}},
        {"contact": {"phone_number": "+33600000000", "user_id": 7}},
        {"sticker": {"emoji": "👍"}},
        {"text": "oui", "forward_origin": {"type": "user"}},
        {"text": "non", "reply_to_message": {"message_id": 3, "text": "?"}},
        {"poll": {"question": "?"}},
    )
    return {
        "message_id": 5,
        "date": 1_800_000_000,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7},
        **rng.choice(kinds),
    }


def update(rng, number):
    """One well-formed update of any kind."""
    kind = rng.choice(("message", "message", "edited_message", "callback_query", "my_chat_member", "message_reaction"))
    body = message(rng)
    match kind:
        case "callback_query":
            data = rng.choice(("q:objectif:1", "oui", "envoyer:3", "menu:demande", "x"))
            body = {"id": "4", "data": data, "from": {"id": 7}, "message": body}
        case "my_chat_member":
            body = {
                "chat": body["chat"],
                "date": 1,
                "new_chat_member": {"status": rng.choice(("kicked", "member", "left"))},
            }
        case "message_reaction":
            body = {"chat": body["chat"], "date": 1, "message_id": 5, "new_reaction": [{"emoji": "👍"}]}
    return {"update_id": number, kind: body}


def mangled(seed, number):
    """One update with up to four of its parts mangled; the same for the same seed, whatever was made before it.

    Parts are copies: shared, they came to hold one another after 16,000 updates, and the next took all the memory.
    """
    rng = random.Random(seed)
    raw = copy.deepcopy(update(rng, number))
    for _ in range(rng.randrange(1, 5)):
        if len(raw) > 1:
            _mangle(rng, raw)
    raw["update_id"] = number
    return raw


def _mangle(rng, raw):
    holder, key = rng.choice(list(_places(raw)))
    match rng.randrange(6):
        case 0:
            del holder[key]
        case 1:
            holder[key] = copy.deepcopy(rng.choice(VALUES))
        case 2 | 3:
            holder[key] = rng.choice(TEXTS)
        case 4:
            holder[key] = _nested(rng.choice((3, 70, 300, 2_000)), holder[key])
        case 5 if isinstance(holder, dict):
            holder[rng.choice(("text", "caption", "date", "chat", "data", "x" * 300))] = copy.deepcopy(
                rng.choice(VALUES + TEXTS)
            )


def _places(value, depth=8):
    if depth and isinstance(value, dict | list):
        for key, one in list(value.items() if isinstance(value, dict) else enumerate(value)):
            yield value, key
            yield from _places(one, depth - 1)


def _nested(depth, value):
    for rank in range(depth):
        value = [value] if rank % 2 else {"a": value}
    return value
