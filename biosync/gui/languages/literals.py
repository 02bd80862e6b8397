"""Finds in the source what can be seen in the window: the literals of ``tr``, and the sentences of the rooms below."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from biosync.gui.languages.below import NOT_SENTENCES, ROOMS

PROJECT = Path(__file__).parents[3]
GUI = PROJECT / "biosync" / "gui"
_TRANSLATES = ("tr", "as_sentence")
_SILENT_ERRORS = ("ValueError", "TypeError", "KeyError", "AssertionError", "NotImplementedError", "RuntimeError")
_LOGS = ("debug", "info", "warning", "error", "exception")
_SPACED = re.compile(r"[A-Za-z{}'’,:;.!?)%] [A-Za-z({'%]")
_NO_SENTENCE = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|ALTER|VACUUM|REPLACE|ATTACH|FROM)\b|%r")


def window_texts(folder: Path = GUI) -> dict[str, str]:
    """Return every literal that ``tr`` is given in ``folder``, with the file in which it stands first."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        for call in _calls(_parsed(path)):
            if _called(call) in _TRANSLATES and call.args and isinstance(call.args[0], ast.Constant):
                found.setdefault(str(call.args[0].value), path.name)
    return found


def texts_below(project: Path = PROJECT) -> dict[str, str]:
    """Return every sentence that the rooms below the window can make, as a pattern with named places for what is put
    in, with the file in which it stands first."""
    found: dict[str, str] = {}
    for room in ROOMS:
        for path in sorted(project.glob(room)):
            for text in _sentences(_parsed(path)):
                if text not in NOT_SENTENCES:
                    found.setdefault(text, path.name)
    return found


def pattern(node: ast.expr) -> str | None:
    """Return the text of a string's expression with ``{name}`` for each value in it; None for no string."""
    if isinstance(node, ast.Constant):
        return _numbered(node.value) if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return _joined(node)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = pattern(node.left), pattern(node.right)
        return left + right if left is not None and right is not None else None
    return None


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    """Return the last name of what is called."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _sentences(node: ast.AST) -> Iterator[str]:
    """Give the patterns of all strings under ``node`` that are sentences for a person."""
    if _is_silent(node):
        return
    if isinstance(node, ast.expr):
        text = pattern(node)
        if text is not None:
            if _SPACED.search(text) and not _NO_SENTENCE.search(text):
                yield text
            return
    for child in ast.iter_child_nodes(node):
        if not _is_docstring(child):
            yield from _sentences(child)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_silent(node: ast.AST) -> bool:
    """Tell if nothing in ``node`` is ever told to a person: programmers' errors, the log, types."""
    if isinstance(node, ast.Raise):
        return isinstance(node.exc, ast.Call) and _called(node.exc) in _SILENT_ERRORS
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, ast.Call):
        on_log = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
        return on_log and _called(node) in _LOGS and node.func.value.id == "_LOG"  # type: ignore[attr-defined]
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"


def _joined(node: ast.JoinedStr) -> str:
    names: list[str] = []
    parts = []
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            name = _name(value.value) or "x"
            names.append(name)
            parts.append("{" + (f"{name}{names.count(name)}" if names.count(name) > 1 else name) + "}")
        elif isinstance(value, ast.Constant):
            parts.append(str(value.value))
    return "".join(parts)


def _name(node: ast.expr) -> str:
    """Return the name for what an expression puts in."""
    if isinstance(node, ast.Name):
        return node.id.strip("_")
    if isinstance(node, ast.Attribute):
        return node.attr.strip("_")
    if isinstance(node, ast.Call):
        if node.args and not isinstance(node.func, ast.Attribute):
            return _name(node.args[0])
        return _name(node.args[0]) if node.args else _name(node.func)
    if isinstance(node, ast.BoolOp | ast.BinOp):
        return _name(node.values[0] if isinstance(node, ast.BoolOp) else node.right)
    if isinstance(node, ast.IfExp):
        return _name(node.body) or _name(node.orelse)
    return ""


def _numbered(text: str) -> str:
    """Return ``text`` with ``{x}`` for the places of str.format that have no name."""
    return text.replace("{}", "{x}")
