#!/usr/bin/env python3
"""test_generators.py - a mistake in a template or a catalogue stops the build (tools/templates.py, tools/messages.py).

usage: test_generators.py   (from the root of the source)
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
VIEWS = '''typedef struct Links {
    const LinkView *items;
    size_t count;
} Links;
typedef struct LinkView {
    Url url;
    Str text;
} LinkView;
typedef struct PageSmall {
    Str title;
    Markup picture;
    int64_t step;
    Links links;
} PageSmall;
'''
ICONS = 'X(PLUS, "Plus")'
SMALL = '''{{view PageSmall}}
<h1>{{title}}</h1>
{{{picture}}}
<p>{{t "small.of" step=step}} {{icon "Plus"}}</p>
{{#if links}}<ul>{{#each links as link}}<li><a href="{{link.url}}">{{link.text}}</a></li>{{/each}}</ul>{{else}}<p>-</p>{{/if}}
<textarea name="text">{{title}}</textarea>
'''


def run(tool, *arguments):
    result = subprocess.run([sys.executable, ROOT / 'tools' / tool, *arguments], capture_output=True, text=True)
    return result.returncode, result.stderr


class Templates(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / 'pages/partials').mkdir(parents=True)
        for name, text in (('views.h', VIEWS), ('icons.h', ICONS), ('nb.txt', 'small.of = Steg {step}\n')):
            (self.folder / name).write_text(text, encoding='utf-8')

    def compile(self, template):
        (self.folder / 'pages/page_small.html').write_text(template, encoding='utf-8')
        names = ('views.h', 'icons.h', 'nb.txt', 'pages', 'out.h', 'out.c')
        return run('templates.py', *[self.folder / name for name in names])

    def refused(self, body, reason):
        code, text = self.compile('{{view PageSmall}}\n' + body)
        self.assertEqual(code, 1, body)
        self.assertIn(reason, text)
        self.assertIn('page_small.html:2', text)

    def test_a_small_page_is_the_code_we_expect(self):
        self.assertEqual(self.compile(SMALL), (0, ''))
        golden = ROOT / 'tests/golden/page_small.c.txt'
        self.assertEqual((self.folder / 'out.c').read_text(encoding='utf-8'), golden.read_text(encoding='utf-8'))

    def test_an_unknown_field_is_refused(self):
        self.refused('<p>{{name}}</p>', 'unknown field name')
        self.refused('{{#each links as link}}{{link.name}}{{/each}}', 'LinkView has no field name')

    def test_a_text_is_never_written_as_it_is(self):
        self.refused('<p>{{{title}}}</p>', 'only Markup')

    def test_markup_is_not_written_inside_a_tag(self):
        self.refused('<p title="{{{picture}}}"></p>', 'only Markup')

    def test_an_unknown_message_or_icon_is_refused(self):
        self.refused('{{t "small.none"}}', 'unknown message')
        self.refused('{{icon "Minus"}}', 'unknown icon')

    def test_a_text_is_no_address_and_an_address_no_text(self):
        self.refused('<a href="{{title}}">x</a>', 'takes a Url')
        self.refused('{{#each links as link}}{{link.url}}{{/each}}', 'an address stands in href')

    def test_style_and_script_in_the_page_are_refused(self):
        self.refused('<p style="color:red">x</p>', 'no inline style')
        self.refused('<p onclick="x()">x</p>', 'no inline style')

    def test_a_field_without_quotes_is_refused(self):
        self.refused('<p id={{title}}>x</p>', 'in a quoted attribute')

    def test_a_branch_that_leaves_a_tag_open_is_refused(self):
        self.refused('<p{{#if title}}>{{/if}}x</p>', 'another place')


class Messages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def compile(self, source, other):
        for name, text in (('nb.txt', source), ('nn.txt', other)):
            (self.folder / name).write_text(text, encoding='utf-8')
        return run('messages.py', *[self.folder / name for name in ('i.h', 't.h', 't.c', 'nb.txt', 'nn.txt')])

    def refused(self, source, other, reason):
        code, text = self.compile(source, other)
        self.assertEqual(code, 1)
        self.assertIn(reason, text)

    def test_equal_catalogues_become_tables(self):
        self.assertEqual(self.compile('a.b = Hei {name}\n', 'a.b = Hei, {name}\n'), (0, ''))
        self.assertIn('MSG_A_B', (self.folder / 'i.h').read_text())

    def test_a_missing_translation_is_refused(self):
        self.refused('a = en\nb = to\n', 'a = ein\n', 'nn: b is missing')

    def test_a_key_that_the_source_lacks_is_refused(self):
        self.refused('a = en\n', 'a = ein\nb = to\n', 'nn: b is not in the source')

    def test_other_placeholders_are_refused(self):
        self.refused('a = {name}\n', 'a = {namn}\n', 'other placeholders')

    def test_a_key_that_stands_twice_or_is_empty_is_refused(self):
        self.refused('a = en\na = to\n', 'a = ein\n', 'stands twice')
        self.refused('a = en\n', 'a =  \n', 'nn.txt:1')

    def test_a_brace_that_opens_nothing_is_refused(self):
        self.refused('a = {\n', 'a = ein\n', 'opens no placeholder')


if __name__ == '__main__':
    unittest.main()
