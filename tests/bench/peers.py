"""The peers, each with all that it computes of the contract's set. One that can't be imported is named with why."""

from __future__ import annotations

import contextlib
import importlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np

from biosync.types import FloatArray
from tests.bench.timing import Work


@dataclass(frozen=True)
class Peer:
    """``modules`` to import first; ``prepare`` makes from them and RR (n,) what is timed."""

    name: str
    distribution: str
    modules: tuple[str, ...]
    covers: str
    sample_entropy: bool
    dfa: bool
    prepare: Callable[[list[Any], FloatArray], Work]

    def work(self, rr_ms: FloatArray) -> Work:
        """Return the quiet call. Raises ImportError or AttributeError where the peer can't be loaded."""
        with _quiet():
            loaded = [importlib.import_module(module) for module in self.modules]
        call = self.prepare(loaded, rr_ms)

        def quietly() -> None:
            with _quiet():
                call()

        return quietly

    @property
    def version(self) -> str:
        return version(self.distribution)


@contextlib.contextmanager
def _quiet() -> Any:
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def _neurokit2(modules: list[Any], rr: FloatArray) -> Work:
    (nk,) = modules
    beats = {"RRI": rr, "RRI_Time": np.cumsum(rr) / 1000}
    return lambda: nk.hrv(beats, sampling_rate=1000)


def _hrv_analysis(modules: list[Any], rr: FloatArray) -> Work:
    (hrv,) = modules
    series = rr.tolist()
    return lambda: (
        hrv.get_time_domain_features(series),
        hrv.get_frequency_domain_features(series),
        hrv.get_geometrical_features(series),
        hrv.get_poincare_plot_features(series),
        hrv.get_sampen(series),
    )


def _pyhrv(modules: list[Any], rr: FloatArray) -> Work:
    time, frequency, nonlinear = modules
    return lambda: (
        time.nni_parameters(nni=rr),
        time.hr_parameters(nni=rr),
        time.sdnn(nni=rr),
        time.rmssd(nni=rr),
        time.sdsd(nni=rr),
        time.nn50(nni=rr),
        time.nn20(nni=rr),
        frequency.welch_psd(nni=rr, mode="dev"),
        nonlinear.poincare(nni=rr, mode="dev"),
        nonlinear.sample_entropy(nni=rr),
        nonlinear.dfa(nn=rr, mode="dev"),
    )


def _systole(modules: list[Any], rr: FloatArray) -> Work:
    (hrv,) = modules
    return lambda: (hrv.time_domain(rr), hrv.frequency_domain(rr), hrv.nonlinear_domain(rr))


def _heartpy(modules: list[Any], rr: FloatArray) -> Work:
    (analysis,) = modules

    def call() -> None:
        d = np.diff(rr)
        working = {"RR_list_cor": rr.tolist(), "RR_list": rr, "RR_masklist": np.zeros(len(rr), dtype=int)}
        working, measures = analysis.calc_ts_measures(rr.tolist(), np.abs(d), d**2, {}, working)
        working, measures = analysis.calc_fd_measures(measures=measures, working_data=working)
        analysis.calc_poincare(rr.tolist(), [0] * len(rr), measures, working)

    return call


TIME = "time, frequency"
PEERS = (
    Peer("NeuroKit2", "neurokit2", ("neurokit2",), f"hrv(): {TIME}, nonlinear and more", True, True, _neurokit2),
    Peer(
        "hrv-analysis",
        "hrv-analysis",
        ("hrvanalysis",),
        f"{TIME}, geometry, Poincaré, SampEn",
        True,
        False,
        _hrv_analysis,
    ),
    Peer(
        "pyhrv",
        "pyhrv",
        ("pyhrv.time_domain", "pyhrv.frequency_domain", "pyhrv.nonlinear"),
        f"{TIME}, Poincaré, SampEn, DFA",
        True,
        True,
        _pyhrv,
    ),
    Peer("systole", "systole", ("systole.hrv",), f"{TIME}, Poincaré, recurrence", False, False, _systole),
    Peer("HeartPy", "heartpy", ("heartpy.analysis",), f"{TIME}, Poincaré", False, False, _heartpy),
)
