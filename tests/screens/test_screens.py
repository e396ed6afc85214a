"""The pictures in screenshots/ are what the wizard shows."""

from pathlib import Path

import pytest

from postback_wizard.domain.text import LANGS
from tests.screens.scenes import SCENES, Scene, render

FOLDER = Path(__file__).parents[2] / "screenshots"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_screen_looks_like_its_picture(scene: Scene, lang: str) -> None:
    expected = (FOLDER / f"{scene.name}-{lang}.svg").read_text(encoding="utf-8")
    assert await render(scene, lang) == expected, "python -m tests.screens writes the pictures anew; look at them"


def test_every_picture_is_of_a_scene() -> None:
    wanted = {f"{scene.name}-{lang}.svg" for scene in SCENES for lang in LANGS}
    assert {path.name for path in FOLDER.glob("*.svg")} == wanted
