#!/usr/bin/env python3
"""control.py - the time travel finds a clock that falls due a day late, and one that nothing stops.

usage: control.py TIME_TRAVEL_ASTRAY     (tests/model/astray.c; from the root of the sources)
"""
import os
import subprocess
import sys


def run(astray):
    """Whether it went as the model says, and what was said of the first difference."""
    done = subprocess.run([sys.argv[1]], env={**os.environ, 'ASTRAY': astray, 'ASAN_OPTIONS': 'detect_leaks=0'}, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors='replace', check=False)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    return done.returncode == 0, next((line for line in lines if 'expected' in line or 'line' in line), ''), lines[-5:]


failed = 0
for number, (astray, wanted, sentence) in enumerate((
        ('', True, 'as the clocks are the years go as the model says'),
        ('shift', False, 'a clock that falls due a day late is found'),
        ('stop', False, 'a clock that nothing stops is found')), 1):
    went, said, last = run(astray)
    failed += went != wanted
    print(f'{"ok" if went == wanted else "not ok"} {number} - {sentence}', flush=True)
    print('#', said or last, flush=True)
print('1..3')
sys.exit(failed > 0)
