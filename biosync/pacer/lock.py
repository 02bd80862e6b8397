"""Is one person with the cue? Judged from the heart alone: slowly and surely to begin with, fast when it ends.

To begin with, the cue's own pace must stand out among those beside it over half a minute or more (``evidence.line``).
From then on it is known how far this heart swings with the cue, and where in the breath it is fastest. While they stay,
every stretch of a breath and a half shows that again; when somebody breathes on by themselves, what is left of it falls
to about nothing within that stretch, whatever else the heart does.
"""

from __future__ import annotations

import cmath
import math

from biosync.metrics.cue_following import following
from biosync.pacer import stretches
from biosync.pacer.doubt import LOST_S, WEAK_LOST_S, Doubt
from biosync.pacer.evidence import LEAST_BEATS, Swing, angle_between, kept, share, swing
from biosync.pacer.hindsight import Loss, had_stayed
from biosync.pacer.leaving import GONE_S as LEFT_S
from biosync.pacer.leaving import Leaving, Signs
from biosync.pacer.own_wave import LOOK_S as OWN_WAVE_S
from biosync.pacer.own_wave import OwnWave
from biosync.pacer.parting import LEAST_ERROR, Parting
from biosync.pacer.patience import GONE_S, LOOK_S, SeemedGone, back_after_s, patience_s
from biosync.pacer.reading import Reading
from biosync.pacer.sighs import Sighs
from biosync.pacer.wave import Wave

LONG_CYCLES, LONG_S = (8.0, 24.0), ((40.0, 80.0), (90.0, 120.0))
"""Two stretches: a clear swing is seen in the first, a weak one only in the second."""
KEEP_CYCLES, KEEP_S = 6.0, (35.0, 70.0)
AT_FIRST, AFTER_LOSS = 0.6, 0.95
"""So much of the first stretch must be there to begin a lock: where there was none yet, and since they were lost."""
BEGIN_CHANCE, KEEP_CHANCE, CLEAR_CHANCE = 0.02, 0.2, 0.01
"""A swing with the cue that chance alone makes so seldom begins a lock; one that it makes more often than the second
can't keep it for ever."""
MOST_CYCLES = 6.0
SURE_ERROR = 0.22
"""The short stretch is as short as this error of its measure (a share of the usual swing) allows."""
LONGER, MORE_DOUBT, ENOUGH_A_BREATH = 1.3, 1.25, 0.3
"""But not longer than so many times what was enough while they were with the cue (nor is more doubt allowed for): a
breath of their own looks like noise too, and a stretch that grows with it would reach back to when they were there."""
GONE, GONE_GROWN, BACK = 0.4, 0.46, 0.65
"""Less of the usual swing than the first and they seem gone (than the second, where a breath of their own seems to
show); more than the last and they seem back."""
DOUBT = 0.35
"""So much of the usual swing says neither that they are there nor that they are away."""
KEPT = 0.15  # a place in the breath is kept within so many cycles
UNPROVEN_S = 25.0
"""Lost, too: who was so long without the pace standing out, nor the usual swing showing."""
GROWN = 1.5
"""A breath of their own shows as a wave that is not the cue's: what is left beside the cue's wave grows to so many
times what it usually is. Where it does not, and the swing gets small, it is the heart that shows less at this pace."""
QUIET_SLIP, QUIET_GONE, QUIET_TURN = 0.25, 0.25, 0.12
"""Led so deep that their own breath would slip by so much of a cycle a breath, a heart that shows nothing of that
breath needs only this much of the usual swing, so far from its usual place (cycles)."""
QUIET_SWING = 0.45  # what such a heart shows of the usual swing, about
SHOWN = 0.55  # a single breath shows the cue where its error is no more than this share of the usual swing
KNOWN_S = 60.0  # who was with the cue for so long is not lost by a sigh
SHARE_CYCLES = 4.0
TURN, TURN_SHARE, GROWTH_A_BREATH, SHRINKING_A_BREATH = (0.02, 0.08), 0.2, 0.35, 0.2
"""The usual place in the breath may move by so many cycles a breath (it does, with the pace), and by no more than this
share of what it would move by at their own pace; the usual swing goes by so much of the way to a larger one, or to a
smaller one (it may be the first sign that they have left)."""


class Lock:
    """Follows one person's following. ``with_cue``: with it now; ``locked``: with it, or gone for a moment;
    ``breaths``: of the cue, in a row, with it; ``moved``: they left the place in the breath that they were to keep;
    ``left``: whoever was lost and is found again, since the last lead began, had left, or (False) only seemed to."""

    def __init__(self) -> None:
        self._seen: tuple[Reading, Wave] | None = None
        self._share: float | None = None
        self._shared = False  # measured since
        self.with_cue = False
        self.locked = False
        self.breaths = 0
        self.lenient = False
        self.swing: Swing | None = None
        self._usual = self._mark = 0j
        self.moved = False
        self._pace_bpm = 0.0
        self._gone_s = self._unproven_s = self._back_s = 0.0
        self._t: float | None = None
        self._loss: Loss | None = None  # the last one
        self.left: bool | None = None
        self._seemed_gone = SeemedGone()
        self._enough = MOST_CYCLES  # cycles of the cue that told surely while they were with it
        self._used = MOST_CYCLES
        self._own_bpm, self._slip = 0.0, 0.0  # by so many cycles a breath it would slip through the cue
        self._chance = 1.0
        self._doubt = 1.0  # the error of the short stretch, a share of the usual swing, while they were with it
        self._doubt_bpm: float | None = None  # the same in bpm
        self._locked_t = math.inf  # since when
        self._sighs = Sighs()
        self._parting = Parting()
        self._leaving = Leaving()
        self._in_doubt = Doubt()
        self._own_wave = OwnWave()
        self._brief: Swing | None = None  # of the last breath and a half only
        self._sighing = False  # or just had: what the heart shows tells nothing of the cue

    def look(self, t: float, reading: Reading, wave: Wave) -> None:
        """Judge anew at time ``t``."""
        elapsed = 0.0 if self._t is None else min(LOOK_S, t - self._t)
        self._t = t
        if stretches.tells_nothing(reading, t, wave.rate_bpm):
            self.with_cue = False  # an old stretch is no news, good or bad, nor are a few beats after one
            self.swing = None
            return
        self._seen, self._shared = (reading, wave), False
        other_wave = self.swing is not None and self._grown(self.swing)
        sighing = self._sighs.look(reading, wave.rate_bpm, other_wave)
        self._sighing = sighing and t - self._locked_t >= KNOWN_S and self._shown
        self._own_wave.look(reading, wave)
        chance, usual = self._line(reading, wave)
        self._chance = chance
        if self.locked:
            self._stay(reading, wave, chance, elapsed)
        else:
            self._begin(reading, wave, chance, usual, elapsed)
            if self.locked:
                self._locked_t = t
                self._parting.begin()
                self._leaving.begin()
                self._in_doubt.end()
                if self._loss is not None:
                    self._look_back(reading, wave, self._loss)

    def breath(self, rate_bpm: float, own_bpm: float, settled: bool = False) -> None:
        """Count a breath of the cue at ``rate_bpm``; with it, what is usual follows the newest.

        ``own_bpm``: the breath they would slip through the cue with; ``settled``: their usual place in the breath stays
        as it is.
        """
        self._own_bpm, self._slip, self.moved = own_bpm, abs(own_bpm / rate_bpm - 1), False
        if not self.with_cue or self.swing is None:
            self.breaths = 0
            return
        self.breaths += 1
        if self._sighing and (self.part or 0.0) < 1:
            return
        if (self.part or 0.0) > GONE and not self._sighing and self._brief is not None:
            self._parting.learn(self._brief.error, abs(self._brief.z - self._usual))
        if (self.part or 0.0) > BACK and not self._sighing:
            self._own_wave.learn(abs(self._usual), self._slip, own_bpm)
            self._enough += ENOUGH_A_BREATH * (self._used - self._enough)
            error_bpm = self.swing.error
            self._doubt = _learned(self._doubt, self._error(self.swing))
            self._doubt_bpm = _learned(error_bpm if self._doubt_bpm is None else self._doubt_bpm, error_bpm)
        quiet = self._quiet(self.swing) and self._small(self.swing)
        most = 0.0 if settled else QUIET_TURN if quiet else max(TURN[0], min(TURN[1], TURN_SHARE * self._slip))
        turn = max(-most, min(most, angle_between(self.swing.z, self._usual)))
        change = abs(self.swing.z) - abs(self._usual)
        growing = (change > 0 and not self._sighing) or quiet
        size = abs(self._usual) + (GROWTH_A_BREATH if growing else SHRINKING_A_BREATH) * change
        self._usual = cmath.rect(size, cmath.phase(self._usual) + 2 * math.pi * turn)
        self.moved = bool(self._mark) and abs(angle_between(self._usual, self._mark)) > KEPT
        if self.moved:
            self._mark = self._usual

    @property
    def share(self) -> float | None:
        """Return the locked share over the last four cycles, 0 to 1; None while unknown."""
        if self._seen is not None and not self._shared:  # measured only where somebody asks
            reading, wave = self._seen
            keep = stretches.since(reading, wave, max(18.0, SHARE_CYCLES * 60 / wave.rate_bpm))
            t_s = reading.t_s[keep]
            found = following(t_s, reading.heart_rate_bpm[keep], wave.cycles_at(t_s))
            self._share, self._shared = found.locked_share if found else None, True
        return self._share

    def kept(self, seconds: float) -> bool:
        """Tell if they were clearly with the cue for the last ``seconds``, all along (``evidence.kept``)."""
        if self._seen is None or self.swing is None or not self.locked:
            return False
        reading, wave = self._seen
        keep = stretches.since(reading, wave, seconds) & reading.normal
        t_s = reading.t_s[keep]
        return stretches.whole(t_s, seconds) and kept(t_s, reading.heart_rate_bpm[keep], wave.cycles_at(t_s))

    def mark(self) -> None:
        """Remember the usual place in the breath: until ``unmark``, only who keeps to it is surely with the cue, and
        whoever leaves it for another has ``moved``. A lead begins: what was lost before is of the past."""
        self._mark = self._usual
        self.left = None
        self._in_doubt.end()

    def unmark(self) -> None:
        """Let the usual place in the breath wander again."""
        self._mark = 0j

    @property
    def gone_surely(self) -> bool:
        """True where they are lost, and it is far likelier that they have left than that they are there."""
        return not self.locked and (self._parting.parted or self._leaving.seems_so)

    @property
    def doubted(self) -> bool:
        """True while it is in doubt that they are there, as far as they are read, and they are not lost yet."""
        return self.locked and self.swing is not None and self._in_doubt.stands

    @property
    def surely(self) -> float:
        """How surely they are with the cue just now: 1 surely, 0 unknown, -1 surely not."""
        found = self.swing
        if found is None or not self._usual:
            return 0.0
        part = self._part(found)
        if self._mark:
            marked = cmath.rect(abs(self._usual), cmath.phase(self._mark))
            part = min(part, share(found.z, marked))
        least = 0.0 if self._sighing else -1.0
        return max(least, min(1.0, (part - DOUBT - 0.5 * self._error(found)) / DOUBT))

    @property
    def clear(self) -> bool:
        """True while the cue's pace stands out so clearly that it is hardly noise."""
        return self._chance < CLEAR_CHANCE

    @property
    def unclear(self) -> bool:
        """True while the heart shows too little, or for too short a time, to tell that they are away."""
        return self.swing is None or self._unsure(self.swing) > SURE_ERROR or self._gone_s < GONE_S

    @property
    def part(self) -> float | None:
        """How much of the usual swing there is just now, 1 for all of it; None while unknown."""
        return self._part(self.swing) if self.swing is not None and self._usual else None

    def swing_bpm(self) -> tuple[float, float, float] | None:
        """Return how far the heart swings with the cue just now (highest minus lowest rate, where it usually is in the
        breath: noise adds nothing on average), the standard error of that, and the cue's pace (all a minute)."""
        if self.swing is None or not self._usual or self._sighing:
            return None
        along = (self.swing.z * self._usual.conjugate()).real / abs(self._usual)
        return 2 * along, 2 * self.swing.error, self._pace_bpm

    def behind(self) -> float | None:
        """Return how far behind their usual place in the breath they are just now, in cycles of the cue."""
        return angle_between(self.swing.z, self._usual) if self.swing is not None and self._usual else None

    def _look_back(self, reading: Reading, wave: Wave, loss: Loss) -> None:
        """Now that they are found again, see if they had left."""
        stayed = had_stayed(reading, wave, loss, self._usual)
        self.left = bool(self.left) or not stayed  # lost twice, who left once has left
        self._seemed_gone.note(loss.cue_bpm, stayed)
        if stayed:
            self._in_doubt.vain()

    def _lose(self) -> None:
        self.locked = self.with_cue = False
        self.breaths = 0
        self._gone_s = self._unproven_s = self._back_s = 0.0
        self._parting.lost()

    def _begin(self, reading: Reading, wave: Wave, chance: float, usual: complex, elapsed: float) -> None:
        """Begin a lock where the pace stands out, or where somebody known is back."""
        if chance < BEGIN_CHANCE and not self._own_wave.shows:
            self._usual = usual
            self.locked = self.with_cue = True
            self.swing = self._short(reading, wave)
            return
        if not self._usual:
            return
        self.swing = found = self._short(reading, wave)
        if found is not None:
            self._leaving.look(self._signs(found), elapsed, self._shown)
        if not self._sighing:
            self._watch(wave.rate_bpm, False, elapsed)
        shown = found is not None and self._part(found) > BACK and found.error < 0.35 * abs(self._usual)
        away = self._own_wave.shows
        self._back_s = self._back_s + elapsed if shown and not away else 0.0
        there_s = max(self._back_s, self._parting.returning_s if self._parting.back and not away else 0.0)
        sure = found is not None and found.error <= SURE_ERROR * abs(self._usual)
        if there_s >= back_after_s(sure, self._slip, wave.rate_bpm):
            self.locked = self.with_cue = True

    def _stay(self, reading: Reading, wave: Wave, chance: float, elapsed: float) -> None:
        self.swing = found = self._short(reading, wave)
        if found is None:
            self.with_cue = False
            return
        unsure = max(0.0, self._unsure(found) - SURE_ERROR, self._scatter - LEAST_ERROR)
        quiet, grown = self._quiet(found), self._grown(found)
        least = (GONE_GROWN if grown else GONE) - min(0.15, 0.5 * unsure)
        here = self._part(found) >= least or (quiet and self._near(found) >= QUIET_GONE)
        gone_s = 0.0 if self._sighing else elapsed
        self._gone_s = max(0.0, self._gone_s + (-2 * elapsed if here else gone_s))
        tried = bool(self._mark)  # whoever is, is not known to follow: no doubt is in their favour
        proven = chance < KEEP_CHANCE or (self._part(found) > BACK and not tried)
        self._unproven_s = max(0.0, self._unproven_s + (-elapsed if proven else elapsed))
        self.with_cue = here
        self._leaving.look(self._signs(found), gone_s, self._shown)
        maybe_quiet = quiet or (self.lenient and self._own_wave.every <= 0)
        self._in_doubt.look(float(reading.t_s[-1]), self._leaving.log_odds, not (tried or self._sighing), maybe_quiet)
        if not self._sighing:
            self._watch(wave.rate_bpm, quiet and self._small(found), elapsed)
        usual_s = patience_s(unsure, lenient=self.lenient, quiet=quiet, grown=grown)
        gone = self._gone_s >= self._seemed_gone.longer_s(usual_s, wave.rate_bpm) and (tried or self._parting.says_so)
        left = self._leaving.for_s >= self._seemed_gone.longer_s(LEFT_S, wave.rate_bpm) and not tried
        likely = self._in_doubt.likely_s >= (LOST_S if self._shown else WEAK_LOST_S)
        if gone or left or likely or self._unproven_s >= UNPROVEN_S or self._parting.parted:
            self._lose()
            self._loss = Loss(float(reading.t_s[-1]), wave.rate_bpm, self._own_bpm)

    def _signs(self, found: Swing) -> Signs:
        """Return what the last look showed, for ``Leaving``."""
        brief, own = self._brief or found, self._own_wave.every
        grown = math.log(brief.error / self._doubt_bpm) if self._doubt_bpm and brief.error > 0 else 0.0
        parts = self._part(brief), self._error(brief), self._part(found)
        return Signs(own, *parts, self._scatter, float(self._sighing), grown)

    def _watch(self, rate_bpm: float, quiet: bool, elapsed: float) -> None:
        """Add up what speaks for a parting."""
        if self._brief is None:
            return
        quiet = quiet or self._seemed_gone.near(rate_bpm)
        part = self._near(self._brief) if quiet else self._part(self._brief)
        expected = QUIET_SWING if quiet else 1.0
        self._parting.look(part, abs(self._usual), expected, elapsed, stretches.short_s(rate_bpm))
        self._parting.add(self._own_wave.evidence * elapsed / OWN_WAVE_S)

    def _error(self, found: Swing) -> float:
        """Return the standard error of ``found`` as a share of the usual swing."""
        return found.error / max(abs(self._usual), 1e-9)

    def _unsure(self, found: Swing) -> float:
        """Return the same as far as it is this heart's: a breath of their own adds to it, and is no excuse."""
        return min(self._error(found), MORE_DOUBT * self._doubt)

    @property
    def _scatter(self) -> float:
        """How much single breaths differ in this heart, as a share of the usual swing; 0 while unknown."""
        known = self._parting.error(abs(self._usual))
        return known if math.isfinite(known) else 0.0

    def _grown(self, found: Swing) -> bool:
        """Tell if more is left beside the cue's wave than usual: a breath of their own, most likely."""
        return found.error > GROWN * max(self._doubt_bpm or 0.0, self._doubt * abs(self._usual))

    def _quiet(self, found: Swing) -> bool:
        """Tell if they are led far from their own breath, and nothing of it shows that would."""
        silent = self._own_wave.absent or (self.lenient and self._shown and not self._own_wave.known)
        return self._slip >= QUIET_SLIP and silent and not self._grown(found)

    def _small(self, found: Swing) -> bool:
        """Tell if the swing is smaller than usual: one that is not, and leaves its place, is somebody's who leaves."""
        return abs(found.z) < BACK * abs(self._usual)

    @property
    def _shown(self) -> bool:
        """True where single breaths show the cue: only there would a breath of their own, or a sigh, show as well."""
        return self._parting.error(abs(self._usual)) <= SHOWN

    def _near(self, found: Swing) -> float:
        """Return how much of the usual swing ``found`` has, where its place in the breath may be somewhat off."""
        off = max(0.0, abs(angle_between(found.z, self._usual)) - QUIET_TURN) if self._usual else 0.5
        return abs(found.z) / max(abs(self._usual), 1e-9) * math.cos(2 * math.pi * off)

    def _part(self, found: Swing) -> float:
        """Return how much of the usual swing ``found`` has."""
        return share(found.z, self._usual) if self._usual else 0.0

    def _short(self, reading: Reading, wave: Wave) -> Swing | None:
        """Return the swing over the last breath and a half, or as many more as it takes to be sure."""
        cycles, found, self._brief = stretches.SHORT_CYCLES, None, None
        most = min(MOST_CYCLES, LONGER * self._enough) if self.locked else MOST_CYCLES
        while cycles <= most:
            self._used = cycles
            keep = stretches.since(reading, wave, max(stretches.SHORT_S, cycles * 60 / wave.rate_bpm), LEAST_BEATS)
            t_s = reading.t_s[keep]
            if len(t_s) > 1:
                late = (t_s - t_s[0]) / max(1e-9, t_s[-1] - t_s[0])
                weight = (0.15 + 0.85 * late) * reading.normal[keep]
                found = swing(t_s, reading.heart_rate_bpm[keep], wave.cycles_at(t_s), weight) or found
                self._pace_bpm = stretches.pace_answered(wave, t_s)
                self._brief = self._brief or found
            if found is not None and self._usual and found.error <= SURE_ERROR * abs(self._usual):
                return found
            cycles *= 1.4
        return found

    def _line(self, reading: Reading, wave: Wave) -> tuple[float, complex]:
        """Return the chance of a swing like this without following, over the stretch that shows it best."""
        least, after_t = (AT_FIRST, -math.inf) if self._loss is None else (AFTER_LOSS, self._loss.t)
        if self.locked:  # what was long ago no longer counts
            return stretches.line_over(reading, wave, KEEP_CYCLES, KEEP_S, least)
        found = [
            stretches.line_over(reading, wave, *each, least, after_t)
            for each in zip(LONG_CYCLES, LONG_S, strict=True)
        ]
        chance, usual = min(found, key=lambda one: one[0])
        return min(1.0, len(found) * chance), usual


def _learned(doubt: float, error: float) -> float:
    """Return ``doubt`` after a breath with another ``error``, in the same unit; a single large one counts little."""
    return doubt + ENOUGH_A_BREATH * (min(error, LONGER * doubt) - doubt)
