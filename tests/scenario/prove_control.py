#!/usr/bin/env python3
"""prove_control.py - the negative controls of delete_and_prove.py: with a program that breaks a rule, the fact that holds it fails.

usage: prove_control.py REMNANTS UNTURNED KEPT_KEY ASSETS"""
import sys

from backup_control import failed

NAME = 'delete_and_prove.py'
# Which of the programs, what it breaks, the sentence that finds it.
CONTROLS = [(0, 'an epoch that does not turn', 'of the copy no key that is in use opens anything'),
            (1, 'the key of an epoch that is kept a day too long', 'from the thirty first on nothing of the copy opens')]


def main():
    remnants, *programs, assets = sys.argv[1:]
    print(f'1..{len(CONTROLS)}')
    bad = 0
    for number, (which, what, wanted) in enumerate(CONTROLS, 1):
        found = failed(programs[which], assets, NAME, remnants)
        good = any(sentence.startswith(wanted) for sentence in found)
        bad += not good
        print(f'{"ok" if good else "not ok"} {number} - {what} is found', flush=True)
        if not good:
            print(f'# {found}')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
