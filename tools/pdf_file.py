"""pdf_file.py - reads the objects of a PDF file and the operators of its content, without any library.

Used by tools/check_pdf.py, which must not be told that a file is sound by the program that wrote it.
"""
import re
import zlib

SPACE = b'\0\t\n\f\r '
DELIMITER = b'()<>[]{}/%'
NUMBER = re.compile(rb'[+-]?(\d+\.?\d*|\.\d+)$')


class Broken(Exception):
    """The file is not PDF as ISO 32000-1 has it."""


class Name(str):
    """/Name, apart from text."""


class Word(str):
    """An operator of content, or a keyword."""


class Ref(int):
    """n 0 R"""


class Stream:
    def __init__(self, entries, raw):
        self.entries, self.raw = entries, raw

    def get(self, key, default=None):
        return self.entries.get(key, default)

    def data(self):
        filters = self.entries.get('Filter', [])
        filters = filters if isinstance(filters, list) else [filters]
        data = self.raw
        for name in filters:
            if name != 'FlateDecode':
                raise Broken(f'the filter {name} is not read here')
            try:
                data = zlib.decompress(data)
            except zlib.error as error:
                raise Broken(f'a stream is damaged: {error}') from error
        return data


class Reader:
    """Tokens and values from bytes."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def skip(self):
        while self.at < len(self.data):
            c = self.data[self.at]
            if c in SPACE:
                self.at += 1
            elif c == 0x25:
                while self.at < len(self.data) and self.data[self.at] not in b'\r\n':
                    self.at += 1
            else:
                return

    def ended(self):
        self.skip()
        return self.at >= len(self.data)

    def value(self):
        """The next value; None at the end of an array or dictionary, whose sign stays unread."""
        self.skip()
        two = self.data[self.at:self.at + 2]
        if not two:
            raise Broken('the file ends within a value')
        if two == b'<<':
            return self.dictionary()
        c = two[:1]
        if c == b'[':
            return self.array()
        if c == b'(':
            return self.literal()
        if c == b'<':
            return self.hexadecimal()
        if c == b'/':
            self.at += 1
            return Name(self.word())
        if c in b'])>}':
            return None
        return self.plain()

    def word(self):
        start = self.at
        while self.at < len(self.data) and self.data[self.at] not in SPACE + DELIMITER:
            self.at += 1
        return re.sub(rb'#([0-9A-Fa-f]{2})', lambda m: bytes([int(m.group(1), 16)]), self.data[start:self.at]).decode('latin-1')

    def plain(self):
        word = self.word()
        if not word:
            raise Broken(f'byte {self.at}: neither value nor sign')
        if NUMBER.match(word.encode('latin-1')):
            if word.isdigit():
                follow = re.compile(rb'[\0\t\n\f\r ]+(\d+)[\0\t\n\f\r ]+R(?![A-Za-z])').match(self.data, self.at)
                if follow:
                    self.at = follow.end()
                    return Ref(word)
            return float(word) if '.' in word else int(word)
        return {'true': True, 'false': False}.get(word, Word(word))

    def array(self):
        self.at += 1
        items = []
        while True:
            self.skip()
            if self.data[self.at:self.at + 1] == b']':
                self.at += 1
                return items
            item = self.value()
            if item is None:
                raise Broken(f'byte {self.at}: an array does not end')
            items.append(item)

    def dictionary(self):
        self.at += 2
        entries = {}
        while True:
            self.skip()
            if self.data[self.at:self.at + 2] == b'>>':
                self.at += 2
                return entries
            key = self.value()
            if not isinstance(key, Name):
                raise Broken(f'byte {self.at}: a dictionary has a key that is no name')
            entries[str(key)] = self.value()

    def literal(self):
        self.at += 1
        out, depth = bytearray(), 1
        while self.at < len(self.data):
            c = self.data[self.at]
            self.at += 1
            if c == 0x5C:
                c = self.data[self.at]
                self.at += 1
                out.append({0x6E: 10, 0x72: 13, 0x74: 9}.get(c, c))
                continue
            depth += (c == 0x28) - (c == 0x29)
            if depth == 0:
                return bytes(out)
            out.append(c)
        raise Broken('a string does not end')

    def hexadecimal(self):
        end = self.data.find(b'>', self.at)
        digits = re.sub(rb'[\0\t\n\f\r ]', b'', self.data[self.at + 1:end])
        self.at = end + 1
        if end < 0 or len(digits) % 2 or not re.fullmatch(rb'[0-9A-Fa-f]*', digits):
            raise Broken('6.1.6: a hexadecimal string is odd, or has other signs than digits')
        return bytes.fromhex(digits.decode())


class File:
    """A file whose cross-reference table is a stream, as ours is; older tables are not read."""

    def __init__(self, data):
        self.data = data
        self.objects, self.notes = {}, []
        self.places = {}
        found = re.search(rb'startxref\s+(\d+)\s+%%EOF', data[-1024:])
        if not found:
            raise Broken('there is no startxref at the end')
        number, table = self.object_at(int(found.group(1)))
        self.trailer = table.entries if isinstance(table, Stream) else {}
        if self.trailer.get('Type') != 'XRef':
            raise Broken('startxref does not lead to a cross-reference stream')
        self.read_places(table)
        self.objects[number] = table
        for number in sorted(self.places):
            self.load(number)

    def read_places(self, table):
        widths, rows = self.trailer['W'], table.data()
        size = sum(widths)
        if len(rows) % size or len(rows) // size != self.trailer['Size']:
            raise Broken('6.1.4: the cross-reference stream has another length than /Size says')
        for number in range(len(rows) // size):
            row, fields = rows[number * size:(number + 1) * size], []
            for width in widths:
                fields.append(int.from_bytes(row[:width], 'big'))
                row = row[width:]
            if fields[0]:
                self.places[number] = fields

    def object_at(self, at):
        head = re.compile(rb'(\d+) (\d+) obj\n').match(self.data, at)
        if not head:
            raise Broken(f'6.1.9: no object begins at byte {at}')
        reader = Reader(self.data, head.end())
        value = reader.value()
        tail = re.compile(rb'\s*stream(\r\n|\n)').match(self.data, reader.at)
        if not tail:
            if not re.compile(rb'\s*endobj').match(self.data, reader.at):
                raise Broken(f'6.1.9: the object at byte {at} does not end')
            return int(head.group(1)), value
        length = value.get('Length')
        end = tail.end() + (length if isinstance(length, int) else 0)
        if not re.compile(rb'(\r\n|\n|\r)endstream\s+endobj').match(self.data, end):
            raise Broken(f'6.1.7.1: the stream of object {int(head.group(1))} is not as long as /Length says')
        return int(head.group(1)), Stream(value, self.data[tail.end():end])

    def load(self, number):
        if number in self.objects:
            return self.objects[number]
        kind, where, turn = self.places[number]
        if kind == 1:
            found, value = self.object_at(where)
            if found != number:
                raise Broken(f'6.1.4: the table leads to object {found} instead of {number}')
        else:
            value = self.in_pack(where, turn, number)
        self.objects[number] = value
        return value

    def in_pack(self, pack, turn, number):
        stream = self.load(pack)
        packed = getattr(stream, 'unpacked', None)
        if packed is None:
            data, first = stream.data(), stream.get('First')
            heads = [int(word) for word in data[:first].split()]
            packed = []
            for i in range(stream.get('N')):
                packed.append((heads[2 * i], Reader(data, first + heads[2 * i + 1]).value()))
            stream.unpacked = packed
        if turn >= len(packed) or packed[turn][0] != number:
            raise Broken(f'6.1.4: object {number} is not in its pack')
        return packed[turn][1]

    def get(self, value):
        """What a reference leads to; any other value as it is."""
        if isinstance(value, Ref):
            return self.objects.get(int(value))
        return value


def operators(data):
    """(operator, operands) of content, one after the other."""
    reader, operands = Reader(data), []
    while not reader.ended():
        value = reader.value()
        if isinstance(value, Word) and value != 'null':
            yield str(value), operands
            operands = []
        elif value is None:
            raise Broken('6.2.2: content has a sign that belongs to nothing')
        else:
            operands.append(value)
    if operands:
        raise Broken('6.2.2: content ends with operands of nothing')
