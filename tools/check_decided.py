#!/usr/bin/env python3
"""check_decided.py - which consents count, whether a period is in force, and when something falls due is decided in src/domain,
once (domain/consent.h, period.h, clocks.h).

usage: check_decided.py [ROOT]      (ROOT: the root of the sources, by default here)

Each row of DECIDED says how such a decision is spelled elsewhere, where it may stand all the same, and whom to ask instead.
Exit 0 when nobody else decides; else each offence on a line of its own.
"""
import pathlib
import re
import sys

COMPARED = r'(?:[=!<>]=|<(?!<)|>(?!>))'
# What stands before a name: p->, rows.items[i]., (
BEFORE = r'[\w.\[\]]*(?:->[\w.\[\]]*)*'


def compared(names):
    """A comparison with one of the names on either side. An arrow is none."""
    return rf'\b(?:{names})\s*{COMPARED}|(?<!-){COMPARED}\s*{BEFORE}\b(?:{names})\b'


DECIDED = [
    # spelling, files where it may stand, whom to ask
    (compared('to_at|from_at|expires_at'), ('store/logs.c',),  # as the statements beside it
      'period_in_force, period_has_ended and the others of domain/period.h'),
    (compared('valid_to|withdrawn_at'), ('service/log/consents.c',), 'consents_worth, consents_flags (domain/consent.h)'),
    (r'\bday_(?:add_months|of_age)\s*\(', ('base/calendar.',), 'a row of domain/clocks.c'),
    (r'#\s*define\s+\w+_(?:DAYS|MONTHS|YEARS)\b', ('service/seed/',),  # an invented story is no rule
     'a row of domain/clocks.c'),
    (r'\boslo_time\s*\((?:[^(),]|\([^()]*\))*[+-]\s*\w', (), 'clock_due, or period_end_of (domain/clocks.h, period.h)'),
    (compared(r'MEASURE_STATE_\w+'), (), 'measure_goes_on (domain/values.h)'),
    (rf'\bat\.ms\s*{COMPARED}\s*[\w>.-]*now\b', (), 'meeting_is_coming (domain/values.h)'),
    (r'\boslo_day\s*\([^()]*[+-]\s*\d', (), 'period_last_day (domain/period.h)'),
]
COMMENT_OR_TEXT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def blank(match):
    """Comments and texts keep their line breaks, so that line numbers stay true."""
    return re.sub(r'[^\n]', ' ', match.group())


def offences(root):
    source = root / 'src'
    for path in sorted([*source.rglob('*.c'), *source.rglob('*.h')]):
        relative = path.relative_to(source).as_posix()
        if relative.startswith('domain/'):
            continue
        code = COMMENT_OR_TEXT.sub(blank, path.read_text())
        for spelling, allowed, ask in DECIDED:
            if relative.startswith(allowed):
                continue
            for match in re.finditer(spelling, code):
                line = code.count('\n', 0, match.start()) + 1
                yield f'src/{relative}:{line}: {" ".join(match.group().split())} - ask {ask}'


def main():
    found = list(offences(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.')))
    print(*found, sep='\n', end='\n' if found else '')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
