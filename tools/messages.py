#!/usr/bin/env python3
"""messages.py - the message catalogues as C tables.

usage: messages.py IDS.h TABLE.h TABLE.c CATALOGUE...

A catalogue is named after its language (nb.txt) and holds lines `key = text`; # begins a comment line. A text may hold
{name} and {name|one|many}. The first catalogue is the source. Exit 1, with each offence on a line of its own: a key that
stands twice, is missing in a language or unknown to the source, an empty text, or placeholders that differ.
"""
import pathlib
import re
import sys

LINE = re.compile(r'([a-z0-9_]+(?:\.[a-z0-9_]+)*) = (.*)')
PLACEHOLDER = re.compile(r'\{([a-z_]+)(\|[^|{}]*\|[^|{}]*)?\}')


def read_catalogue(path, problems):
    texts = {}
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        if not line.strip() or line.startswith('#'):
            continue
        match = LINE.fullmatch(line.rstrip())
        if not match:
            problems.append(f'{path.name}:{number}: not "key = text"')
            continue
        key, text = match.groups()
        if key in texts:
            problems.append(f'{path.name}:{number}: {key} stands twice')
        if not text.strip():
            problems.append(f'{path.name}:{number}: {key} is empty')
        if '{' in PLACEHOLDER.sub('', text) or '}' in PLACEHOLDER.sub('', text):
            problems.append(f'{path.name}:{number}: {key} has a brace that opens no placeholder')
        texts[key] = text
    return texts


def placeholders(text):
    """Names only: a language may need a plural where another needs none."""
    return {match.group(1) for match in PLACEHOLDER.finditer(text)}


def compare(source, name, texts, problems):
    for key in sorted(source.keys() - texts.keys()):
        problems.append(f'{name}: {key} is missing')
    for key in sorted(texts.keys() - source.keys()):
        problems.append(f'{name}: {key} is not in the source')
    for key in sorted(source.keys() & texts.keys()):
        if placeholders(source[key]) != placeholders(texts[key]):
            problems.append(f'{name}: {key} has other placeholders than the source')


def enum_name(key):
    return 'MSG_' + key.upper().replace('.', '_')


def quoted(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"') + '"'


def str_literal(text):
    return f'{{.data = {quoted(text)}, .length = {len(text.encode())}}}'


def write_ids(keys):
    yield '/* Made by tools/messages.py. */'
    yield '#ifndef TEXT_MESSAGE_IDS_H'
    yield '#define TEXT_MESSAGE_IDS_H'
    yield 'enum msg {'
    for key in keys:
        yield f'    {enum_name(key)},'
    yield '    MSG_COUNT'
    yield '};'
    yield '#endif'


def write_table_header():
    yield '/* Made by tools/messages.py. */'
    yield '#ifndef TEXT_MESSAGE_TABLE_H'
    yield '#define TEXT_MESSAGE_TABLE_H'
    yield '#include "text/text.h"'
    yield 'extern const Str message_keys[MSG_COUNT];'
    yield 'extern const Str message_texts[LANGUAGE_COUNT][MSG_COUNT];'
    yield '#endif'


def write_table(keys, catalogues):
    yield '/* Made by tools/messages.py. */'
    yield '#include "text/message_table.h"'
    yield 'const Str message_keys[MSG_COUNT] = {'
    for key in keys:
        yield f'    [{enum_name(key)}] = {str_literal(key)},'
    yield '};'
    yield 'const Str message_texts[LANGUAGE_COUNT][MSG_COUNT] = {'
    for language, texts in catalogues.items():
        yield f'    [LANGUAGE_{language.upper()}] = {{'
        for key in keys:
            yield f'        [{enum_name(key)}] = {str_literal(texts[key])},'
        yield '    },'
    yield '};'


def load(paths):
    """(catalogues by language, problems)."""
    problems = []
    catalogues = {path.stem: read_catalogue(path, problems) for path in paths}
    names = list(catalogues)
    for name in names[1:]:
        compare(catalogues[names[0]], name, catalogues[name], problems)
    enums = {}
    for key in catalogues[names[0]]:
        other = enums.setdefault(enum_name(key), key)
        if other != key:
            problems.append(f'{names[0]}: {key} and {other} would have the same name in C')
    return catalogues, problems


def main():
    ids, table_header, table, *paths = map(pathlib.Path, sys.argv[1:])
    catalogues, problems = load(paths)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    keys = sorted(catalogues[paths[0].stem])
    for path, lines in ((ids, write_ids(keys)), (table_header, write_table_header()), (table, write_table(keys, catalogues))):
        path.write_text('\n'.join(lines) + '\n', encoding='utf-8')
    return 0


if __name__ == '__main__':
    sys.exit(main())
