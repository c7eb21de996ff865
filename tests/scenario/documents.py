"""documents.py - a program that speaks to the API, and the description that every answer is held to.

    api = Api(town, town.signed_in('Klok Elv'))
    answer = api.get(f'/api/v1/logs/{log}')
    answer = api.send('POST', f'/api/v1/logs/{log}/entries/note', {'note_kind': '1', 'text': '...'})

An answer is a page with .document; it has been checked against `stafettlogg openapi`.
"""
import json
import re

from scenario import day, expect

PROBLEM = 'application/problem+json'


class Description:
    """What `stafettlogg openapi` prints."""

    def __init__(self, town):
        self.whole = json.loads(town.stack.command('openapi').stdout)
        self.schemas = self.whole['components']['schemas']
        self.paths = [(re.compile(re.sub(r'\{[a-z]+\}', '[0-9a-f]{32}', path)), path, methods)
                      for path, methods in self.whole['paths'].items()]

    def operation(self, method, path):
        for pattern, _, methods in self.paths:
            if pattern.fullmatch(path.split('?')[0]) and method.lower() in methods:
                return methods[method.lower()]
        return None

    def bodies(self):
        """(method, path, schema) of everything that takes a document, but acts about a log itself: they change what the next
        question finds, and have their own scenario (acts.py)."""
        for path, methods in self.whole['paths'].items():
            for method, operation in methods.items():
                if 'requestBody' in operation and '{log}/acts/' not in path:
                    schema = operation['requestBody']['content']['application/json']['schema']
                    yield method.upper(), path, self.follow(schema)

    def entries(self):
        """The same of new entries only."""
        return (body for body in self.bodies() if '/entries/' in body[1] and '{entry}' not in body[1])

    def follow(self, schema):
        return self.schemas[schema['$ref'].rsplit('/', 1)[-1]] if '$ref' in schema else schema

    def faults(self, schema, value, at='$'):
        """What in value is not as the schema says; the words that we use of JSON Schema and no more."""
        schema = self.follow(schema)
        kinds = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'integer': int}
        if 'type' in schema and not isinstance(value, kinds[schema['type']]):
            yield f'{at}: {value!r} is no {schema["type"]}'
        elif isinstance(value, dict):
            yield from self.object_faults(schema, value, at)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                yield from self.faults(schema['items'], item, f'{at}[{number}]')
        elif isinstance(value, str):
            forms = {'date': r'\d{4}-\d\d-\d\d', 'date-time': r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'}
            wanted = schema.get('pattern', forms.get(schema.get('format')))
            if wanted and not re.fullmatch(wanted, value):
                yield f'{at}: {value!r} is not {wanted}'
            if 'enum' in schema and value not in schema['enum']:
                yield f'{at}: {value!r} is none of {schema["enum"]}'

    def object_faults(self, schema, value, at):
        properties = schema.get('properties')
        if properties is None:   # the values of an entry: as of its kind
            if value.get('kind') in self.schemas:
                yield from self.faults(self.schemas[value['kind']], value, at)
            return
        yield from (f'{at}: {name} is missing' for name in schema['required'] if name not in value)
        for name, part in value.items():
            if name not in properties:
                yield f'{at}: {name} is not described'
            else:
                yield from self.faults(properties[name], part, f'{at}.{name}')


class Api:
    """A browser's session used by a program."""

    def __init__(self, town, browser):
        self.town, self.browser = town, browser
        if not hasattr(town, 'description'):
            town.description = Description(town)
        self.description = town.description

    def check(self, method, path, answer):
        """JSON, never kept, and as described."""
        expect(answer.status < 500 or answer.status == 503, method, path, answer.body)
        media = answer.headers['content-type']
        answer.document = json.loads(answer.body)
        expect(answer.headers['cache-control'] == 'no-store', answer.headers)
        operation = self.description.operation(method, path)
        if answer.status < 400:
            response = operation['responses'][str(answer.status)]
            expect(media == 'application/json', media)
            schema = response['content'][media]['schema']
        else:
            expect(media == PROBLEM, path, media)
            expect(answer.document['status'] == answer.status, answer.document)
            schema = self.description.schemas['problem']
        told = list(self.description.faults(schema, answer.document))
        expect(not told, method, path, told)
        return answer

    def get(self, path, headers=None):
        return self.check('GET', path, self.browser.ask('GET', path, headers={'Accept': 'application/json', **(headers or {})}))

    def open(self, path):
        answer = self.get(path)
        expect(answer.status == 200, path, answer.document)
        return answer.document

    def token(self):
        return self.open('/api/v1/session')['form_token']

    def send(self, method, path, document, version=None, token=True, headers=None):
        """document: what becomes JSON, or bytes as they are. A header of None is left out."""
        body = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
        have = {'Content-Type': 'application/json', 'Origin': self.town.stack.origin, 'Accept': 'application/json',
                'Form-Token': self.token() if token is True else token,
                'If-Match': f'"{version}"' if version is not None else None, **(headers or {})}
        return self.check(method, path, self.browser.ask(method, path, body, have))

    def write(self, path, document):
        """A new entry that must be taken: its id."""
        answer = self.send('POST', path, document)
        expect(answer.status == 201, path, answer.document)
        expect(answer.headers['location'] == path.rsplit('/', 1)[0] + '/' + answer.document['id'], answer.headers)
        return answer.document['id']


# What goes on with an entry of which kind.
GOES_ON = {'measure_progress': 'measure', 'minutes_write': 'meeting', 'removal': 'meeting'}


def iso(days=0):
    dd, mm, yyyy = day(days).split('.')
    return f'{yyyy}-{mm}-{dd}'


def is_id(schema):
    return '0-9a-f' in schema.get('pattern', '')


def good_value(schema, ids):
    """A value that the schema takes. ids: what references may name, for lists (people) and alone (a measure)."""
    if schema.get('type') == 'array':
        return [ids[0]]
    if 'enum' in schema:
        return schema['enum'][0]
    if is_id(schema):
        return ids[1]
    if 'T' in schema.get('pattern', ''):
        return iso() + 'T10:00'
    if schema.get('pattern') == '^[0-9]+$':
        return '1'
    return {'date': iso(), 'uri': 'https://eksempel.example/a'}.get(schema.get('format'), 'Skrevet av et program.')


NOBODYS_NUMBER = '11821750034'


def good_document(schema, ids):
    return {name: NOBODYS_NUMBER if name == 'national_id' else good_value(schema['properties'][name], ids) for name in schema['required']}


def wrong_values(schema):
    """(what, the value) that is well-formed and not taken: 422."""
    if schema.get('type') == 'array':
        for what, value in wrong_values(schema['items']):
            if '\n' not in value and value:
                yield what + ' in a list', [value]
        yield 'too many', ['ab' * 16] * (schema['maxItems'] + 1)
        yield 'something that does not exist', ['ab' * 16]
        return
    if 'const' in schema:
        return
    yield 'a control character', 'en\x01to'
    yield 'a million characters', 'x' * 10 ** 6
    if 'maxLength' in schema:
        yield 'one character too many', 'ø' * (schema['maxLength'] + 1)
    if 'enum' in schema:
        yield from (('an unknown code', '9999'), ('markup', '"><b>'), ('a code with a zero before it', '01'))
    if is_id(schema):
        yield from (('no id', 'x'), ('an id in capitals', 'AB' * 16), ('something that does not exist', 'ab' * 16))
    if schema.get('format') == 'date' or 'T' in schema.get('pattern', ''):
        time = '' if schema.get('format') == 'date' else ' 10.00'
        for value in ('31.02.2026', '29.02.2025', '2025-02-29', '2026-13-01', 'i morgen', '99999999999999999999'):
            yield 'the day ' + value, value + time
    if schema.get('format') == 'uri':
        yield from (('a script', 'javascript:alert(1)'), ('plain http', 'http://eksempel.example'))


def mistyped_values(schema):
    """What no description takes: 400."""
    yield from (1, True, None, {}, 1.5, [[]])
    if schema.get('type') == 'array':
        yield from ('ab' * 16, [1], [None], [''], ['ab' * 16 + '\n' + 'cd' * 16])
    else:
        yield from ([], ['x'])
