"""Draws cost against length as an SVG, both axes logarithmic."""

from __future__ import annotations

import math

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 360, 60, 20, 130, 40
COLOURS = ("#4e79a7", "#f28e2b", "#59a14f", "#b07aa1", "#555555")


def svg(lengths: tuple[int, ...], seconds: dict[str, list[float]]) -> str:
    """Return the picture of ``seconds`` of each part at each of ``lengths`` in beats."""
    lowest = math.floor(math.log10(min(min(one) for one in seconds.values())))
    highest = math.ceil(math.log10(max(max(one) for one in seconds.values())))

    def place(n: float, s: float) -> tuple[float, float]:
        across = (math.log10(n) - math.log10(lengths[0])) / (math.log10(lengths[-1]) - math.log10(lengths[0]))
        up = (math.log10(s) - lowest) / (highest - lowest)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    lines = [_decade(power, place(lengths[0], 10.0**power)[1]) for power in range(lowest, highest + 1)]
    lines += [_text(place(n, 1)[0], HEIGHT - BOTTOM + 18, f"{n:,}", "middle") for n in lengths]
    lines.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 4, "beats", "middle"))
    for colour, (name, values) in zip(COLOURS, seconds.items(), strict=False):
        points = [place(n, s) for n, s in zip(lengths, values, strict=True)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines.append(_text(points[-1][0] + 6, points[-1][1] + 4, name, "start", colour))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif">'
    return "\n".join([head, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>', *lines, "</svg>"]) + "\n"


def _decade(power: int, y: float) -> str:
    label = {0: "1 s", -1: "0.1 s", -2: "10 ms", -3: "1 ms"}.get(power, f"1e{power} s")
    line = f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
    return line + _text(LEFT - 6, y + 4, label, "end")


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="{anchor}" fill="{colour}">{text}</text>'
