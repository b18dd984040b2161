"""In-memory twins of the stores: ten lines each, what the ports promise and nothing else."""

from bot.domain.session import session_from_json, session_to_json
from bot.errors import ConflictError


class MemorySessionStore:
    def __init__(self):
        self.rows = {}

    def load(self, chat):
        return session_from_json(self.rows[chat]) if chat in self.rows else None

    def save(self, session):
        self.rows[session.chat] = session_to_json(session)

    def delete(self, chat):
        self.rows.pop(chat, None)


class MemoryDemandeStore:
    def __init__(self):
        self.rows = {}

    def add(self, demande):
        return self.rows.setdefault(demande.id, demande) is demande

    def get(self, demande_id):
        return self.rows.get(demande_id)

    def save(self, demande):
        known = self.rows.get(demande.id)
        if known is None or demande.evenements[: len(known.evenements)] != known.evenements:
            raise ConflictError(demande.numero)
        self.rows[demande.id] = demande

    def change(self, demande_id, act):
        if demande_id not in self.rows:
            raise ConflictError(demande_id)
        self.save(after := act(self.rows[demande_id]))
        return after

    def of_chat(self, chat):
        return sorted((one for one in self.rows.values() if one.chat == chat), key=lambda one: one.envoyee_le)

    def of_organisme(self, organisme):
        found = (one for one in self.rows.values() if one.organisme == organisme)
        return sorted(found, key=lambda one: one.envoyee_le, reverse=True)

    def delete(self, demande_id):
        self.rows.pop(demande_id, None)
