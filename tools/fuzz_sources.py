#!/usr/bin/env python3
"""fuzz_sources.py - the .c files that a fuzz target needs: its includes, followed through src/.

usage: fuzz_sources.py fuzz/fuzz_NAME.c

Prints them on one line. A header's implementation is every .c file of its folder that includes it or shares its name.
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
SOURCE = pathlib.Path('src')


def implementations(header):
    """The .c files beside a header that implement it: same name, or any of its folder that includes it first."""
    folder = (SOURCE / header).parent
    if not folder.is_dir():
        return
    for path in sorted(folder.glob('*.c')):
        # x_priv.h stands for x.h inside its folder.
        if {header, header.replace('.h', '_priv.h')} & set(INCLUDE.findall(path.read_text())):
            yield path


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
