"""For maintainers: what nobody could answer, what was disliked, what is old, what is lost, each with its file."""

from datetime import timedelta
from urllib.error import HTTPError, URLError

from bot.dashboard import entretien
from bot.dashboard.models import SourceVue
from bot.storage.models import Lacune
from tests.dashboard.office import NOW


def page(client):
    return client.get("/base/").content.decode()


def test_questions_without_an_answer_are_counted_with_the_file_nearest_to_them(as_role, desk):
    client = as_role("responsable")
    known = next(iter(desk.passages().values()))
    for _ in range(3):
        Lacune.objects.create(at=NOW, question=known.titre.lower(), raison="not_in_base")
    Lacune.objects.create(at=NOW, question="xylophone zzz", raison="out_of_scope")
    Lacune.objects.create(at=NOW - timedelta(days=91), question="trop vieux", raison="not_in_base")
    found = entretien.gaps(desk)
    assert [(one.nombre, one.raison) for one in found] == [(3, "absente de la base"), (1, "hors sujet")]
    assert found[0].fichier == entretien.file_of(known.ref)
    assert found[1].fichier == "knowledge/fiches/ (nouvelle fiche)"
    text = page(client)
    assert "xylophone zzz" in text
    assert "trop vieux" not in text


def test_disliked_answers_say_why(as_role, desk):
    client = as_role("responsable")
    ref = next(iter(desk.passages()))
    for reason in ("avis faux", "avis faux", "avis"):
        Lacune.objects.create(at=NOW, question="", raison=reason, passages=[ref])
    Lacune.objects.create(at=NOW, question="", raison="avis faux", passages=["fiche#disparue"])
    text = page(client)
    assert "3 fois · faux (2), sans précision (1)" in text
    assert entretien.file_of(ref) in text
    assert "fiche#disparue (n&#x27;existe plus)" in text


def test_old_passages_are_listed_with_their_file(desk, clock):
    assert entretien.old(desk) == ()
    clock.later(days=3000)
    assert len(entretien.old(desk)) == len(desk.passages())
    assert all(one.fichier.startswith("knowledge/fiches/") for one in entretien.old(desk))


def test_lost_sources_are_those_that_do_not_answer_and_not_those_that_turn_programs_away(as_role, desk):
    client = as_role("responsable")
    assert "pas encore été vérifiées" in page(client)
    passages = desk.passages().values()
    urls = sorted({one.url for passage in passages for one in passage.citations})

    def ask(url):
        if url == urls[0]:
            raise HTTPError(url, 404, "gone", {}, None)
        if url == urls[1]:
            raise HTTPError(url, 403, "no programs", {}, None)
        if url == urls[2]:
            raise URLError(TimeoutError())
        return 200

    assert entretien.look(passages, NOW, ask) == (len(urls), 2)
    lost = entretien.lost(desk)
    assert [(one.url, one.etat) for one in lost] == [(urls[0], "404"), (urls[2], "TimeoutError")]
    assert all(one.fichiers for one in lost)
    assert urls[0] in page(client).replace("&amp;", "&")
    entretien.look(passages, NOW, lambda url: 200)
    assert entretien.lost(desk) == ()
    assert SourceVue.objects.count() == len(urls)
    assert "Toutes répondaient le 25/11/2026" in page(client)
