#!/usr/bin/env python3
"""test_checker.py - tools/check_pdf.py finds nothing in our documents, and finds each of the ways in which one is broken here, by
the clause that it breaks.

usage: test_checker.py PDF_SAMPLE      (from the root of the sources)
"""
import re
import subprocess
import sys
import unittest

sys.path.insert(0, 'tools')
import check_pdf  # noqa: E402
from pdf_file import File, Reader  # noqa: E402

SAMPLE = sys.argv.pop(1)


def made(*words):
    return subprocess.run([SAMPLE, *words], check=True, capture_output=True).stdout


def rebuilt(data, change):
    """The file once more, each object written out alone as `change` leaves it (bytes to bytes): change(number, body) with the body
    as it stands between `obj` and `endobj`, streams unsqueezed."""
    file = File(data)
    out, places = bytearray(data[:data.index(b'\n', 9) + 1]), {}
    packs = {where for kind, where, _ in file.places.values() if kind == 2}
    for number, (kind, where, turn) in sorted(file.places.items()):
        if number in packs or getattr(file.objects[number], 'entries', {}).get('Type') == 'XRef':
            continue
        body = change(number, body_of(file, number, kind, where, turn))
        places[number] = len(out)
        out += b'%d 0 obj\n%s\nendobj\n' % (number, body)
    count = max(places) + 2
    rows = b''.join(bytes([1]) + places[n].to_bytes(5, 'big') + b'\0\0' if n in places else b'\0' * 8 for n in range(count - 1))
    at = len(out)
    rows += bytes([1]) + at.to_bytes(5, 'big') + b'\0\0'
    trailer = re.search(rb'/Root \d+ 0 R/Info \d+ 0 R/ID\[[^]]*\]', data).group()
    out += b'%d 0 obj\n<</Type/XRef/Size %d/W[1 5 2]%s/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n' % (
        count - 1, count, trailer, len(rows), rows, at)
    return bytes(out)


def body_of(file, number, kind, where, turn):
    if kind == 2:
        pack = file.objects[where]
        unpacked, first = pack.data(), pack.get('First')
        at = first + int(unpacked[:first].split()[2 * turn + 1])
        reader = Reader(unpacked, at)
        reader.value()
        return unpacked[at:reader.at]
    head = re.compile(rb'\d+ 0 obj\n').match(file.data, where).end()
    value = file.objects[number]
    if not hasattr(value, 'raw'):
        return file.data[head:file.data.index(b'\nendobj', head)]
    entries = file.data[head:file.data.index(b'stream\n', head)].strip()
    entries = re.sub(rb'/Length \d+>>$', b'', entries).replace(b'/Filter/FlateDecode', b'')
    content = value.data()
    return entries + b'/Length %d>>\nstream\n%s\nendstream' % (len(content), content)


def replaced(old, new, count=1):
    """A change of the first body that has `old`; the length of a stream is told anew."""
    left = [count]

    def change(number, body):
        if left[0] == 0 or not re.search(old, body, re.DOTALL):
            return body
        left[0] -= 1
        body = re.sub(old, new, body, count=1, flags=re.DOTALL)
        stream = re.search(rb'/Length (\d+)>>\nstream\n(.*)\nendstream$', body, re.DOTALL)
        if stream:
            body = body[:stream.start(1)] + b'%d' % len(stream.group(2)) + body[stream.end(1):]
        return body
    return change


# what is broken: the clause that has to be named, what is looked for, what stands there instead
WAYS = {
    'metadata claim another level': ('19005-2', '6.6.4', rb'<pdfaid:conformance>A<', b'<pdfaid:conformance>B<'),
    'metadata do not claim PDF/UA': ('14289-1', '5', rb'<pdfuaid:part>1<', b'<pdfuaid:part>7<'),
    'the words of PDF/UA are not explained': ('19005-2', '6.6.2.3', rb'ns/id/</pdfaSchema:namespaceURI>', b'ns/x/</pdfaSchema:namespaceURI>'),
    'the older dictionary has another title': ('19005-2', '6.6.3', rb'<</Title<FEFF0041', b'<</Title<FEFF0042'),
    'the language is missing': ('14289-1', '7.2', rb'/Lang\(nb\)', b''),
    'the language is none': ('19005-2', '6.7.4', rb'/Lang\(nb\)', b'/Lang(norsk bokm)'),
    'the file is not said to be marked': ('19005-2', '6.7.2.2', rb'/Marked true', b'/Marked false'),
    'the window shows the name of the file': ('14289-1', '7.1', rb'/DisplayDocTitle true', b'/DisplayDocTitle false'),
    'there is no output intent': ('19005-2', '6.2.3', rb'/OutputIntents\[\d+ 0 R\]', b''),
    'the profile is not whole': ('19005-2', '6.2.3', rb'acspXXX|(?<=\0)acsp', b'acsq'),
    'a font is not inside the file': ('19005-2', '6.2.11.4.1', rb'/FontFile2 \d+ 0 R', b''),
    'a font does not say its letters': ('19005-2', '6.2.11.7.2', rb'/ToUnicode \d+ 0 R', b''),
    'a code says no letter': ('19005-2', '6.2.11.7.2', rb'<0001><[0-9A-F]+>', b'<0001><0000>'),
    'a code says a letter of its font alone': ('19005-2', '6.2.11.7.3', rb'<0001><[0-9A-F]+>', b'<0001><E000>'),
    'a width is another than in the font': ('19005-2', '6.2.11.5', rb'/W\[0\[(\d+) \d+ ', rb'/W[0[\1 99 '),
    'the sign for missing letters is shown': ('19005-2', '6.2.11.8', rb'\[<0001', b'[<0000'),
    'text is drawn that is no content': ('14289-1', '7.1', rb'/H1<</MCID 0>>BDC\n(.*?)EMC\n', rb'\1'),
    'a content has another parent than the list says': ('14289-1', '7.1', rb'^\[(\d+ 0 R) (\d+ 0 R)', rb'[\2 \1'),
    'a heading leaves out a level': ('14289-1', '7.4.2', rb'<</S/H2/', b'<</S/H3/'),
    'a head does not say of what': ('14289-1', '7.5', rb'/A<</O/Table/Scope/Column>>', b''),
    'a cell stands in no row': ('14289-1', '7.2', rb'<</S/TR/', b'<</S/Sect/'),
    'an element is of a type of its own': ('19005-2', '6.7.3.4', rb'<</S/LBody/', b'<</S/Textbox/'),
    'a list does not say how it is counted': ('14289-1', '7.6', rb'/A<</O/List/ListNumbering/None>>', b''),
    'a page is gone through in another order': ('14289-1', '7.18.3', rb'/Tabs/S', b'/Tabs/R'),
    'a colour has no intent': ('19005-2', '6.2.4.3', rb'\n0 g\n', b'\n0 0 0 1 k\n'),
    'an operator is none': ('19005-2', '6.2.2', rb'\n0 g\n', b'\n0 gg\n'),
    'something acts when it is opened': ('19005-2', '6.5.1', rb'/PageMode/UseOutlines', b'/OpenAction<</S/JavaScript/JS(x)>>'),
    'something is attached': ('19005-2', '6.8', rb'/PageMode/UseOutlines', b'/AF[]'),
}


class Checker(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.log = made('log', '3')

    def found(self, data):
        return list(check_pdf.offences(data))

    def test_nothing_is_found_in_names_of_all_scripts(self):
        self.assertEqual(self.found(made('names', 'tests/data/names')), [])

    def test_nothing_is_found_in_a_log_of_many_pages(self):
        self.assertEqual(self.found(made('log', '120')), [])

    def test_nothing_is_found_in_a_file_that_is_only_written_anew(self):
        self.assertEqual(self.found(rebuilt(self.log, lambda number, body: body)), [])

    def test_each_way_of_breaking_is_found_by_its_clause(self):
        plain = rebuilt(self.log, lambda number, body: body)
        for way, (standard, clause, old, new) in WAYS.items():
            with self.subTest(way):
                broken = rebuilt(self.log, replaced(old, new))
                self.assertNotEqual(broken, plain, 'nothing was broken')
                clauses = [(s, c) for s, c, _ in self.found(broken)]
                self.assertIn((standard, clause), clauses)

    def test_a_file_that_is_broken_as_a_file_is_found(self):
        for clause, broken in {
            '6.1.2': b'%PDF-2.0' + self.log[8:],
            '6.1.3': self.log + b'more',
            '6.1.9': re.sub(rb'\n(\d+) 0 obj\n', rb'\n\1 0 obx\n', self.log, count=1),
            '6.1.7.1': re.sub(rb'/Length (\d+)>>', lambda m: b'/Length %s>>' % (b'9' * len(m.group(1))), self.log, count=1),
        }.items():
            with self.subTest(clause):
                self.assertIn(('19005-2', clause), [(s, c) for s, c, _ in self.found(broken)])

    def test_every_clause_is_told_with_its_number(self):
        listed = subprocess.run([sys.executable, 'tools/check_pdf.py', '--list'], check=True, capture_output=True, text=True).stdout
        self.assertEqual(len(listed.splitlines()), len(check_pdf.CLAUSES))
        self.assertGreater(len(check_pdf.CLAUSES), 45)


if __name__ == '__main__':
    unittest.main(verbosity=0)
