"""What a configuration that nobody vouches for may reach: nothing outside the repository, and no network.

The pull request of a stranger brings its own configuration. Values from the command line are the user's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.config import BUNDLED_MODEL, OriginKind
from termcheck.config_file import exists
from termcheck.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.config import Config

_TRUSTED = (OriginKind.DEFAULT, OriginKind.ENVIRONMENT, OriginKind.COMMAND_LINE)


def confine(config: Config, folder: Path) -> None:
    """Raise ``ConfigError`` when a file of the checked repository, which holds ``folder``, names something outside.

    That is: a glossary, a baseline, decisions or a cache outside the repository, symbolic links followed, or any model
    but the bundled one, since loading a model reads whatever its folder says.
    """
    root = next((place for place in (folder, *folder.parents) if exists(place / ".git")), folder).resolve()
    for name in ("glossary", "baseline", "decisions", "cache"):
        path: Path | None = getattr(config, name)
        if path is not None and _is_foreign(config, name) and not path.resolve().is_relative_to(root):
            raise ConfigError(
                f"{config.origins[name]}: {name!r} leads out of the repository, which an offline run does not follow",
                f"name it on the command line with --{name}" if name != "cache" else "set TERMCHECK_CACHE_DIR",
            )
    if config.model != BUNDLED_MODEL and _is_foreign(config, "model"):
        raise ConfigError(
            f"{config.origins['model']}: an offline run loads no model that a file of the repository names",
            "name it on the command line with --model",
        )


def _is_foreign(config: Config, name: str) -> bool:
    origin = config.origins.get(name)
    return origin is not None and origin.kind not in _TRUSTED
