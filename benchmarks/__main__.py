"""`make bench`: every benchmark, one after the other, each in a process of its own."""

import subprocess
import sys

ALL = ("search", "flags", "directory", "turns", "crowd", "ahead", "chaos")


def main() -> int:
    """The worst exit code of all."""
    wanted = sys.argv[1:] or ALL
    return max(run(name) for name in wanted)


def run(name: str) -> int:
    print(f"\n==== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
