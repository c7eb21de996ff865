"""c_functions.py - the functions that a C file defines, for checks of how the code reads.

Knows this code and no more: a function begins at the left edge, its name stands before its parameters. What a macro makes
is not seen.
"""
import re
from collections import namedtuple

# first, last   lines, from the return type to the closing brace.  parameters   how many.  public   not static
Function = namedtuple('Function', 'name first last parameters public')

# What has no meaning here: comments, text, characters, and preprocessor lines with their continuations.
SILENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#(?:\\\n|[^\n])*', re.DOTALL | re.MULTILINE)
ATTRIBUTE = re.compile(r'__attribute__\s*\(\(.*?\)\)', re.DOTALL)


def silence(text):
    """Only what the compiler acts on; each line keeps its number."""
    return SILENT.sub(lambda found: re.sub(r'[^\n]', ' ', found.group()), text)


def count_parameters(inside):
    """Commas inside a parameter's own parentheses (a pointer to a function) part nothing."""
    flat = inside
    while '(' in flat:
        flatter = re.sub(r'\([^()]*\)', ' ', flat)
        if flatter == flat:
            break
        flat = flatter
    return 0 if flat.strip() in ('', 'void') else flat.count(',') + 1


def outermost(code):
    """(head, start, end) of each { } that stands in no other: what stands before it, and where it begins and ends."""
    depth, begin, opened = 0, 0, 0
    for found in re.finditer(r'[{};]', code):
        at, what = found.start(), found.group()
        if what == '{':
            opened = at if depth == 0 else opened
            depth += 1
        elif what == '}':
            depth -= 1
            if depth == 0:
                yield code[begin:opened], begin, at
                begin = at + 1
        elif depth == 0:
            begin = at + 1


def split_head(head):
    """(name, parameters) of a function's head, or nothing: the last parentheses are those of the parameters."""
    head = ATTRIBUTE.sub(lambda found: re.sub(r'[^\n]', ' ', found.group()), head).rstrip()
    if not head.endswith(')') or '=' in head:
        return None
    depth = 0
    for at in range(len(head) - 1, -1, -1):
        depth += {')': 1, '(': -1}.get(head[at], 0)
        if depth == 0:
            name = re.search(r'(\w+)\s*\Z', head[:at])
            return (name.group(1), head[at + 1:-1]) if name else None
    return None


def functions(text):
    """Every function that this text defines, in order."""
    code = silence(text)
    for head, begin, end in outermost(code):
        found = split_head(head)
        if not found:
            continue
        first = code.count('\n', 0, begin + len(head) - len(head.lstrip())) + 1
        yield Function(found[0], first, code.count('\n', 0, end) + 1, count_parameters(found[1]),
                       not re.search(r'\bstatic\b', head.replace(found[1], '')))
