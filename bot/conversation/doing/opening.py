"""Opening a draft: it gets the token that names the demande it will become."""

from dataclasses import replace

from bot.conversation.scene import Scene


def ensure_open(scene: Scene) -> None:
    """Open the draft without a word; nothing changes where it is open."""
    token = scene.memory.token or f"{scene.at.isoformat()}:{scene.message.message_id}"
    if not scene.session.opened:
        scene.session = replace(scene.session, opened=True, version=scene.session.version + 1)
    scene.remember(token=token, introduced=True)
