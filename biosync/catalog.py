"""Lists the files of devices, metrics, cues and views. The only dynamic import: a new one is a new file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Return the modules directly in ``package`` ("biosync.metrics"), imported, by name. Raises ImportError if none."""
    parent = importlib.import_module(package)
    names = sorted(found.name for found in pkgutil.iter_modules(parent.__path__))
    return tuple(importlib.import_module(f"{package}.{name}") for name in names)


def offered(package: str, name: str, kind: type[T]) -> dict[str, T]:
    """Return what each module of ``package`` offers as ``name``, by the module's own name; those without it are left
    out. Raises TypeError where it is not a ``kind``."""
    found: dict[str, T] = {}
    for module in modules(package):
        value = getattr(module, name, None)
        if value is None:
            continue
        if not isinstance(value, kind):
            raise TypeError(f"{module.__name__}.{name} is a {type(value).__name__}, not a {kind.__name__}")
        found[module.__name__.rpartition(".")[2]] = value
    return found
