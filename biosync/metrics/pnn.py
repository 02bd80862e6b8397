"""pNN50 and pNN20: how many of the changes from beat to beat are large."""

from __future__ import annotations

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric, differences


def pnn(x: Intervals) -> Figures:
    """Return the percentage of valid differences above 50 ms and above 20 ms in size; None without one.

    Strictly above, out of the number of differences. Bigger, Kleiger, Fleiss et al., Am J Cardiol 61:208-215, 1988
    (pNN50); Mietus, Peng, Henry, Goldsmith, Goldberger, Heart 88:378-380, 2002 (pNNx).
    """
    size = np.abs(differences(x))
    if len(size) == 0:
        return {"pnn50_percent": None, "pnn20_percent": None}
    return {
        "pnn50_percent": 100 * int(np.count_nonzero(size > 50)) / len(size),
        "pnn20_percent": 100 * int(np.count_nonzero(size > 20)) / len(size),
    }


METRIC = Metric("time", ("pnn50_percent", "pnn20_percent"), window_s=60.0, warm_up_s=30.0, compute=pnn)
