"""The guest's first program, ``python -m tests.uml.guest NAME LATENCY_S``: runs a scenario, writes ``result.json``."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
import traceback
from pathlib import Path

from tests.uml.bench import Bench
from tests.uml.scenarios import SCENARIOS


async def run(name: str, latency_s: float, out: Path) -> dict[str, object]:
    """Run the scenario; return what was wrong and the figures."""
    scenario = SCENARIOS[name]
    bench = Bench(scenario.straps, latency_s, out, scenario.tells_all)
    try:
        await bench.start()
        wrong = await scenario.run(bench)
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the scenario's result)
        traceback.print_exc()
        wrong = [f"{type(error).__name__}: {error}"]
    bench.write_links()
    return {"wrong": wrong, "figures": bench.figures, "guest_s": round(time.monotonic(), 1)}


if __name__ == "__main__":
    folder = Path(os.environ["UML_OUT"])
    result = asyncio.run(run(sys.argv[1], float(sys.argv[2]), folder))
    (folder / "result.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
