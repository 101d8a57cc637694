"""Values are what `dataclasses` makes of the same class, only later."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, astuple, field, fields, replace
from typing import Any

import pytest

from generator import values

Maker = Callable[[type[Any]], type[Any]]


def classes(dataclass: Any) -> dict[str, type[Any]]:
    """One class of each shape that occurs."""

    @dataclass(frozen=True, slots=True)
    class Plain:
        """With defaults."""

        a: int
        b: str = "b"
        c: list[int] = field(default_factory=list)
        quiet: str = field(default="quiet", repr=False, compare=False)
        counted: int = field(default=1, hash=False)

    @dataclass(frozen=True, slots=True)
    class Below(Plain):
        d: float = 1.5

        def __post_init__(self) -> None:
            if self.d < 0:
                raise ValueError("d")

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        a: int
        b: int = 2

    @dataclass(frozen=True, slots=True, eq=False)
    class Same:
        a: int

    @dataclass(frozen=True, slots=True)
    class Own:
        a: int
        made: int = field(default=7, init=False)
        news: list[int] = field(default_factory=list, init=False)

        def __eq__(self, other: object) -> bool:
            return True

        def __repr__(self) -> str:
            return "own"

    @dataclass(frozen=True, slots=True)
    class Empty:
        pass

    return {one.__name__: one for one in (Plain, Below, Named, Same, Own, Empty)}


OURS, THEIRS = classes(values.dataclass), classes(dataclasses.dataclass)
CALLS: tuple[tuple[str, tuple[Any, ...], dict[str, Any]], ...] = (
    ("Plain", (1,), {}),
    ("Plain", (1, "x", [3], "loud"), {"counted": 5}),
    ("Plain", (), {}),
    ("Plain", (1,), {"unknown": 1}),
    ("Below", (1,), {"d": 2.5}),
    ("Below", (1,), {"d": -1.0}),
    ("Named", (), {"a": 1}),
    ("Named", (1,), {}),
    ("Same", (1,), {}),
    ("Own", (1,), {}),
    ("Own", (1, 2), {}),
    ("Empty", (), {}),
)


def made(all_: dict[str, type[Any]], name: str, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """A value as what it holds and shows, or the error."""
    try:
        one = all_[name](*given, **named)
    except (TypeError, ValueError) as error:
        return type(error), str(error)
    return one, repr(one), astuple(one), [(f.name, f.default, f.kw_only) for f in fields(one)]


@pytest.mark.parametrize(("name", "given", "named"), CALLS)
def test_it_is_made_and_shown_as_by_dataclasses(name: str, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = made(OURS, name, given, named), made(THEIRS, name, given, named)
    assert ours[1:] == theirs[1:]


def test_values_are_equal_by_what_is_compared_and_hashed_by_what_counts() -> None:
    for all_ in (OURS, THEIRS):
        plain, below = all_["Plain"], all_["Below"]
        assert plain(1, "b", (), "loud") == plain(1, "b", ())
        assert plain(1) != plain(2)
        assert plain(1) != below(1)
        assert hash(plain(1, c=())) == hash(plain(1, c=(), counted=9)) == hash((1, "b", ()))
        assert plain(1, c=(), counted=9) != plain(1, c=())
        assert all_["Same"](1) != all_["Same"](1)
        assert all_["Empty"]() == all_["Empty"]()


def test_nothing_can_be_set_or_deleted() -> None:
    one = OURS["Plain"](1)
    for change in (lambda: setattr(one, "a", 2), lambda: setattr(one, "new", 2), lambda: delattr(one, "a")):
        with pytest.raises(FrozenInstanceError):
            change()
    assert not hasattr(one, "__dict__")
    assert one.a == 1


def test_each_value_has_a_list_of_its_own() -> None:
    assert OURS["Plain"](1).c is not OURS["Plain"](1).c


@values.dataclass(frozen=True, slots=True)
class Crossing:
    """Crosses to another process."""

    a: int
    b: tuple[str, ...] = ()


def test_values_cross_and_are_copied_and_replaced() -> None:
    one = Crossing(1, ("x",))
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == copy.deepcopy(one) == one
    assert replace(one, a=2) == Crossing(2, ("x",))
    match one:
        case Crossing(a, b):
            assert (a, b) == (1, ("x",))


def test_methods_are_written_once_and_only_when_they_are_called() -> None:
    @values.dataclass(frozen=True, slots=True)
    class Fresh:
        a: int

    def code(name: str) -> Any:
        return Fresh.__dict__[name].__code__.co_filename

    assert code("__init__") == code("__eq__") == values.__file__
    one = Fresh(1)
    assert (code("__init__"), code("__eq__")) == ("<string>", values.__file__)
    assert one == Fresh(1)
    written = Fresh.__eq__
    assert one == Fresh(1)
    assert Fresh.__eq__ is written
