"""`python -m tests.bench.search`: how long a search keeps the processor busy, in the pack and in ten times as much."""

from __future__ import annotations

import re
import time
from pathlib import Path
from statistics import median
from typing import Any

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.reading import read_pack
from content.search import SearchIndex

PACK = Path(__file__).parents[2] / "content" / "packs" / "deep-learning"
ROUNDS = 20
QUERIES = (
    "선형대수", "대수", "논문 읽", "논문읽", "캐글", "캐글ㄹ", "선형데수", "대", "학습", "논문을 어떻게 읽나요",
    "Kaggle", "a", "reprodction", "transfomer", "how do I read papers", "quantisaton awre traning", "zzzqqq", "쀍쀍",
)  # fmt: skip
"""Words, parts of words, a single letter, sentences, typing mistakes, and what nothing answers."""
_WORD = re.compile(r"[^\W\d_]{4,}")


def grown(content: PackContent, times: int) -> PackContent:
    """The pack `times` over, every copy with words of its own."""
    entries = {
        kind: tuple(_with_other_words(entry, copy) for copy in range(times) for entry in found)
        for kind, found in content.entries.items()
    }
    return PackContent(content.pack, entries, content.files)


def _with_other_words(value: Any, copy: int) -> Any:
    """The same shape; its longer words end in a letter that no other copy has."""
    if not copy:
        return value
    if isinstance(value, fmt.Bilingual):
        words = {"ko": _WORD.sub(rf"\g<0>{chr(0xAC00 + 28 * copy)}", value.ko)}
        return value.model_copy(update={**words, "en": _WORD.sub(rf"\g<0>{chr(ord('a') + copy)}", value.en)})
    if isinstance(value, list):
        return [_with_other_words(each, copy) for each in value]
    if isinstance(value, fmt.Strict):
        fields = {name: _with_other_words(getattr(value, name), copy) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    return value


def main() -> None:
    """Measure and print."""
    content = read_pack(PACK)
    for times in (1, 10):
        many = grown(content, times)
        for language in ("ko", "en"):
            start = time.process_time()
            index = SearchIndex(many, language)
            took = {}
            print(f"\n{times} x the pack, {language}: made in {time.process_time() - start:.1f} s; median ms")
            for query in QUERIES:
                times_of_it = []
                for _ in range(ROUNDS):
                    begin = time.process_time()
                    index.search(query)
                    times_of_it.append(1000 * (time.process_time() - begin))
                took[query] = median(times_of_it)
            for query, milliseconds in sorted(took.items(), key=lambda pair: -pair[1]):
                print(f"{milliseconds:8.1f}  {query}")


if __name__ == "__main__":
    main()
