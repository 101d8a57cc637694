"""Finds the content folder: the one that holds `handouts/` and `layouts/`."""

from __future__ import annotations

from pathlib import Path

from generator.errors import Place, UsageError

PARTS = ("handouts", "layouts")


def content_folder(given: Path | None = None, *, current: Path | None = None) -> Path:
    """The folder to load from.

    given: the --content option; it must hold both parts. Else the current folder if it does, else the content that
    ships inside the wheel, else the repository's own when run from a checkout. Raises UsageError.
    """
    if given is not None:
        missing = [part for part in PARTS if not (given / part).is_dir()]
        if missing:
            hint = f"It must hold the folders {' and '.join(PARTS)}."
            words = f"The content folder has no folder {' and no folder '.join(missing)}."
            raise UsageError(words, hint=hint, place=Place(given.as_posix()))
        return given
    package = Path(__file__).resolve().parent.parent
    for folder in (current if current is not None else Path.cwd(), package / "shipped", package.parent):
        if all((folder / part).is_dir() for part in PARTS):
            return folder
    raise UsageError("No content was found.", hint="Name a folder that holds handouts and layouts with --content.")


def yaml_files(folder: Path) -> tuple[Path, ...]:
    """The YAML files of one folder in the order of their names; none if there is no such folder."""
    if not folder.is_dir():
        return ()
    found = (path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and not path.name.startswith("."))
    return tuple(sorted(found))


def plan_files(content: Path) -> tuple[Path, ...]:
    """The plans that stand in a content folder."""
    return yaml_files(content / "handouts" / "plans")
