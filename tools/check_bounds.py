#!/usr/bin/env python3
"""check_bounds.py - under src/ a function has at most 50 lines and five parameters, and a file at most 500 lines.

usage: check_bounds.py [--shrink]      (from the root of the sources)

tools/bounds_left.txt lists the functions that take more parameters, with how many. The list must be true and may only shrink:
whoever gives such a function a struct takes its line away, and --shrink does that (it adds nothing).
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
LEFT = pathlib.Path('tools/bounds_left.txt')


def read_left():
    rows = (line.split() for line in LEFT.read_text().splitlines() if line and not line.startswith('#'))
    return {name: int(count) for name, count in rows}


def shrink(left, now):
    """The list without what conforms; fewer parameters are written down, more are not."""
    head = [line for line in LEFT.read_text().splitlines() if line.startswith('#')]
    rows = [f'{name} {min(count, now[name])}' for name, count in sorted(left.items()) if now.get(name, 0) > PARAMETERS]
    LEFT.write_text('\n'.join(head + rows) + '\n')


def look(path, text, left, now):
    """The offences of one file; `now` is told who takes more than five parameters."""
    lines = text.count('\n')
    if lines > FILE and str(path) not in LONG_FILES:
        yield f'{path}: {lines} lines, at most {FILE}: part it by subject'
    for function in functions(text):
        length = function.last - function.first + 1
        if length > LINES:
            yield f'{path}:{function.first}: {function.name} has {length} lines, at most {LINES}'
        if function.parameters > PARAMETERS and CALLBACKS.get(str(path)) != function.name:
            now[function.name] = function.parameters
            if function.parameters > left.get(function.name, PARAMETERS):
                yield f'{path}:{function.first}: {function.name} takes {function.parameters} parameters, at most {PARAMETERS}: give it a struct'


def main():
    left, now, found = read_left(), {}, []
    for path in sorted(pathlib.Path('src').rglob('*.[ch]')):
        found += look(path, path.read_text(), left, now)
    if '--shrink' in sys.argv[1:]:
        shrink(left, now)
        left = read_left()
    better = sorted(name for name, count in left.items() if now.get(name, 0) < count)
    if better:
        found.append(f'{LEFT}: take out what takes fewer now or is gone (tools/check_bounds.py --shrink): {" ".join(better)}')
    print('\n'.join(found))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
