"""A shop's packing policy as it is stored and edited: every field with its limits."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    model_validator,
)

from picker.errors import Mistake
from picker.packing.types import Cushioning, Objective, PackingPolicy, VoidFill

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_USUAL = PackingPolicy()
Path = tuple[int | str, ...]


class PolicyError(Mistake):
    """A policy that can't be used, in words: each field at fault, what was expected and what was got.

    `faults` are the same, each with the way to its field, such as `("materials", 0, "padding_mm")`.
    """

    def __init__(self, words: str, faults: Sequence[tuple[Path, str]] = ()) -> None:
        super().__init__(words)
        self.faults = tuple(faults)


def _up_to(most: int) -> Any:
    return Field(strict=True, ge=0, le=most)


Percent = Annotated[int, _up_to(100)]
Cents = Annotated[int, _up_to(1_000_000)]
Millimetres = Annotated[int, _up_to(1_000)]
Count = Annotated[int, _up_to(1_000_000)]
Name = Annotated[str, Field(pattern=r"^[^\s:/|\p{C}]([^:/|\p{C}]*[^\s:/|\p{C}])?$", max_length=60)]
Group = Annotated[Name, StringConstraints(to_lower=True)]
"""Small letters, as imports write the groups of products."""
Grades = tuple[Millimetres, Millimetres, Millimetres, Millimetres]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Material(_Part):
    """A cushioning material, as `picker.packing.types.Cushioning`."""

    name: Name
    padding_mm: Grades
    wall_mm: Grades


class Fill(_Part):
    """A void fill, as `picker.packing.types.VoidFill`."""

    name: Name
    cents_per_litre: Cents


class PolicyDocument(_Part):
    """Everything of a `PackingPolicy` but the tariffs, with every cushioning material the shop has.

    What a document leaves out is as usual: the value a `PackingPolicy` has of itself.
    """

    cushioning: Name = _USUAL.cushioning.name
    materials: tuple[Material, ...] = (Material.model_validate(_USUAL.cushioning, from_attributes=True),)
    void_fills: Annotated[tuple[Fill, ...], Field(min_length=1)] = tuple(
        Fill.model_validate(fill, from_attributes=True) for fill in _USUAL.void_fills
    )
    max_empty_percent: Percent = _USUAL.max_empty_percent
    min_support_percent: Percent = _USUAL.min_support_percent
    handling_cents: Cents = _USUAL.handling_cents
    apart: tuple[tuple[Group, Group], ...] = ()
    hazmat_classes: tuple[Name, ...] | None = None
    max_batteries: Count | None = None
    max_battery_wh: Count | None = None
    max_battery_net_g: Count | None = None
    effort: Annotated[int, Field(strict=True, ge=1, le=1_000)] = _USUAL.effort
    objective: Objective = _USUAL.objective
    stable: StrictBool = _USUAL.stable

    @model_validator(mode="after")
    def _named_once(self) -> "PolicyDocument":
        for key, parts in (("materials", self.materials), ("void_fills", self.void_fills)):
            names = [part.name for part in parts]
            if len(set(names)) < len(names):
                raise ValueError(f"{key}: expected each name once, got {', '.join(names)}")
        if self.cushioning not in {material.name for material in self.materials}:
            known = ", ".join(material.name for material in self.materials) or "none"
            raise ValueError(f"cushioning: expected one of the materials ({known}), got {self.cushioning!r}")
        return self

    def policy(self) -> PackingPolicy:
        """Return it as packing wants it, at no carrier's prices."""
        used = next(material for material in self.materials if material.name == self.cushioning)
        given = self.model_dump(exclude={"cushioning", "materials", "void_fills", "apart", "hazmat_classes"})
        return PackingPolicy(
            cushioning=Cushioning(used.name, used.padding_mm, used.wall_mm),
            void_fills=tuple(VoidFill(fill.name, fill.cents_per_litre) for fill in self.void_fills),
            apart=frozenset(self.apart),
            hazmat_classes=None if self.hazmat_classes is None else frozenset(self.hazmat_classes),
            **given,
        )

    def body(self) -> dict[str, object]:
        """Return it as JSON values."""
        return self.model_dump(mode="json")


def document_of(given: Mapping[str, object]) -> PolicyDocument:
    """Return a document of JSON or TOML values. Raises PolicyError that names every field at fault."""
    try:
        return PolicyDocument.model_validate(given)
    except ValidationError as error:
        faults = [_fault(detail) for detail in error.errors(include_url=False)]
        raise PolicyError("; ".join(words for _, words in faults), faults) from None


def _fault(detail: "ErrorDetails") -> tuple[Path, str]:
    path = detail["loc"]
    if not path:
        return (), detail["msg"].removeprefix("Value error, ")
    field = " ".join(str(step + 1) if isinstance(step, int) else step for step in path)
    if detail["type"] == "extra_forbidden":
        return path, f"{field}: expected one of {', '.join(_known(path))}, got {path[-1]!r}"
    if detail["type"] == "missing":
        return path, f"{field}: expected a value, got none"
    expected = detail["msg"].removeprefix("Input should be ").lower()
    return path, f"{field}: expected {expected}, got {repr(detail['input'])[:80]}"


def _known(path: Path) -> Iterable[str]:
    if len(path) == 1:
        return PolicyDocument.model_fields
    return (Material if path[0] == "materials" else Fill).model_fields
