"""The composition root: the only module that chooses implementations."""

from bot.config import Settings
from bot.storage import setup


def setup_django(settings: Settings) -> None:
    """Set Django up from our settings and bring the tables up to date; a second call changes nothing."""
    setup.configure(
        database_url=settings.database,
        secret_key=settings.secret_key.get_secret_value(),
        allowed_hosts=[host.strip() for host in settings.allowed_hosts.split(",") if host.strip()],
        secure_cookies=settings.secure_cookies,
        email_url=settings.email_url,
        email_from=settings.email_from,
        public_url=settings.public_url,
    )
    setup.migrate()
