"""What a kernel is ordered by, and who writes it: a family, the grammar in the manner of a profile, or for coverage."""

from dataclasses import dataclass

from warpsmith.errors import GenerationError
from warpsmith.synth.choices import Choices
from warpsmith.synth.compose import Draft, write_draft
from warpsmith.synth.coverage import write_for_coverage
from warpsmith.synth.grammar.draft import write_in_manner
from warpsmith.synth.grammar.manner import Manner
from warpsmith.synth.profiles import BALANCED, COVERAGE, REALISTIC, shipped_manner


@dataclass(frozen=True, slots=True)
class Order:
    """One kernel to be written.

    `profile` is a name of a profile of the package or a manner made of a learned profile. `category` and `level` None
    mean as it comes. `number` counts the orders of a profile, for those that lead from one kernel to the next.
    """

    profile: str | Manner
    category: str | None = None
    level: int | None = None
    number: int = 0

    @property
    def words(self) -> str:
        """What an error calls the order."""
        profile = self.profile if isinstance(self.profile, str) else self.profile.profile.name
        what = f"category '{self.category}'" if self.category else f"profile '{profile}'"
        return f"{what} at level {self.level}" if self.level else what


def write_ordered(choices: Choices, order: Order) -> Draft:
    """Write the kernel that is ordered; raises `GenerationError` where it cannot be written."""
    if order.profile == BALANCED:
        if order.category is None or order.level is None:
            raise GenerationError("a balanced order needs a category and a level")
        return write_draft(choices, order.category, order.level)
    if order.profile == COVERAGE:
        return write_for_coverage(choices, order.number, order.category, order.level)
    manner = shipped_manner(REALISTIC) if isinstance(order.profile, str) else order.profile
    return write_in_manner(choices, manner, order.category, order.level)
