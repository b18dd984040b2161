"""minimal guard"""


def emergency(text: str) -> str:
    """The category."""
    return ""


def before_search(text: str):
    return None
