"""R24: notes saved at once contradict nothing, so all of them are kept."""

import threading

import pytest
from django.db import connections
from django.test import Client

from bot.storage.models import EvenementRow
from tests.dashboard.office import member, sent, signed_in


@pytest.mark.django_db(transaction=True)
def test_eight_notes_at_once_are_all_kept(clock, tmp_path):
    from tests.dashboard.office import opened

    opened(clock, tmp_path)
    one = sent()
    clients = [signed_in(Client(), member("conseiller", name=f"c.{number}")) for number in "abcdefgh"]
    together, codes = threading.Barrier(8), []

    def save(client, number):
        together.wait(20)
        codes.append(client.post(f"/demandes/{one.id}/note/", {"note": f"note {number}"}).status_code)
        connections.close_all()

    threads = [threading.Thread(target=save, args=(client, number)) for number, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert codes == [302] * 8
    assert EvenementRow.objects.filter(quoi="note").count() == 8
