#!/usr/bin/env python3
"""backup_control.py - the negative controls of backup.py: with a program that breaks a rule, the fact that holds it fails.

usage: backup_control.py KEPT_KEY UNREPLAYED ASSETS"""
import pathlib
import subprocess
import sys


def failed(program, assets):
    """The sentences of backup.py that do not hold with this program."""
    test = pathlib.Path(__file__).with_name('backup.py')
    done = subprocess.run([sys.executable, test, program, assets], capture_output=True, text=True, check=False)
    return [line.split(' - ', 1)[1] for line in done.stdout.splitlines() if line.startswith('not ok')]


CONTROLS = [('a key that is kept a day too long', 'on the thirty first it opens for nobody'),
            ('a ledger that is not replayed', 'what was withdrawn after the backup is withdrawn again')]


def main():
    *programs, assets = sys.argv[1:]
    print(f'1..{len(CONTROLS)}')
    bad = 0
    for number, (program, (what, wanted)) in enumerate(zip(programs, CONTROLS), 1):
        found = failed(program, assets)
        good = any(sentence.startswith(wanted) for sentence in found)
        bad += not good
        print(f'{"ok" if good else "not ok"} {number} - {what} is found', flush=True)
        if not good:
            print(f'# {found}')
    return 1 if bad or len(programs) != len(CONTROLS) else 0


if __name__ == '__main__':
    sys.exit(main())
