"""The fixtures of a listening model."""

from tests.llm.parts import client, clock, consignes, masker, over_server, patient, posting, server

__all__ = ["client", "clock", "consignes", "masker", "over_server", "patient", "posting", "server"]
