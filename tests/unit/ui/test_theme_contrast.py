"""Contrast of every pair of colours that meet, by WCAG 2.2, and the server's values."""

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from core.charts.theme import DARK, LIGHT, PALETTES, Palette
from core.ui.style import PRIMARY_PREFIX, style_rules

ROOT = Path(__file__).parents[3]
CONFIG: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
THEMES = [(palette, CONFIG["theme"][palette.name]) for palette in (LIGHT, DARK)]
NAMED = ("red", "orange", "yellow", "green", "blue", "violet", "gray")
TEXT, LINE = 4.5, 3.0
"""What text and what a line or a sign needs against its ground."""


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def laid_over(colour: str, opacity: float, ground: str) -> str:
    mixed = (
        round(int(colour[i : i + 2], 16) * opacity + int(ground[i : i + 2], 16) * (1 - opacity))
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def test_contrast_is_measured_as_wcag_measures_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_text_in_pictures_can_be_read(palette: Palette) -> None:
    for ground in (palette.page, palette.raised):
        assert contrast(palette.text, ground) >= 7
        assert contrast(palette.muted, ground) >= 7
    for written_on_lines in (palette.forecast, palette.limit, palette.in_force, palette.window):
        assert contrast(written_on_lines, palette.page) >= TEXT


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_lines_and_signs_can_be_seen_on_open_closed_and_banded_ground(palette: Palette) -> None:
    signs = (
        *(palette.actual, palette.forecast, palette.in_force, palette.agents),
        *(palette.limit, palette.baseline, palette.window),
    )
    for sign in signs:
        assert contrast(sign, palette.page) >= LINE
        assert contrast(sign, laid_over(palette.actual, 0.055, palette.page)) >= LINE
    narrow, middle, wide = palette.bands
    ground = laid_over(palette.forecast, wide, palette.page)
    assert contrast(palette.in_force, ground) >= LINE
    for opacity in (middle, narrow):
        wider, ground = ground, laid_over(palette.forecast, opacity, ground)
        assert contrast(ground, wider) >= 1.2
    for line in (palette.actual, palette.forecast):
        assert contrast(line, ground) >= LINE


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_numbers_in_bars_can_be_read(palette: Palette) -> None:
    bar = laid_over(palette.agents, palette.agents_fill, palette.page)
    assert contrast(palette.text, bar) >= TEXT
    assert contrast(palette.page, palette.forecast) >= TEXT


@pytest.mark.parametrize(("palette", "theme"), THEMES, ids=["light", "dark"])
def test_pages_and_pictures_have_the_same_colours(palette: Palette, theme: dict[str, Any]) -> None:
    assert theme["primaryColor"] == palette.forecast
    assert theme["backgroundColor"] == palette.page
    assert theme["secondaryBackgroundColor"] == palette.raised
    assert theme["textColor"] == palette.text
    assert theme["borderColor"] == palette.line
    assert theme["grayTextColor"] == palette.muted


@pytest.mark.parametrize(("palette", "theme"), THEMES, ids=["light", "dark"])
def test_badges_alerts_and_coloured_words_can_be_read(
    palette: Palette, theme: dict[str, Any]
) -> None:
    for name in NAMED:
        words = theme[f"{name}TextColor"]
        assert contrast(words, theme[f"{name}BackgroundColor"]) >= TEXT, name
        assert contrast(words, palette.page) >= TEXT, name
        assert contrast(theme[f"{name}Color"], palette.page) >= LINE, name


@pytest.mark.parametrize(("palette", "theme"), THEMES, ids=["light", "dark"])
def test_links_headings_of_tables_and_captions_can_be_read(
    palette: Palette, theme: dict[str, Any]
) -> None:
    assert contrast(theme["linkColor"], palette.page) >= TEXT
    heading, ground = theme["dataframeHeaderTextColor"], theme["dataframeHeaderBackgroundColor"]
    assert contrast(heading, ground) >= TEXT
    # Streamlit draws captions in the text colour at 60 %.
    assert contrast(laid_over(palette.text, 0.6, palette.page), palette.page) >= TEXT


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_the_text_of_a_primary_button_can_be_read_in_both_themes(palette: Palette) -> None:
    rules = style_rules(palette)
    place = rules.index(f'[class*="st-key-{PRIMARY_PREFIX}"]')
    words = rules[rules.index("color: #", place) + 7 :][:7]
    assert contrast(words, palette.forecast) >= TEXT


def test_both_themes_say_the_same_things() -> None:
    assert CONFIG["theme"]["light"].keys() == CONFIG["theme"]["dark"].keys()


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("server", "address", "127.0.0.1"),
        ("server", "headless", True),
        ("server", "enableCORS", True),
        ("server", "enableXsrfProtection", True),
        ("server", "enableAgentApi", False),
        ("server", "enableStaticServing", False),
        ("server", "fileWatcherType", "none"),
        ("browser", "gatherUsageStats", False),
        ("client", "showErrorDetails", "none"),
        ("client", "toolbarMode", "minimal"),
        ("runner", "magicEnabled", False),
    ],
)
def test_the_server_is_set_up_safely(section: str, name: str, value: object) -> None:
    assert CONFIG[section][name] == value


def test_what_a_run_has_drawn_waits_for_no_collection_of_garbage() -> None:
    # It holds the interpreter for 0.1 s and more, before the picture of a what-if is on its way.
    assert CONFIG["runner"]["postScriptGC"] is False


def test_only_names_of_this_machine_reach_the_dashboard() -> None:
    assert set(CONFIG["server"]["allowedHosts"]) == {"127.0.0.1", "localhost"}


def test_streamlit_knows_every_option() -> None:
    from streamlit import config

    known = set(config._config_options_template)
    parts = [name for name in CONFIG if name != "theme"]
    given = {f"{part}.{name}" for part in parts for name in CONFIG[part]}
    themes = product(("light", "dark"), CONFIG["theme"]["light"])
    given |= {f"theme.{theme}.{name}" for theme, name in themes}
    given |= {f"theme.{n}" for n, v in CONFIG["theme"].items() if not isinstance(v, dict)}
    assert given <= known


def test_nothing_of_the_theme_is_fetched_from_elsewhere() -> None:
    texts = [ROOT / ".streamlit" / "config.toml", *(ROOT / "core" / "ui" / "static").iterdir()]
    for path in texts:
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, path.name


def test_the_example_of_the_secrets_file_names_settings_that_exist_and_holds_no_secret() -> None:
    from core.settings import MEANINGS, SECRET_NAMES

    example = tomllib.loads((ROOT / ".streamlit" / "secrets.example.toml").read_text())
    assert example.keys() == {"dialcast"}
    assert set(example["dialcast"]) <= set(MEANINGS)
    assert not any(example["dialcast"].get(name) for name in SECRET_NAMES)
