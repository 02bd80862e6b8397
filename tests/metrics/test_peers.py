"""Other libraries on the same virtual heart, where they share a definition."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.heart.intervals import from_rr
from biosync.metrics.parts import nonlinear_part, time_part
from tests.metrics.series import wandering

RR = wandering(600, seed=7)


def test_neurokit2_agrees_in_the_time_domain() -> None:
    neurokit2 = pytest.importorskip("neurokit2")
    theirs = neurokit2.hrv_time({"RRI": RR, "RRI_Time": np.cumsum(RR) / 1000}).iloc[0]
    ours = time_part(from_rr(RR))
    shared = {
        "HRV_MeanNN": "mean_nn_ms", "HRV_SDNN": "sdnn_ms", "HRV_RMSSD": "rmssd_ms",
        "HRV_SDSD": "sdsd_ms", "HRV_HTI": "hti",
    }  # fmt: skip
    for name, key in shared.items():
        assert ours[key] == pytest.approx(theirs[name], rel=1e-9), name
    # It divides by the number of intervals, not of differences.
    assert ours["pnn50_percent"] == pytest.approx(theirs["HRV_pNN50"] * 600 / 599, rel=1e-9)


def test_hrv_analysis_agrees_in_time_domain_and_poincare() -> None:
    peer = pytest.importorskip("hrvanalysis", exc_type=ImportError)
    theirs = peer.get_time_domain_features(list(RR)) | peer.get_poincare_plot_features(list(RR))
    ours = time_part(from_rr(RR)) | nonlinear_part(from_rr(RR))
    shared = {
        "mean_nni": "mean_nn_ms", "sdnn": "sdnn_ms", "rmssd": "rmssd_ms", "pnni_50": "pnn50_percent",
        "pnni_20": "pnn20_percent", "sd1": "sd1_ms", "sd2": "sd2_ms",
    }  # fmt: skip
    for name, key in shared.items():
        assert ours[key] == pytest.approx(theirs[name], rel=1e-9), name


def test_antropy_agrees_on_sample_entropy() -> None:
    antropy = pytest.importorskip("antropy")
    theirs = antropy.sample_entropy(RR, order=2, tolerance=0.2 * np.std(RR, ddof=1))
    assert nonlinear_part(from_rr(RR))["sample_entropy"] == pytest.approx(theirs, rel=1e-9)


def test_nolds_agrees_on_dfa() -> None:
    nolds = pytest.importorskip("nolds", exc_type=ImportError)
    theirs = nolds.dfa(RR, nvals=list(range(4, 17)), overlap=False, fit_exp="poly")
    assert nonlinear_part(from_rr(RR))["dfa_alpha1"] == pytest.approx(theirs, rel=1e-6)
