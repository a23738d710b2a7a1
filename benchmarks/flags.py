"""How fast the red flags are, and how many written messages get their card, beside the targets."""

from pathlib import Path
from time import perf_counter, process_time

import yaml

from bot.content.flags import FlagFile, merge
from bot.safety import Matcher, build_matcher
from bot.tools.flag_scores import HALVES, TARGETS, Judged, dangerous, harmless, judge, shares

ROOT = Path(__file__).parent.parent
FLAGS = ROOT / "knowledge" / "red_flags"
MESSAGES = ROOT / "tests"
LONG_TEXT = "I went for a walk and then we had soup and my leg was fine. " * 17_500
P99_MS = 2.0


def main() -> None:
    started = perf_counter()
    matcher = build_matcher(read_flags())
    print(f"red flags: read and built in {perf_counter() - started:.2f} s")
    judged = {half: judge(matcher, MESSAGES / half) for half in HALVES}
    speed(matcher, [one.text for half in judged.values() for one in half])
    for half in HALVES:
        told(half, judged[half])


def read_flags() -> FlagFile:
    paths = sorted(path for path in FLAGS.glob("*.yaml") if path.name != "cards.yaml")
    return merge(
        FlagFile.model_validate(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)) for path in paths
    )


def speed(matcher: Matcher, texts: list[str]) -> None:
    """CPU time of one message, so that whatever else runs here does not count."""
    times = sorted(seconds(matcher, text) for text in texts)
    middle, late = times[len(times) // 2], times[len(times) * 99 // 100]
    print(
        f"one message of {len(times)}: p50 {middle * 1000:.2f} ms, p99 {late * 1000:.2f} ms "
        f"(to reach: p99 under {P99_MS:.0f} ms)"
    )
    print(f"1 MB of text: {seconds(matcher, LONG_TEXT) * 1000:.0f} ms")


def seconds(matcher: Matcher, text: str) -> float:
    started = process_time()
    matcher.check(text)
    return process_time() - started


def told(half: str, judged: tuple[Judged, ...]) -> None:
    """Recall by level: its own level or a higher one. False alarm: any card for a harmless message."""
    name = half.replace("_", "-")
    for share in shares(dangerous(judged), lambda one: one.level):
        goal = TARGETS.get(share.name)
        wanted = f" (to reach: {goal:.1%})" if goal else ""
        print(f"{name}, {share.name}: {share.right} of {share.of} = {share.part:.1%}{wanted}")
    calm = harmless(judged)
    alarms = sum(not one.right for one in calm)
    print(
        f"{name}, false alarms: {alarms} of {len(calm)} = {alarms / len(calm):.1%} "
        f"(to reach: at most {TARGETS['false alarms']:.0%})"
    )


if __name__ == "__main__":
    main()
