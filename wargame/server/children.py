"""Starts, watches and stops one child process that must never outlive this one. Knows nothing of its work."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOG_ROTATES_AT_BYTES = 8 * 1024 * 1024
# A child that lived this long had started well: its next death begins the back-off anew.
STEADY_AFTER_S = 60.0
FIRST_DELAY_S, LONGEST_DELAY_S = 0.5, 30.0


@dataclass(frozen=True, kw_only=True)
class Program:
    """Describe a child: its command, how to see that it serves, and how long it may take to start and to stop."""

    name: str
    command: tuple[str, ...]
    healthy: Callable[[], bool]
    log: Path
    environ: Mapping[str, str]
    directory: Path
    inherits: tuple[int, ...] = ()
    starts_within_s: float = 30.0
    stops_within_s: float = 5.0


@dataclass
class Child:
    """Hold the running process of a program, and when it may be started again after it died."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    retry_at: float | None = field(default=None)

    def start(self) -> None:
        """Start the process, bound to the life of this one. Must be called from the main thread (see _die_with)."""
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("children are started from the main thread: the kernel ties them to the starting thread")
        program = self.program
        rotate(program.log)
        linux = sys.platform == "linux"
        tether = () if linux else (sys.executable, str(Path(__file__).with_name("tether.py")))
        with program.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - the command is our own
                [*tether, *program.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(program.environ),
                cwd=program.directory,
                pass_fds=program.inherits,
                # Ctrl-C in a terminal reaches the whole foreground group; the order of stopping is ours to choose.
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()) if linux else None,  # noqa: PLW1509 - one thread here
            )
        self.started_at, self.retry_at = time.monotonic(), None

    @property
    def running(self) -> bool:
        """Tell whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def note_death(self) -> float:
        """Set when to start again after a death, later each time; return the delay in seconds."""
        now = time.monotonic()
        self.deaths = 0 if now - self.started_at >= STEADY_AFTER_S else self.deaths
        delay = min(FIRST_DELAY_S * 2**self.deaths, LONGEST_DELAY_S)
        self.deaths += 1
        self.retry_at = now + delay
        return float(delay)

    def stop(self, *, at_once: bool = False) -> None:
        """Ask the process to end, and after its time kill it with everything it started."""
        process = self.process
        if process is None:
            return
        if process.poll() is None and not at_once:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(self.program.stops_within_s)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def last_words(self, lines: int = 8) -> str:
        """Return the end of the log, for the sentence that says why something did not start."""
        try:
            text = self.program.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])


def rotate(log: Path) -> None:
    """Put a log aside once it is long; one former log is kept."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_ROTATES_AT_BYTES:
        log.replace(log.with_suffix(".1.log"))


def _die_with(parent: int) -> Callable[[], None]:
    """Return what a new Linux process does before it becomes the program: have itself killed when its starter ends.

    The kernel counts the *thread* that started the process as the parent, hence the rule of the main thread.
    """
    libc = ctypes.CDLL(None, use_errno=True)

    def bind() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the call took effect
            os.kill(os.getpid(), signal.SIGKILL)

    return bind
