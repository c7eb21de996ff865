#!/usr/bin/env python3
"""check_floors.py - every #include under src/ obeys the file FLOORS, and x_priv.h is included in its own folder (and below it) only.

usage: check_floors.py [ROOT]

Exit 0: the floor plan holds and has no cycle. Exit 1: each offence on a line of its own.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)


def read_floors(path):
    may, owns = {}, {}
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith('#'):
            continue
        parts = re.split(r'\s{2,}', line.strip())
        folder, allowed, libraries = parts
        may[folder] = set() if allowed == '-' else set(allowed.split())
        owns[folder] = [] if libraries == '-' else libraries.split()
    return {folder: expand(allowed, may) - {folder} for folder, allowed in may.items()}, owns


def expand(allowed, folders):
    """`service*` as the folder service with all its rooms."""
    names = set()
    for name in allowed:
        whole = name.rstrip('*')
        rooms = [folder for folder in folders if folder == whole or folder.startswith(whole + '/')] if whole else []
        names |= set(rooms) if name.endswith('*') and rooms else {name}
    return names


def find_cycle(may):
    """Names of folders on a cycle, or nothing."""
    state = {}

    def visit(folder, trail):
        if state.get(folder) == 'done':
            return None
        if folder in trail:
            return trail[trail.index(folder):] + [folder]
        for below in sorted(may.get(folder, ())):
            found = visit(below, trail + [folder])
            if found:
                return found
        state[folder] = 'done'
        return None

    for folder in may:
        found = visit(folder, [])
        if found:
            return found
    return None


def folder_of(relative, may):
    """The longest row of FLOORS that holds this file."""
    for parent in relative.parents:
        if str(parent) in may:
            return str(parent)
    return None


def offences(root):
    may, owns = read_floors(root / 'FLOORS')
    cycle = find_cycle({k: v for k, v in may.items() if k != '.'})
    if cycle:
        yield 'FLOORS: cycle ' + ' -> '.join(cycle)
    source = root / 'src'
    for path in sorted([*source.rglob('*.c'), *source.rglob('*.h')]):
        relative = path.relative_to(source)
        here = folder_of(relative, may)
        if here is None:
            yield f'src/{relative}: its folder has no row in FLOORS'
            continue
        for quote, target in INCLUDE.findall(path.read_text()):
            if quote == '"':
                there = folder_of(pathlib.Path(target), may)
                if target.endswith('_priv.h') and pathlib.Path(target).parent not in relative.parents:
                    yield f'src/{relative}: "{target}" is for its own folder'
                if there not in (here, '.') and '*' not in may[here] and there not in may[here]:
                    yield f'src/{relative}: may not include "{target}" (floor {here})'
            else:
                for folder, libraries in owns.items():
                    for library in libraries:
                        mine = folder == here or library in owns[here]
                        if target.startswith(library) and not mine and not is_shared(target):
                            yield f'src/{relative}: <{target}> belongs to {folder}'


def is_shared(target):
    """Plain types that every floor may name."""
    return target in ('sys/types.h',)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.')
    found = list(offences(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
