"""The report as PDF, read back: quality first, limits stated, badges, and no figure of one who keeps theirs."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from biosync.cli import main
from biosync.events import Marker
from biosync.gui import words
from biosync.gui.no_coherence import why_no_coherence
from biosync.gui.plots.charts import rr_range_of
from biosync.gui.report.page import ROOMS, _fits
from biosync.gui.report.pdf import report_pdf
from biosync.gui.report.wording import quality_facts
from biosync.preferences import Language, Preferences, save
from biosync.store.ledger.reader import Ledger
from biosync.store.review.reported import Reported, reported
from tests.store.review.made import keep

MADE_AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
MARKS = (
    Marker(60.0, "Ana", "her own mark"), Marker(90.0, "Ben", "his own mark"), Marker(120.0, None, "a mark for all"),
)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    with Ledger.open(tmp_path) as opened:
        yield opened


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def pages(ledger: Ledger, id: str, person: str | None = None) -> list[str]:
    return pages_of(report_pdf(reported(ledger, ledger.session(id), person), MADE_AT))


def test_one_page_with_quality_before_results_and_limits_at_the_end(application: QApplication, ledger: Ledger) -> None:
    id = keep(ledger, "Ana", markers=[Marker(60.0, "Ana", "breathing: alone")], gap_at=200.0)
    (text,) = pages(ledger, id)
    order = ["Ana", "Sunday, 31 May 2026", "5 min", "Signal good", "The beats are clear.", "1 gap of", "Results",
             "RMSSD", "RR interval, ms", "Markers", "breathing: alone", "Not a medical device", f"session {id}"]
    found = [text.find(words) for words in order]
    assert -1 not in found, [words for words, at in zip(order, found, strict=True) if at < 0]
    assert found == sorted(found)
    assert "61 bpm" in text and "6.0 a minute" in text
    assert "SIMULATED" not in text and "REPLAY" not in text
    assert "The pace at which this heart swings most was not found" in text


def test_its_fonts_are_in_it(application: QApplication, ledger: Ledger) -> None:
    pdf = report_pdf(reported(ledger, ledger.session(keep(ledger, "Ana", seconds=60))), MADE_AT)
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert [round(float(side)) for side in (page.mediabox.width, page.mediabox.height)] == [595, 842]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index,union-attr]
    assert fonts
    for font in fonts:
        (inside,) = [one.get_object() for one in font["/DescendantFonts"]]
        assert "Inter" in inside["/BaseFont"]
        assert "/FontFile2" in inside["/FontDescriptor"]


@pytest.mark.parametrize(("origin", "badge"), [("simulated", "SIMULATED"), ("replay", "REPLAY")])
def test_a_badge_for_hearts_that_were_not_measured_live(
    application: QApplication, ledger: Ledger, origin: str, badge: str
) -> None:
    (text,) = pages(ledger, keep(ledger, "Ana", seconds=90, origin=origin))  # type: ignore[arg-type]
    assert badge in text
    assert ("no real heart was measured" in text) == (origin == "simulated")


def test_one_persons_page_holds_nothing_of_the_other(application: QApplication, ledger: Ledger) -> None:
    id = keep(ledger, "Ana", "Ben", seconds=130, sharing={"Ana": "own", "Ben": "rhythm"}, markers=MARKS)
    alone = {name: figures(reported(ledger, ledger.session(id), name)) for name in ("Ana", "Ben")}
    for name, other in (("Ana", "Ben"), ("Ben", "Ana")):
        (text,) = pages(ledger, id, name)
        for own, others in zip(alone[name], alone[other], strict=True):
            assert own in text
            assert own == others or others not in text, f"{other}'s {others} on the page of {name}"
        assert f"with {other}" in text
        assert "in step" in text, "the shared band is both's"
        mark, others_mark = ("her", "his") if name == "Ana" else ("his", "her")
        assert f"{mark} own mark" in text
        assert f"{others_mark} own mark" not in text and "a mark for all" not in text


def figures(report: Reported) -> list[str]:
    """Return the figures of a report of one, as they stand on the page: those in which two people differ."""
    (page,) = report.pages
    time = page.analysis["time"]
    assert isinstance(time, dict)
    return [f"{time['mean_hr_bpm']:.0f} bpm", f"{time['sdnn_ms']:.0f} ms", f"{page.analysis['beats']} beats"]


@pytest.mark.parametrize("sharing", [{"Ana": "rhythm", "Ben": "rhythm"}, {"Ana": "own", "Ben": "all"}])
def test_without_a_name_nobodys_figures_unless_all_agreed(
    application: QApplication, ledger: Ledger, sharing: dict[str, str]
) -> None:
    id = keep(ledger, "Ana", "Ben", seconds=130, sharing=sharing, markers=MARKS)  # type: ignore[arg-type]
    (text,) = pages(ledger, id)
    assert "bpm" not in text and "RMSSD" not in text and "Signal" not in text and "own mark" not in text
    assert "Together: times in step" in text
    assert "keep their figures to themselves" in text


def test_both_agreed_so_each_has_a_page(application: QApplication, ledger: Ledger) -> None:
    id = keep(ledger, "Ana", "Ben", seconds=130, sharing={"Ana": "all", "Ben": "all"})
    first, second = pages(ledger, id)
    assert first.find("Ana") < first.find("with Ben") and "61 bpm" in first
    assert "83 bpm" in second


def test_a_coach_gets_what_the_client_ticked(application: QApplication, ledger: Ledger) -> None:
    sharing = dict.fromkeys(("Ana", "Ben"), "coach")
    id = keep(ledger, "Ana", "Ben", seconds=130, sharing=sharing, shown={"Ana": ("rmssd",)}, each=True)  # type: ignore[arg-type]
    (text,) = pages(ledger, id)
    assert "RMSSD" in text
    for word in ("bpm", "RR interval", "of 100", "read from the beats", "Ben ·", "83"):
        assert word not in text, word
    assert "left out" in text


@pytest.mark.parametrize(("ticked", "beats"), [(("heart_rate",), False), (("heart_rate", "rmssd"), True)])
def test_beats_stand_in_it_only_where_hrv_was_ticked(
    application: QApplication, ledger: Ledger, ticked: tuple[str, ...], beats: bool
) -> None:
    id = keep(ledger, "Ana", "Ben", seconds=130, sharing=dict.fromkeys(("Ana", "Ben"), "coach"),
              shown={"Ana": ticked}, each=True)  # fmt: skip
    (text,) = pages(ledger, id)
    assert "61 bpm" in text
    for word in ("Every beat", "RR interval", "RMSSD", "ms²/Hz"):
        assert (word in text) == beats, word
    assert "no minute without a gap" not in text


def test_one_under_16_has_no_score(application: QApplication, ledger: Ledger) -> None:
    id = keep(ledger, "Lea", sharing={"Lea": "rhythm"}, guardian="Eva", seconds=200)
    for person in (None, "Lea"):
        (text,) = pages(ledger, id, person)
        assert "97 bpm" in text and "of 100" not in text and "coherence, 0" not in text


def test_too_short_a_session_says_what_cant_be_told(application: QApplication, ledger: Ledger) -> None:
    (text,) = pages(ledger, keep(ledger, "Ana", seconds=20, complete=False))
    assert "can't tell" in text
    assert "Slow rhythms can't be told" in text
    assert "The session was cut off" in text


@pytest.mark.parametrize("heart, cause", [
    ({"odd_every": 3}, "can't tell: too many beats can't be trusted"),
    ({"swing": 0.0}, "can't tell: the heart rate hardly changed"),
    ({"seconds": 50.0}, "can't tell: it takes 64 s without a gap"),
])
def test_why_there_is_no_coherence_is_the_true_cause(
    application: QApplication, ledger: Ledger, heart: dict[str, Any], cause: str
) -> None:
    id = keep(ledger, "Ana", **heart)
    (text,) = pages(ledger, id)
    assert "no gaps" in text
    assert [cause in text, "it takes 64 s" in text] == [True, cause.endswith("without a gap")], text
    (page,) = reported(ledger, ledger.session(id)).pages
    part = replace(page.charts, begin_t=10.0, intervals=page.charts.intervals.last(20.0))
    assert "no 64 s without a gap, or beats" in why_no_coherence(part), "a part can't tell which it was"


@pytest.mark.parametrize("odd_every", [0, 7, 40])
def test_what_is_not_as_usual_adds_up(application: QApplication, ledger: Ledger, odd_every: int) -> None:
    id = keep(ledger, "Ana", seed=None if odd_every else 3, odd_every=odd_every)
    (text,) = pages(ledger, id)
    found = re.search(r"(\d+) beats · ([\d.]+) % not as usual(?:: ((?:\d+ [a-z ]+(?:, )?)+))?", text)
    assert found
    kinds = re.findall(r"(\d+) (?:missed|extra|early|too long|too short)", found[3] or "")
    (page,) = reported(ledger, ledger.session(id)).pages
    assert sum(map(int, kinds)) == np.count_nonzero(page.heard.beats.label)
    assert found[2] == f"{100 * sum(map(int, kinds)) / int(found[1]):.1f}"


def test_every_kind_of_odd_beat_is_named() -> None:
    quality = {**dict.fromkeys(("missed", "extra", "ectopic"), 0), "long": 1, "short": 2, "artifact_percent": 3.25,
               "gaps": []}
    said = quality_facts({"beats": 92, "quality": quality})
    assert said == "92 beats · 3.2 % not as usual: 1 too long, 2 too short · no gaps", "rounded as analyze does"


@pytest.mark.parametrize("heart", [{"seed": 5, "swing": 10.0}, {"odd_every": 7}])
def test_the_chart_of_every_beat_holds_all_that_are_usual(
    application: QApplication, ledger: Ledger, heart: dict[str, Any]
) -> None:
    """Of the first, few are far longer than most; of the second, one in seven is odd."""
    id = keep(ledger, "Ana", **heart)
    (page,) = reported(ledger, ledger.session(id)).pages
    beats = page.charts.beats
    usual, odd = beats.rr_ms[beats.label == 0], beats.rr_ms[beats.label != 0]
    low, high = rr_range_of(page.charts)
    assert low < usual.min() and usual.max() < high
    assert len(odd) and high - low < 1.2 * (usual.max() - usual.min()), "odd ones don't flatten the others"


def test_any_name_and_any_number_of_markers_fit_on_the_page(application: QApplication, ledger: Ledger) -> None:
    name = "A" * 300 + "\n<b>"
    marks = [Marker(float(k), name, f"mark {k} " + "word " * 80) for k in range(1, 60)]
    (text,) = pages(ledger, keep(ledger, name, seconds=90, markers=marks))
    assert "and 51 more" in text and "Not a medical device" in text


def test_the_limits_stand_on_the_fullest_page(application: QApplication, ledger: Ledger) -> None:
    names = ("Ana", "Ben", "Lea")
    marks = [Marker(float(k), "Ana", f"mark {k}") for k in range(1, 30)]
    id = keep(ledger, *names, sharing=dict.fromkeys(names, "all"), markers=marks, seconds=200, complete=False, seed=3)
    first, *others = pages(ledger, id)
    assert len(others) == 2
    assert "Not a medical device" in first and "cut off" in first and "makes some of it." in first
    assert first.find("more") < first.find("What this page is")
    report = reported(ledger, ledger.session(id))
    room = next(one for one in ROOMS if _fits(report, report.pages[0], one))
    assert room is not ROOMS[0]


def test_it_is_painted_in_a_worker_as_well(application: QApplication, ledger: Ledger) -> None:
    report = reported(ledger, ledger.session(keep(ledger, "Ana", seconds=70)))
    made: list[bytes] = []
    worker = threading.Thread(target=lambda: made.append(report_pdf(report, MADE_AT)))
    worker.start()
    worker.join()
    assert pages_of(made[0]) == pages_of(report_pdf(report, MADE_AT))


def test_the_command_writes_it_and_overwrites_nothing(
    application: QApplication, ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    id = keep(ledger, "Ana", "Ben", sharing={"Ana": "rhythm", "Ben": "rhythm"}, seconds=70)
    path = tmp_path / "ana.pdf"
    asked = ["sessions", "report", id, "--person", "Ana", "-o", str(path)]
    assert main(asked) == 0
    assert "Written to" in capsys.readouterr().err
    assert path.stat().st_mode & 0o077 == 0, "for its owner's eyes only"
    assert "61 bpm" in pages_of(path.read_bytes())[0]
    assert main(asked) == 1
    assert "is there already" in capsys.readouterr().err
    assert main([*asked, "--force"]) == 0
    assert main(["sessions", "report", id, "-o", str(tmp_path / "both.pdf")]) == 0
    assert "did not agree" in capsys.readouterr().err
    assert main(["sessions", "report", id, "--person", "Eva"]) == 1
    assert main(["sessions", "report", "1999"]) == 1
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("set_language, option, told", [
    ("en", [], "Results"), ("de", [], "Ergebnisse"), ("de", ["--language", "en"], "Results"),
    ("en", ["--language", "de"], "Ergebnisse"),
])
def test_the_command_writes_it_in_the_language_that_was_set_or_asked_for(
    application: QApplication, ledger: Ledger, tmp_path: Path, set_language: Language, option: list[str], told: str
) -> None:
    assert save(tmp_path, Preferences(language=set_language)) == ""
    id = keep(ledger, "Ana", seconds=70)
    before = QLocale()
    assert main(["sessions", "report", id, "-o", str(tmp_path / "ana.pdf"), *option]) == 0
    (text,) = pages_of((tmp_path / "ana.pdf").read_bytes())
    assert told in text and ("Kein Medizinprodukt" in text) == (told == "Ergebnisse")
    assert words.tr("Results") == "Results" and QLocale() == before, "nobody else's language is another one now"


def test_another_language_is_wrong_use(ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sessions", "report", "1", "--language", "fr"]) == 2
    assert "--language" in capsys.readouterr().err


def test_without_a_name_the_file_is_called_for_the_session(
    application: QApplication, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    id = keep(ledger, "A/n a", seconds=30)
    assert main(["sessions", "report", id, "--person", "A/n a"]) == 0
    assert (tmp_path / f"biosync-{id}-A-n-a.pdf").exists()
