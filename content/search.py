"""Search over a whole pack in one language: pure, in memory, and quick enough to answer every key that is pressed.

Korean is found by any part of a word and without regard to spaces, other scripts from the start of a word. A word that
stands nowhere is taken for a typing mistake and replaced by the nearest one that does, letter by letter (jamo). What
else people call an entry, its aliases, finds it by the same rules in both languages.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import islice, pairwise
from math import log
from operator import and_, or_
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from content.pack import format as fmt
from content.pack.content import PackContent
from content.pack.folding import HANGUL, close_up, fold

LONGEST_QUERY = 200
MOST_WORDS = 12
MOST_HITS = 30
NEAR_NAMES = 5
NEAR_ENOUGH = 60
OF_A_NAME = 100  # What a word in a name counts for beside one in a summary.
EXCERPT_BEFORE, EXCERPT_LENGTH = 40, 150
LONGEST_NAME = 40

# What a match is worth by its place. In the other language's name or an alias it is worth `NOT_SHOWN` less, but what is
# exactly what was asked for stands next to a name in the reader's language: first what is called so, then by an alias.
EXACT, EXACT_IN_OTHER, EXACT_ALIAS, PREFIX, WORD_START, PART, ACROSS_WORDS, SCATTERED = 100, 95, 93, 90, 80, 75, 72, 68
NOT_SHOWN = 30
SUMMARY, TEXT, ANYWHERE = 37, 30, 20
# By what a word counts for when only some words of a query stand somewhere; a name that is not shown is as a summary.
IN_NAME, IN_SUMMARY, IN_TEXT = 3, 2, 1
MOST_WEIGHED = 300

_HANGUL = re.compile(f"[{HANGUL}]")
_OTHER_WORD = re.compile(rf"[^\W_{HANGUL}]+")
_PARTICLE = re.compile("(?:에서|으로|까지|부터|처럼|은|는|이|가|을|를|의|에|로|과|와|도|만)$")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"^[ \t]*(?:#{1,6}|[-*+>]|\d+\.)[ \t]+|[*`|]|(?<!\w)_|_(?!\w)", re.MULTILINE)
_MIDDLES = str.maketrans({chr(0x11A8 + n): letter for n, letter in enumerate("ᄀᄁᆪᄂᆬᆭᄃᄅᆰᆱᆲᆳᆴᆵᆶᄆᄇᆹᄉᄊᄋᄌᄎᄏᄐᄑᄒ")})


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `marked` where it is what was asked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Hit:
    """An entry that answers, with its name and a stretch of its text.

    `also` are its aliases that hold what was asked for and the name does not, one after the other.
    """

    entry: fmt.Entry
    name: tuple[Piece, ...]
    excerpt: tuple[Piece, ...] = ()
    also: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Found:
    """The best answers first. `read_as` is what was searched for where the query itself stands nowhere.

    `near` are names like the query, when nothing was found.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    read_as: str = ""
    near: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class _Name:
    """A name to search: `words` keeps its spaces, `close` has none beside Hangul."""

    words: str
    close: str


@dataclass(frozen=True)
class _Document:
    """An entry as it is searched; `shown` are its texts as they are read, the summary first."""

    entry: fmt.Entry
    shown_name: str
    shown: tuple[str, ...]
    name: _Name
    other: _Name
    aliases: Mapping[str, _Name]
    summary: str
    text: str

    @cached_property
    def names(self) -> str:
        return "\n".join(name.close for name in (self.name, self.other, *self.aliases.values()))

    @cached_property
    def all(self) -> str:
        return "\n".join((self.names, self.summary, self.text))


@dataclass(frozen=True)
class _Shape:
    """Where an entry of a kind keeps its name, its summary and its other texts."""

    name: Callable[[Any], Any]
    summary: Callable[[Any], Any]
    texts: Callable[[Any], Iterable[Any]]


def _skill_texts(skill: fmt.Skill) -> Iterator[fmt.Line]:
    for level in skill.levels:
        yield from level.signals
        yield level.evidence


def _activity_texts(activity: fmt.Activity) -> Iterator[fmt.Bilingual]:
    yield from (activity.description, activity.choose, activity.do_well, activity.portfolio, activity.tell)
    for asked in activity.interview:
        yield from (asked.question, asked.listens_for)


def _question_texts(question: fmt.Question) -> Iterator[fmt.Bilingual]:
    yield question.answer
    if question.since_2018:
        yield question.since_2018
    yield from (view.text for view in question.views)


SHAPES: dict[type[fmt.Entry], _Shape] = {
    fmt.Role: _Shape(
        lambda e: e.name,
        lambda e: e.summary,
        lambda e: (e.description, e.day, e.contributes, *(each.text for each in e.differs)),
    ),
    fmt.Competency: _Shape(lambda e: e.name, lambda e: e.summary, lambda e: (e.description,)),
    fmt.Skill: _Shape(lambda e: e.name, lambda e: e.summary, _skill_texts),
    fmt.EngineerClass: _Shape(lambda e: e.name, lambda e: e.summary, lambda e: (e.description, e.training)),
    fmt.Activity: _Shape(lambda e: e.name, lambda e: e.summary, _activity_texts),
    fmt.Milestone: _Shape(lambda e: e.title, lambda e: e.outcome, lambda e: (item.text for item in e.checklist)),
    fmt.Question: _Shape(lambda e: e.question, lambda e: e.short, _question_texts),
    fmt.Resource: _Shape(lambda e: e.title, lambda e: e.note or "", lambda e: (e.by,)),
    fmt.Source: _Shape(lambda e: e.title, lambda e: e.note, lambda e: (e.author,)),
}
"""Everything that is searched; of two equal answers the kind that stands first here comes first."""


def letters(folded: str) -> str:
    """A word letter by letter; a consonant below a vowel counts as the same letter as one before it."""
    return unicodedata.normalize("NFKD", folded).translate(_MIDDLES)


def plain(markdown: str) -> str:
    """A text of the pack without its marks, in one line."""
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", markdown)).split())


class SearchIndex:
    """The index of one pack in one language, `ko` or `en`. Made once, it does not change."""

    def __init__(self, content: PackContent, language: str) -> None:
        self._language = language
        self._documents = [
            self._document(entry, shape) for kind, shape in SHAPES.items() for entry in content.current(kind)
        ]
        size = len(self._documents)
        self._pairs = _masks((_letters_and_pairs(document.all) for document in self._documents), size)
        self._pairs_of_names = _masks((_letters_and_pairs(document.names) for document in self._documents), size)
        self._starting = _masks((set(_OTHER_WORD.findall(document.all)) for document in self._documents), size)
        self._starts = sorted(self._starting)
        self._spelt_names = [letters(document.name.close) for document in self._documents]
        self._words, self._weights = self._vocabulary()
        self._letters: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for word in self._words:
            spelt = letters(word)
            into = self._letters[len(spelt)]
            into[0].append(word)
            into[1].append(spelt)

    def search(self, query: str) -> Found:
        """The best answers to `query`, of which no more than `LONGEST_QUERY` characters are read."""
        asked = " ".join(query[:LONGEST_QUERY].split())
        words = list(dict.fromkeys(map(self._without_particle, fold(asked).split())))[:MOST_WORDS]
        if not words:
            return Found(asked)
        matches = {word: self._matching(word) for word in words}
        found = _all_of(matches.values())
        if found:
            return Found(asked, self._best(found, matches))
        for word in words:
            if not matches[word]:
                del matches[word]
                meant = self._meant(word)
                if meant:
                    matches[meant] = self._matching(meant)
        if not matches:
            return Found(asked, near=self._near(asked))
        whole = len(matches) == len(words)
        # Where nothing holds all of it, what holds the most.
        hits = self._best((whole and _all_of(matches.values())) or _any_of(matches.values()), matches)
        return Found(asked, hits, read_as="" if list(matches) == words else " ".join(matches))

    def suggestions(self, *kinds: type[fmt.Entry]) -> tuple[Hit, ...]:
        """All entries of some kinds, for whoever has not asked anything yet."""
        return tuple(self._bare(document) for document in self._documents if type(document.entry) in kinds)

    def _document(self, entry: fmt.Entry, shape: _Shape) -> _Document:
        other = "en" if self._language == "ko" else "ko"
        name, summary = shape.name(entry), shape.summary(entry)
        shown = [plain(_in(text, self._language)) for text in (summary, *shape.texts(entry))]
        folded = [close_up(fold(text)) for text in shown]
        return _Document(
            entry=entry,
            shown_name=plain(_in(name, self._language)),
            shown=tuple(text for text in shown if text),
            name=_name(_in(name, self._language)),
            other=_name(_in(name, other)) if isinstance(name, fmt.Bilingual) else _Name("", ""),
            aliases={alias: _name(alias) for alias in getattr(entry, "aliases", ())},
            summary=folded[0],
            text="\n".join(folded[1:]),
        )

    def _vocabulary(self) -> tuple[list[str], Counter[str]]:
        """The words that a typing mistake may have meant: those of names in both languages, aliases and summaries."""
        counted: Counter[str] = Counter()
        for document in self._documents:
            for name in (document.name, document.other, *document.aliases.values()):
                for word in {*name.words.split(), *([name.close] if len(name.close) <= LONGEST_NAME else [])}:
                    counted[word] += OF_A_NAME
            counted.update(fold(document.shown[0]).split() if document.shown else [])
        words = [word for word in counted if len(word) > 1 and " " not in word]
        return words, counted

    def _matching(self, word: str) -> int:
        """The documents that hold a word, as bits."""
        if _HANGUL.search(word):
            return self._holding(word)
        mask = 0
        at = bisect_left(self._starts, word)
        while at < len(self._starts) and self._starts[at].startswith(word):
            mask |= self._starting[self._starts[at]]
            at += 1
        return mask | self._named(word) if len(word) > 2 else mask

    def _holding(self, part: str) -> int:
        """The documents that hold a part of a word or several words."""
        return self._exactly(part, _candidates(self._pairs, part), lambda document: document.all)

    def _named(self, part: str) -> int:
        """The same in their names, of both languages, and aliases."""
        return self._exactly(part, _candidates(self._pairs_of_names, part), lambda document: document.names)

    def _exactly(self, part: str, candidates: int, where: Callable[[_Document], str]) -> int:
        # Up to two letters the candidates are the answer.
        if len(part) < 3 or not candidates:
            return candidates
        return _bits((n for n in _numbers(candidates) if part in where(self._documents[n])), len(self._documents))

    def _without_particle(self, word: str) -> str:
        """`캐글을` asks for `캐글`: a particle is left out where the word is in a name without it alone."""
        stem = _PARTICLE.sub("", word)
        known = len(stem) > 1 and self._weights[stem] >= OF_A_NAME > self._weights[word]
        return stem if known else word

    def _meant(self, word: str) -> str:
        """What a word that stands nowhere was meant to be, or nothing."""
        stem = _PARTICLE.sub("", word)
        known = len(stem) > 1 or self._weights[stem] >= OF_A_NAME
        if stem != word and known and self._matching(stem):
            return stem
        spelt = letters(word)
        allowed = 1 if len(spelt) < 8 else 2 if len(spelt) < 14 else 3
        if len(spelt) < 3:
            return ""
        best: list[tuple[int, int, str]] = []
        for length in range(len(spelt) - allowed, len(spelt) + allowed + 1):
            if length not in self._letters:
                continue
            words, spellings = self._letters[length]
            near = process.extract(spelt, spellings, scorer=OSA.distance, score_cutoff=allowed, limit=5)
            best.extend((distance, -self._weights[words[place]], words[place]) for _, distance, place in near)
        return min(best)[2] if best else ""

    def _best(self, found: int, matches: Mapping[str, int]) -> tuple[Hit, ...]:
        """The best of the documents `found`, of which each holds some of the words."""
        words = list(matches)
        phrase = close_up(" ".join(words))
        named = found & (self._named(phrase) | _all_of(map(self._named, words)))
        ranked: list[tuple[float, float, int]] = []
        for number in _numbers(named):
            score = self._score_of_name(self._documents[number], phrase, words)
            if score > SUMMARY:
                ranked.append((-score, 0, number))
            else:
                named ^= 1 << number
        if len(ranked) < MOST_HITS:
            # Only now the long texts are looked at.
            ranked.extend(self._by_text(found & ~named, phrase, matches))
        within, inside = _marks(words), _marks(words, inside=True)
        best = [self._documents[number] for _, _, number in sorted(ranked)[:MOST_HITS]]
        return tuple(_hit(document, words, within, inside) for document in best)

    def _by_text(self, left: int, phrase: str, matches: Mapping[str, int]) -> Iterator[tuple[float, float, int]]:
        """How well each of `left` answers by its texts: a score, what its words weigh, and its number."""
        total = len(self._documents)
        one = len(matches) == 1
        weights = {word: log(1 + total / mask.bit_count()) for word, mask in matches.items()}
        by_phrase = 0 if one else self._holding(phrase)
        if not one and left.bit_count() > MOST_WEIGHED:
            # Those that hold the rarest words, as long as enough of them are left.
            for mask in sorted(matches.values(), key=int.bit_count):
                left = left & mask if (left & mask).bit_count() >= MOST_HITS else left
        for number in _numbers(left) if one else islice(_numbers(left), MOST_WEIGHED):
            document = self._documents[number]
            held = [word for word, mask in matches.items() if mask >> number & 1]
            if len(held) == len(matches) and all(_holds(document.summary, word) for word in held):
                score = SUMMARY
            else:
                score = TEXT if one or by_phrase >> number & 1 else ANYWHERE
            yield -score, 0 if one else -sum(weights[word] * _place(document, word) for word in held), number

    def _score_of_name(self, document: _Document, phrase: str, words: Sequence[str]) -> int:
        own = _score(document.name, phrase, words)
        other = _score(document.other, phrase, words)
        alias = max((_score(each, phrase, words) for each in document.aliases.values()), default=0)
        if other == EXACT or alias == EXACT:
            return max(own, EXACT_IN_OTHER if other == EXACT else EXACT_ALIAS)
        if not (own or other or alias) and all(word in document.names for word in words):
            # Some words are of one name, and some of another.
            return SCATTERED - NOT_SHOWN
        return max(own, max(other, alias) - NOT_SHOWN)

    def _bare(self, document: _Document) -> Hit:
        return Hit(document.entry, (Piece(document.shown_name),), tuple(map(Piece, document.shown[:1])))

    def _near(self, asked: str) -> tuple[Hit, ...]:
        """Entries whose name is like what was asked for."""
        near = process.extract(
            letters(close_up(fold(asked))),
            self._spelt_names,
            scorer=fuzz.ratio,
            score_cutoff=NEAR_ENOUGH,
            limit=NEAR_NAMES,
        )
        return tuple(self._bare(self._documents[place]) for _, _, place in near)


def _in(text: Any, language: str) -> str:
    return getattr(text, language) if isinstance(text, fmt.Bilingual) else str(text)


def _name(text: str) -> _Name:
    words = fold(plain(text))
    return _Name(words, close_up(words))


def _masks(parts_of: Iterable[set[str]], size: int) -> dict[str, int]:
    """For each part the documents that hold it, as bits."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, parts in enumerate(parts_of):
        for part in parts:
            holders[part].append(number)
    return {part: _bits(numbers, size) for part, numbers in holders.items()}


def _candidates(pairs: Mapping[str, int], part: str) -> int:
    """The documents that hold every pair of letters of `part`."""
    mask = pairs.get(part[:2], 0)
    for start in range(1, len(part) - 1):
        mask &= pairs.get(part[start : start + 2], 0)
    return mask


def _letters_and_pairs(text: str) -> set[str]:
    return {*text, *map("".join, pairwise(text))}


def _bits(numbers: Iterable[int], size: int) -> int:
    bits = bytearray(size // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def _all_of(masks: Iterable[int]) -> int:
    return reduce(and_, masks)


def _any_of(masks: Iterable[int]) -> int:
    return reduce(or_, masks)


def _numbers(mask: int) -> Iterator[int]:
    """The places of the bits that are set."""
    for place, byte in enumerate(mask.to_bytes((mask.bit_length() + 7) // 8, "little")):
        if byte:
            for bit in range(8):
                if byte >> bit & 1:
                    yield place * 8 + bit


def begins(text: str, word: str) -> bool:
    """Whether a word of `text` begins with `word`; after Hangul a word in another script begins as after a space."""
    at = text.find(word)
    while at >= 0:
        before = text[at - 1] if at else " "
        if not before.isalnum() or _HANGUL.match(before):
            return True
        at = text.find(word, at + 1)
    return False


def _holds(text: str, word: str) -> bool:
    return word in text if _HANGUL.search(word) else begins(text, word)


def _score(name: _Name, phrase: str, words: Sequence[str]) -> int:
    if phrase not in name.close:
        return SCATTERED if len(words) > 1 and all(word in name.close for word in words) else 0
    if name.close.startswith(phrase):
        return EXACT if name.close == phrase else PREFIX
    if f" {words[0]}" in name.words:
        return WORD_START
    if words[0] in name.words:
        return PART if len(phrase) > 2 or _HANGUL.match(phrase) else 0
    return ACROSS_WORDS


def _place(document: _Document, word: str) -> int:
    if word in document.name.close:
        return IN_NAME
    return IN_SUMMARY if _in_names(document.names, word) or _holds(document.summary, word) else IN_TEXT


def _hit(document: _Document, words: Sequence[str], within: re.Pattern[str], inside: re.Pattern[str]) -> Hit:
    name = _marked(document.shown_name, within if within.search(document.shown_name) else inside)
    missing = [word for word in words if not _in_names(document.name.close, word)]
    others = [
        alias for alias, folded in document.aliases.items() if any(_in_names(folded.close, each) for each in missing)
    ]
    shown = ", ".join(others)
    also = _marked(shown, within if within.search(shown) else inside)
    # A name that answers needs no other proof than what it stands for.
    texts = document.shown[:1] if also or any(piece.marked for piece in name) else document.shown
    return Hit(document.entry, name, _excerpt(texts, within), also)


def _in_names(names: str, word: str) -> bool:
    """Whether one of these names was found by a word: a short one in another script only begins there."""
    return _holds(names, word) or (len(word) > 2 and word in names)


def _marks(words: Sequence[str], *, inside: bool = False) -> re.Pattern[str]:
    """What to mark in a text as it is read: Korean words across spaces, others from the start of a word."""
    start = "" if inside else rf"(?<![^\W{HANGUL}])"
    parts = [
        r"\s?".join(map(re.escape, word)) if _HANGUL.search(word) else f"{start}{re.escape(word)}"
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile("|".join(parts), re.IGNORECASE)


def _marked(text: str, marks: re.Pattern[str]) -> tuple[Piece, ...]:
    pieces = []
    end = 0
    for match in marks.finditer(text):
        if match.start() > end:
            pieces.append(Piece(text[end : match.start()]))
        pieces.append(Piece(match[0], marked=True))
        end = match.end()
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def _excerpt(texts: Sequence[str], marks: re.Pattern[str]) -> tuple[Piece, ...]:
    """A stretch around the first match in the first text that has one, or the beginning of the first text."""
    for text in texts:
        match = marks.search(text)
        if match:
            return _marked(_stretch(text, match.start()), marks)
    return (Piece(_stretch(texts[0], 0)),) if texts else ()


def _stretch(text: str, at: int) -> str:
    """About `EXCERPT_LENGTH` characters of `text` with the one at `at`, cut between words."""
    start = 0 if at <= EXCERPT_BEFORE else text.rfind(" ", 0, at - EXCERPT_BEFORE) + 1
    end = len(text) if len(text) - start <= EXCERPT_LENGTH else text.rfind(" ", at + 1, start + EXCERPT_LENGTH)
    if end <= at:
        end = start + EXCERPT_LENGTH
    return f"{'… ' if start else ''}{text[start:end].rstrip()}{' …' if end < len(text) else ''}"


def answers(name: str, query: str) -> bool:
    """Whether a name holds every word of `query`, for the few names that have no index."""
    held = close_up(fold(name))
    return all(word in held for word in fold(query[:LONGEST_QUERY]).split())
