"""``biosync analyze``: the metrics of a recording."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from biosync.commands.playing import say
from biosync.commands.problems import WorkFailed

HELP = "tell the metrics of a recording"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="RR text, CSV, FIT or biosync's JSON lines, plain or .gz")
    parser.add_argument("--person", metavar="NAME", help="whose, where the file holds several people")
    parser.add_argument("--no-correction", action="store_true", help="take the intervals as they are")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(args: argparse.Namespace) -> int:
    """Analyze the recording."""
    from biosync.analysis import analyze
    from biosync.store.reading import read_recordings
    from biosync.store.recording import GAP_MS, RecordingError
    from biosync.store.timeline import beats

    try:
        recordings = read_recordings(Path(args.file))
    except RecordingError as error:
        raise WorkFailed(str(error)) from None
    people = [recording.person for recording in recordings]
    if args.person is None and len(people) > 1:
        raise WorkFailed(f"{args.file} holds several people; choose one with --person: {', '.join(people)}")
    if args.person is not None and args.person not in people:
        raise WorkFailed(f"{args.file} holds nobody named {args.person!r}; there is: {', '.join(people)}")
    recording = recordings[people.index(args.person) if args.person is not None else 0]
    for sentence in recording.told:
        say(sentence)
    if pauses := int((recording.rr_ms > GAP_MS).sum()):
        say(f"{pauses} interval(s) longer than {GAP_MS / 1000:g} s are pauses: taken as gaps, not as beats.")
    result: dict[str, Any] = analyze(beats(recording), correction=not args.no_correction)
    print(json.dumps(result, allow_nan=False) if args.json else in_words(result))
    return 0


def in_words(result: dict[str, Any]) -> str:
    """Return the analysis as a short table; what is unknown is a dash, a part that is not there is left out."""
    quality = result["quality"]
    beats = "1 beat" if result["beats"] == 1 else f"{result['beats']} beats"
    lines = [
        f"{beats} in {result['duration_s'] / 60:.1f} min",
        f"{'signal':<22}{quality['verdict']}: {quality['why']}",
        f"{'artefacts':<22}{quality['artifact_percent']:.1f} %",
    ]
    for part in (one for one in ("time", "frequency", "nonlinear", "coherence", "respiration") if one in result):
        rows = {key: value for key, value in result[part].items() if not isinstance(value, list)}
        lines += ["", part]
        lines += [f"  {key:<20}{'–' if value is None else f'{value:.4g}'}" for key, value in rows.items()]
    return "\n".join(lines)
