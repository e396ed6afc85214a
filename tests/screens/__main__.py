"""Write every scene in both languages into screenshots/."""

import asyncio
from pathlib import Path

from postback_wizard.domain.text import LANGS
from tests.screens.scenes import SCENES, render

FOLDER = Path(__file__).parents[2] / "screenshots"


def main() -> None:
    """Render all scenes; pictures nobody shows any more go."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {}
    for scene in SCENES:
        for lang in LANGS:
            wanted[FOLDER / f"{scene.name}-{lang}.svg"] = asyncio.run(render(scene, lang))
    for old in set(FOLDER.glob("*.svg")) - set(wanted):
        old.unlink()
    for path, picture in wanted.items():
        path.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
