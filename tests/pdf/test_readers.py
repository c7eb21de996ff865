#!/usr/bin/env python3
"""test_readers.py - what poppler and qpdf read in a document is what was written: every name of tests/data/names, in every place
where a report has names, letter by letter and in the order of the page.

usage: test_readers.py PDF_SAMPLE      (from the root of the sources)
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import unittest

sys.path.insert(0, 'tools')
import check_pdf  # noqa: E402
from pdf_file import Ref  # noqa: E402

SAMPLE = sys.argv.pop(1)
NAMES = [line for line in pathlib.Path('tests/data/names').read_text().splitlines() if line and not line.startswith('#')]
# Poppler turns text from right to left by the order on paper; marks of the direction that it adds itself are no letters.
ADDED = re.compile('[\u202a-\u202e\u200e\u200f\u2066-\u2069]')


def run(*words):
    return subprocess.run(words, check=True, capture_output=True).stdout.decode()


def plain(text):
    return ADDED.sub('', text)


def runs_left(name):
    return any(unicodedata.bidirectional(c) in ('R', 'AL') for c in name)


def poppler_turns(name):
    """Poppler 22 turns text from right to left letter by letter, whatever stands in it: letters that share a glyph (lam with alef,
    a letter with its marks or a joiner) come out in the wrong order, and brackets beside Latin letters in the wrong place. Such
    names are read by the structure below, as those who listen get them."""
    odd = ('L', 'EN', 'ON', 'NSM', 'BN')
    return runs_left(name) and ('\u0644\u0627' in name or '\u0644\u0623' in name or '\u0644\u0625' in name or
                                any(unicodedata.bidirectional(c) in odd for c in name))


def text_of(document, element):
    """The letters of an element: what it says itself, else those of its codes, then of its parts."""
    said = element['node'].get('ActualText')
    if said is not None:
        return said[2:].decode('utf-16-be')
    out = ''
    for kid in element['kids']:
        node = document.file.get(kid) if isinstance(kid, Ref) else kid
        if isinstance(node, dict) and node.get('Type') == 'MCR':
            out += document.drawn[int(node['Pg']), node['MCID']]
        elif isinstance(node, dict):
            out += text_of(document, document.by_number[int(kid)])
        else:
            out += document.drawn[int(element['node']['Pg']), node]
    return out


def read_structure(data):
    document = check_pdf.Document(data)
    document.by_number = {element['number']: element for element in document.elements}
    document.drawn = {}
    for page, content in zip(document.pages, document.contents):
        names = document.file.get(document.file.get(page['Resources'])['Font'])
        font = None
        for operator, operands, marks in content:
            if operator == 'Tf':
                font = document.fonts[int(names[str(operands[0])])]
            for piece in operands[0] if operator == 'TJ' and 'MCID' in marks[-1][1] else []:
                if isinstance(piece, bytes):
                    key = page['number'], marks[-1][1]['MCID']
                    codes = [int.from_bytes(piece[i:i + 2], 'big') for i in range(0, len(piece), 2)]
                    document.drawn[key] = document.drawn.get(key, '') + ''.join(font.letters[code] for code in codes)
    return [text_of(document, element) for element in document.elements
            if element['node']['S'] in ('H2', 'P', 'LBody', 'TH') and element['node'].get('K')]


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = str(pathlib.Path(cls.folder.name) / 'names.pdf')
        pathlib.Path(cls.file).write_bytes(subprocess.run([SAMPLE, 'names', 'tests/data/names'], check=True, capture_output=True).stdout)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_same_calls_give_the_same_bytes(self):
        again = subprocess.run([SAMPLE, 'names', 'tests/data/names'], check=True, capture_output=True).stdout
        self.assertEqual(pathlib.Path(self.file).read_bytes(), again)

    def test_the_file_is_sound(self):
        self.assertIn('No syntax or stream encoding errors found', run('qpdf', '--check', self.file))

    def test_every_name_comes_back_letter_by_letter(self):
        text = plain(run('pdftotext', '-enc', 'UTF-8', self.file, '-'))
        missing = [name for name in NAMES if not poppler_turns(name) and text.count(name) < 5]
        self.assertLess(sum(map(poppler_turns, NAMES)), len(NAMES) / 8)
        self.assertEqual(missing, [], 'a name does not stand in heading, paragraph, pair, list and cell')

    def test_whoever_listens_hears_every_name_in_the_order_of_the_page(self):
        text = plain(run('pdfinfo', '-struct-text', self.file))
        heard = re.sub(r'\s+', ' ', ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', text)))
        at = 0
        # Poppler reads codes here and not what an element says of itself, which words from right to left and those in which
        # glyphs change places (Bengali, Thai) need.
        moved = ('BENGALI', 'THAI')
        for name in [name for name in NAMES if not runs_left(name) and not unicodedata.name(name[0]).startswith(moved)]:
            for place in ('heading', 'paragraph', 'pair', 'list', 'cell'):
                found = heard.find(re.sub(r'\s+', ' ', name), at)
                self.assertGreaterEqual(found, 0, f'{name} is not heard in its turn as {place}')
                at = found + len(name)

    def test_every_name_of_every_script_stands_in_the_structure_as_it_was_written(self):
        texts = read_structure(pathlib.Path(self.file).read_bytes())
        heads = ['Navn', 'Rolle']
        self.assertEqual(texts, [text for name in NAMES for text in [name, name, name, name, *heads, name]])

    def test_every_font_is_embedded_as_a_subset_and_says_its_letters(self):
        rows = run('pdffonts', self.file).splitlines()[2:]
        self.assertGreater(len(rows), 20)
        for row in rows:
            self.assertRegex(row, r'^[A-Z]{6}\+\S+ +CID TrueType +Identity-H +yes yes yes ')

    def test_readers_know_it_as_tagged_and_titled(self):
        told = run('pdfinfo', self.file)
        self.assertRegex(told, r'Title: +Arkivrapport for logg L-2026-00871')
        self.assertRegex(told, r'Tagged: +yes')

    def test_each_page_says_what_it_is_and_how_many_there_are(self):
        count = int(re.search(r'Pages: +(\d+)', run('pdfinfo', self.file)).group(1))
        for number in (1, count):
            page = run('pdftotext', '-f', str(number), '-l', str(number), self.file, '-')
            for words in (f'Side {number} av {count}', 'Sensitivt', 'laget av Klok Elv 23. november 2026 kl. 10.42'):
                self.assertIn(words, page)

    def test_what_no_font_has_and_what_nobody_sees_is_told_by_its_number(self):
        names, path = pathlib.Path(self.folder.name) / 'odd', pathlib.Path(self.folder.name) / 'odd.pdf'
        names.write_text('Blid \U0001f600 Bj\u00f8rk\nKim \ud55c\nA\u202egnol\u202c\nB\u0007C\u00adD\ue000E\n')
        path.write_bytes(subprocess.run([SAMPLE, 'names', str(names)], check=True, capture_output=True).stdout)
        text = run('pdftotext', '-enc', 'UTF-8', str(path), '-')
        for told in ('Blid [U+1F600] Bj\u00f8rk', 'Kim [U+D55C]', 'A[U+202E]gnol[U+202C]', 'B[U+0007]C[U+00AD]D[U+E000]E'):
            self.assertEqual(text.count(told), 5, told)
        self.assertEqual(list(check_pdf.offences(path.read_bytes())), [])

    def test_no_heading_and_no_heads_of_a_table_stand_alone_at_the_foot_of_a_page(self):
        path = str(pathlib.Path(self.folder.name) / 'feet.pdf')
        pathlib.Path(path).write_bytes(subprocess.run([SAMPLE, 'feet', '90'], check=True, capture_output=True).stdout)
        pages = run('pdftotext', '-layout', path, '-').split('\f')[:-1]
        self.assertGreater(len(pages), 90)
        for page in pages:
            last = [line for line in page.splitlines() if line.strip() and not re.search(r'Side \d+ av', line)][-1]
            self.assertNotRegex(last, r'^ *(Overskrift|Hode)')



if __name__ == '__main__':
    unittest.main(verbosity=0)
