#!/usr/bin/env python3
"""print_rules.py - the tables in docs/rules are what the program prints.

usage: print_rules.py STAFETTLOGG          write them anew      (from the root of the sources)
       print_rules.py --check STAFETTLOGG  a test that they are

A table stands between two lines of its page:
    <!-- printed: stafettlogg policy NAME -->
    <!-- printed: end -->
Every table but `print` and `numbers` stands on a page. Exit 0 when all do and none differs.
"""
import pathlib
import re
import subprocess
import sys

PAGES = pathlib.Path('docs/rules')
PLACE = re.compile(r'(<!-- printed: stafettlogg policy ([a-z-]+) -->\n)(.*?)(<!-- printed: end -->)', re.DOTALL)
ELSEWHERE = {'print', 'numbers'}  # tests/golden/policy.txt, numbers.txt


def said(program, *words):
    done = subprocess.run([program, 'policy', *words], stdout=subprocess.PIPE, text=True, encoding='utf-8', check=False)
    return done.returncode, done.stdout


def table(program, name):
    code, text = said(program, name)
    if code != 0:
        sys.exit(f'{program} prints no table {name}')
    return f'\n{text}\n'


def named(program):
    return set(re.findall(r'^  ([a-z-]+) +\S', said(program, '--help')[1].split('TABLE is', 1)[1], re.MULTILINE))


def main():
    check = sys.argv[1:2] == ['--check']
    program = sys.argv[-1]
    found, shown = [], set()
    for page in sorted(PAGES.glob('*.md')):
        before = page.read_text(encoding='utf-8')
        after = PLACE.sub(lambda place: place[1] + table(program, place[2]) + place[4], before)
        shown.update(name for _, name, _, _ in PLACE.findall(before))
        if check and after != before:
            found.append(f'{page} is not what the program prints: run `make rules`')
        elif after != before:
            page.write_text(after, encoding='utf-8')
    found += [f'no page of {PAGES} shows the table {name}' for name in sorted(named(program) - ELSEWHERE - shown)]
    print('\n'.join(found))
    return 1 if found or not shown else 0


if __name__ == '__main__':
    sys.exit(main())
