"""The tokens: readable by WCAG 2.2 AA in every theme, and people told apart by colour and shape."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication

from biosync.gui.theme import SHAPES, THEMES, Look, Tokens, font, person_shape, style_sheet

TEXTS = ("text", "quiet", "accent", "heart", "warn", "alert")
GROUNDS = ("surface", "raised")


def luminance(color: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    parts = QColor(color).getRgbF()[:3]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio (WCAG 2.2), 1 to 21."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_referee_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(("text", "ground"), list(product(TEXTS, GROUNDS)))
def test_texts_are_readable(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_words_on_coloured_grounds_are_readable(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.warn, tokens.badge) >= 4.5
    assert contrast(tokens.on_disc, tokens.disc) >= 4.5
    assert contrast(tokens.text, tokens.pressed) >= 4.5


PAINTED_TEXTS = (
    ("text", "pressed"), ("quiet", "pressed"), ("accent", "pressed"), ("quiet", "badge"), ("quiet", "wave"),
    ("text", "wave"), ("on_disc", "disc"), ("on_accent", "accent"), ("warn", "badge"), ("warn", "pressed"),
)
"""Words on these grounds: rows that are chosen or pointed at, badges, the shade of the cue behind words."""
PAINTED_PARTS = (
    ("disc", "surface"), ("disc", "raised"), ("heart", "wave"), ("lost", "wave"), ("lost", "pressed"),
    ("accent", "wave"), ("accent", "hairline"), ("accent", "surface"), ("accent", "raised"), ("warn", "wave"),
    ("quiet", "surface"),
)
"""Parts one has to see: the cue, curves over its shade, how far a replay or a slider is, what has the focus."""


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_words_are_readable_on_every_ground_on_which_they_are_painted(tokens: Tokens) -> None:
    too_low = {pair: round(contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])), 2) for pair in PAINTED_TEXTS}
    assert {pair: ratio for pair, ratio in too_low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_parts_are_seen_beside_what_they_are_painted_on(tokens: Tokens) -> None:
    too_low = {pair: round(contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])), 2) for pair in PAINTED_PARTS}
    assert {pair: ratio for pair, ratio in too_low.items() if ratio < 3.0} == {}


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_every_rule_of_the_style_sheet_is_readable(tokens: Tokens) -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style_sheet(tokens))
    assert len(rules) > 30
    for who, what in rules:
        color = re.search(r"(?<![-\w])color: (#\w{6})", what)
        if color is None or ":disabled" in who:
            continue  # what can't be used now need not be read (WCAG 1.4.3)
        own = re.search(r"background: (#\w{6})", what)
        for ground in [own[1]] if own else [tokens.surface, tokens.raised]:
            assert contrast(color[1], ground) >= 4.5, (who.strip(), color[1], ground)


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_lines_and_shapes_are_seen(tokens: Tokens) -> None:
    for color in (*tokens.people, tokens.lost):
        assert contrast(color, tokens.wave) >= 3.0
        assert contrast(color, tokens.raised) >= 3.0
        assert contrast(color, tokens.surface) >= 3.0


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_eight_people_have_eight_colours(tokens: Tokens) -> None:
    assert len(set(tokens.people)) == 8


def test_sixteen_people_differ_in_colour_or_shape(look: Look) -> None:
    looks = {(look.person_color(n).name(), person_shape(n)) for n in range(24)}
    assert len(looks) == 24
    assert len(SHAPES) == 6


def test_the_bundled_font_is_used(application: QApplication) -> None:
    assert QFontInfo(font(16)).family() == "Inter"
    assert QFontInfo(font(16, strong=True)).weight() > QFontInfo(font(16)).weight()


def test_a_change_of_theme_is_told_once(application: QApplication) -> None:
    look, told = Look(), []
    look.changed.connect(lambda: told.append(look.tokens.name))
    look.use(THEMES[1])
    look.use(THEMES[1])
    assert told == ["light"]
    assert THEMES[1].accent in style_sheet(look.tokens)
