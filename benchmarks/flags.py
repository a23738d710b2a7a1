"""How fast the red flags are, and what becomes of the second round of held-out messages."""

from collections import Counter
from pathlib import Path
from time import perf_counter, process_time

import yaml

from bot.content.flags import FlagFile, merge
from bot.safety import Matcher, build_matcher

ROOT = Path(__file__).parent.parent
FLAGS = ROOT / "knowledge" / "red_flags"
LISTS = ROOT / "tests" / "safety"
LONG_TEXT = "I went for a walk and then we had soup and my leg was fine. " * 17_500


def main() -> None:
    started = perf_counter()
    matcher = build_matcher(read_flags())
    print(f"red flags: read and built in {perf_counter() - started:.2f} s")
    speed(matcher)
    held_out(matcher)


def read_flags() -> FlagFile:
    paths = sorted(path for path in FLAGS.glob("*.yaml") if path.name != "cards.yaml")
    return merge(FlagFile.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in paths)


def messages(name: str) -> list[tuple[str, str]]:
    listed = yaml.safe_load((LISTS / f"{name}.yaml").read_text("utf-8"))
    return [(level, str(text)) for level, texts in listed.items() for text in texts]


def speed(matcher: Matcher) -> None:
    texts = [text for name in ("dangerous", "harmless", "held_out") for _, text in messages(name)]
    times = sorted(seconds(matcher, text) for text in texts * 3)
    middle, late = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"one message: p50 {middle * 1000:.2f} ms, p99 {late * 1000:.2f} ms (to reach: p99 under 2 ms)")
    print(f"1 MB of text: {seconds(matcher, LONG_TEXT) * 1000:.0f} ms")


def seconds(matcher: Matcher, text: str) -> float:
    started = process_time()
    matcher.check(text)
    return process_time() - started


def held_out(matcher: Matcher) -> None:
    """Recall: the level that was meant, or a higher one. False alarm: any card at all."""
    right: Counter[str] = Counter()
    told = Counter(level for level, _ in messages("held_out"))
    for level, text in messages("held_out"):
        flagged = matcher.check(text)
        given = flagged.level.value if flagged else "none"
        right[level] += enough(level, given)
    for level, count in told.items():
        said = "without a card" if level == "none" else "caught"
        print(f"second round, {level}: {right[level]} of {count} {said}")


def enough(meant: str, given: str) -> bool:
    order = ["none", "concern", "urgent", "crisis", "emergency"]
    return given == "none" if meant == "none" else order.index(given) >= order.index(meant)


if __name__ == "__main__":
    main()
