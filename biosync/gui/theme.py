"""The one file of tokens: colours, type, space and people's shapes, in dark, light and high contrast.

The people's colours are those of Okabe and Ito (2008), lightened for the dark and darkened for the light surface.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from biosync.gui.preferring import Preferring
from biosync.preferences import Theme

Shape = Literal["circle", "triangle", "square", "diamond", "hexagon", "pentagon"]
SHAPES: tuple[Shape, ...] = ("circle", "triangle", "square", "diamond", "hexagon", "pentagon")

SPACE = 8
"""Every distance is a multiple of this, in device independent pixels."""
SMALL, BODY, LARGE = 13, 16, 30
"""The three sizes of type, in device independent pixels."""
_TIGHT_FROM = 20
"""From this size on letters stand a little closer, as Inter is drawn for small type."""
LINE = 1.6
"""The width of a curve, in device independent pixels."""
RADIUS = 10
"""The radius of rounded corners."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as #rrggbb. ``people`` are eight."""

    name: str
    surface: str
    raised: str
    pressed: str
    hairline: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    disc: str
    on_disc: str
    wave: str
    heart: str
    warn: str
    badge: str
    alert: str
    lost: str
    people: tuple[str, ...]


DARK = Tokens(
    name="dark",
    surface="#0d1216",
    raised="#141b21",
    pressed="#1c262e",
    hairline="#22303a",
    text="#e9eff2",
    quiet="#8b9ba6",
    accent="#79c4bf",
    on_accent="#0d1216",
    disc="#37757a",
    on_disc="#f3f8f9",
    wave="#1c2c2f",
    heart="#e9a583",
    warn="#e2b44a",
    badge="#33291a",
    alert="#ee8573",
    lost="#6d7a84",
    people=("#5fb8ea", "#e8a33a", "#3cc49a", "#d184b4", "#ead94c", "#6f93f0", "#e8774a", "#b9c3c9"),
)

LIGHT = Tokens(
    name="light",
    surface="#f6f8f8",
    raised="#ffffff",
    pressed="#e3eaeb",
    hairline="#d5dee0",
    text="#152026",
    quiet="#566670",
    accent="#1b746f",
    on_accent="#ffffff",
    disc="#5a9994",
    on_disc="#0f2a2c",
    wave="#dceaea",
    heart="#b2542a",
    warn="#805800",
    badge="#f8ebcb",
    alert="#b03a26",
    lost="#72808a",
    people=("#1d7fb8", "#a86a00", "#0b7d5c", "#a94f87", "#857500", "#3b62d0", "#bf4d14", "#55636b"),
)

HIGH_CONTRAST = Tokens(
    name="high contrast",
    surface="#000000",
    raised="#000000",
    pressed="#2a2a2a",
    hairline="#7a7a7a",
    text="#ffffff",
    quiet="#e0e0e0",
    accent="#7ff0e8",
    on_accent="#000000",
    disc="#13676b",
    on_disc="#ffffff",
    wave="#2b3b3b",
    heart="#ffbf9c",
    warn="#ffd24a",
    badge="#000000",
    alert="#ff9d8c",
    lost="#a8a8a8",
    people=("#7fd0ff", "#ffb84a", "#4fe0b4", "#f0a0d4", "#fff05c", "#9ab6ff", "#ff9a6c", "#e4ecf0"),
)

PAPER = replace(LIGHT, name="paper", surface="#ffffff", wave="#e6efef", badge="#ffffff")
"""What is printed: the light theme on white."""
PAPER_SMALL, PAPER_BODY, PAPER_LARGE = 10.5, 13.0, 26.0
"""The three sizes of type on paper, in 1/96 inch."""

THEMES: tuple[Tokens, ...] = (DARK, LIGHT, HIGH_CONTRAST)


class Look(QObject):
    """The theme in force; ``changed`` tells that every widget has to be painted anew."""

    changed = Signal()

    def __init__(self, tokens: Tokens = DARK) -> None:
        super().__init__()
        self._tokens = tokens

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    def use(self, tokens: Tokens) -> None:
        """Put ``tokens`` in force."""
        if tokens is not self._tokens:
            self._tokens = tokens
            self.changed.emit()

    def color(self, name: str) -> QColor:
        """Return the colour of the token ``name``; AttributeError where there is none."""
        return QColor(getattr(self._tokens, name))

    def person_color(self, number: int) -> QColor:
        """Return the colour of person ``number``, counted from 0; after eight they come round again."""
        people = self._tokens.people
        return QColor(people[number % len(people)])

    def follow(self, preferring: Preferring) -> None:
        """Take the theme that was set, or where that is the system's the system's, now and whenever one changes."""
        def take() -> None:
            self.use(themed(preferring.now.theme))

        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _: take())
        accessibility = getattr(hints, "accessibility", None)
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(lambda _: take())
        preferring.changed.connect(take)
        take()


def themed(theme: Theme) -> Tokens:
    """Return the tokens of the theme that was set."""
    return {"dark": DARK, "light": LIGHT, "high contrast": HIGH_CONTRAST}.get(theme) or system_tokens()


def person_shape(number: int) -> Shape:
    """Return the shape of person ``number``; with the colour it is unique among the first 24."""
    return SHAPES[number % len(SHAPES)]


def system_tokens() -> Tokens:
    """Return the theme that the system asks for; dark where it says nothing."""
    hints = QGuiApplication.styleHints()
    # Qt tells the wish for contrast from 6.10 on.
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is not None and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return LIGHT if hints.colorScheme() == Qt.ColorScheme.Light else DARK


def load_fonts() -> None:
    """Make the bundled Inter known to Qt; without it the system's sans serif is used."""
    for style in ("Regular", "SemiBold"):
        data = files("biosync.gui").joinpath("assets", f"Inter-{style}.otf").read_bytes()
        QFontDatabase.addApplicationFontFromData(data)


def font(size: float = SMALL, *, strong: bool = False, tabular: bool = True) -> QFont:
    """Return the typeface at ``size`` (device independent pixels), its digits all equally wide.

    Not ``tabular``: plain letters only, as on paper. What Inter puts in the place of digits and colons has no
    character of its own, so that it could be neither searched nor copied in a PDF, nor be read out.
    """
    face = QFont("Inter")
    face.setStyleHint(QFont.StyleHint.SansSerif)
    face.setPixelSize(max(1, round(size)))
    face.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    face.setFeature(QFont.Tag("tnum"), int(tabular))
    if not tabular:
        face.setFeature(QFont.Tag("calt"), 0)
    if size >= _TIGHT_FROM:
        face.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 97.5)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet of the ordinary controls."""
    t = tokens
    # Where a ground is the window's own, as in high contrast, only a line round it says that it is one.
    badge_edge = t.warn if t.badge == t.surface else t.badge
    return _fields(t) + f"""
    QWidget {{ color: {t.text}; font-size: {SMALL}px; }}
    #window, #page {{ background: {t.surface}; }}
    QLabel {{ background: transparent; }}
    QLabel[role="title"] {{ font-size: {LARGE}px; }}
    QLabel[role="name"] {{ font-size: {BODY}px; font-weight: 600; }}
    QLabel[role="body"] {{ font-size: {BODY}px; }}
    QLabel[role="quiet"] {{ color: {t.quiet}; }}
    QLabel[role="warn"] {{ color: {t.warn}; }}
    QLabel[role="alert"] {{ color: {t.alert}; }}
    QLabel[role="badge"] {{ color: {t.warn}; background: {t.badge}; font-weight: 600;
        padding: 2px {SPACE}px; border-radius: 9px; border: 1px solid {badge_edge}; }}
    QPushButton {{ background: {t.raised}; border: 1px solid {t.hairline}; border-radius: {RADIUS}px;
        padding: {SPACE}px {2 * SPACE}px; }}
    QPushButton:hover {{ background: {t.pressed}; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; }}
    QPushButton:disabled {{ color: {t.lost}; }}
    QPushButton[role="main"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
        font-weight: 600; }}
    QPushButton[role="main"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[role="main"]:disabled {{ background: {t.raised}; color: {t.lost}; border-color: {t.hairline}; }}
    QPushButton[role="main"], QPushButton[role="second"] {{ font-size: {BODY}px; }}
    QPushButton[role="second"] {{ background: transparent; color: {t.accent}; border: 1px solid {t.accent};
        font-weight: 600; }}
    QPushButton[role="second"]:hover {{ background: {t.pressed}; }}
    QPushButton[role="second"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; color: {t.quiet};
        padding: 4px {SPACE}px; }}
    QPushButton[role="quiet"]:hover {{ color: {t.text}; }}
    QPushButton[role="quiet"]:focus {{ border: 1px solid {t.accent}; color: {t.text}; }}
    QPushButton[role="segment"] {{ border-radius: 0; color: {t.quiet}; padding: {SPACE // 2}px {2 * SPACE}px; }}
    QPushButton[end="first"], QPushButton[end="both"] {{ border-top-left-radius: {RADIUS}px;
        border-bottom-left-radius: {RADIUS}px; }}
    QPushButton[end="last"], QPushButton[end="both"] {{ border-top-right-radius: {RADIUS}px;
        border-bottom-right-radius: {RADIUS}px; }}
    QPushButton[role="segment"]:checked {{ background: {t.pressed}; color: {t.text}; font-weight: 600;
        border: 1px solid {t.accent}; }}
    QPushButton[role="segment"]:focus {{ border: 2px solid {t.accent}; }}
    QMenu {{ background: {t.raised}; border: 1px solid {t.hairline}; padding: {SPACE}px; }}
    QMenu::item {{ padding: {SPACE}px {3 * SPACE}px {SPACE}px {4 * SPACE}px; border-radius: {RADIUS}px; }}
    QMenu::item:disabled {{ color: {t.quiet}; }}
    QMenu::item:selected {{ background: {t.pressed}; }}
    QMenu::separator {{ height: 1px; background: {t.hairline}; margin: {SPACE}px; }}
    QToolTip {{ color: {t.text}; background: {t.raised}; border: 1px solid {t.hairline}; padding: 4px; }}
    """


def _fields(t: Tokens) -> str:
    """Return the style sheet of what is written in, ticked, chosen from and scrolled."""
    edge = t.hairline if t.raised == t.surface else t.raised
    return f"""
    QLineEdit {{ background: {t.surface}; border: 1px solid {t.lost}; border-radius: {RADIUS}px;
        padding: {SPACE}px; font-size: {BODY}px; selection-background-color: {t.accent};
        selection-color: {t.on_accent}; }}
    QLineEdit:focus {{ border: 1px solid {t.accent}; }}
    QPlainTextEdit {{ background: {t.surface}; border: 1px solid {t.lost}; border-radius: {RADIUS}px; padding: 4px;
        selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QPlainTextEdit:focus {{ border: 1px solid {t.accent}; }}
    QPlainTextEdit:read-only {{ color: {t.quiet}; border-color: {t.hairline}; }}
    #card {{ background: {t.raised}; border: 1px solid {t.hairline}; border-radius: 12px; }}
    #row {{ background: {t.raised}; border: 1px solid {edge}; border-radius: {RADIUS}px; }}
    #note {{ background: {t.raised}; border: none; border-top: 1px solid {edge}; }}
    QScrollArea, #sessions {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: {SPACE}px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {t.hairline}; border-radius: 4px; min-height: {4 * SPACE}px; }}
    QScrollBar[role="focus"]::handle:vertical {{ background: {t.accent}; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QCheckBox {{ spacing: {SPACE}px; background: transparent; }}
    QCheckBox::indicator {{ width: {2 * SPACE}px; height: {2 * SPACE}px; border: 1px solid {t.lost};
        border-radius: 4px; background: {t.surface}; }}
    QCheckBox::indicator:checked {{ background: {t.accent}; border: 1px solid {t.accent}; image: none; }}
    QCheckBox::indicator:focus {{ border: 2px solid {t.accent}; width: {2 * SPACE - 2}px; height: {2 * SPACE - 2}px; }}
    QCheckBox:disabled {{ color: {t.lost}; }}
    QPushButton[role="yes"] {{ background: {t.pressed}; color: {t.accent}; border: 1px solid {t.pressed};
        font-size: {BODY}px; font-weight: 600; }}
    QPushButton[role="yes"]:focus {{ border: 2px solid {t.accent}; }}
    QPushButton[role="second"]:disabled {{ color: {t.lost}; border-color: {t.hairline}; }}
    QSlider::groove:horizontal {{ background: {t.lost}; height: 2px; border-radius: 1px; }}
    QSlider::sub-page:horizontal {{ background: {t.accent}; height: 2px; }}
    QSlider::handle:horizontal {{ background: {t.accent}; border: 2px solid {t.surface}; width: {2 * SPACE}px;
        height: {2 * SPACE}px; margin: -{SPACE + 1}px 0; border-radius: {SPACE + 2}px; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {t.text}; }}
    QListWidget {{ background: transparent; border: none; outline: none; }}
    QListWidget::item {{ padding: {SPACE}px; border-radius: {RADIUS}px; }}
    QListWidget::item:selected {{ background: {t.pressed}; color: {t.text}; }}
    QComboBox {{ background: {t.surface}; border: 1px solid {t.lost}; border-radius: {RADIUS}px;
        padding: {SPACE // 2}px {SPACE}px; }}
    QComboBox:focus {{ border: 1px solid {t.accent}; }}
    QComboBox::drop-down {{ border: none; width: {3 * SPACE}px; }}
    QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.hairline};
        selection-background-color: {t.pressed}; selection-color: {t.text}; outline: none; }}
    """
