#!/usr/bin/env python3
"""check_headers.py - whoever looks for a function finds it: each that is not static is declared in the header of its own file,
and a folder holds at most 25 .c files.

usage: check_headers.py [--shrink]      (from the root of the sources)

The header of log.c is log.h or log_priv.h beside it. tools/headers_left.txt lists the functions for which that is not so yet. The
list must be true and may only shrink: --shrink takes away what conforms (it adds nothing).
Exit 0 when all stand where they belong.
"""
import pathlib
import re
import sys
from collections import Counter

from c_functions import functions, silence

FILES = 25
# main stands in no header. The commands are one list of one type in cli/command/command.h, the deeds one in service/log/deed.h.
ELSEWHERE = {'src/main.c': 'main', 'src/cli/': r'command_\w+', 'src/service/acts/': r'deed_\w+'}
# Folders that wait for their rooms.
CROWDED = set()
LEFT = pathlib.Path('tools/headers_left.txt')


def own_headers(path):
    """All that the headers of this .c file declare, as one text."""
    headers = (path.with_suffix('.h'), path.with_name(path.stem + '_priv.h'))
    return '\n'.join(silence(header.read_text()) for header in headers if header.exists())


def elsewhere(path, name):
    return any(str(path).startswith(place) and re.fullmatch(names, name) for place, names in ELSEWHERE.items())


def undeclared(path):
    """(name, line) of each function that others may call and that its own header does not tell."""
    declared = set(re.findall(r'\b(\w+)\s*\(', own_headers(path)))
    return [(function.name, function.first) for function in functions(path.read_text())
            if function.public and function.name not in declared and not elsewhere(path, function.name)]


def read_left():
    return [line for line in LEFT.read_text().splitlines() if line and not line.startswith('#')]


def shrink(left, now):
    head = [line for line in LEFT.read_text().splitlines() if line.startswith('#')]
    LEFT.write_text('\n'.join(head + sorted(set(left) & now)) + '\n')


def main():
    files = sorted(pathlib.Path('src').rglob('*.c'))
    left, now, found = set(read_left()), set(), []
    for path in files:
        for name, line in undeclared(path):
            now.add(name)
            if name not in left:
                found.append(f'{path}:{line}: {name} is not declared in {path.with_suffix(".h")}')
    if '--shrink' in sys.argv[1:]:
        shrink(left, now)
        left = set(read_left())
    if left - now:
        found.append(f'{LEFT}: take out what conforms or is gone (tools/check_headers.py --shrink): {" ".join(sorted(left - now))}')
    for folder, count in Counter(str(path.parent) for path in files).items():
        if count > FILES and folder not in CROWDED:
            found.append(f'{folder}: {count} .c files, at most {FILES}: give it rooms by subject')
        elif count <= FILES and folder in CROWDED:
            found.append(f'tools/check_headers.py: {folder} holds {count} .c files now: take it out of CROWDED')
    print('\n'.join(found))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
