"""Ties a program to the life of the process that started it, where the kernel cannot do it for us.

Run as `python tether.py PROGRAM ARGS...`: starts the program, passes on SIGTERM and SIGINT, and kills it when the
starter is gone. Linux has PR_SET_PDEATHSIG instead (children.py). Imports nothing of the project, so it starts fast.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

LOOK_EVERY_S = 0.5


def run_tethered(command: list[str]) -> int:
    """Run the command until it ends or its starter does; return its exit code (137 when it had to be killed)."""
    starter = os.getppid()
    program = subprocess.Popen(command)  # noqa: S603 - the command is the supervisor's own

    def pass_on(number: int, _frame: FrameType | None) -> None:
        program.send_signal(number)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    while os.getppid() == starter:
        try:
            return program.wait(LOOK_EVERY_S)
        except subprocess.TimeoutExpired:
            continue
    program.kill()
    program.wait()
    return 137


if __name__ == "__main__":
    sys.exit(run_tethered(sys.argv[1:]))
