#!/usr/bin/env python3
"""check_headers.py - whoever looks for a function finds it: each that is not static is declared in the header of its own file,
and a folder holds at most 25 .c files.

usage: check_headers.py      (from the root of the sources)

The header of log.c is log.h or log_priv.h beside it. The few that stand elsewhere are named below.
Exit 0 when all stand where they belong.
"""
import pathlib
import re
import sys
from collections import Counter

from c_functions import functions, silence

FILES = 25
# Functions that a list declares, or another header for a reason of its own.
ELSEWHERE = {
    'src/main.c': 'main',
    'src/cli/': r'command_\w+',           # one list, in cli/command/command.h
    'src/service/acts/': r'deed_\w+',     # declared from the table of procedures, in service/log/deed.h
    'src/domain/policy/policy.c': r'permit_\w+',  # domain/policy/permit.h says what a permit is; only the policy makes one
}
# Folders that are one module: their verbs stand in one contract, in the order of their subjects.
CONTRACTS = {'src/store': ('store.h', 'tx.h', 'stores_priv.h')}


def own_headers(path):
    """All that the headers of this .c file declare, as one text."""
    headers = [path.with_suffix('.h'), path.with_name(path.stem + '_priv.h')]
    headers += [path.parent / name for name in CONTRACTS.get(str(path.parent), ())]
    return '\n'.join(silence(header.read_text()) for header in headers if header.exists())


def elsewhere(path, name):
    return any(str(path).startswith(place) and re.fullmatch(names, name) for place, names in ELSEWHERE.items())


def undeclared(path):
    """(name, line) of each function that others may call and that its own header does not tell."""
    text = own_headers(path)
    declared = set(re.findall(r'\b(\w+)\s*\(', text))
    # Functions of one type are declared by its name: Handler agent_seal, agent_unseal;
    declared |= {name for names in re.findall(r'^[A-Z]\w+ (\w+(?:, \w+)*);', text, re.MULTILINE) for name in names.split(', ')}
    return [(function.name, function.first) for function in functions(path.read_text())
            if function.public and function.name not in declared and not elsewhere(path, function.name)]


def main():
    files = sorted(pathlib.Path('src').rglob('*.c'))
    found = [f'{path}:{line}: {name} is not declared in {path.with_suffix(".h")}' for path in files for name, line in undeclared(path)]
    found += [f'{folder}: {count} .c files, at most {FILES}: give it rooms by subject'
              for folder, count in Counter(str(path.parent) for path in files).items() if count > FILES]
    print('\n'.join(found))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
