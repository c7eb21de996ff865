#!/usr/bin/env python3
"""check_pdf.py - holds a PDF file against PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

usage: check_pdf.py FILE ...     says each offence with its clause; exit 1 when there is one
       check_pdf.py --list       the clauses that are looked at

It knows what our documents are made of: text in embedded TrueType fonts, lines, tags. What they never have (pictures, forms,
annotations, scripts, attachments, layers) it refuses outright, under the clause that bounds it. What no program can judge (whether
a heading is one, whether the order makes sense) it leaves to people.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree

from pdf_file import Broken, File, Name, Ref, Stream, operators

STANDARD = set('Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody '
               'Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP '
               'Figure Formula Form'.split())
OPERATORS = set("b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri "
                "s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split())
SHOWS = {'Tj', 'TJ', "'", '"'}
PAINTS = {'S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'sh', 'Do', 'BI'}
RDF = '{http://www.w3.org/1999/02/22-rdf-syntax-ns#}'
KNOWN_SCHEMAS = ('http://purl.org/dc/elements/1.1/', 'http://ns.adobe.com/pdf/1.3/', 'http://ns.adobe.com/xap/1.0/',
                 'http://www.aiim.org/pdfa/ns/id/', 'http://www.aiim.org/pdfa/ns/extension/')
UA = '{http://www.aiim.org/pdfua/ns/id/}'
A = '{http://www.aiim.org/pdfa/ns/id/}'


# ---- what several clauses ask ----

class Document:
    def __init__(self, data):
        self.data, self.file = data, File(data)
        get = self.file.get
        self.catalog = get(self.file.trailer.get('Root')) or {}
        self.pages = list(self.walk_pages(self.catalog.get('Pages'), None))
        self.tree = get(self.catalog.get('StructTreeRoot')) or {}
        self.elements = list(self.walk_tree(self.tree.get('K'), None, set()))
        self.contents = [self.read_content(page) for page in self.pages]
        self.fonts = self.read_fonts()
        self.xmp = self.read_xmp()

    def walk_pages(self, ref, inherited):
        node = self.file.get(ref) or {}
        inherited = node.get('Resources', inherited)
        if node.get('Type') == 'Page':
            yield {**node, 'Resources': inherited, 'number': int(ref)}
        for kid in self.file.get(node.get('Kids')) or []:
            yield from self.walk_pages(kid, inherited)

    def walk_tree(self, kid, parent, seen):
        """Each element with its parent, its own number, and its kids as they stand."""
        for one in kid if isinstance(kid, list) else [kid]:
            node = self.file.get(one)
            if not isinstance(node, dict) or node.get('Type') in ('MCR', 'OBJR') or not isinstance(one, Ref) or int(one) in seen:
                continue
            seen.add(int(one))
            kids = node.get('K', [])
            element = {'node': node, 'number': int(one), 'parent': parent, 'kids': kids if isinstance(kids, list) else [kids]}
            yield element
            yield from self.walk_tree(kids, element, seen)

    def read_content(self, page):
        """Operators of the page, each with the marks around it: (operator, operands, [(tag, properties), ...])."""
        parts = page.get('Contents', [])
        data = b'\n'.join(self.file.get(part).data() for part in (parts if isinstance(parts, list) else [parts]))
        marks, out = [], []
        for operator, operands in operators(data):
            if operator in ('BDC', 'BMC'):
                properties = operands[1] if operator == 'BDC' and len(operands) > 1 else {}
                marks = marks + [(str(operands[0]), properties if isinstance(properties, dict) else {})]
            out.append((operator, operands, marks))
            if operator == 'EMC':
                if not marks:
                    raise Broken('6.2.2: an EMC ends nothing')
                marks = marks[:-1]
        if marks:
            raise Broken('6.2.2: a marked content does not end')
        return out

    def read_fonts(self):
        """Fonts by their number, with the codes that pages show in them (as text that is drawn)."""
        fonts = {}
        for page, content in zip(self.pages, self.contents):
            names = self.file.get((self.file.get(page['Resources']) or {}).get('Font')) or {}
            font = None
            for operator, operands, _ in content:
                if operator == 'Tf':
                    ref = names.get(str(operands[0]))
                    font = fonts.setdefault(int(ref), Font(self, ref)) if isinstance(ref, Ref) else None
                elif operator in SHOWS and font:
                    for piece in operands[0] if isinstance(operands[0], list) else [operands[0]]:
                        if isinstance(piece, bytes):
                            font.shown |= {int.from_bytes(piece[i:i + 2], 'big') for i in range(0, len(piece), 2)}
        return fonts

    def read_xmp(self):
        stream = self.file.get(self.catalog.get('Metadata'))
        if not isinstance(stream, Stream):
            return None
        try:
            return ElementTree.fromstring(stream.data().decode('utf-8').strip())
        except (ElementTree.ParseError, UnicodeDecodeError):
            return None

    def xmp_value(self, tag):
        for description in self.xmp.iter(RDF + 'Description') if self.xmp is not None else ():
            found = description.find(tag)
            if found is not None:
                inner = found.find('.//' + RDF + 'li')
                return (inner if inner is not None else found).text
            if tag in description.attrib:
                return description.attrib[tag]
        return None

    def every_value(self):
        stack = [*self.file.objects.values()]
        while stack:
            value = stack.pop()
            yield value
            if isinstance(value, Stream):
                value = value.entries
            if isinstance(value, dict):
                stack.extend(value.values())
            elif isinstance(value, list):
                stack.extend(value)

    def dictionaries(self):
        for value in self.every_value():
            if isinstance(value, (dict, Stream)):
                yield value.entries if isinstance(value, Stream) else value


class Font:
    """A composite font: dictionary, descendant, and what its file holds."""

    def __init__(self, document, ref):
        get = document.file.get
        self.shown = set()
        self.dictionary = get(ref) or {}
        self.name = str(self.dictionary.get('BaseFont', '?'))
        self.below = get((get(self.dictionary.get('DescendantFonts')) or [None])[0]) or {}
        self.descriptor = get(self.below.get('FontDescriptor')) or {}
        program = get(self.descriptor.get('FontFile2'))
        self.program = program.data() if isinstance(program, Stream) else b''
        glyphs = get(self.below.get('CIDToGIDMap'))
        self.glyphs = glyphs.data() if isinstance(glyphs, Stream) else None
        letters = get(self.dictionary.get('ToUnicode'))
        self.letters = self.read_letters(letters.data()) if isinstance(letters, Stream) else None
        self.tables = self.read_tables()

    @staticmethod
    def read_letters(data):
        found = {}
        for block in re.findall(rb'beginbfchar(.*?)endbfchar', data, re.DOTALL):
            for code, text in re.findall(rb'<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>', block):
                found[int(code, 16)] = bytes.fromhex(text.decode()).decode('utf-16-be', 'surrogatepass')
        return found

    def read_tables(self):
        count = int.from_bytes(self.program[4:6], 'big')
        tables = {}
        for i in range(count):
            row = self.program[12 + 16 * i:28 + 16 * i]
            offset, length = int.from_bytes(row[8:12], 'big'), int.from_bytes(row[12:16], 'big')
            tables[row[:4].decode('latin-1')] = self.program[offset:offset + length]
        return tables

    def glyph_of(self, code):
        return int.from_bytes(self.glyphs[2 * code:2 * code + 2], 'big') if self.glyphs and 2 * code + 1 < len(self.glyphs) else 0

    def glyph_count(self):
        return int.from_bytes(self.tables.get('maxp', b'')[4:6], 'big')

    def width_in_program(self, glyph):
        em = int.from_bytes(self.tables['head'][18:20], 'big')
        metrics = int.from_bytes(self.tables['hhea'][34:36], 'big')
        at = 4 * min(glyph, metrics - 1)
        return int.from_bytes(self.tables['hmtx'][at:at + 2], 'big') * 1000 / em

    def width_in_dictionary(self, code):
        widths, i = self.below.get('W', []), 0
        while i < len(widths):
            if isinstance(widths[i + 1], list):
                if widths[i] <= code < widths[i] + len(widths[i + 1]):
                    return widths[i + 1][code - widths[i]]
                i += 2
            else:
                if widths[i] <= code <= widths[i + 1]:
                    return widths[i + 2]
                i += 3
        return self.below.get('DW', 1000)


def has_key(document, *keys):
    return [key for entries in document.dictionaries() for key in keys if key in entries]


# ---- the clauses ----

CLAUSES = []


def clause(standard, number, words):
    def take(function):
        CLAUSES.append((standard, number, words, function))
        return function
    return take


@clause('19005-2', '6.1.2', 'the file begins with %PDF-1.n, and its second line is a comment of four bytes over 127')
def _(d):
    if not re.match(rb'%PDF-1\.[0-7](\r\n|\n|\r)%[\x80-\xff]{4}', d.data):
        yield 'the first two lines are others'


@clause('19005-2', '6.1.3', 'the trailer has an ID and no Encrypt; nothing follows the last %%EOF')
def _(d):
    ids = d.file.trailer.get('ID')
    if not (isinstance(ids, list) and len(ids) == 2 and all(isinstance(i, bytes) and len(i) >= 16 for i in ids)):
        yield 'there is no ID of two strings'
    if 'Encrypt' in d.file.trailer:
        yield 'the file is encrypted'
    if not re.search(rb'%%EOF(\r\n|\n|\r)?$', d.data):
        yield 'something follows the end'


@clause('19005-2', '6.1.7.1', 'no stream has its data outside the file')
def _(d):
    for key in {'F', 'FFilter', 'FDecodeParms'}:
        for value in d.file.objects.values():
            if isinstance(value, Stream) and key in value.entries:
                yield f'a stream has /{key}'


@clause('19005-2', '6.1.7.2', 'no stream is squeezed with LZW or a crypt filter')
def _(d):
    for value in d.file.objects.values():
        if isinstance(value, Stream):
            names = value.get('Filter', [])
            for name in names if isinstance(names, list) else [names]:
                if name in ('LZWDecode', 'LZW', 'Crypt'):
                    yield f'a stream is filtered with {name}'


@clause('19005-2', '6.1.8', 'names are UTF-8')
def _(d):
    for font in d.fonts.values():
        try:
            font.name.encode('latin-1').decode('utf-8')
        except UnicodeDecodeError:
            yield f'the font name {font.name!r} is not'


@clause('19005-2', '6.1.12', 'no permissions but those of signatures')
def _(d):
    if set(d.catalog.get('Perms', {})) - {'UR3', 'DocMDP'}:
        yield 'the catalog has other Perms'


@clause('19005-2', '6.1.13', 'numbers, strings, names and the count of objects keep to the limits of readers')
def _(d):
    if len(d.file.objects) > 8388607:
        yield 'there are too many objects'
    for value in d.every_value():
        if isinstance(value, int) and abs(int(value)) > 2147483647:
            yield f'the number {value} is too large'
        if isinstance(value, bytes) and len(value) > 32767:
            yield 'a string has more than 32,767 bytes'
        if isinstance(value, Name) and len(value) > 127:
            yield 'a name has more than 127 bytes'
    for page in d.pages:
        box = d.file.get(page.get('MediaBox', [0, 0, 0, 0]))
        if not all(3 <= side <= 14400 for side in (box[2] - box[0], box[3] - box[1])):
            yield f'page {page["number"]} is too small or too large'
    for number, content in enumerate(d.contents, 1):
        depth = deepest = 0
        for operator, _, _ in content:
            depth += (operator == 'q') - (operator == 'Q')
            deepest = max(deepest, depth)
        if deepest > 28 or depth:
            yield f'page {number} saves its state too often, or does not give it back'


@clause('19005-2', '6.2.2', 'content has operators of ISO 32000-1 only, and its page names what they ask for')
def _(d):
    for number, (page, content) in enumerate(zip(d.pages, d.contents), 1):
        fonts = d.file.get((d.file.get(page['Resources']) or {}).get('Font')) or {}
        for operator, operands, _ in content:
            if operator not in OPERATORS:
                yield f'page {number}: {operator} is no operator'
            if operator == 'Tf' and str(operands[0]) not in fonts:
                yield f'page {number}: the font {operands[0]} is not in its resources'


def profile_of(d):
    intents = [d.file.get(i) for i in d.file.get(d.catalog.get('OutputIntents')) or []]
    intents = [i for i in intents if i.get('S') == 'GTS_PDFA1']
    stream = d.file.get(intents[0].get('DestOutputProfile')) if len(intents) == 1 else None
    return stream if isinstance(stream, Stream) else None


@clause('19005-2', '6.2.3', 'one output intent, with a whole profile of a device')
def _(d):
    stream = profile_of(d)
    if stream is None:
        yield 'there is no output intent GTS_PDFA1 with a profile'
        return
    data, components = stream.data(), {b'GRAY': 1, b'RGB ': 3, b'CMYK': 4}
    if len(data) < 132 or int.from_bytes(data[:4], 'big') != len(data) or data[36:40] != b'acsp':
        yield 'the profile is not whole'
    elif data[12:16] not in (b'prtr', b'mntr') or data[8] > 4 or components.get(data[16:20]) != stream.get('N'):
        yield 'the profile is of another kind than its stream says'
    elif not {b'desc', b'cprt', b'wtpt'} <= {data[132 + 12 * i:136 + 12 * i] for i in range(int.from_bytes(data[128:132], 'big'))}:
        yield 'the profile lacks a tag'
    if has_key(d, 'DestOutputProfileRef'):
        yield 'a profile is outside the file'


@clause('19005-2', '6.2.4.3', 'colours are those of the output intent')
def _(d):
    stream = profile_of(d)
    rgb = stream is not None and stream.get('N') == 3
    for number, content in enumerate(d.contents, 1):
        for operator, _, _ in content:
            if operator in ('k', 'K') or (operator in ('rg', 'RG') and not rgb) or (operator in ('g', 'G') and stream is None):
                yield f'page {number}: a colour by {operator} has no intent'
            if operator in ('cs', 'CS', 'sc', 'SC', 'scn', 'SCN', 'sh'):
                yield f'page {number}: a colour space by {operator} is not looked into'


@clause('19005-2', '6.2.8', 'no pictures, forms, patterns or states beside the pages: none is looked into')
def _(d):
    for page in d.pages:
        more = set(d.file.get(page['Resources']) or {}) - {'Font', 'ProcSet'}
        if more:
            yield f'page {page["number"]} has {", ".join(sorted(more))}'
    for number, content in enumerate(d.contents, 1):
        if any(operator in ('Do', 'BI', 'gs') for operator, _, _ in content):
            yield f'page {number} draws one'


@clause('19005-2', '6.2.10', 'nothing is transparent')
def _(d):
    if any('Group' in page for page in d.pages) or has_key(d, 'SMask', 'ca', 'CA', 'BM'):
        yield 'there is a group, a mask or an opacity'


@clause('19005-2', '6.2.11.2', 'fonts are of a kind that ISO 32000-1 has')
def _(d):
    for font in d.fonts.values():
        if (font.dictionary.get('Type'), font.dictionary.get('Subtype'), font.below.get('Subtype')) != ('Font', 'Type0', 'CIDFontType2'):
            yield f'{font.name} is of another kind'


@clause('19005-2', '6.2.11.3.2', 'a TrueType font says which glyph each code is')
def _(d):
    for font in d.fonts.values():
        if font.glyphs is None and font.below.get('CIDToGIDMap') != 'Identity':
            yield f'{font.name} does not'


@clause('19005-2', '6.2.11.3.3', 'codes are read by Identity-H')
def _(d):
    for font in d.fonts.values():
        if font.dictionary.get('Encoding') != 'Identity-H':
            yield f'{font.name} is read in another way'


@clause('19005-2', '6.2.11.4.1', 'the program of every font is inside the file')
def _(d):
    for font in d.fonts.values():
        if not {'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'} <= set(font.tables):
            yield f'{font.name} is not, or not whole'
    if not d.fonts and any(operator in SHOWS for content in d.contents for operator, _, _ in content):
        yield 'text is shown in no font'


@clause('19005-2', '6.2.11.4.2', 'a subset has every glyph that is shown')
def _(d):
    for font in d.fonts.values():
        if not re.match(r'[A-Z]{6}\+', font.name):
            yield f'{font.name} does not say that it is a subset'
        for code in font.shown:
            if font.glyph_of(code) >= font.glyph_count():
                yield f'{font.name} lacks the glyph of code {code}'


@clause('19005-2', '6.2.11.5', 'widths in the dictionary are those of the font')
def _(d):
    for font in d.fonts.values():
        for code in sorted(font.shown) if 'hmtx' in font.tables else ():
            glyph = font.glyph_of(code)
            if abs(font.width_in_program(glyph) - font.width_in_dictionary(code)) > 1:
                yield f'{font.name}: that of code {code} is not'
                break


@clause('19005-2', '6.2.11.7.2', 'every code says its letters, and none says U+0000, U+FEFF or U+FFFE')
def _(d):
    for font in d.fonts.values():
        if font.letters is None:
            yield f'{font.name} has no ToUnicode'
            continue
        for code in font.shown:
            text = font.letters.get(code, '')
            if not text or set(text) & {'\0', '\ufeff', '\ufffe'}:
                yield f'{font.name}: code {code} says {text!r}'


@clause('19005-2', '6.2.11.7.3', 'no letter is one that only this font knows')
def _(d):
    for font in d.fonts.values():
        for code in font.shown:
            if any(0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0xF0000 for c in (font.letters or {}).get(code, '')):
                yield f'{font.name}: code {code} is of a private area'


@clause('19005-2', '6.2.11.8', 'the glyph for what is missing is never shown')
def _(d):
    for font in d.fonts.values():
        for code in font.shown:
            if font.glyph_of(code) == 0:
                yield f'{font.name} shows it for code {code}'


@clause('19005-2', '6.3.1', 'there are no annotations: none is looked into')
def _(d):
    if any(page.get('Annots') for page in d.pages):
        yield 'a page has some'


@clause('19005-2', '6.4.1', 'there is no form')
def _(d):
    if 'AcroForm' in d.catalog or has_key(d, 'XFA'):
        yield 'there is one'


@clause('19005-2', '6.5.1', 'nothing acts')
def _(d):
    for key in ('OpenAction', 'JavaScript', 'JS'):
        if has_key(d, key):
            yield f'there is /{key}'
    if any(entries.get('S') in ('Launch', 'Sound', 'Movie', 'ResetForm', 'ImportData', 'Hide', 'SetOCGState', 'Rendition', 'Trans',
                                'GoTo3DView', 'JavaScript') for entries in d.dictionaries()):
        yield 'there is an action'


@clause('19005-2', '6.5.2', 'nothing acts when the file is opened, a page turned')
def _(d):
    if has_key(d, 'AA'):
        yield 'there is /AA'


@clause('19005-2', '6.6.2.1', 'the catalog has metadata, and they are XMP that can be read')
def _(d):
    stream = d.file.get(d.catalog.get('Metadata'))
    if d.xmp is None:
        yield 'there are none, or they cannot be read'
    elif stream.get('Type') != 'Metadata' or stream.get('Subtype') != 'XML':
        yield 'their stream has another type'
    elif re.search(rb'<\?xpacket begin=[^?]*(bytes|encoding)=', stream.data()):
        yield 'their packet says its bytes or its encoding'


@clause('19005-2', '6.6.2.3', 'what the metadata say in other words than the known ones is explained there')
def _(d):
    if d.xmp is None:
        return
    explained = {node.text for node in d.xmp.iter('{http://www.aiim.org/pdfa/ns/schema#}namespaceURI')}
    for description in d.xmp.iter(RDF + 'Description'):
        for node in description:
            space = node.tag[1:].split('}')[0]
            if space not in KNOWN_SCHEMAS and space not in explained:
                yield f'{space} is not'


@clause('19005-2', '6.6.3', 'the older dictionary says the same as the metadata')
def _(d):
    info = d.file.get(d.file.trailer.get('Info')) or {}
    title = info.get('Title', b'')
    title = title[2:].decode('utf-16-be') if title.startswith(b'\xfe\xff') else title.decode('latin-1')
    if title and title != d.xmp_value('{http://purl.org/dc/elements/1.1/}title'):
        yield 'the title differs'
    if info.get('Producer', b'').decode('latin-1') != (d.xmp_value('{http://ns.adobe.com/pdf/1.3/}Producer') or ''):
        yield 'the producer differs'
    made = re.sub(r'\D', '', info.get('CreationDate', b'').decode('latin-1'))
    if made != re.sub(r'\D', '', d.xmp_value('{http://ns.adobe.com/xap/1.0/}CreateDate') or ''):
        yield 'the time of making differs'


@clause('19005-2', '6.6.4', 'the metadata claim part 2, level A')
def _(d):
    if (d.xmp_value(A + 'part'), d.xmp_value(A + 'conformance')) != ('2', 'A'):
        yield 'they do not'


@clause('19005-2', '6.7.2.2', 'the file says that it is marked')
def _(d):
    if d.file.get(d.catalog.get('MarkInfo', {})).get('Marked') is not True:
        yield 'it does not'


@clause('19005-2', '6.7.3.3', 'there is a tree of structure')
def _(d):
    if d.tree.get('Type') != 'StructTreeRoot' or not d.elements:
        yield 'there is none'


@clause('19005-2', '6.7.3.4', 'every element is of a standard type')
def _(d):
    for element in d.elements:
        if element['node'].get('S') not in STANDARD:
            yield f'{element["node"].get("S")} is none'


@clause('19005-2', '6.7.4', 'languages are named as BCP 47 has it')
def _(d):
    for entries in d.dictionaries():
        language = entries.get('Lang')
        if isinstance(language, bytes) and not re.fullmatch(rb'[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*', language):
            yield f'{language!r} is none'


@clause('19005-2', '6.8', 'nothing is attached')
def _(d):
    if has_key(d, 'EmbeddedFiles', 'EF', 'AF'):
        yield 'something is'


@clause('19005-2', '6.9', 'there are no layers')
def _(d):
    if 'OCProperties' in d.catalog:
        yield 'there are'


@clause('19005-2', '6.10', 'there is no other way to present the pages')
def _(d):
    if has_key(d, 'AlternatePresentations', 'PresSteps'):
        yield 'there is'


@clause('14289-1', '5', 'the metadata claim PDF/UA-1')
def _(d):
    if d.xmp_value(UA + 'part') != '1':
        yield 'they do not'


def owner_of(d, page, number):
    """The element that the list of parents names for a marked content, or None."""
    tree, key = d.file.get(d.tree.get('ParentTree')) or {}, page.get('StructParents')
    numbers = tree.get('Nums', [])
    lists = {numbers[i]: numbers[i + 1] for i in range(0, len(numbers) - 1, 2)}
    owners = d.file.get(lists.get(key)) or []
    return int(owners[number]) if number < len(owners) and isinstance(owners[number], Ref) else None


@clause('14289-1', '7.1', 'all that is drawn is content or an artifact, and neither within the other')
def _(d):
    for number, content in enumerate(d.contents, 1):
        for operator, _, marks in content:
            artifact = [i for i, (tag, _) in enumerate(marks) if tag == 'Artifact']
            real = [i for i, (_, properties) in enumerate(marks) if 'MCID' in properties]
            if operator in SHOWS | PAINTS and not artifact and not real:
                yield f'page {number}: {operator} is neither'
                break
            if artifact and real:
                yield f'page {number}: one stands within the other'
                break


@clause('14289-1', '7.1', 'each marked content has one element, and the list of parents names the same')
def _(d):
    claimed = {}
    for element in d.elements:
        for kid in element['kids']:
            node = d.file.get(kid) if isinstance(kid, Ref) else kid
            if isinstance(node, dict) and node.get('Type') == 'MCR':
                claimed.setdefault((int(node['Pg']), node['MCID']), []).append(element['number'])
            elif isinstance(kid, int) and not isinstance(kid, Ref):
                claimed.setdefault((int(element['node'].get('Pg', 0)), kid), []).append(element['number'])
    for number, (page, content) in enumerate(zip(d.pages, d.contents), 1):
        seen = [operands[1]['MCID'] for operator, operands, _ in content
                if operator == 'BDC' and isinstance(operands[1], dict) and 'MCID' in operands[1]]
        if len(seen) != len(set(seen)):
            yield f'page {number}: a number is used twice'
        for mark in seen:
            owners = claimed.pop((page['number'], mark), [])
            if len(owners) != 1 or owner_of(d, page, mark) != owners[0]:
                yield f'page {number}: content {mark} has {len(owners)} elements, or another parent than the list says'
                break
    for (page, mark), owners in claimed.items():
        yield f'element {owners[0]} claims content {mark} of page object {page}, which is not there'


@clause('14289-1', '7.1', 'every element names its parent')
def _(d):
    for element in d.elements:
        expected = element['parent']['number'] if element['parent'] else int(d.catalog['StructTreeRoot'])
        if element['node'].get('P') != expected:
            yield f'element {element["number"]} names another'


@clause('14289-1', '7.1', 'the window shows the title, and there is one')
def _(d):
    if d.file.get(d.catalog.get('ViewerPreferences', {})).get('DisplayDocTitle') is not True:
        yield 'the window shows the name of the file'
    if not d.xmp_value('{http://purl.org/dc/elements/1.1/}title'):
        yield 'there is no title'


@clause('14289-1', '7.1', 'the tags are not said to be doubtful, and roles are not turned round')
def _(d):
    if d.file.get(d.catalog.get('MarkInfo', {})).get('Suspects') is True:
        yield 'they are said to be'
    if STANDARD & set(d.file.get(d.tree.get('RoleMap')) or {}):
        yield 'a standard type is mapped'


@clause('14289-1', '7.2', 'the language of the text is told')
def _(d):
    if not d.catalog.get('Lang'):
        yield 'it is not'


@clause('14289-1', '7.2', 'parts of tables and lists stand where they belong')
def _(d):
    parents = {'TR': {'Table', 'THead', 'TBody', 'TFoot'}, 'TH': {'TR'}, 'TD': {'TR'}, 'LI': {'L'}, 'LBody': {'LI'}, 'THead': {'Table'},
               'TBody': {'Table'}, 'TFoot': {'Table'}}
    kids = {'Table': {'TR', 'THead', 'TBody', 'TFoot', 'Caption'}, 'TR': {'TH', 'TD'}, 'L': {'L', 'LI', 'Caption'}, 'LI': {'Lbl', 'LBody'}}
    for element in d.elements:
        kind, parent = str(element['node'].get('S')), element['parent']
        above = str(parent['node'].get('S')) if parent else ''
        if kind in parents and above not in parents[kind]:
            yield f'{kind} stands in {above}'
        if above in kids and kind not in kids[above]:
            yield f'{above} holds {kind}'


@clause('14289-1', '7.3', 'pictures have words')
def _(d):
    for element in d.elements:
        if element['node'].get('S') in ('Figure', 'Formula') and not (element['node'].get('Alt') or element['node'].get('ActualText')):
            yield f'element {element["number"]} has none'


@clause('14289-1', '7.4.2', 'headings begin at 1 and leave out no level')
def _(d):
    last = 0
    for element in d.elements:
        found = re.fullmatch(r'H([1-6])', str(element['node'].get('S')))
        if found:
            level = int(found.group(1))
            if level > last + 1:
                yield f'H{level} follows H{last}'
            last = level


def attribute(d, element, key):
    attributes = d.file.get(element['node'].get('A', {}))
    for one in attributes if isinstance(attributes, list) else [attributes]:
        if key in (d.file.get(one) or {}):
            return d.file.get(one)[key]
    return None


@clause('14289-1', '7.5', 'a head of a table says whether it is of a column or a row, and rows are equally long')
def _(d):
    rows = {}
    for element in d.elements:
        kind = element['node'].get('S')
        if kind == 'TH' and attribute(d, element, 'Scope') not in ('Row', 'Column', 'Both'):
            yield f'element {element["number"]} does not'
        if kind in ('TH', 'TD'):
            row = element['parent']
            rows.setdefault((row['parent'] or row)['number'], {}).setdefault(row['number'], []).append(element)
    for number, table in rows.items():
        if len({len(cells) for cells in table.values()}) > 1:
            yield f'the rows of table {number} are not'
        if not any(cell['node'].get('S') == 'TH' for cells in table.values() for cell in cells):
            yield f'table {number} has no heads'


@clause('14289-1', '7.6', 'a list with labels says how they are counted')
def _(d):
    for element in d.elements:
        if element['node'].get('S') == 'Lbl':
            listed = element['parent']['parent'] if element['parent'] else None
            if listed and attribute(d, listed, 'ListNumbering') is None:
                yield f'list {listed["number"]} does not'


@clause('14289-1', '7.18.3', 'every page is gone through in the order of its structure')
def _(d):
    for number, page in enumerate(d.pages, 1):
        if page.get('Tabs') != 'S':
            yield f'page {number} is not'


@clause('14289-1', '7.20', 'nothing is drawn from another file')
def _(d):
    if any(entries.get('Subtype') == 'Form' and 'Ref' in entries for entries in d.dictionaries()):
        yield 'something is'


@clause('14289-1', '7.21.4.1', 'the program of every font is inside the file (as 19005-2, 6.2.11.4.1 and on: one check for both)')
def _(d):
    for font in d.fonts.values():
        if not font.program:
            yield f'{font.name} is not'


# ---- the command ----

def offences(data):
    """Each offence as (standard, clause, what)."""
    try:
        document = Document(data)
    except Broken as broken:
        words = str(broken)
        found = re.match(r'(\d[\d.]*): ', words)
        yield '19005-2', found.group(1) if found else '6.1.1', words[found.end():] if found else words
        return
    for standard, number, words, function in CLAUSES:
        for what in function(document):
            yield standard, number, f'{words}: {what}'


def main():
    if sys.argv[1:] == ['--list']:
        print('\n'.join(f'ISO {standard}, {number}: {words}' for standard, number, words, _ in CLAUSES))
        return 0
    if not sys.argv[1:]:
        sys.exit(__doc__)
    wrong = 0
    for path in sys.argv[1:]:
        with open(path, 'rb') as file:
            for standard, number, what in offences(file.read()):
                print(f'{path}: ISO {standard}, {number}: {what}')
                wrong = 1
    return wrong


if __name__ == '__main__':
    sys.exit(main())
