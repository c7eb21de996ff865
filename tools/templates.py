#!/usr/bin/env python3
"""templates.py - HTML templates as C functions.

usage: templates.py VIEWS.h ICONS.h IDS.h FOLDER OUT.h OUT.c

FOLDER holds pages (page_x.html) and partials (partials/x.html). A template begins with {{view Type}} or, for a partial that
takes a plain value, {{view Type name}}. VIEWS.h tells which fields a Type has. In a template:
  {{path}}                     escaped: Str, a number, an Id, Day, Moment, Url (in href, src and action only)
  {{{path}}}                   as it is: Markup only
  {{t "key" name=path ...}}    a message
  {{icon "Name"}} {{icon path}} {{weekday path}} {{icons}} {{language}}
  {{asset "app.css"}}          the address of a built asset (in href and src)
  {{#if c}} {{else if c}} {{else}} {{/if}}    c: path, not path, path is CONSTANT
  {{#each path as name}} {{/each}}            @index counts from 1; {{#if @first}}
  {{> partial path}}
A path may be a number. After <textarea> a line break is added, because browsers drop one there.
Exit 1 with file and line: an unknown field, key, icon or type; text in a place that is not escaped for it.
"""
import pathlib
import re
import sys

TOKEN = re.compile(r'\{\{\{\s*(?P<raw>[^{}]+?)\s*\}\}\}|\{\{\s*(?P<tag>[^{}]+?)\s*\}\}')
STRUCT = re.compile(r'typedef struct (\w+) \{(.*?)\n\} \1;', re.DOTALL)
FIELD = re.compile(r'\s*(?:const )?(?:enum )?(\w+) (\*?)(\w+);')
NUMBERS = {'int64_t', 'size_t', 'uint32_t', 'int'}
URL_ATTRIBUTES = {'href', 'src', 'action', 'data-autosave', 'data-keepalive', 'data-timeout'}
TEXT_ATTRIBUTES = {'id', 'name', 'value', 'class', 'for', 'content', 'lang', 'hreflang', 'datetime', 'title', 'maxlength',
                   'autocomplete', 'inputmode', 'type', 'rows', 'label', 'x', 'y', 'width', 'height'}


class Problem(Exception):
    pass


def read_structs(text):
    text = re.sub(r'/\*.*?\*/', '', text, flags=re.DOTALL)
    structs = {}
    for name, body in STRUCT.findall(text):
        structs[name] = {field: (kind, bool(star)) for kind, star, field in FIELD.findall(body)}
    return structs


def c_text(text):
    return text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n')


class Context:
    """Where in the HTML the writer stands: between tags, inside a tag, inside a quoted attribute."""

    def __init__(self):
        self.place, self.attribute, self.value, self.element = 'text', '', '', ''

    def state(self):
        return self.place, self.attribute

    def feed(self, text):
        for c in text:
            if self.place == 'text':
                if c == '<':
                    self.place, self.name, self.element = 'tag', '', ''
            elif self.place == 'tag':
                if c in ' >' and not self.element:
                    self.element = self.name
                if c == '>':
                    self.place = 'text'
                elif c == '"':
                    match = re.search(r'([a-z0-9-]+)=$', self.name)
                    if not match:
                        raise Problem('a quote that belongs to no attribute')
                    self.place, self.attribute, self.value = 'value', match.group(1), ''
                elif c == "'":
                    raise Problem('attributes are quoted with "')
                else:
                    self.name += c
                    if re.search(r'(<| )(style|on[a-z]+)=$', ' ' + self.name) or self.name.strip() in ('style',):
                        raise Problem('no inline style or script')
            elif c == '"':
                self.place, self.name, self.attribute = 'tag', '', ''
            else:
                self.value += c


class Compiler:
    def __init__(self, structs, icons, keys, partials):
        self.structs, self.icons, self.keys, self.partials = structs, icons, keys, partials

    # ---- paths ----

    def resolve(self, path, scopes):
        """(C expression, type, is pointer)."""
        if path.isdigit():
            return f'INT64_C({path})', 'int64_t', False
        parts = path.split('.')
        for names in reversed(scopes):
            if parts[0] in names:
                expression, kind, pointer = names[parts[0]]
                break
        else:
            raise Problem(f'unknown field {path}')
        for part in parts[1:]:
            fields = self.structs.get(kind)
            if not fields or part not in fields:
                raise Problem(f'{kind} has no field {part}')
            expression += ('->' if pointer else '.') + part
            kind, pointer = fields[part]
        return expression, kind, pointer

    def condition(self, text, scopes):
        if text in ('@first', '@last'):
            _, loop, _ = self.resolve('@loop', scopes)
            index, count = loop
            return f'{index} == 0' if text == '@first' else f'{index} + 1 == {count}'
        match = re.fullmatch(r'(\S+) is (not )?([A-Z0-9_]+)', text)
        if match:
            expression, _, _ = self.resolve(match.group(1), scopes)
            return f'{expression} {"!=" if match.group(2) else "=="} {match.group(3)}'
        if text.startswith('not '):
            return f'!({self.condition(text[4:], scopes)})'
        expression, kind, pointer = self.resolve(text, scopes)
        if pointer:
            return f'{expression} != NULL'
        tests = {'Str': '.length > 0', 'Url': '.text.length > 0', 'Markup': '.text.length > 0', 'Day': ' > 0',
                 'Moment': '.ms != 0', 'bool': '', 'icon': ' != ICON_NONE'}
        if kind in tests:
            return expression + tests[kind]
        if kind in NUMBERS:
            return f'{expression} != 0'
        fields = self.structs.get(kind, {})
        if 'items' in fields:
            return f'{expression}.count > 0'
        for field in ('fields', 'url', 'action', 'text', 'day'):
            if field in fields:
                dot = {'Fields': '.count > 0'}.get(fields[field][0]) or tests[fields[field][0]]
                return f'{expression}.{field}{dot}'
        raise Problem(f'{kind} is neither there nor not')

    # ---- values ----

    def value(self, path, scopes, context):
        if path == '@index':
            _, (index, _), _ = self.resolve('@loop', scopes)
            self.check_place('number', context)
            return f'html_number(out, (int64_t){index} + 1);'
        expression, kind, pointer = self.resolve(path, scopes)
        if pointer:
            raise Problem(f'{path} is a pointer')
        return self.write(expression, kind, context)

    def check_place(self, kind, context):
        place, attribute = context.state()
        if place == 'tag':
            raise Problem('nothing is written inside a tag but in a quoted attribute')
        if place == 'text':
            if kind == 'Url':
                raise Problem('an address stands in href, src or action only')
            return
        if attribute in URL_ATTRIBUTES:
            if kind == 'Str' and not context.value.startswith(('/', '#', '?')):
                raise Problem(f'{attribute} takes a Url, or begins with a constant')
            return
        if kind == 'Url' or not (attribute in TEXT_ATTRIBUTES or attribute.startswith(('aria-', 'data-'))):
            raise Problem(f'{attribute} takes no such field')

    def write(self, expression, kind, context):
        self.check_place(kind, context)
        if kind == 'Str' and context.attribute in URL_ATTRIBUTES:
            context.value += 'x'
            return f'html_path_segment(out, {expression});'
        writers = {'Str': 'html_text', 'Id': 'html_id', 'Url': 'html_url'}
        if context.place == 'text':
            writers.update({'Day': 'html_day', 'Moment': 'html_moment'})
        context.value += 'x'
        if kind in writers:
            return f'{writers[kind]}(out, {expression});'
        if kind in NUMBERS:
            return f'html_number(out, (int64_t){expression});'
        raise Problem(f'a {kind} cannot be written here')

    def message(self, rest, scopes, context):
        match = re.fullmatch(r'"([a-z0-9_.]+)"((?: [a-z_]+=\S+)*)', rest)
        if not match or match.group(1) not in self.keys:
            raise Problem(f'unknown message {rest}')
        self.check_place('Str', context)
        name = 'MSG_' + match.group(1).upper().replace('.', '_')
        arguments = [self.argument(item, scopes) for item in match.group(2).split()]
        if not arguments:
            return f'html_message(out, {name}, NULL, 0);'
        return f'html_message(out, {name}, (MsgArgument[]){{{", ".join(arguments)}}}, {len(arguments)});'

    def argument(self, item, scopes):
        name, path = item.split('=')
        expression, kind, _ = self.resolve(path, scopes)
        if kind == 'Str':
            return f'{{.name = STR("{name}"), .text = {expression}}}'
        if kind in NUMBERS:
            return f'{{.name = STR("{name}"), .type = ARGUMENT_NUMBER, .number = (int64_t){expression}}}'
        if kind == 'Day':
            return f'{{.name = STR("{name}"), .type = ARGUMENT_DAY, .number = {expression}}}'
        if kind == 'Moment':
            return f'{{.name = STR("{name}"), .type = ARGUMENT_MOMENT, .number = {expression}.ms}}'
        raise Problem(f'a message takes no {kind}')

    def icon(self, rest, scopes):
        if rest.startswith('"'):
            if rest.strip('"') not in self.icons:
                raise Problem(f'unknown icon {rest}')
            return f'html_icon(out, ICON_{self.icons[rest.strip(chr(34))]});'
        expression, kind, _ = self.resolve(rest, scopes)
        if kind != 'icon':
            raise Problem(f'{rest} is no icon')
        return f'html_icon(out, {expression});'

    def partial(self, rest, scopes):
        name, _, path = rest.partition(' ')
        if name not in self.partials:
            raise Problem(f'unknown partial {name}')
        wanted, by_value = self.partials[name]
        expression, kind, pointer = self.resolve(path or '@view', scopes)
        if kind != wanted:
            raise Problem(f'partial {name} takes {wanted}, not {kind}')
        return f'part_{name}(out, {expression if pointer or by_value else "&" + expression});'

    # ---- one template ----

    def compile(self, text, kind, value_name):
        pointer = value_name is None
        names = {'@view': ('view', kind, pointer)}
        if pointer:
            for field, (field_kind, field_pointer) in self.structs[kind].items():
                names[field] = (f'view->{field}', field_kind, field_pointer)
        else:
            names[value_name] = ('view', kind, False)
        self.lines, self.depth = [], 1
        self.scopes, self.context, self.blocks = [names], Context(), []
        at = 0
        for match in TOKEN.finditer(text):
            self.literal(text[at:match.start()], at > 0, True)
            self.line_at = text.count('\n', 0, match.start()) + 1
            self.directive(match)
            at = match.end()
        self.literal(text[at:], True, False)
        if self.blocks:
            raise Problem(f'{self.blocks[-1][0]} is not closed')
        return self.lines

    def emit(self, line):
        self.lines.append('    ' * self.depth + line)

    def literal(self, text, after, before):
        """Line breaks and indentation between tags are for the author only."""
        text = re.sub(r'(>|^)[ ]*\n\s*(?=<|$)', r'\1', text)
        if after and before and '\n' in text and not text.strip() and self.context.place == 'text':
            text = ''
        text = re.sub(r'\s*\n\s*', ' ', text)
        if not text:
            return
        self.context.feed(text)
        if text.endswith('>') and self.context.element == 'textarea':
            # A browser drops one line break after the tag: ours, and not the first of what was typed.
            text += '\n'
        if self.lines and self.lines[-1].endswith('"));') and self.lines[-1].strip().startswith('html_raw') and not self.barrier:
            self.lines[-1] = self.lines[-1][:-4] + c_text(text) + '"));'
        else:
            self.emit(f'html_raw(out, STR("{c_text(text)}"));')
        self.barrier = False

    barrier = True

    def directive(self, match):
        self.barrier = True
        if match.group('raw'):
            expression, kind, _ = self.resolve(match.group('raw'), self.scopes)
            if kind != 'Markup' or self.context.place != 'text':
                raise Problem('only Markup is written as it is, and only between tags')
            self.emit(f'html_markup(out, {expression});')
            return
        word, _, rest = match.group('tag').partition(' ')
        rest = rest.strip()
        if word in ('#if', '#each', '/if', '/each', 'else'):
            self.block(word, rest)
        elif word == 't':
            self.emit(self.message(rest, self.scopes, self.context))
        elif word == 'icon':
            self.expect_text()
            self.emit(self.icon(rest, self.scopes))
        elif word == 'icons':
            self.emit('html_icons(out);')
        elif word == 'weekday':
            self.expect_text()
            self.emit(f'html_weekday(out, {self.resolve(rest, self.scopes)[0]});')
        elif word == 'language':
            self.emit('html_text(out, language_tag((enum language)out->language));')
        elif word == 'asset':
            self.emit(f'html_raw(out, STR(ASSET_{re.sub("[^A-Z0-9]", "_", rest.strip(chr(34)).upper())}));')
        elif word == '>':
            self.expect_text()
            self.emit(self.partial(rest, self.scopes))
        else:
            self.emit(self.value(match.group('tag'), self.scopes, self.context))

    def expect_text(self):
        if self.context.place != 'text':
            raise Problem('this stands between tags only')

    def block(self, word, rest):
        if word == '#if':
            self.emit(f'if ({self.condition(rest, self.scopes)}) {{')
            self.blocks.append(('#if', self.context.state(), 0))
            self.depth += 1
        elif word == 'else':
            self.same_place('#if')
            self.depth -= 1
            self.emit('} else ' + (f'if ({self.condition(rest[3:], self.scopes)}) {{' if rest else '{'))
            self.depth += 1
        elif word == '#each':
            self.begin_loop(rest)
        else:
            self.same_place('#' + word[1:])
            if self.blocks.pop()[0] == '#each':
                self.scopes.pop()
            self.depth -= 1
            self.emit('}')

    def begin_loop(self, rest):
        path, _, name = rest.partition(' as ')
        expression, kind, pointer = self.resolve(path, self.scopes)
        fields = self.structs.get(kind, {})
        if 'items' not in fields or not name:
            raise Problem(f'{rest}: not a list')
        expression += '->' if pointer else '.'
        index = f'i{len(self.scopes)}'
        self.emit(f'for (size_t {index} = 0; {index} < {expression}count; {index}++) {{')
        self.scopes.append({name: (f'{expression}items[{index}]', fields['items'][0], False),
                            '@loop': ('', (index, f'{expression}count'), False)})
        self.blocks.append(('#each', self.context.state(), 0))
        self.depth += 1

    def same_place(self, word):
        if not self.blocks or self.blocks[-1][0] != word:
            raise Problem(f'nothing to end here for {word}')
        if self.blocks[-1][1] != self.context.state():
            raise Problem('a branch ends in another place of the HTML than it began')


def read_template(path):
    text = path.read_text(encoding='utf-8')
    match = re.match(r'\{\{view (\w+)(?: (\w+))?\}\}\n', text)
    if not match:
        raise Problem('begins with {{view Type}}')
    return text, match.end(), match.group(1), match.group(2)


def compile_all(structs, icons, keys, folder):
    """(declarations, definitions) as lines. Raises Problem with file and line."""
    files = sorted(folder.glob('partials/*.html')) + sorted(folder.glob('*.html'))
    partials, heads, bodies = {}, [], []
    for path in files:
        if path.parent.name == 'partials':
            _, _, kind, name = read_template(path)
            partials[path.stem] = (kind, name is not None)
    declarations = []
    for path in files:
        text, start, kind, name = read_template(path)
        compiler = Compiler(structs, icons, keys, partials)
        compiler.line_at = 1
        try:
            if kind not in structs and name is None:
                raise Problem(f'unknown view {kind}')
            lines = compiler.compile(text[start:].rstrip('\n'), kind, name)
        except Problem as problem:
            raise Problem(f'{path}:{compiler.line_at + 1}: {problem}') from None
        page = path.parent.name != 'partials'
        argument = f'const {kind} *view' if name is None else f'{kind} view'
        head = f'{"" if page else "static "}void {"" if page else "part_"}{path.stem}(Html *out, {argument})'
        (declarations if page else heads).append(head + ';')
        bodies += ['', head, '{', '    (void)view;', *lines, '}']
    return declarations, heads + bodies


def main():
    views, icons, ids, folder, header, source = map(pathlib.Path, sys.argv[1:])
    structs = read_structs(views.read_text(encoding='utf-8'))
    names = {file: name for name, file in re.findall(r'X\((\w+), "(\w+)"\)', icons.read_text())}
    keys = {key for path in [ids] for key in re.findall(r'^([a-z0-9_.]+) = ', path.read_text(encoding='utf-8'), re.MULTILINE)}
    try:
        declarations, body = compile_all(structs, names, keys, folder)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    header.write_text('\n'.join(['/* Made by tools/templates.py from pages/. */', '#ifndef PAGES_TEMPLATES_H',
                                 '#define PAGES_TEMPLATES_H', '#include "pages/views.h"', *declarations, '#endif', '']))
    source.write_text('\n'.join(['/* Made by tools/templates.py from pages/. */', '#include "pages/templates.h"',
                                 '#include "pages/assets.h"', '#include "pages/pages.h"', *body, '']))
    return 0


if __name__ == '__main__':
    sys.exit(main())
