"""client.py - a browser without a screen: cookies, forms read from the page, the headers that a browser sends.

Used by the scenario tests. It follows no redirect by itself, so that each test sees what each address answers:

    browser = Browser(stack)
    page = browser.get('/k/0301')
    page = browser.send(page.form('/k/0301'), user_name='...', password='...', code=totp(secret))
    page = browser.follow(page)
"""
import html.parser
import http.client
import pathlib
import re
import ssl
import sys
import threading
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tools'))
from stack import totp  # noqa: F401: tests take it from here

VOID_TEXT = ('script', 'style', 'svg')


def secret_of(page):
    """The authenticator's key as it stands in the page for those who type it."""
    return re.search(r'class="sl-code[^"]*">([A-Z2-7 ]+)<', page.body.decode()).group(1).replace(' ', '')


class Field:
    """One control of a form: what it is called, what it is, what it holds and what may be chosen."""

    def __init__(self, name, kind, value='', maximum=None):
        self.name, self.kind, self.value, self.maximum = name, kind, value, maximum
        self.options = []   # (value, label) of a select, radio or check box
        self.chosen = []    # values that are chosen now
        self.caption = ''   # what stands above it

    def sent(self):
        """The values that a browser sends for it."""
        if self.kind in ('radio', 'checkbox'):
            return self.chosen
        if self.kind == 'select':
            return self.chosen[:1] or [value for value, _ in self.options[:1]]
        return [] if self.kind == 'file' else [self.value]


class Form:
    """A form of a page: where it goes and its fields in order."""

    def __init__(self, action, method, multipart):
        self.action, self.method, self.multipart = action, method, multipart
        self.fields = {}
        self.buttons = []   # (name, value, text)

    def __getitem__(self, name):
        return self.fields[name]

    def add(self, name, kind, value, maximum):
        if name not in self.fields:
            self.fields[name] = Field(name, kind, value, maximum)
        return self.fields[name]

    def is_optional(self, name):
        return '(valgfritt)' in self.fields[name].caption

    def values(self, **changes):
        """(name, value) pairs as a browser sends them. A change of None leaves the field out, a list sends it often."""
        pairs = []
        for field in self.fields.values():
            if field.name not in changes:
                pairs += [(field.name, value) for value in field.sent()]
        for name, value in changes.items():
            for one in value if isinstance(value, list) else [] if value is None else [value]:
                pairs.append((name, one))
        return pairs

    def option(self, name, label):
        """The value of the choice that is called so."""
        return next(value for value, text in self.fields[name].options if label in text)


class Reader(html.parser.HTMLParser):
    """Reads what the tests ask a page for: text as people see it, forms, links, headings."""

    def __init__(self):
        super().__init__()
        self.forms, self.links, self.words, self.title, self.headings = [], [], [], '', []
        self.errors = {}          # id of a message at a field -> its text
        self.form = self.field = self.option = None
        self.inside, self.taking, self.labels, self.label = [], None, {}, None
        self.caption, self.captions = None, {}   # of the label or legend that was read last; by a control's id

    def handle_starttag(self, tag, attributes):
        have = dict(attributes)
        if tag in VOID_TEXT:
            self.inside.append(tag)
        if tag == 'form':
            self.form = Form(have.get('action'), have.get('method', 'get'), have.get('enctype') == 'multipart/form-data')
            self.forms.append(self.form)
        if tag == 'a' and 'href' in have:
            self.links.append([have['href'], ''])
            self.taking = ('link', tag)
        if tag in ('h1', 'h2', 'h3'):
            self.headings.append('')
            self.taking = ('heading', tag)
        if tag == 'title':
            self.taking = ('title', tag)
        if tag == 'p' and have.get('id', '').endswith('-e') and 'ds-validation-message' in have.get('class', ''):
            self.errors[have['id'][:-2]] = ''
            self.taking = ('error', tag, have['id'][:-2])
        if self.form:
            self.handle_control(tag, have)

    def handle_control(self, tag, have):
        name = have.get('name')
        maximum = int(have['maxlength']) if have.get('maxlength') else None
        if tag == 'input' and name:
            kind = have.get('type', 'text')
            field = self.form.add(name, kind, have.get('value', ''), maximum)
            self.name_it(field, have)
            if kind in ('radio', 'checkbox'):
                field.options.append([have.get('value', 'on'), ''])
                self.labels[have.get('id')] = field.options[-1]
                if 'checked' in have:
                    field.chosen.append(have.get('value', 'on'))
        if tag == 'label':
            self.label = self.labels.get(have.get('for'))
            self.caption = None if self.label else ''
            self.captioned = have.get('for')
        if tag == 'legend':
            self.caption, self.captioned = '', None
        if tag == 'textarea':
            self.field = self.form.add(name, 'textarea', '', maximum)
            self.name_it(self.field, have)
        if tag == 'select':
            self.field = self.form.add(name, 'select', '', maximum)
            self.name_it(self.field, have)
        if tag == 'option' and self.field:
            self.option = [have.get('value', ''), '']
            self.field.options.append(self.option)
            if 'selected' in have:
                self.field.chosen.append(have.get('value', ''))
        if tag == 'button':
            self.form.buttons.append([name, have.get('value', ''), ''])
            self.taking = ('button', tag)

    def name_it(self, field, have):
        """A label names the control whose id it holds; a legend names what stands in its group."""
        field.caption = field.caption or self.captions.get(have.get('id')) or \
            (self.captions.get(None, '') if field.kind in ('radio', 'checkbox') else '')

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()
        if tag == 'form':
            self.form = None
        if tag == 'textarea' and self.field:
            self.field.value = self.field.value.removeprefix('\n')   # as browsers do
        if tag in ('textarea', 'select'):
            self.field = None
        if tag == 'option':
            self.option = None
        if tag == 'label':
            self.label = None
        if tag in ('label', 'legend') and self.caption is not None:
            self.captions[self.captioned] = ' '.join(self.caption.split())
            self.caption = None
        if self.taking and self.taking[1] == tag:
            self.taking = None

    def handle_data(self, data):
        if self.inside:
            return
        if self.option:
            self.option[1] += data
            return
        if self.field and self.field.kind == 'textarea':
            self.field.value += data
            return
        if self.label:
            self.label[1] += data
        elif self.caption is not None:
            self.caption += data
        if self.taking:
            self.take(data)
        if not self.taking or self.taking[0] != 'title':
            self.words.append(data)

    def take(self, data):
        if self.taking[0] == 'link':
            self.links[-1][1] += data
        elif self.taking[0] == 'heading':
            self.headings[-1] += data
        elif self.taking[0] == 'button':
            self.form.buttons[-1][2] += data
        elif self.taking[0] == 'error':
            self.errors[self.taking[2]] += data
        else:
            self.title += data


class Page:
    """One answer, read when first asked about."""

    def __init__(self, path, status, headers, body, cookies=()):
        self.path, self.status, self.headers, self.body, self.cookies = path, status, headers, body, list(cookies)
        self._reader = None

    @property
    def reader(self):
        if self._reader is None:
            self._reader = Reader()
            self._reader.feed(self.body.decode())
            self._reader.close()
        return self._reader

    @property
    def location(self):
        """Where it leads; the place on that page is no part of an address that is asked for."""
        return self.headers.get('location', '').partition('#')[0]

    @property
    def anchor(self):
        return self.headers.get('location', '').partition('#')[2]

    @property
    def text(self):
        """The words that people see, spaces made one; no-break spaces are spaces."""
        return ' '.join(' '.join(self.reader.words).replace('\xa0', ' ').split())

    @property
    def title(self):
        return self.reader.title

    @property
    def heading(self):
        return self.reader.headings[0].strip() if self.reader.headings else ''

    @property
    def errors(self):
        """Message by field."""
        return self.reader.errors

    @property
    def forms(self):
        return self.reader.forms

    def form(self, action):
        """The form that goes to this address, or whose address ends so."""
        for form in self.forms:
            if form.action == action or form.action.endswith(action):
                return form
        raise AssertionError(f'{self.path} ({self.status}) has no form to {action}: {[f.action for f in self.forms]}')

    def link(self, words):
        """The address of the first link with these words in it."""
        for address, text in self.reader.links:
            if words in ' '.join(text.split()):
                return address
        raise AssertionError(f'{self.path} ({self.status}) has no link "{words}": {[t for _, t in self.reader.links]}')

    def links(self, part):
        """All addresses that hold part, each once, in order."""
        return list(dict.fromkeys(address for address, _ in self.reader.links if part in address))

    def __repr__(self):
        return f'{self.path}: {self.status} {self.location or self.text[:600]} {self.errors if self.body else ""}'


def encode(pairs):
    """As a browser does: CRLF for line breaks, UTF-8, + for a space. Bytes go as they are."""
    def quote(value):
        if isinstance(value, bytes):
            return urllib.parse.quote_plus(value)
        return urllib.parse.quote_plus(value.replace('\r\n', '\n').replace('\n', '\r\n'))
    return '&'.join(f'{quote(name)}={quote(value)}' for name, value in pairs).encode()


def encode_multipart(pairs, files, boundary='----scenarioBoundary7MA4YWxk'):
    """files: name -> (file name, media type, bytes)."""
    parts = []
    for name, value in pairs:
        value = value if isinstance(value, bytes) else value.encode()
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b'\r\n')
    for name, (file_name, media, content) in files.items():
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
                     f'Content-Type: {media}\r\n\r\n'.encode() + content + b'\r\n')
    return b''.join(parts) + f'--{boundary}--\r\n'.encode(), f'multipart/form-data; boundary={boundary}'


class Elsewhere:
    """The stack as somebody at this address reaches it."""

    def __init__(self, stack, address):
        self.stack, self.address = stack, address
        self.context = ssl.create_default_context(cafile=str(stack.certificate))

    def __getattr__(self, name):
        return getattr(self.stack, name)

    def connect(self, timeout=30):
        return http.client.HTTPSConnection('localhost', self.port, timeout=timeout, context=self.context,
                                           source_address=(self.address, 0))


class Browser:
    """A person at one browser: its cookies are kept, everything else is asked for anew."""

    def __init__(self, stack):
        self.stack = stack
        self.cookies = {}
        self.kept = threading.local()   # the open connection; each thread has its own

    def ask(self, method, path, body=None, headers=None):
        """One request. A header of None is left out."""
        have = {'User-Agent': 'scenario', 'Accept': 'text/html', 'Sec-Fetch-Site': 'same-origin'}
        if self.cookies:
            have['Cookie'] = '; '.join(f'{name}={value}' for name, value in self.cookies.items())
        have.update(headers or {})
        answer, content = self.exchange(method, path, body, {k: v for k, v in have.items() if v is not None})
        cookies = answer.headers.get_all('set-cookie') or []
        for line in cookies:
            self.keep(line)
        return Page(path, answer.status, answer.headers, content, cookies)

    def exchange(self, method, path, body, headers):
        """On the connection that is open; a new one where the front has closed it meanwhile, or after anything odd."""
        connection = getattr(self.kept, 'connection', None)
        self.kept.connection = None
        fresh = connection is None
        connection = connection or self.stack.connect()
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError):
            connection.close()
            if fresh:
                raise
            return self.exchange(method, path, body, headers)
        if answer.status in (200, 201, 303, 404, 409, 412, 422) and not answer.will_close:
            self.kept.connection = connection
        else:
            connection.close()
        return answer, content

    def keep(self, line):
        pair, *rules = [part.strip() for part in line.split(';')]
        name, value = pair.split('=', 1)
        if any(rule.lower() == 'max-age=0' for rule in rules):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def get(self, path, headers=None):
        return self.ask('GET', path, headers=headers)

    def open(self, path):
        """A GET that must show a page."""
        page = self.get(path)
        if page.status != 200:
            raise AssertionError(repr(page))
        return page

    def post(self, path, body, headers=None):
        """Bytes or pairs, as the forms of our own pages are sent."""
        have = {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': self.stack.origin}
        return self.ask('POST', path, body if isinstance(body, bytes) else encode(body), {**have, **(headers or {})})

    def send(self, form, files=None, headers=None, **changes):
        """Fills a form of a page and sends it."""
        pairs = form.values(**changes)
        if not form.multipart:
            return self.post(form.action, pairs, headers)
        body, media = encode_multipart(pairs, files or {})
        return self.post(form.action, body, {'Content-Type': media, **(headers or {})})

    def follow(self, page):
        """Where a 303 leads."""
        if page.status != 303:
            raise AssertionError(f'no redirect: {page!r}')
        return self.open(page.location)

    def save(self, form, **changes):
        """Sends a form that must be carried out; the page it leads to."""
        return self.follow(self.send(form, **changes))

    def sign_in_demo(self, number, person):
        """One click on the person's name. person: their id."""
        page = self.open(f'/k/{number}')
        return self.send(page.form('/demo'), person=person)

    def sign_in(self, number, user_name, password, code):
        page = self.open(f'/k/{number}')
        return self.send(page.form(f'/k/{number}'), user_name=user_name, password=password, code=code)

    def choose_role(self, *words):
        """Presses the role whose button holds all these words; the page behind it."""
        page = self.open('/rolle')
        form = page.form('/rolle')
        for name, value, text in form.buttons:
            if name and all(word in ' '.join(text.split()) for word in words):
                return self.save(form, **{name: value})
        raise AssertionError(f'no role {words}: {[button[2] for button in form.buttons]}')
