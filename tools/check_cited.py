#!/usr/bin/env python3
"""check_cited.py - a test that a page of docs/ cites as `its_name_in_words` exists, and so does a file that stands before it; so do
the files that the pages for newcomers name. No two decisions have one number, and each says its own.

usage: check_cited.py      (from the root of the sources)
Exit 0 when all do.
"""
import pathlib
import re
import sys

NAME = re.compile(r'`([a-z0-9]+(?:_[a-z0-9]+){3,})`')
FILE = re.compile(r'`((?!tools/)[a-z]+/[a-z_]+\.(?:c|py))`')
PAGES = ['docs/crypto.md', 'docs/threat-model.md', *map(str, sorted(pathlib.Path('docs/rules').glob('*.md')))]

GUIDES = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/words.md']
NAMED = re.compile(r'`((?:[a-z0-9_]+/)+[a-z0-9_-]+\.[a-z]+)`')


def missing_files():
    """What the guides name and nobody finds: from the root, or below src/ or tests/unit."""
    for page in GUIDES:
        for name in NAMED.findall(pathlib.Path(page).read_text()):
            if not any((pathlib.Path(folder) / name).exists() for folder in ('.', 'src', 'tests/unit')):
                yield f'{page} names {name}, which is no file'


def wrong_numbers():
    """Decisions are cited by their number alone."""
    numbers = {}
    for path in sorted(pathlib.Path('docs/decisions').glob('[0-9]*.md')):
        number = path.name[:4]
        if number in numbers:
            yield f'{path} has the number of {numbers[number]}'
        numbers[number] = path
        if not path.read_text().startswith(f'# {int(number)}. '):
            yield f'{path} does not begin with its number'


def main():
    tests = {path: path.read_text() for path in pathlib.Path('tests').rglob('*') if path.suffix in ('.c', '.py')}
    facts = set(re.findall(r'(?:TEST\(|def )(\w+)\(?', '\n'.join(tests.values())))
    found, cited = [*missing_files(), *wrong_numbers()], 0
    for page in PAGES:
        text = pathlib.Path(page).read_text()
        for name in NAME.findall(text):
            cited += 1
            if name not in facts:
                found.append(f'{page} cites {name}, which is no test')
    for name in FILE.findall(pathlib.Path('docs/threat-model.md').read_text()):
        if not any((pathlib.Path('tests') / folder / name).exists() for folder in ('', 'unit')):
            found.append(f'docs/threat-model.md cites {name}, which is no file of tests')
    print('\n'.join(found))
    return 1 if found or not cited else 0


if __name__ == '__main__':
    sys.exit(main())
