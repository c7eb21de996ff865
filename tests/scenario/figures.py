"""figures.py - the statistics as whoever reads them can: pages, files and documents taken apart again into figures."""
import csv
import html.parser
import io
import itertools
import json

MASKED, UNAVAILABLE = 'skjult', 'ikke tilgjengelig'
PAGE, CSV, API = '/statistikk', '/statistikk/csv', '/api/v1/statistics'
VIEWS = ('attentions', 'measures', 'outcomes')
BY = {'Enhet': 'unit', 'Alvorlighetsgrad': 'severity', 'Virkning': 'outcome', 'Område for oppmerksomheten': 'attention'}


class Tables(html.parser.HTMLParser):
    """Tables of a page as rows of cells, its headlines, and the choices of its form."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.headlines, self.choices, self.bars = [], [], {}, []
        self.into, self.select = None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        have = dict(attributes)
        if tag == 'table':
            self.tables.append([])
        elif tag == 'tr' and self.tables:
            self.tables[-1].append([])
        elif tag in ('td', 'th') and self.tables and self.tables[-1]:
            self.tables[-1][-1].append('')
            self.into = self.tables[-1][-1]
        elif tag == 'dd':
            self.headlines.append('')
            self.into = self.headlines
        elif tag == 'select':
            self.select = self.choices.setdefault(have['name'], [])
        elif tag == 'option':
            self.select.append(have['value'])
        elif tag == 'rect' and 'url(#skjult)' in have.get('fill', '') and self.tables and self.into is not None:
            self.bars.append(have['width'])

    def handle_endtag(self, tag):
        if tag in ('td', 'th', 'dd'):
            self.into = None

    def handle_data(self, data):
        if self.into is not None:
            self.into[-1] += data

    def figures(self):
        """(count or None, percent or None, whether it is offered) of each cell that holds a figure, in the order of the page."""
        return [figure_of(cell) for table in self.tables for row in table[1:] for cell in row[2:]]


def figure_of(text):
    words = text.replace('\xa0', ' ').split()
    if text in (MASKED, UNAVAILABLE):
        return None, None, text == MASKED
    return int(words[0]), int(words[1]) if len(words) > 1 else None, True


class Answer:
    """One question, answered three times."""

    def __init__(self, browser, question):
        query = '?' + '&'.join(f'{name}={value}' for name, value in question.items() if value)
        self.question = question
        self.page = browser.open(PAGE + query)
        self.file = browser.open(CSV + query)
        self.api = browser.open(API + query)
        self.read = Tables(self.page.body.decode())
        self.figures = json.loads(self.api.body)['figures']

    def of_page(self):
        return self.read.figures()

    def of_file(self):
        """The same, with what each counts: (category, period, by, value)."""
        rows = list(csv.reader(io.StringIO(self.file.body.decode('utf-8-sig')), delimiter=';'))[1:]
        return [((row[1], row[3], BY.get(row[4], ''), row[5]),
                 (int(row[7]) if row[7].isdigit() else None, int(row[8]) if row[8] else None, row[7] != UNAVAILABLE)) for row in rows]

    def of_api(self):
        return [((one.get('category', ''), one['period'], one.get('by', ''), one.get('unit', one.get('value', ''))),
                 (one.get('count'), one.get('percent'), one['state'] != 'unavailable')) for one in self.figures]

    def differences(self):
        """Where the three do not say the same; nothing is well."""
        told, api, file = [], self.of_api(), self.of_file()
        in_tables = [figure for figure, one in zip(api, self.figures) if one['table'] != 'headline']
        if api != file:
            told.append(('csv', [pair for pair in itertools.zip_longest(api, file) if pair[0] != pair[1]][:3]))
        if [figure for _, figure in in_tables] != self.of_page():
            pairs = itertools.zip_longest([figure for _, figure in in_tables], self.of_page())
            told.append(('page', [pair for pair in pairs if pair[0] != pair[1]][:3]))
        headline = [one for one in self.figures if one['table'] == 'headline']
        first = headline[-1] if self.question['view'] == 'outcomes' else headline[0]
        words = {'masked': MASKED, 'unavailable': UNAVAILABLE}.get(first['state'], str(first.get('count')))
        if self.read.headlines[0] != words:
            told.append(('headline', words, self.read.headlines))
        return told


def questions(browser, view):
    """Every combination that is on offer: a quarter is one of the municipality, and nothing more is told of it."""
    choices = Tables(browser.open(f'{PAGE}?view={view}').body.decode()).choices
    for category, period, by in itertools.product(choices['category'], choices['period'], choices.get('by', [''])):
        if '-' in period and by:
            continue
        yield {'view': view, 'category': category, 'period': period, 'by': by}
