#!/usr/bin/env python3
"""check_man.py - every command has a man page that tells every option and every word that --help tells, the first page names it,
and all are installed.

usage: check_man.py STAFETTLOGG      (from the root of the sources)
Exit 0 when all do.
"""
import pathlib
import re
import subprocess
import sys

ALWAYS = {'help', 'usage', 'version'}


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False).stdout


def commands(program):
    return re.findall(r'^  ([a-z-]+) ', said(program, 'help'), re.MULTILINE)


def options(program, command):
    return set(re.findall(r'--([a-z-]+)', said(program, command, '--help').split('Mandatory')[0])) - ALWAYS


def words(program, command):
    """What the command takes as an argument, where its help lists that."""
    return set(re.findall(r'^  ([a-z][a-z-]*) +\S', said(program, command, '--help'), re.MULTILINE))


def faults(program, command):
    page = pathlib.Path(f'docs/man/stafettlogg-{command}.1')
    if not page.exists():
        return [f'{page} is missing']
    text = page.read_text().replace('\\-', '-')
    missing = [f'--{name}' for name in sorted(options(program, command)) if f'--{name}' not in text]
    missing += [name for name in sorted(words(program, command)) if not re.search(rf'^\.B {name}$', text, re.MULTILINE)]
    return [f'{page} does not tell {name}' for name in missing]


def main():
    program = sys.argv[1]
    names = commands(program)
    found = [fault for name in names for fault in faults(program, name)]
    first = pathlib.Path('docs/man/stafettlogg.1').read_text().replace('\\-', '-')
    found += [f'docs/man/stafettlogg.1 does not name {name}' for name in names if f'stafettlogg-{name}' not in first]
    installed = pathlib.Path('meson.build').read_text()
    found += [f'meson.build does not install {page}' for page in sorted(pathlib.Path('docs/man').glob('*.1'))
              if f"'{page}'" not in installed]
    print('\n'.join(found))
    return 1 if found or not names else 0


if __name__ == '__main__':
    sys.exit(main())
