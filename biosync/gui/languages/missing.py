"""``python -m biosync.gui.languages.missing``: lists what has no German text yet, ready to be written into de.toml, and
what stands there and is not used any more. Ends with 1 where there is any."""

from __future__ import annotations

import json
import sys
import tomllib

from biosync.gui.languages.catalogue import Catalogue, german, places
from biosync.gui.languages.literals import texts_below, window_texts


def missing(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """Return the texts without a German one, by section, with the file in which each stands."""
    return {
        "window": {text: where for text, where in window_texts().items() if text not in catalogue.window},
        "below": {text: where for text, where in texts_below().items() if text not in catalogue.below},
    }


def unused(catalogue: Catalogue) -> list[str]:
    """Return the English words of German texts that nothing says any more."""
    return sorted((catalogue.window.keys() - window_texts().keys()) | (catalogue.below.keys() - texts_below().keys()))


def unlike(catalogue: Catalogue) -> list[str]:
    """Return the English words of German texts into which something else is put."""
    both = {**catalogue.window, **catalogue.below}
    return sorted(text for text, said in both.items() if places(text) != places(said))


def main() -> int:
    """Print the list."""
    try:
        catalogue = german(lambda text: text)
    except tomllib.TOMLDecodeError as error:
        print(f"de.toml can't be read, perhaps a text stands in it twice: {error}.")
        return 1
    lines = []
    for section, texts in missing(catalogue).items():
        if texts:
            lines += [f"[{section}]", *(f"{json.dumps(text, ensure_ascii=False)} = \"\"  # {where}"
                                        for text, where in texts.items()), ""]
    lines += [f"not used any more: {text}" for text in unused(catalogue)]
    lines += [f"something else is put in: {text}" for text in unlike(catalogue)]
    print("\n".join(lines) or "Nothing is missing.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
