"""The sandbox refuses what Telegram refuses, in Telegram's words."""

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from starlette.testclient import TestClient

from bot.sandbox import people
from bot.sandbox.errors import blocked, flood
from bot.sandbox.server import sandbox
from bot.sandbox.world import Fault, World

BOT = "/bot4242:sandbox-token"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def client(world):
    with TestClient(sandbox(world), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def call(world, client):
    world.chat(7)

    def act(method, **params):
        answer = client.post(f"{BOT}/{method}", json=params)
        body = answer.json()
        assert body["ok"] == (answer.status_code == 200)
        return body["result"] if body["ok"] else (body["error_code"], body["description"])

    return act


def test_a_message_is_shown_and_numbered(call, world):
    sent = call("sendMessage", chat_id=7, text="<b>Oui</b> &amp; non", parse_mode="HTML")
    assert sent["text"] == "Oui & non"
    assert world.chats[7].messages[sent["message_id"]].html == "<strong>Oui</strong> &amp; non"


@pytest.mark.parametrize("size", [4096, 4097])
def test_a_text_holds_4096_characters_after_the_markup(call, size):
    answer = call("sendMessage", chat_id=7, text="<b>" + "x" * size + "</b>", parse_mode="HTML")
    assert answer == (400, "Bad Request: message is too long") if size > 4096 else answer["text"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a < b", "Unsupported start tag"),
        ("<b>a", "Can't find end tag"),
        ("a</b>", "Unexpected end tag"),
        ("<b><i>a</b></i>", "Unexpected end tag"),
        ("<Lyon>", "Unsupported start tag"),
    ],
)
def test_broken_markup_is_refused(call, text, words):
    code, said = call("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert code == 400
    assert said.startswith("Bad Request: can't parse entities: ")
    assert words in said
    assert call("sendMessage", chat_id=7, text=text)["text"] == text


def test_an_empty_text_is_refused(call):
    assert call("sendMessage", chat_id=7, text=" \n") == (400, "Bad Request: message text is empty")


@pytest.mark.parametrize(("data", "taken"), [("x" * 64, True), ("é" * 33, False), ("", False)])
def test_a_button_carries_64_bytes(call, data, taken):
    markup = {"inline_keyboard": [[{"text": "Oui", "callback_data": data}]]}
    answer = call("sendMessage", chat_id=7, text="?", reply_markup=json.dumps(markup))
    assert ("message_id" in answer) if taken else answer == (400, "Bad Request: BUTTON_DATA_INVALID")


def test_an_edit_that_changes_nothing_is_refused(call):
    sent = call("sendMessage", chat_id=7, text="a")["message_id"]
    assert call("editMessageText", chat_id=7, message_id=sent, text="b")["text"] == "b"
    code, said = call("editMessageText", chat_id=7, message_id=sent, text="b")
    assert (code, said.split(":")[1]) == (400, " message is not modified")
    assert call("editMessageText", chat_id=7, message_id=999, text="b") == (
        400,
        "Bad Request: message to edit not found",
    )


def test_only_its_own_messages_can_be_edited(call, world):
    theirs = people.write(world, 7, "bonjour").id
    assert call("editMessageText", chat_id=7, message_id=theirs, text="b")[1] == "Bad Request: message can't be edited"


def test_a_deleted_message_keeps_nothing(call, world):
    theirs = people.write(world, 7, "mon numéro").id
    assert call("deleteMessage", chat_id=7, message_id=theirs) is True
    assert world.chats[7].messages[theirs].text == ""
    assert call("deleteMessage", chat_id=7, message_id=theirs)[0] == 400


def test_a_press_is_answered_once(call, world):
    query = people.press(world, 7, 1, "x")
    assert call("answerCallbackQuery", callback_query_id=query, text="Vu") is True
    assert world.chats[7].notices[-1][1] == "Vu"
    assert call("answerCallbackQuery", callback_query_id=query)[1].startswith("Bad Request: query is too old")


def test_a_stranger_a_blocked_chat_a_wrong_token_and_an_unknown_method(call, client, world):
    assert call("sendMessage", chat_id=99, text="a") == (400, "Bad Request: chat not found")
    people.block(world, 7)
    assert call("sendMessage", chat_id=7, text="a") == (403, "Forbidden: bot was blocked by the user")
    assert client.post("/botnonsense/getMe").status_code == 401
    assert call("sendInvoice", chat_id=7) == (404, "Not Found")


def test_faults_strike_as_often_as_asked_and_where(call, world):
    world.faults += [Fault("sendMessage", 7, 1, flood(30)), Fault("sendMessage", 7, 1, blocked())]
    assert call("sendMessage", chat_id=7, text="a") == (429, "Too Many Requests: retry after 30")
    assert call("sendMessage", chat_id=7, text="a")[0] == 403
    assert call("sendMessage", chat_id=7, text="a")["text"] == "a"


def test_a_lost_answer_is_an_action_that_took_place(client, world):
    world.chat(7)
    world.faults.append(Fault("sendMessage", lost=True))
    answer = client.post(f"{BOT}/sendMessage", json={"chat_id": 7, "text": "a"})
    assert answer.status_code >= 500
    assert len(world.chats[7].messages) == 1


def test_a_document_arrives_by_multipart_and_can_be_downloaded(client, world):
    world.chat(7)
    files = {"document": ("demande.pdf", b"%PDF-1.7", "application/pdf")}
    sent = client.post(f"{BOT}/sendDocument", data={"chat_id": "7", "caption": "Voilà"}, files=files).json()["result"]
    assert sent["document"]["file_name"] == "demande.pdf"
    got = client.get(f"/document/7/{sent['message_id']}")
    assert got.content == b"%PDF-1.7"
    assert "attachment" in got.headers["content-disposition"]
    assert client.get("/document/8/1").status_code == 404


def test_updates_come_back_until_they_are_confirmed(call, world):
    people.write(world, 7, "un")
    people.write(world, 7, "deux")
    first = call("getUpdates")
    assert [one["message"]["text"] for one in first] == ["un", "deux"]
    assert call("getUpdates") == first
    rest = call("getUpdates", offset=first[0]["update_id"] + 1)
    assert [one["message"]["text"] for one in rest] == ["deux"]
    assert call("getUpdates", offset=first[1]["update_id"] + 1) == []


def test_a_long_poll_is_answered_as_soon_as_something_is_said(client, world):
    timer = threading.Timer(0.1, people.write, (world, 7, "enfin"))
    timer.start()
    got = client.post(f"{BOT}/getUpdates", json={"timeout": 20}).json()["result"]
    assert [one["message"]["text"] for one in got] == ["enfin"]


async def test_a_second_poller_ends_the_first_with_a_conflict(world):
    api = sandbox(world)
    with TestClient(api) as client:
        first = asyncio.create_task(asyncio.to_thread(client.post, f"{BOT}/getUpdates", json={"timeout": 20}))
        assert await world.until(lambda: world.poller > 0, 5)
        await asyncio.to_thread(client.post, f"{BOT}/getUpdates", json={"timeout": 0})
        assert (await first).json()["error_code"] == 409


def test_types_that_were_not_asked_for_are_not_given(call, world):
    call("getUpdates", allowed_updates=["message"])
    people.press(world, 7, 1, "x")
    people.write(world, 7, "un")
    assert [set(one) for one in call("getUpdates")] == [{"update_id", "message"}]


def test_polling_is_refused_while_a_webhook_is_set(call):
    call("setWebhook", url="http://127.0.0.1:9/x")
    assert call("getUpdates")[0] == 409
    call("deleteWebhook")
    assert call("getUpdates") == []


def test_a_webhook_gets_the_secret_and_gets_again_what_it_did_not_take(call, world):
    seen, done = [], threading.Event()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], body["message"]["text"]))
            self.send_response(200 if len(seen) > 1 else 503)
            self.end_headers()
            if len(seen) > 1:
                done.set()

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    call("setWebhook", url=f"http://127.0.0.1:{server.server_port}/hook", secret_token="s3cret")
    people.write(world, 7, "un")
    assert done.wait(10)
    server.shutdown()
    assert seen == [("s3cret", "un")] * 2


def test_the_numbers_of_updates_never_come_back_after_a_restart(world):
    later = World(clock=lambda: world.clock() + 5)
    assert later.push("message", {}) > world.push("message", {})
