"""The scenarios of virtual people: who they are, and the truth about them, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from devices.coupling import Escalation, Influence, Rupture, Tension, Truth
from devices.person import Traits

OWN_SD_BPM = SHARED_SD_BPM = 1.2
MUTUAL_LAG_S = 0.5
LEAD_SD_BPM, LEAD_LAG_S, LED_OWN_SD_BPM = 3.0, 1.5, 0.75
LEAST_RSA_BPM = 14.0
"""Everybody's heart swings well with the breath, or the residual would hide from the cue who is with it."""
FOLLOWS_SHARE = 0.75
"""So many of the strangers follow a cue."""
FIRST_S = (230.0, 260.0)
"""What befalls people begins after the three minutes that a person's rest is measured in."""
RUPTURES, RUPTURE_S, RUPTURE_APART_S = 6, 60.0, (120.0, 180.0)
ESCALATIONS, ESCALATION_APART_S, SECOND_AFTER_S, LATEST_S = 4, (240.0, 300.0), (4.0, 20.0), 150.0
RISE_BPM = 22.0
SETTLES_PERCENT = 3.0
CALM_BREATH_BPM, CALM_HEART_BPM = 9.0, 62.0
TENSE_HEART_BPM, TENSE_BREATH_PERCENT, TENSE_HALVES_S = 14.0, 25.0, 90.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A scenario with its people: the truth, and everybody's traits in the order of ``truth.people``."""

    truth: Truth
    traits: tuple[Traits, ...]


def scene(scenario: str, people: Mapping[str, Traits], seed: int) -> Scene:
    """Return what ``scenario`` makes of ``people``, traits by name in order; KeyError if there is none of that name."""
    swinging = {name: replace(one, rsa_bpm=max(one.rsa_bpm, LEAST_RSA_BPM)) for name, one in people.items()}
    return _SCENES[scenario](scenario, swinging, Random(f"scenario {scenario} {seed}"))


def _strangers(name: str, people: Mapping[str, Traits], dice: Random) -> Scene:
    traits = tuple(replace(one, follows=dice.random() < FOLLOWS_SHARE) for one in people.values())
    return _scene(_truth(name, people), traits)


def _calmer(name: str, people: Mapping[str, Traits], dice: Random) -> Scene:
    leader = dice.choice(list(people))
    (led,) = (other for other in people if other != leader)
    calm_bpm = min(CALM_HEART_BPM, people[leader].heart_rate_bpm)
    calm = replace(people[leader], breath_bpm=CALM_BREATH_BPM, heart_rate_bpm=calm_bpm)
    truth = replace(
        _truth(name, people),
        own_sd_bpm={one: LEAD_SD_BPM if one == leader else LED_OWN_SD_BPM for one in people},
        influences=(Influence((leader,), led, LEAD_LAG_S, LEAD_SD_BPM),),
        tensions=(Tension(led, TENSE_HEART_BPM, TENSE_BREATH_PERCENT, TENSE_HALVES_S),),
    )
    return _scene(truth, tuple(calm if one == leader else traits for one, traits in people.items()))


def _mutual(name: str, people: Mapping[str, Traits], dice: Random) -> Scene:
    return _scene(replace(_truth(name, people), influences=_all_of(list(people))), tuple(people.values()))


def _repair(name: str, people: Mapping[str, Traits], dice: Random) -> Scene:
    ruptures, t = [], dice.uniform(*FIRST_S)
    for _ in range(RUPTURES):
        begins = round(t, 1)
        ruptures.append(Rupture(begins, dice.choice(list(people)), RISE_BPM, begins + RUPTURE_S))
        t += RUPTURE_S + dice.uniform(*RUPTURE_APART_S)
    together = _mutual(name, people, dice)
    return replace(together, truth=replace(together.truth, ruptures=tuple(ruptures)))


def _escalation(name: str, people: Mapping[str, Traits], dice: Random) -> Scene:
    escalations, t = [], dice.uniform(*FIRST_S)
    for _ in range(ESCALATIONS):
        first, second = dice.sample(list(people), 2)
        begins = {first: round(t, 1), second: round(t + dice.uniform(*SECOND_AFTER_S), 1)}
        escalations.append(Escalation(begins, RISE_BPM, SETTLES_PERCENT, round(t, 1) + LATEST_S))
        t += dice.uniform(*ESCALATION_APART_S)
    together = _mutual(name, people, dice)
    return replace(together, truth=replace(together.truth, escalations=tuple(escalations)))


def _group_sit(name: str, people: Mapping[str, Traits], dice: Random) -> Scene:
    apart = dice.choice(list(people))
    influences = _all_of([one for one in people if one != apart])
    return _scene(replace(_truth(name, people), influences=influences), tuple(people.values()))


_SCENES: Mapping[str, Callable[[str, Mapping[str, Traits], Random], Scene]] = {
    "strangers": _strangers,
    "calmer": _calmer,
    "mutual": _mutual,
    "repair": _repair,
    "escalation": _escalation,
    "group_sit": _group_sit,
}


def _truth(name: str, people: Mapping[str, Traits]) -> Truth:
    """Return the truth of people who share nothing; whether they follow is told by their traits."""
    return Truth(name, tuple(people), {}, dict.fromkeys(people, OWN_SD_BPM))


def _scene(truth: Truth, traits: tuple[Traits, ...]) -> Scene:
    follows = {name: one.follows for name, one in zip(truth.people, traits, strict=True)}
    return Scene(replace(truth, follows=follows), traits)


def _all_of(names: Sequence[str]) -> tuple[Influence, ...]:
    """Return that each takes in what began in all the others."""
    others = {name: tuple(other for other in names if other != name) for name in names}
    return tuple(Influence(others[name], name, MUTUAL_LAG_S, SHARED_SD_BPM) for name in names)
