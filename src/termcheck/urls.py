"""What is a URL, and how much of one may be shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_url(text: str) -> bool:
    """Whether the text begins like a URL; ``C:\\docs`` does not."""
    return _URL.match(text) is not None


def protocol(url: str) -> str:
    """What stands before ``://``, in small letters."""
    return url.partition("://")[0].lower()


def shown(url: str) -> str:
    """A URL as it may be shown and logged: without user, password, query and fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"{protocol(url)}://..."
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
