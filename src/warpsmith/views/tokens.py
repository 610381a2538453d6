"""Lengths in tokens, of a tokenizer whose file is at hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from warpsmith.dataset.atomic import sha256_of
from warpsmith.errors import PrerequisiteError, UsageError
from warpsmith.views.entry import Pair
from warpsmith.views.forms import SEPARATOR


class Lengths(NamedTuple):
    """How many tokens a prompt, with what separates it, and a completion have."""

    prompt: int
    completion: int

    @property
    def together(self) -> int:
        """Both of them."""
        return self.prompt + self.completion


class TokenCounter:
    """Counts with a Hugging Face `tokenizer.json`: no special tokens, no chat template, nothing cut off."""

    def __init__(self, path: Path) -> None:
        try:
            from tokenizers import Tokenizer
        except ImportError:
            message = "tokenizer: the package tokenizers is not installed; pip install 'warpsmith[tokens]'"
            raise PrerequisiteError(message) from None
        if not path.is_file():
            raise UsageError(f"tokenizer '{path}' is no file; name a tokenizer.json")
        self.sha256 = sha256_of(path)
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(path))
        except Exception as error:  # noqa: BLE001 - the library raises nothing narrower
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise UsageError(f"tokenizer '{path}' cannot be read ({reason}); name a tokenizer.json") from None
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def count(self, pairs: Sequence[Pair]) -> list[Lengths]:
        """Return the lengths of some pairs."""
        prompts = self._numbers([pair.prompt + SEPARATOR for pair in pairs])
        completions = self._numbers([pair.completion for pair in pairs])
        return [Lengths(*both) for both in zip(prompts, completions, strict=True)]

    def _numbers(self, texts: list[str]) -> list[int]:
        return [len(encoding.ids) for encoding in self._tokenizer.encode_batch(texts, add_special_tokens=False)]
