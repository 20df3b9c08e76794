"""Upcasters, which convert events in old stored forms to the current form, step by step, as they are read.

A form is a type name and a version. Single steps lead from every released form to a current one; the constructor of
`Upcasters` refuses a chain with a gap, with a cycle or with two steps from one form.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

Fields = dict[str, Any]


class StoredForm(NamedTuple):
    """The stored form of an event."""

    name: str
    version: int

    def __str__(self) -> str:
        return f"{self.name}.{self.version}"

    @classmethod
    def of(cls, topic: str) -> "StoredForm":
        """The form that a stored topic such as `StatementReported.1` names."""
        name, _, version = topic.rpartition(".")
        return cls(name, int(version) if version.isdecimal() else 0)


class Upcaster(NamedTuple):
    """One step: the conversion of the fields of `old` to those of `new`."""

    old: StoredForm
    new: StoredForm
    change: Callable[[Fields], Fields]


class BrokenChain(Exception):
    """The upcasters do not lead from every old form to a current one, which is a bug."""


class Upcasters:
    """All steps, checked: no form has two steps, and every chain ends at a current form."""

    def __init__(self, steps: Iterable[Upcaster], current: Mapping[str, int]) -> None:
        self._steps: dict[StoredForm, Upcaster] = {}
        for step in steps:
            if step.old in self._steps:
                raise BrokenChain(f"two upcasters start from {step.old}")
            self._steps[step.old] = step
        self._current = {StoredForm(name, version) for name, version in current.items()}
        for old in self._steps:
            self._check(old)
        for form in self._current:
            for version in range(1, form.version):
                if StoredForm(form.name, version) not in self._steps:
                    raise BrokenChain(f"no upcaster starts from {form.name}.{version}")

    def knows(self, form: StoredForm) -> bool:
        return form in self._current or form in self._steps

    def upcast(self, form: StoredForm, fields: Fields) -> tuple[StoredForm, Fields]:
        """The current form that `form` leads to, and the fields in it."""
        while form in self._steps:
            step = self._steps[form]
            form, fields = step.new, step.change(fields)
        return form, fields

    def _check(self, old: StoredForm) -> None:
        seen = [old]
        while seen[-1] in self._steps:
            following = self._steps[seen[-1]].new
            if following in seen:
                raise BrokenChain(f"the upcasters from {old} go round in a circle")
            seen.append(following)
        if seen[-1] not in self._current:
            raise BrokenChain(f"the upcasters from {old} end at {seen[-1]}, which is not current")
        if old in self._current:
            raise BrokenChain(f"an upcaster starts from {old}, which is current")
