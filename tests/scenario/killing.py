"""killing.py - what is started under the shim that kills it before a call that changes a file (tests/crash/kill_at.c)."""
import contextlib
import os
import pathlib
import shutil
import sys

# Taken out of the arguments, which are scenario.main's otherwise.
SHIM = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 3 and sys.argv[1].endswith('.so') else None


def place_shim(town):
    """Where the stack's own user reads it."""
    shutil.copy2(SHIM, town.stack.folder / 'shim.so')


@contextlib.contextmanager
def shim(town, **variables):
    """What is started meanwhile has the shim before it."""
    environment, kept = town.stack.environment, dict(town.stack.environment)
    environment.update({'LD_PRELOAD': str(town.stack.folder / 'shim.so'), 'ASAN_OPTIONS': 'verify_asan_link_order=0:detect_leaks=0',
                        **{name: str(value) for name, value in variables.items()}})
    try:
        yield
    finally:
        environment.clear()
        environment.update(kept)


def chosen(first, last, sample):
    """Which of the calls to kill at: about so many and the ends, or as KILLS says; all of them with KILLS=all (`make soak`)."""
    kills = os.environ.get('KILLS', str(sample))
    if kills == 'all':
        return range(first, last + 1)
    step = max(1, (last - first) // int(kills))
    return sorted({first, first + 1, last - 1, last, *range(first, last, step)})
