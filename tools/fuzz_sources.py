#!/usr/bin/env python3
"""fuzz_sources.py - the .c files that a fuzz target needs: its includes, followed through src/.

usage: fuzz_sources.py fuzz/fuzz_NAME.c

Prints them on one line. A header is implemented by the .c file of its name, those that include its x_priv.h and those that
include it before all others; where there is no such file, by every one of its folder that includes it.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
SOURCE = pathlib.Path('src')


def implementations(header):
    """The .c files beside a header that implement it."""
    folder = (SOURCE / header).parent
    private = header.replace('.h', '_priv.h')
    includes = {path: INCLUDE.findall(path.read_text()) for path in sorted(folder.glob('*.c'))}
    own = [path for path, names in includes.items()
           if path.stem == pathlib.Path(header).stem or private in names or names[:1] == [header]]
    return own or [path for path, names in includes.items() if header in names]


def main():
    todo, seen, sources = [pathlib.Path(sys.argv[1])], set(), []
    while todo:
        path = todo.pop()
        for header in INCLUDE.findall(path.read_text()):
            if header in seen:
                continue
            seen.add(header)
            if (SOURCE / header).exists():
                todo.append(SOURCE / header)
            for source in implementations(header):
                if source not in sources:
                    sources.append(source)
                    todo.append(source)
    print(' '.join(map(str, sources)))


if __name__ == '__main__':
    main()
