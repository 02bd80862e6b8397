"""How soon a person's heart comes half-way back alone, over weeks, in one sentence: was it learned?"""

from __future__ import annotations

from statistics import median

from biosync.store.review.trends import LEAST_DAYS, Trends


def in_words(found: Trends) -> str:
    """Return what the recoveries of ``found`` tell, of the person against themselves alone. ValueError without any."""
    course, count = found.recovery_s, len(found.recovery_s.value)
    if not count:
        raise ValueError("there is no recovery to speak of")
    what = f"Alone, half-way back after {'a marked stress' if found.recovery_marked else 'the peak'}"
    end = " (simulated)." if found.made_up else "."
    if course.missing:
        needed = count + course.missing
        return f"{what}: cannot tell yet if that changes; {count} of the {needed} sessions it takes{end}"
    if course.direction == "unknown":
        return f"{what}: cannot tell yet if that changes; it takes {LEAST_DAYS:.0f} days from first to last{end}"
    own = f"your median is {course.median:.0f} s"
    if course.direction == "level":
        return f"{what}: no change to tell over {count} sessions; {own}{end}"
    earlier, later = median(course.value[: count // 2]), median(course.value[count - count // 2 :])
    way = "sooner" if course.direction == "falling" else "later"
    halves = f"{earlier:.0f} s in the earlier half, {later:.0f} s in the later"
    return f"{what}: {way} over {count} sessions, {halves}; {own}{end}"
