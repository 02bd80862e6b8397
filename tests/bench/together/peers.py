"""Others' methods by name. One that can't be imported is left out, and ``MISSING`` says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from biosync.types import FloatArray
from tests.bench.together import multisync
from tests.bench.together.shifted import shifted
from tests.bench.together.susy import susy
from tests.bench.together.verdict import Verdict
from tests.bench.together.windowed import windowed


@dataclass(frozen=True, slots=True)
class Method:
    """``judge`` takes two heart rates (n,) at 4 Hz and dice; ``leads``: it says who leads."""

    judge: Callable[[FloatArray, FloatArray, np.random.Generator], Verdict]
    leads: bool
    slow: bool = False


METHODS = {
    "WCC": Method(windowed, True),
    "circular shift": Method(shifted, True),
    "SUSY": Method(susy, True),
}
MISSING: dict[str, str] = {}
try:
    multisync.loaded()
except ImportError as why:
    MISSING["multiSyncPy"] = str(why)
else:
    METHODS["multiSyncPy rho"] = Method(multisync.cluster_phase, False, slow=True)
    METHODS["multiSyncPy coherence"] = Method(multisync.coherence, True, slow=True)
