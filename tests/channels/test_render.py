"""A reply becomes calls that Telegram accepts, whatever the words are."""

import random

import pytest

from bot.channels.telegram.render import TEXT_MAX, calls, keyboard, parse, split
from bot.domain.message import Button, Reply
from bot.sandbox.entities import parse as as_telegram_reads


def only(reply, callback=None):
    (call,) = calls(reply, 7, callback)
    return call


@pytest.mark.cas("TIM-24")
def test_a_name_with_markup_characters_is_shown_literally():
    call = only(Reply("R&D <Lyon> _x_ 5*3*2 a_b"))
    assert call.params["text"] == "R&amp;D &lt;Lyon&gt; _x_ 5*3*2 a_b"
    assert as_telegram_reads(call.params["text"], "HTML")[0] == "R&D <Lyon> _x_ 5*3*2 a_b"


def test_strong_words_are_bold_and_their_stars_gone():
    call = only(Reply("Numéro : *2026-ABC*. Voilà *deux* <mots>"))
    assert call.params["text"] == "Numéro\u00a0: <b>2026-ABC</b>. Voilà <b>deux</b> &lt;mots&gt;"
    assert call.plain == "Numéro\u00a0: 2026-ABC. Voilà deux <mots>"


@pytest.mark.parametrize("text", ["*", "**", "* a", "a *", "* a *", "*a\nb*", "a*b*c", "***"])
def test_a_lone_star_stays_a_star(text):
    assert parse(text).spans == ()
    assert parse(text).text == text


def test_links_have_no_preview():
    assert only(Reply("https://exemple.fr")).params["link_preview_options"] == {"is_disabled": True}


def test_buttons_come_under_the_text_in_rows():
    reply = Reply("?", ((Button("Oui", "q:oui:1"), Button("Non", "q:non:1")), (Button("Site", url="https://x.fr"),)))
    assert only(reply).params["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Oui", "callback_data": "q:oui:1"}, {"text": "Non", "callback_data": "q:non:1"}],
            [{"text": "Site", "url": "https://x.fr"}],
        ]
    }
    assert keyboard(()) is None


def test_a_press_is_answered_before_anything_is_sent():
    first, second = calls(Reply("texte", notice="Déjà *envoyé*"), 7, "88")
    assert first.method == "answerCallbackQuery"
    assert first.params == {"callback_query_id": "88", "text": "Déjà envoyé"}
    assert second.method == "sendMessage"


def test_a_press_without_notice_is_still_answered():
    assert calls(Reply("texte"), 7, "88")[0].params == {"callback_query_id": "88"}


def test_a_notice_alone_is_only_a_pop_up():
    assert [call.method for call in calls(Reply(notice="Vu"), 7, "88")] == ["answerCallbackQuery"]


def test_a_notice_without_a_press_is_said_in_the_chat():
    assert only(Reply(notice="Vu")).params["text"] == "Vu"


def test_a_notice_is_cut_to_what_a_pop_up_holds():
    text = calls(Reply(notice="é" * 500), 7, "88")[0].params["text"]
    assert len(text) == 200
    assert text.endswith("…")


def test_an_edit_replaces_the_message_in_place():
    call = only(Reply("mars", edit=12))
    assert call.method == "editMessageText"
    assert call.params["message_id"] == 12


@pytest.mark.cas("TIM-23")
def test_a_long_answer_is_cut_between_paragraphs_sources_and_buttons_last():
    paragraphs = [f"Paragraphe {rank}. " + "mot " * 90 for rank in range(16)]
    sources = "Sources :\n- Code du travail, L5135-1 : https://www.legifrance.gouv.fr/exemple"
    reply = Reply("\n\n".join([*paragraphs, sources]), ((Button("Suite", "q:x:1"),),))
    sent = calls(reply, 7)
    assert len(sent) > 1
    assert all(len(call.params["text"]) <= TEXT_MAX for call in sent)
    assert all(call.params["text"].startswith("Paragraphe") for call in sent)
    assert sent[-1].params["text"].replace("\u00a0", " ").endswith(sources)
    assert ["reply_markup" in call.params for call in sent] == [False] * (len(sent) - 1) + [True]


def test_a_strong_part_that_is_cut_is_closed_and_opened_again():
    first, second = split("*" + "très " * 30 + "fort*", limit=100)[:2]
    assert first.html().startswith("<b>")
    assert first.html().endswith("</b>")
    assert second.html().startswith("<b>")


def test_no_word_is_lost_by_cutting_and_every_part_fits():
    chance = random.Random(7)
    alphabet = "ab é&<>*_\n\n.’😀"
    for _ in range(200):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randint(0, 1500)))
        parts = split(text, limit=120)
        for part in parts:
            html = part.html()
            assert len(html.encode("utf-16-le")) // 2 <= 120
            assert as_telegram_reads(html, "HTML")[0] == part.text
        assert "".join("".join(part.text for part in parts).split()) == "".join(parse(text).text.split())


def test_an_empty_reply_sends_nothing():
    assert calls(Reply(), 7) == ()


def test_a_link_opens_its_address_and_is_said_in_full_where_markup_is_refused():
    call = only(Reply("Source : [Service-Public F1](https://exemple.gouv.fr/a?b=1&c) · vérifié"))
    assert '<a href="https://exemple.gouv.fr/a?b=1&amp;c">Service-Public F1</a> · vérifié' in call.params["text"]
    assert call.plain == "Source\u00a0: Service-Public F1 (https://exemple.gouv.fr/a?b=1&c) · vérifié"


@pytest.mark.parametrize(
    "text", ["[a](b)", "[a](javascript:x)", "[](https://a.fr)", "[a] (https://a.fr)", "[a\nb](https://a.fr)"]
)
def test_what_is_not_an_address_is_no_link(text):
    assert parse(text).spans == ()
