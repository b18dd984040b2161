"""Opening a draft: it gets the token that names the demande it will become, and what was told before it was open."""

from dataclasses import replace

from bot.conversation.scene import Scene


def ensure_open(scene: Scene) -> None:
    """Open the draft without a word; what waits for it is written with the next answer. Nothing changes where it is open."""
    token = scene.memory.token or f"{scene.at.isoformat()}:{scene.message.message_id}"
    if not scene.session.opened:
        scene.session = replace(scene.session, opened=True, version=scene.session.version + 1)
    scene.beside = {**scene.memory.waiting, **scene.beside}
    scene.remember(token=token, introduced=True, waiting={})
