#!/usr/bin/env python3
"""check_verbs.py - what can be removed from the database is removed by somebody: no verb of the store that deletes is without a caller,
and no statement that deletes is without a verb.

usage: check_verbs.py      (from the root of the sources)

A verb is a function of src/store/*.h whose name says delete, purge or clear; a caller stands in src/ outside src/store (or in
another verb that has one).
"""
import pathlib
import re
import sys

VERB = re.compile(r'\b(stores?_(?:[a-z]+_)*(?:delete|purge|clear)(?:_[a-z]+)*)\(')
STATEMENT = re.compile(r'X\((\w+),[^"]*(?:"[^"]*",\s*)*"DELETE FROM')


def text_of(paths):
    return {path: path.read_text(encoding='utf-8') for path in paths}


def body_of(text, name):
    """The function's body, or nothing where this text only calls it."""
    found = re.search(rf'^\w[^\n;]*\b{name}\([^;{{]*\)\n\{{\n(.*?)^\}}', text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ''


def called(root):
    """Verbs that somebody calls: from outside the store, or from a function of it that is called itself."""
    outside = '\n'.join(text_of(path for path in (root / 'src').rglob('*.c') if root / 'src/store' not in path.parents).values())
    inside = '\n'.join(text_of((root / 'src/store').rglob('*.c')).values())
    headers = '\n'.join(text_of((root / 'src/store').glob('*.h')).values())
    verbs = {verb for verb in VERB.findall(headers)}
    live = {verb for verb in verbs if re.search(rf'\b{verb}\b', outside)}
    for verb in sorted(live):
        live |= {other for other in verbs if re.search(rf'\b{other}\(', body_of(inside, verb))}
    return verbs, live, inside


def main():
    root = pathlib.Path('.')
    verbs, live, inside = called(root)
    statements = STATEMENT.findall('\n'.join(text_of((root / 'src/store').glob('statements*.h')).values()))
    found = [f'{verb} has no caller' for verb in sorted(verbs - live)]
    found += [f'SQL_{name} deletes and is asked by nobody' for name in statements if not re.search(rf'\bSQL_{name}\b', inside)]
    if not verbs or not statements:
        found.append('no verb or no statement was found')
    print('\n'.join(found))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
