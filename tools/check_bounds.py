#!/usr/bin/env python3
"""check_bounds.py - under src/ a function has at most 50 lines and five parameters, and a file at most 500 lines.

usage: check_bounds.py      (from the root of the sources)

Exit 0 when all is within the bounds.
"""
import pathlib
import sys

from c_functions import functions

LINES, PARAMETERS, FILE = 50, 5, 500
# One list that the template compiler reads whole: a struct for each page.
LONG_FILES = {'src/pages/views.h'}
# Called by a library, which says how.
CALLBACKS = {'src/store/sqlite/open.c': 'may'}


def offences(path, text):
    lines = text.count('\n')
    if lines > FILE and str(path) not in LONG_FILES:
        yield f'{path}: {lines} lines, at most {FILE}: part it by subject'
    for function in functions(text):
        length = function.last - function.first + 1
        if length > LINES:
            yield f'{path}:{function.first}: {function.name} has {length} lines, at most {LINES}'
        if function.parameters > PARAMETERS and CALLBACKS.get(str(path)) != function.name:
            yield f'{path}:{function.first}: {function.name} takes {function.parameters} parameters, at most {PARAMETERS}: give it a struct'


def main():
    paths = sorted(pathlib.Path('src').rglob('*.[ch]'))
    found = [offence for path in paths for offence in offences(path, path.read_text())]
    print('\n'.join(found))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
