#!/usr/bin/env python3
"""fonts.py - the assembly file that puts the fonts of src/pdf into the program.

usage: fonts.py OUT.S INTER_REGULAR INTER_BOLD INTER_EXT_REGULAR INTER_EXT_BOLD

Inter comes from npm as TrueType (assets/build.mjs), the others from the Debian packages fonts-noto-core and fonts-droid-fallback.
A family whose second file is missing is printed in regular also where bold is asked for: those whose bold is hardly ever needed.
"""
import hashlib
import pathlib
import sys

NOTO = pathlib.Path('/usr/share/fonts/truetype/noto')
HAN = pathlib.Path('/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf')
# family of src/pdf/fonts.h: file in NOTO, and whether its bold goes along
FAMILIES = {
    'noto': ('NotoSans', True), 'arabic': ('NotoSansArabic', True), 'hebrew': ('NotoSansHebrew', True),
    'devanagari': ('NotoSansDevanagari', False), 'bengali': ('NotoSansBengali', False), 'gurmukhi': ('NotoSansGurmukhi', False),
    'gujarati': ('NotoSansGujarati', False), 'tamil': ('NotoSansTamil', True), 'telugu': ('NotoSansTelugu', False),
    'kannada': ('NotoSansKannada', False), 'malayalam': ('NotoSansMalayalam', False), 'sinhala': ('NotoSansSinhala', False),
    'thai': ('NotoSansThai', True), 'lao': ('NotoSansLao', False), 'khmer': ('NotoSansKhmer', False),
    'myanmar': ('NotoSansMyanmar', False), 'tibetan': ('NotoSerifTibetan', False), 'ethiopic': ('NotoSansEthiopic', False),
    'armenian': ('NotoSansArmenian', False), 'georgian': ('NotoSansGeorgian', False), 'syriac': ('NotoSansSyriac', False),
    'thaana': ('NotoSansThaana', False), 'nko': ('NotoSansNKo', False), 'tifinagh': ('NotoSansTifinagh', False),
    'cherokee': ('NotoSansCherokee', False), 'mongolian': ('NotoSansMongolian', False), 'symbols': ('NotoSansSymbols', False),
    'symbols_2': ('NotoSansSymbols2', False), 'math': ('NotoSansMath', False),
}


def all_files(inter):
    files = {'inter': inter[:2], 'inter_ext': inter[2:], 'han': [HAN]}
    for family, (name, bold) in FAMILIES.items():
        files[family] = [NOTO / f'{name}-{weight}.ttf' for weight in (['Regular', 'Bold'] if bold else ['Regular'])]
    return files


def piece(family, paths):
    """Labels of one family; without a bold both stand before the same bytes."""
    regular, bold = (f'pdf_{family}_{weight}' for weight in ('regular', 'bold'))
    groups = [([regular], paths[0]), ([bold], paths[1])] if len(paths) == 2 else [([regular, bold], paths[0])]
    for labels, path in groups:
        digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:16]
        yield f'/* {digest} */ .balign 8'
        for suffix in ('', '_end'):
            for label in labels:
                yield f'.globl {label}{suffix}\n.hidden {label}{suffix}\n{label}{suffix}:'
            if not suffix:
                yield f'.incbin "{path}"'


def main():
    out, inter = sys.argv[1], [pathlib.Path(path).resolve() for path in sys.argv[2:6]]
    files = all_files(inter)
    missing = [str(path) for paths in files.values() for path in paths if not pathlib.Path(path).exists()]
    if missing:
        sys.exit('fonts.py: the Debian packages fonts-noto-core and fonts-droid-fallback have these; tools/bootstrap.sh demo '
                 'installs them:\n  ' + '\n  '.join(missing))
    lines = ['/* Made by tools/fonts.py. */', '#ifdef __CET__', '#include <cet.h>', '#endif', '.section .rodata']
    for family, paths in files.items():
        lines += piece(family, paths)
    lines += ['.byte 0', '.section .note.GNU-stack,"",@progbits', '']
    pathlib.Path(out).write_text('\n'.join(lines))


if __name__ == '__main__':
    main()
