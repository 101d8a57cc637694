"""Values: frozen dataclasses whose methods are written when they are first called.

`dataclasses` writes and compiles up to seven methods of every class when the class is made. For the two hundred classes
that a pack needs this takes a fifth of a short command's time, and most of these methods are never called. Everything
else about these classes is as it is with `dataclasses`, whose `field`, `fields` and `replace` go with them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen=False, slots=False, eq=True, kw_only=False, order=False):
        """As `dataclasses.dataclass`, which makes those that are not frozen or have no slots."""
        if frozen and slots and not order:
            return partial(_value, eq=eq, kw_only=kw_only)
        return dataclasses.dataclass(frozen=frozen, slots=slots, eq=eq, kw_only=kw_only, order=order)


Written = Callable[..., Any]


def _value(cls: type[Any], *, eq: bool, kw_only: bool) -> type[Any]:
    for name, write in _WRITERS.items():
        if cls.__dict__.get(name) is None and (eq or name not in ("__eq__", "__hash__")):
            setattr(cls, name, _later(name, write))
    for name, method in _ALWAYS.items():
        setattr(cls, name, method)
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclasses` makes one from the signature, which takes long
    return dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)


def _later(name: str, write: Callable[[type[Any]], Written]) -> Written:
    """A method that writes the real one in its own place."""

    def method(self: Any, *arguments: Any, **options: Any) -> Any:
        owner = next(one for one in type(self).__mro__ if one.__dict__.get(name) is method)
        written = write(owner)
        setattr(owner, name, written)
        return written(self, *arguments, **options)

    return method


# ---- what is written


def _function(owner: type[Any], head: str, lines: Iterable[str], known: dict[str, Any]) -> Written:
    """The function of a text. known: what it can name, other than its parameters."""
    space: dict[str, Any] = {}
    exec(f"def {head}:\n " + "\n ".join(lines), known, space)
    (written,) = space.values()
    written.__qualname__, written.__module__ = f"{owner.__qualname__}.{written.__name__}", owner.__module__
    return written  # type: ignore[no-any-return]


def _init(owner: type[Any]) -> Written:
    known: dict[str, Any] = {"_set_": object.__setattr__, "_none_": MISSING}
    plain, named, lines = ["self"], list[str](), list[str]()
    for one in fields(owner):
        default = ""
        if one.default_factory is not MISSING:
            known[f"_new_{one.name}"], default = one.default_factory, "=_none_"
        elif one.default is not MISSING:
            known[f"_default_{one.name}"], default = one.default, f"=_default_{one.name}"
        value = default[1:] if default and not one.init else one.name
        if default == "=_none_":
            value = f"_new_{one.name}() if {one.name} is _none_ else {one.name}" if one.init else f"_new_{one.name}()"
        if one.init:
            (named if one.kw_only else plain).append(one.name + default)
        if one.init or default:
            lines.append(f"_set_(self, {one.name!r}, {value})")
    if hasattr(owner, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = [*plain, *(["*", *named] if named else [])]
    return _function(owner, f"__init__({', '.join(parameters)})", lines or ["pass"], known)


def _repr(owner: type[Any]) -> Written:
    shown = ", ".join(f"{one.name}={{self.{one.name}!r}}" for one in fields(owner) if one.repr)
    return _function(owner, "__repr__(self)", [f'return f"{{self.__class__.__qualname__}}({shown})"'], {})


def _eq(owner: type[Any]) -> Written:
    compared = [one for one in fields(owner) if one.compare]
    same = f"{_tuple('self', compared)} == {_tuple('other', compared)}"
    line = f"return {same} if other.__class__ is self.__class__ else NotImplemented"
    return _function(owner, "__eq__(self, other)", [line], {})


def _hash(owner: type[Any]) -> Written:
    counted = [one for one in fields(owner) if (one.compare if one.hash is None else one.hash)]
    return _function(owner, "__hash__(self)", [f"return hash({_tuple('self', counted)})"], {})


def _tuple(name: str, of: Iterable[Field[Any]]) -> str:
    return f"({''.join(f'{name}.{one.name}, ' for one in of)})"


_WRITERS: Final = {"__init__": _init, "__repr__": _repr, "__eq__": _eq, "__hash__": _hash}


# ---- what is the same for all


def _refuse_to_set(self: Any, name: str, value: Any) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


_ALWAYS: Final = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}
