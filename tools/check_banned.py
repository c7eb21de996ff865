#!/usr/bin/env python3
"""check_banned.py - calls and words that must not stand in src/.

usage: check_banned.py [ROOT]

Each row of BANNED says what, where it is allowed, and what to use instead. Exit 1 lists each offence.
"""
import pathlib
import re
import sys

BANNED = [
    # pattern, files where it may stand, what to do instead
    (r'\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|strtol|strtoul|gets|scanf|sscanf|alloca)\s*\(', (),
     'use base/str.h and base/buf.h'),
    (r'\b(malloc|calloc|realloc|strdup|asprintf)\s*\(',
     ('base/arena.c', 'backup/', 'sys/', 'store/', 'keyd/', 'crypto/', 'gateway/', 'keys/', 'service/', 'web/', 'cli/', 'main.c'),
     'take an Arena'),
    (r'\b(time|gettimeofday|clock_gettime|localtime|gmtime|mktime)\s*\(', ('sys/',), 'take now as an argument'),
    (r'\b(rand|random|srand|drand48)\s*\(\s*\)', (), 'take a World'),
    (r'\bsetlocale\s*\(', (), 'texts come from the message catalogue'),
    (r'\b(setjmp|longjmp)\s*\(', (), 'return an Err'),
    (r'\b(system|popen|execl|execlp|execv|execvp|execve)\s*\(', ('cli/',), 'nothing here executes programs'),
    (r'\b(posix_spawnp?|child_start|backup_feed)\s*\(', ('sys/child.', 'cli/backup/'), 'serve runs no program'),
    (r'"[^"\n]*\b(SELECT|INSERT INTO|DELETE FROM|UPDATE [a-z_]+ SET|CREATE TABLE)\b', ('store/',),
     'SQL stands in store/statements.h'),
    (r'\bnow\(\)|CURRENT_TIMESTAMP', (), 'the database has no clock'),
    (r'\b(TODO|FIXME|XXX)\b', (), 'finish it, or file it'),
]
COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*', re.DOTALL)


def blank(match):
    """Comments keep their line breaks, so that line numbers stay true."""
    return re.sub(r'[^\n]', ' ', match.group())


def offences(root):
    source = root / 'src'
    for path in sorted([*source.rglob('*.c'), *source.rglob('*.h')]):
        relative = str(path.relative_to(source))
        text = path.read_text()
        code = COMMENT.sub(blank, text)
        for pattern, allowed, instead in BANNED:
            if any(relative.startswith(place) for place in allowed):
                continue
            for match in re.finditer(pattern, code):
                line = code.count('\n', 0, match.start()) + 1
                yield f'src/{relative}:{line}: {match.group().strip()} - {instead}'


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.')
    found = list(offences(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
