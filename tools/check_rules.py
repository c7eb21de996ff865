#!/usr/bin/env python3
"""check_rules.py - a test that every rule that is cited is one of docs/rules, that the rules are numbered without a gap, and that
nothing cites a specification that the repository does not hold.

usage: check_rules.py [ROOT]      (ROOT: the root of the sources, by default here)

A citation reads `rules: PAGE N`, at the head of a file `Rules: PAGE N`; several: `rules: access 2, 4-6, keys 1`. Inside
docs/rules it is a link with a number: `[access](access.md) 2`.
Exit 0 when all is well.
"""
import pathlib
import re
import sys

PAGES = 'docs/rules'
INDEX = 'README.md'
LOOKED_AT = ['src', 'tests', 'tools', 'fuzz', 'bench', 'docs', 'pages', 'messages', 'assets', 'deploy', 'data']
ENDINGS = {'.c', '.h', '.py', '.mjs', '.js', '.css', '.html', '.txt', '.md', '.sh', '.build', '.1', ''}
WRONG_ON_PURPOSE = {'check_rules.py', 'test_rules.py'}
NUMBERED = re.compile(r'^(\d+)\. \*\*', re.MULTILINE)
NEXT_LINE = re.compile(r'\s*\n[ \t]*(?:\*(?!/)|//|#)?[ \t]*')
CITED = re.compile(r'\b[Rr]ules?: ((?:[a-z-]+ )?\d+(?:-\d+)?(?:[,;] (?:[a-z-]+ )?\d+(?:-\d+)?)*)')
OLD = re.compile(r'\b(?:settled,? \d+|spec \d|scenario \d+|[1-6]-(?:product|lifecycle|statistics|security|data|web)\b)')
LINK = re.compile(r'\]\(([a-z-]+)\.md\) (\d+)(?:-(\d+))?')
ONE = re.compile(r'(?:([a-z-]+) )?(\d+)(?:-(\d+))?')


def rules(root):
    """Page -> how many rules it has; and what is wrong with the pages."""
    pages, found = {}, []
    index = (root / PAGES / INDEX).read_text(encoding='utf-8')
    for path in sorted((root / PAGES).glob('*.md')):
        if path.name == INDEX:
            continue
        numbers = [int(number) for number in NUMBERED.findall(path.read_text(encoding='utf-8'))]
        pages[path.stem] = len(numbers)
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(f'{PAGES}/{path.name}: its rules are not numbered 1, 2, 3 ...')
        if f']({path.name})' not in index:
            found.append(f'{PAGES}/{INDEX} does not name {path.name}')
    return pages, found


def cited(text):
    """(page, first, last) of each rule that a text cites."""
    for run in CITED.findall(NEXT_LINE.sub(' ', text)):
        page = ''
        for name, first, last in ONE.findall(run):
            page = name or page
            yield page, int(first), int(last or first)
    for page, first, last in LINK.findall(NEXT_LINE.sub(' ', text)):
        yield page, int(first), int(last or first)


def files(root):
    yield from (path for path in root.iterdir() if path.is_file())
    for folder in LOOKED_AT:
        yield from (root / folder).rglob('*')


def faults(path, pages):
    try:
        text = path.read_text(encoding='utf-8')
    except UnicodeDecodeError:
        return
    for page, first, last in cited(text):
        if page not in pages:
            yield f'cites rules: {page} {first}; there is no page {page}'
        elif not 1 <= first <= last <= pages[page]:
            yield f'cites rules: {page} {first}{f"-{last}" if last != first else ""}; that page has {pages[page]} rules'
    for old in OLD.findall(text):
        yield f'cites "{old}", which is no rule of {PAGES}'


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.')
    pages, found = rules(root)
    for path in sorted(files(root)):
        if path.is_file() and path.suffix in ENDINGS and path.name not in WRONG_ON_PURPOSE:
            found += [f'{path.relative_to(root)} {fault}' for fault in faults(path, pages)]
    print('\n'.join(found))
    return 1 if found or not pages else 0


if __name__ == '__main__':
    sys.exit(main())
