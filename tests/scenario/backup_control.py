#!/usr/bin/env python3
"""backup_control.py - the negative controls of backup.py and backup_of_deleted.py: with a program that breaks a rule, the fact that holds it fails.

usage: backup_control.py KEPT_KEY UNREPLAYED ASSETS"""
import pathlib
import subprocess
import sys


def failed(program, assets, name, *before):
    """The sentences of a test that do not hold with this program; before: what stands before it in the arguments."""
    test = pathlib.Path(__file__).with_name(name)
    done = subprocess.run([sys.executable, test, *before, program, assets], capture_output=True, text=True, check=False)
    return [line.split(' - ', 1)[1] for line in done.stdout.splitlines() if line.startswith('not ok')]


# Which of the programs, what it breaks, the test that finds it and its sentence.
CONTROLS = [(0, 'a key that is kept a day too long', 'backup.py', 'on the thirty first it opens for nobody'),
            (1, 'a ledger that is not replayed for a consent', 'backup.py', 'what was withdrawn after the backup is withdrawn again'),
            (1, 'a ledger that is not replayed for a log', 'backup_of_deleted.py', 'nothing of it came back')]


def main():
    *programs, assets = sys.argv[1:]
    print(f'1..{len(CONTROLS)}')
    bad = 0
    for number, (which, what, name, wanted) in enumerate(CONTROLS, 1):
        found = failed(programs[which], assets, name)
        good = any(sentence.startswith(wanted) for sentence in found)
        bad += not good
        print(f'{"ok" if good else "not ok"} {number} - {what} is found', flush=True)
        if not good:
            print(f'# {found}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
