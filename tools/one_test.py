#!/usr/bin/env python3
"""one_test.py - build what one test needs, run it and show all that it says.

usage: one_test.py NAME [SENTENCE]

NAME is a test as `meson test --list` tells it, without its suite: log_page, conform_sqlite_log, 'scenario forms'. SENTENCE
chooses tests of a C program by name; * and ? stand for others. Tests that need the release build run from there.
"""
import difflib
import json
import os
import pathlib
import subprocess
import sys

BUILDS = ('build/sanitized', 'build/release')


def tests_of(folder):
    listed = pathlib.Path(folder) / 'meson-info/intro-tests.json'
    return {test['name']: test['suite'] for test in json.loads(listed.read_text())} if listed.exists() else {}


def choose(name):
    """The build that has the test: sanitized where both have it. Ends with the nearest names when none has."""
    found = {folder: tests_of(folder) for folder in BUILDS}
    for folder, tests in found.items():
        if name in tests:
            return folder
    known = sorted({other for tests in found.values() for other in tests})
    near = difflib.get_close_matches(name, known, 8, 0.5) or [other for other in known if name in other]
    sys.exit(f'There is no test {name!r}. ' + (f'Near it: {", ".join(near)}' if near else 'All: ' + ', '.join(known)))


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith('-'):
        sys.exit(__doc__)
    if len(sys.argv) == 3:
        os.environ['TEST_ONLY'] = sys.argv[2]
    folder = choose(sys.argv[1])
    # meson test builds what the chosen test is made of, and nothing else.
    return subprocess.run(['meson', 'test', '-C', folder, '--verbose', '--logbase', 'one', sys.argv[1]], check=False).returncode


if __name__ == '__main__':
    sys.exit(main())
