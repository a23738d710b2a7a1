"""`make bench`: every benchmark, one after the other, each in a process of its own. It takes an hour.

`python -m benchmarks search flags` runs only these.
"""

import subprocess
import sys

ALL = (
    "search",
    "flags",
    "directory",
    "turns",
    "crowd",
    "ahead",
    "sending",
    "kill --database sqlite",
    "kill --database postgresql",
    "chaos",
    "trial --database sqlite",
    "trial --database postgresql",
    "console --database sqlite",
    "console --database postgresql",
    "leaflets",
)


def main() -> int:
    """The worst exit code of all."""
    wanted = sys.argv[1:] or ALL
    return max(run(name) for name in wanted)


def run(name: str) -> int:
    print(f"\n==== {name}", flush=True)
    return subprocess.run([sys.executable, "-m", *f"benchmarks.{name}".split()], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
