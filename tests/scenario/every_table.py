#!/usr/bin/env python3
"""every_table.py - somebody who can write the database, but has no key, does to one row of every table what can be done to a row,
under a running service: each column is changed, a row is put in, copied elsewhere and deleted.

What they did shows nothing where it is used, calls for somebody, and verify names it. A table that is not expected here fails."""
import base64
import datetime
import hashlib
import json
import os
import re
import sys
from dataclasses import dataclass, field
from typing import Callable

from by_file import fingerprint_of, put, transfer
from client import Browser, Elsewhere
from hand import BYTES, NUMBER, Hand
from invitations import enrol, invite
from new_log import NewLog, pdf
from scenario import NORDVAER, SORVAER, Town, day, expect, fact, main

SEEDED, LOGS, PAPERS = '9901', 300, 12
NONE, OTHER = '00' * 16, '77' * 16
FINDING = re.compile(r'^(\w+) ([A-Z_]+)(?: (\w+) ([0-9a-f]{32}))?')
ALARMS = ('<1>event=row-forged', '<1>event=log-closed', '<1>event=request')
CHANGED = ('ROW_CHANGED', 'ROW_ROLLED_BACK', 'ROW_UNPROVEN', 'SEALED_FORGED', 'DOCUMENT_CHANGED')
PLANTED, GONE = ('ROW_EXTRA', 'ROW_UNPROVEN'), ('ROW_MISSING',)
GUARDIAN = '5'


def key_of(value):
    """A row's key as verify tells it: an id as it is, of any other the first half of its hash."""
    if value.startswith('{') and len(value) == 34:
        return value.strip('{}')
    whole = bytes.fromhex(value.strip('{}')) if value.startswith('{') else value.strip("'").encode()
    return hashlib.sha256(whole).hexdigest()[:32]


def another(kind, value):
    """What a stranger might write instead of it, that the database takes."""
    if kind == NUMBER:
        return str(1 - int(value)) if value in ('0', '1') else str(int(value) + 1)
    if kind == BYTES:
        digits = OTHER if value in ('NULL', '{}') else value.strip('{}')
        return '{' + digits[:-2] + f'{int(digits[-2:], 16) ^ 1:02x}' + '}'
    return value[:-1] + "x'"


class Tables(Town):
    """Beside the demo's municipality one with so many logs that each attempt has its own: a log that was closed stays so."""

    def __enter__(self):
        self.browsers, self.alarmed, self.whole, self.papers, self.touched, self.hands = {}, 0, [], [], set(), {}
        self.given = set()
        return super().__enter__()

    def fill(self, number):
        super().fill(number)
        told = self.stack.command('seed', *self.stack.place, '--logs', LOGS, '--units', 6, '--seed', 5, '--entries', '5-8',
                                  '--number', SEEDED)
        told = [json.loads(line) for line in told.stdout.splitlines()]
        self.seeded = next(line['municipalities']['id'] for line in told if 'municipalities' in line)

    def hand(self, tenant=None):
        """The stranger in a database: the demo's municipality, another one, '' the host's own."""
        if tenant not in self.hands:
            self.hands[tenant] = Hand(self, tenant)
        return self.hands[tenant]

    def __exit__(self, *_):
        for hand in self.hands.values():
            hand.close()
        super().__exit__()

    def browser(self, person, number=SEEDED):
        """Somebody who signed in before anything was done to their rows; each from an address of their own."""
        if person not in self.browsers:
            self.browsers[person] = Browser(Elsewhere(self.stack, f'127.0.0.{2 + len(self.browsers) % 200}'))
            page = self.browsers[person].sign_in_demo(number, person)
            expect(page.status == 303, page)
        return self.browsers[person]

    def alarms(self):
        """Lines that call for somebody, since it was asked last."""
        lines = [line for line in self.stack.log('serve').splitlines() if line.startswith(ALARMS)]
        new, self.alarmed = lines[self.alarmed:], len(lines)
        return new

    def findings(self, number=None):
        """(finding, table, row) of each line of verify: of one municipality, or of the host's database."""
        done = self.stack.command('verify', *self.stack.place, *(['--municipality', number] if number else []), check=False)
        told = [FINDING.match(line) for line in done.stdout.splitlines()]
        found = {line.groups()[1:] for line in told if line and line.group(1) == (number or 'host')}
        expect(not found or done.returncode == 9, done.returncode, found)
        return found

    # ---- logs ----

    def logs_of(self, holder, rows, family):
        told = json.loads(self.browser(holder).get('/api/v1/logs', headers={'Accept': 'application/json'}).body)
        return [{'id': log['id'], 'child': log['child_name'], 'holder': holder, 'guardian': family[rows[log['id']]['no']]}
                for log in told['logs'] if log.get('child_name')]

    def fresh(self):
        """A log that nobody touched. Where the child is called as one of its people, each of their pages has the name."""
        if not self.whole:
            hand = self.hand(self.seeded)
            rows = {key_of(row['id']): row for row in hand.rows('log')}
            family = {row['log_no']: key_of(row['person']) for row in hand.rows('participant', f'role={GUARDIAN}')}
            for holder in sorted({key_of(row['holder']) for row in rows.values()}):
                self.whole += self.logs_of(holder, rows, family)
        log = self.whole.pop()
        pages = [self.browser(person).get(f'/logg/{OTHER}') for person in (log['holder'], log['guardian'])]
        return self.fresh() if any(log['child'] in page.text for page in pages) else log

    def paper(self):
        """A log of the demo's municipality with a signed consent, that nobody was given before."""
        if not self.papers:
            holder = self.nordvaer.person('Klok Elv')
            for _ in range(PAPERS):
                walk = NewLog(self.browser(holder, NORDVAER)).to_check(consent={'method': '1', 'witness': ''})
                walk.create(files={'document': ('samtykke.pdf', 'application/pdf', pdf(b'Signert'))})
            logs = {row['no']: key_of(row['id']) for row in self.hand().rows('log')}
            held = {logs[row['log_no']] for row in self.hand().rows('document')}
            self.papers = [{'id': log, 'child': 'Rask Kanari', 'holder': holder, 'guardian': None}
                           for log in sorted(held - self.given) if self.log('modig') != f'/logg/{log}']
        paper = self.papers.pop()
        self.given.add(paper['id'])
        return paper


# ---- rows of a log ----

@dataclass(frozen=True)
class OfLog:
    """Rows that lie in a log: whoever opens it is shown nothing, and it is held."""
    key: str = 'id'
    where: str = 'log_no=(SELECT no FROM log WHERE id={%s})'   # which rows are a log's
    paper: bool = False                                        # it needs a log with a document
    apart: str = ''                                            # a column that is read on an address of its own
    unused: dict = field(default_factory=dict)                 # a column, or what is done: why the log still opens


class Attempts:
    """What was done to rows of logs, what came of it, and what verify must name at the end."""

    def __init__(self, town, paper=False):
        self.town, self.paper = town, paper
        self.hand = town.hand(None if paper else town.seeded)
        self.wrong, self.to_find = [], []

    def log(self):
        """A log of its own for each attempt, whose people have signed in."""
        log = self.town.paper() if self.paper else self.town.fresh()
        for table, of in TABLES.items():
            if isinstance(of, OfLog):
                rows = self.hand.rows(table, of.where % log['id'])
                self.town.touched |= {key_of(row[of.key]) for row in rows} | {key_of(row['person']) for row in rows if 'person' in row}
        return log

    def pages(self, log, people):
        number = NORDVAER if self.paper else SEEDED
        paths = [f'/logg/{log["id"]}', f'/api/v1/logs/{log["id"]}', '/mine', *log.get('more', ())]
        return [self.town.browser(person, number).get(path) for person in people if person for path in paths]

    def used(self, what, log, others=(), quiet=False, alone=False):
        """Whoever would read the log, or what lies alone in it, is shown nothing; the list of its people goes on, and somebody is
        called."""
        self.town.alarms()
        pages = self.pages(log, (*others, log['holder'], log['guardian']))[3 if alone else 0:]
        told = [f'{page.path[:16]} {page.status}' for page in pages]
        for page in pages:
            shown = log['child'] in page.body.decode(errors='replace') if page.path != '/mine' else \
                any(log['child'] in words for address, words in page.reader.links if log['id'] in address)
            if shown or page.status not in ((200, 303) if page.path == '/mine' else (404, 503)):
                self.wrong.append(f'{what}: {page.path} is {page.status}, among {told}')
        if not quiet and not self.town.alarms():
            self.wrong.append(f'{what}: nobody was called, {told}')

    def named(self, what, table, key, kinds):
        self.to_find.append((what, table, key_of(key), kinds))

    def expect_all(self):
        found = self.town.findings(NORDVAER if self.paper else SEEDED)
        for what, table, key, kinds in self.to_find:
            if not any((kind, table, key) in found for kind in kinds):
                self.wrong.append(f'{what}: verify does not name {table} {key}')
        self.town.touched |= {key for _, _, key, _ in self.to_find}
        self.wrong += [f'verify names {finding}, which nobody touched' for finding in found if finding[2] not in self.town.touched]
        expect(not self.wrong, '\n' + '\n'.join(self.wrong))


def of_logs(paper):
    return [(table, of) for table, of in TABLES.items() if isinstance(of, OfLog) and of.paper == paper]


def other_value(attempts, table, column, row):
    """The number of a log, or of a row in its order, is another's that stands there."""
    if column == 'log_no':
        return attempts.hand.rows('log', TABLES['log'].where % attempts.log()['id'])[0]['no']
    if column == 'no':
        return str(int(row['no']) + (1 << 40))
    return another(attempts.hand.columns(table)[column], row[column])


def change_each(town, paper):
    attempts = Attempts(town, paper)
    hand = attempts.hand
    for table, of in of_logs(paper):
        for column in hand.columns(table):
            log, what = attempts.log(), f'{table}.{column}'
            row = hand.rows(table, of.where % log['id'])[-1]
            value = other_value(attempts, table, column, row)
            if paper:
                log['more'] = attempts.town.browser(log['holder'], NORDVAER).open(f'/logg/{log["id"]}').links('/samtykke/')
            hand.change(table, f'{of.key}={row[of.key]}', column, value)
            if column not in of.unused:
                attempts.used(what, log, alone=column == of.apart)
            attempts.named(what, table, row[of.key], GONE if column == of.key else CHANGED)
            if column == of.key:
                attempts.named(what, table, value, PLANTED)
    attempts.expect_all()


def copy_of(hand, table, row, log):
    """The row as it stands, but for what must be another in this database, and as one of this log."""
    copy = dict(row, **{TABLES[table].key: '{' + os.urandom(16).hex() + '}'})
    no = hand.rows('log', TABLES['log'].where % log['id'])[0]['no']
    changes = {'log_no': no, 'no': str((int(no) << 24) + 5000), 'display': str(int(os.urandom(3).hex(), 16)),
               'entry': copy[TABLES[table].key]}
    return {column: changes.get(column, value) for column, value in copy.items()}


def put_into_each(town, paper, junk):
    """A row of another log with all that was sealed in it, or a row of the stranger's own."""
    attempts = Attempts(town, paper)
    hand = attempts.hand
    for table, of in of_logs(paper):
        log, source = attempts.log(), attempts.log()
        row = hand.rows(table, of.where % source['id'])[0]
        copy = copy_of(hand, table, row, log)
        if junk:
            copy.update({column: '{00}' for column in ('sealed', 'header', 'wrapped') if column in copy})
        if 'person' in copy:
            copy.update(person='{' + source['guardian'] + '}', role=GUARDIAN)
        if table == 'scope_key':
            hand.delete(table, of.where % log['id'])
            copy['scope'] = '{' + log['id'] + '}'
        hand.insert(table, copy)
        attempts.named(f'into {table}', table, copy[of.key], CHANGED if table == 'scope_key' else PLANTED)
        attempts.used(f'into {table}', dict(log, id=key_of(copy['id'])) if table == 'log' else log, others=[source['guardian']])
    attempts.expect_all()


def delete_each(town, paper):
    attempts = Attempts(town, paper)
    for table, of in of_logs(paper):
        log = attempts.log()
        row = attempts.hand.rows(table, of.where % log['id'])[-1]
        attempts.hand.delete(table, f'{of.key}={row[of.key]}')
        attempts.used(f'from {table}', log, quiet='delete' in of.unused)
        attempts.named(f'from {table}', table, row[of.key], GONE)
    attempts.expect_all()


# ---- rows that stand for themselves ----

@dataclass(frozen=True)
class Alone:
    """Rows that give power by themselves: whoever comes by one is not let in, and it is put back afterwards."""
    key: str
    begin: Callable        # (town) -> the key of a row that the service wrote, as SQL
    use: Callable          # (town, key) -> the page of whoever comes by the row
    planted: str           # the key of a row of the stranger's own, as SQL
    lets_in: Callable = lambda page: page.status == 200   # (page) -> whether it does what the row gives
    host: bool = False                            # it stands in the host's database
    beside: dict = field(default_factory=dict)    # what else must be another in that row
    unused: dict = field(default_factory=dict)    # a column, or what is done: why nobody is called, or all goes on
    unnamed: dict = field(default_factory=dict)   # and why verify is silent


@dataclass(frozen=True)
class Apart:
    """Rows by which nobody who uses the service gets anything. Verify names what was done, but for what says why not."""
    why: str
    key: str
    copy: str                                     # the key of a copy, as SQL
    begin: Callable = lambda town: None           # has the service write a row where there is none yet
    finds: tuple = CHANGED + PLANTED + GONE
    beside: dict = field(default_factory=dict)    # what must be another in a row that is copied
    unnamed: dict = field(default_factory=dict)   # a column, or what is done: why verify is silent


@dataclass
class Fleeting:
    """Rows that stand for moments, which nothing holds still while a service runs: elsewhere all of this is done to them."""
    why: str


class Tampering:
    """One row of a table, what is done to it and what comes of that."""

    def __init__(self, town, table):
        self.town, self.table, self.of = town, table, TABLES[table]
        host = getattr(self.of, 'host', False)
        self.hand, self.number = (town.hand(''), None) if host else (town.hand(), NORDVAER)
        self.key, self.wrong = self.of.begin(town), []
        self.before = town.findings(self.number)

    def row(self):
        return self.hand.rows(self.table, f'{self.of.key}={self.key}')[0]

    def used(self, what, key, may_go_on):
        self.town.alarms()
        page = self.of.use(self.town, key)
        if self.of.lets_in(page) and not may_go_on:
            self.wrong.append(f'{self.table} {what}: let in, {page.path} {page.status}')
        if not self.town.alarms() and not may_go_on:
            self.wrong.append(f'{self.table} {what}: nobody was called, {page.path} {page.status}')

    def named(self, what, key, kinds):
        if what in self.of.unnamed:
            return
        found = self.town.findings(self.number) - self.before
        if not any((kind, self.table, key_of(key)) in found for kind in kinds):
            self.wrong.append(f'{self.table} {what}: verify does not name it but {found}')

    def put_back(self, row, *keys):
        for key in keys:
            self.hand.delete(self.table, f'{self.of.key}={key}')
        if row:
            self.hand.insert(self.table, row)


def each_alone(town):
    for table, of in TABLES.items():
        if isinstance(of, Alone):
            yield Tampering(town, table)


def done_apart(town, table, of):
    """A column changed, a row put in twice, the row deleted: each is found, or says why not, and put back."""
    of.begin(town)
    hand = town.hand()
    rows = hand.rows(table)
    row = rows[len(rows) // 2]   # what was written last may be taken away unseen until the key agent signs again
    where, wrong = f'{of.key}={row[of.key]}', []
    before = town.findings(NORDVAER)

    def told(what):
        found = town.findings(NORDVAER) - before
        if (what in of.unnamed) == any(finding[0] in of.finds for finding in found):
            wrong.append(f'{table} {what}: verify says {found}')

    for column, kind in hand.columns(table).items():
        value = of.copy if column == of.key else another(kind, row[column])
        hand.change(table, where, column, value)
        told('change' if 'change' in of.unnamed else column)
        hand.delete(table, f'{of.key} IN ({row[of.key]},{value if column == of.key else row[of.key]})')
        hand.insert(table, row)
    copy = dict(row, **{of.key: of.copy}, **of.beside)
    hand.insert(table, copy)
    told('copied')
    hand.delete(table, f'{of.key}={of.copy}')
    hand.delete(table, where)
    told('delete')
    hand.delete(table, where)    # a job may have written it anew meanwhile
    hand.insert(table, row)
    return wrong


def expect_none(wrong):
    expect(not wrong, '\n' + '\n'.join(wrong))


# ---- what is expected of each table ----

made = {}


def administrator(town):
    return town.browser(town.nordvaer.person('Klar Fjord'), NORDVAER)


def a_setting(town):
    page = administrator(town).open('/innstillinger')
    administrator(town).save(page.form('/innstillinger'), consent_grace_days='30')
    return "'consent_grace_days'"


def a_log_page(town, _):
    return town.browser(town.nordvaer.person('Klok Elv'), NORDVAER).get(town.log('modig'))


def a_unit(town):
    return '{' + town.nordvaer.unit('Bjørkelia') + '}'


def somebody(town):
    return '{' + town.nordvaer.person('Våken Sjø') + '}'


def signed_in(town, key):
    """By one click, from an address of their own. The demo's page names its people, so it may close before they sign in."""
    made['at'] = made.get('at', 0) + 1
    browser = Browser(Elsewhere(town.stack, f'127.0.1.{made["at"] % 250 + 1}'))
    page = browser.get(f'/k/{NORDVAER}')
    if page.status == 200:
        page = browser.send(page.form('/demo'), person=key_of(key))
    return browser.get(page.location) if page.status == 303 else page


def a_role(town):
    return town.hand().rows('role', f'person={somebody(town)}')[0]['id']


def signed_in_by_role(town, _):
    return signed_in(town, somebody(town))


def a_code(town):
    made['code'] = next(iter(town.nordvaer.codes.values()))
    return as_stored(made['code'])


def as_stored(code):
    return '{' + hashlib.sha256(base64.b32decode(code.replace('-', '') + '======')).hexdigest() + '}'


def enrolled(town, key):
    visitor = Browser(Elsewhere(town.stack, '127.0.1.251'))
    page = visitor.open('/k/0301/ny')
    return visitor.send(page.form('/k/0301/ny'), enrolment=made['code'] if key == as_stored(made['code']) else PLANTED_CODE)


def cookie_of(town, token):
    return town.nordvaer.id + '.' + base64.urlsafe_b64encode(token).decode().rstrip('=')


def a_session(town):
    made['session'] = town.signed_in('Klok Elv')
    token = made['session'].cookies['__Host-stafettlogg'].split('.')[1]
    return '{' + hashlib.sha256(base64.urlsafe_b64decode(token + '=')).hexdigest() + '}'


def in_session(town, key):
    browser = made['session']
    if key == PLANTED_SESSION:
        browser = town.visitor()
        browser.cookies['__Host-stafettlogg'] = cookie_of(town, PLANTED_TOKEN)
    return browser.get(town.log('modig'))


def a_form(town):
    hand = town.hand()
    before = [row['hash'] for row in hand.rows('form_key')]
    made['form'] = town.signed_in('Klok Elv')
    form = made['form'].open(town.log('modig')).form('/ny/note')
    made['sent'] = form.action, form.values(text='En gang.')
    expect(made['form'].post(*made['sent']).status == 303)
    return next(row['hash'] for row in hand.rows('form_key') if row['hash'] not in before)


def sent_again(town, _):
    return made['form'].post(*made['sent'])


def leads_elsewhere(page):
    """Nothing is done twice, and who sends it again comes to the log, not where a stranger would have them."""
    return not page.path.startswith(page.location)


def a_draft(town):
    made['writer'] = town.signed_in('Klok Elv')
    form = made['writer'].open(town.log('modig') + '/ny/attention').form('/ny/attention')
    page = made['writer'].post(form.action.replace('/ny/', '/utkast/'), form.values(description='Halvskrevet.'))
    expect(page.status in (200, 204, 303), page)
    return town.hand().rows('draft')[0]['id']


def the_form_of_the_draft(town, _):
    return made['writer'].get(town.log('modig') + '/ny/attention')


def a_wait(town):
    failed(town, None)
    return town.hand().rows('backoff')[0]['account']


def failed(town, _):
    visitor = Browser(Elsewhere(town.stack, '127.0.1.252'))
    return visitor.sign_in(NORDVAER, 'mild.eng', 'galt passord, men langt', '000000')


def a_blind_request(town):
    holder = town.signed_in('Klok Elv')
    form = holder.open('/foresporsler').form('/foresporsler')
    expect(holder.send(form, national_id='11821750034', reason='1').status == 303)


def a_transfer(town):
    """Proposed, and no more."""
    holder = town.signed_in('Klok Elv')
    address = f'/logg/{town.paper()["id"]}/handling/transfer_propose'
    form = holder.open(address).form('transfer_propose')
    unit = next(value for value, label in form['unit'].options if 'Regnbuen' in label)
    expect(holder.send(form, unit=unit, on=day(7)).status == 303)
    return '{' + key_of(town.hand().rows('transfer')[0]['id']) + '}'


def a_crossing(town):
    """The same to another municipality."""
    holder = town.signed_in('Klok Elv')
    address = f'/logg/{town.paper()["id"]}/handling/transfer_send'
    form = holder.send(holder.open(address).form('transfer_send'), municipality=SEEDED, on=day(7)).form('transfer_send')
    unit = next(value for value, label in form['unit'].options if value)
    expect(holder.send(form, unit=unit, on=day(7)).status == 303)
    return '{' + key_of(town.hand().rows('crossing')[0]['id']) + '}'


def a_partner(town):
    """By its card, from an installation of its own."""
    with Town(*sys.argv[1:3], numbers=(SORVAER,)) as other:
        card = transfer(other, 'card', binary=True)
    transfer(town, '--fingerprint', fingerprint_of(card), 'trust', put(town, 'card', card.stdout))


def a_municipality(town):
    return '{' + town.nordvaer.id + '}'


def its_door(town, key):
    return town.visitor().get('/k/' + (NORDVAER if key == a_municipality(town) else '0302'))


def an_invitation(town):
    made['asker'] = town.signed_in('Klok Elv')
    made['asked_codes'] = invite(made['asker'], 1)
    return max(town.hand().rows('invitation'), key=lambda row: int(row['made_at']))['id']


def the_list_of_invitations(town, _):
    return made['asker'].get('/invitasjoner')


def somebody_asked(town):
    invitation = an_invitation(town)
    made['count'] = made.get('count', 0) + 1
    made['asked'] = enrol(town, made['asked_codes'][0], f'spurt.{made["count"]}')
    made['question'] = '/invitasjon/' + invitation.strip('{}')
    return town.hand().rows('invited', f'invitation={invitation}')[0]['id']


def the_question(town, _):
    return made['asked'].get(made['question'])


def a_choice(town):
    """Somebody wants no notice of notes."""
    browser = town.signed_in('Klok Elv')
    form = browser.open('/varsler').form('/varsler/valg')
    expect(browser.post(form.action, form.values(told='meeting_soon')).status == 303)
    return '{' + key_of(town.hand().rows('silence')[0]['person']) + '}'


def a_mail(town):
    """A log is set passive, and its guardian is told."""
    log, browser = town.paper(), town.signed_in('Klok Elv')
    page = browser.open(f'/logg/{log["id"]}/handling/log_close')
    expect(browser.send(page.form('log_close'), reason='1').status == 303)
    return '{' + key_of(town.hand().rows('outbox')[0]['id']) + '}'


def a_certificate(town):
    """Something makes the purge of a log wait, and is kept for its certificate."""
    log, holder, admin, manager = town.paper(), town.signed_in('Klok Elv'), town.signed_in('Klar Fjord'), town.signed_in('Bred Ås')
    path = f'/logg/{log["id"]}/handling/'
    for browser, act, fields in ((holder, 'log_close', {'reason': '1'}), (admin, 'archive_decide', {'archive': '2', 'ground': '1'}),
                                 (admin, 'deletion_order', {}), (manager, 'deletion_approve', {}),
                                 (admin, 'legal_hold_set', {'reason': 'En sak i retten.', 'grunn': 'complaint'})):
        expect(browser.send(browser.open(path + act).form(act), **fields).status == 303, act)
    town.stack.command('jobs', *town.stack.place, 'run', 'deletion')
    return '{' + key_of(town.hand().rows('certificate')[0]['id']) + '}'


def an_order(town):
    """A log is to be deleted, and its manager looks whether there is something to approve."""
    log, holder, admin = town.paper(), town.signed_in('Klok Elv'), town.signed_in('Klar Fjord')
    path = f'/logg/{log["id"]}/handling/'
    for browser, act, fields in ((holder, 'log_close', {'reason': '1'}), (admin, 'archive_decide', {'archive': '2', 'ground': '1'}),
                                 (admin, 'deletion_order', {})):
        expect(browser.send(browser.open(path + act).form(act), **fields).status == 303, act)
    town.signed_in('Bred Ås').open('/sletting')
    return '{' + key_of(town.hand().rows('deletion')[0]['id']) + '}'


def a_report(town):
    """A manager has made one of a log that is passive."""
    log, holder = town.paper(), town.signed_in('Klok Elv')
    page = holder.open(f'/logg/{log["id"]}/handling/log_close')
    expect(holder.send(page.form('log_close'), reason='1').status == 303)
    admin = administrator(town)
    page = admin.open(f'/logg/{log["id"]}/handling/archive_report_make')
    expect(admin.send(page.form('archive_report_make'), language='1').status == 303)
    return '{' + key_of(town.hand().rows('report')[0]['id']) + '}'


def an_attention(town):
    """A holder has written one, of which there is a fact."""
    log, holder = town.paper(), town.signed_in('Klok Elv')
    page = holder.open(f'/logg/{log["id"]}/ny/attention')
    expect(holder.send(page.form('/ny/attention'), category='22', severity='2', date=day(-1), description='Alene i friminuttet').status == 303)
    return '{' + key_of(town.hand().rows('fact')[0]['id']) + '}'


def a_publication(town):
    """Statistics are published at once; what there is before is published with it."""
    if not town.hand().rows('publication'):
        an_attention(town)
        done = datetime.date.today()
        quarter = done.year * 4 + (done.month - 1) // 3 - 1
        town.stack.command('statistics', *town.stack.place, 'freeze', NORDVAER, '--to', f'{quarter // 4}Q{quarter % 4 + 1}')
    return '{' + key_of(town.hand().rows('publication')[0]['id']) + '}'


def a_frozen_fact(town):
    """None is old enough to be published: one is put there by hand."""
    hand = town.hand()
    if not hand.rows('frozen_fact'):
        hand.insert('frozen_fact', {column: '{' + 'aa' * 16 + '}' if kind == BYTES else '1' for column, kind in hand.columns('frozen_fact').items()})


def a_part_of(table):
    """The key of a part of a publication."""
    def begin(town):
        a_publication(town)
        return '{' + key_of(town.hand().rows(table)[0]['id']) + '}'
    return begin


PLANTED_CODE, PLANTED_TOKEN = 'A' * 26, b'\x77' * 32
PLANTED_SESSION = '{' + hashlib.sha256(PLANTED_TOKEN).hexdigest() + '}'
LONG = '{' + '77' * 32 + '}'
INDEX_ONLY = 'it finds a row, and what was found is compared with what is sealed'
INDEX_PROVEN = 'it is asked of a row that is found by its number; a key that lies elsewhere opens nothing'
NOT_FOUND = 'what it gave is gone with it'
NOT_ASKED = 'nobody comes by it: its key is a keyed hash'
IN_NO_CHAIN = 'these rows end by themselves and stand in no chain; a loss gives nobody anything'
AGAIN = 'whoever sent the form, and has its page still, does it once more under the same rights'
WAITS = 'serve counts in memory, and the key agent has its own ceilings'
SILENT = {'change': 'no power hangs on it', 'copied': 'as above', 'delete': 'as above'}
TABLES = {
    'log': OfLog(where='id={%s}', unused={'delete': 'nothing is left by which it could be known that there was one'}),
    'entry': OfLog(),
    'participant': OfLog(),
    'consent': OfLog(),
    'consent_unit': OfLog(),
    'document': OfLog(paper=True, apart='sealed'),
    'scope_key': OfLog(key='scope', where='scope={%s}', unused={
        'epoch': 'the wrapped key names its own', 'version': 'nothing is decided by it',
        'blind_index': INDEX_ONLY, 'inner_index': INDEX_ONLY, 'proof': INDEX_PROVEN}),
    'setting': Alone(key='name', begin=a_setting, use=a_log_page, planted="'consent_age_years'", unused={
        'delete': 'what the municipality chose is as the product delivers it'}),
    'unit': Alone(key='id', begin=a_unit, use=lambda town, _: administrator(town).get('/enheter'), planted='{' + OTHER + '}',
                  unused={'delete': 'a unit less is shown'}),
    'person': Alone(key='id', begin=somebody, use=signed_in, planted='{' + OTHER + '}', beside={'login_index': 'NULL'},
                    unused={'delete': NOT_FOUND}),
    'role': Alone(key='id', begin=a_role, use=signed_in_by_role, planted='{' + OTHER + '}', unused={
        'person': NOT_FOUND, 'delete': NOT_FOUND}),
    'enrolment': Alone(key='code_hash', begin=a_code, use=enrolled, planted=as_stored(PLANTED_CODE), unused={
        'code_hash': NOT_FOUND, 'delete': NOT_FOUND}),
    'session': Alone(key='token_hash', begin=a_session, use=in_session, planted=PLANTED_SESSION, unused={
        'token_hash': NOT_FOUND, 'delete': NOT_FOUND}, unnamed={'token_hash': IN_NO_CHAIN, 'delete': IN_NO_CHAIN}),
    'form_key': Alone(key='hash', begin=a_form, use=sent_again, lets_in=leads_elsewhere, planted=LONG, unused={
        'hash': AGAIN, 'delete': AGAIN, 'copied': NOT_ASKED, 'planted': NOT_ASKED},
        unnamed={'hash': IN_NO_CHAIN, 'delete': IN_NO_CHAIN}),
    'draft': Alone(key='id', begin=a_draft, use=the_form_of_the_draft, planted='{' + OTHER + '}', beside={'kind': '5'}, unused={
        'log_no': NOT_FOUND, 'person': NOT_FOUND, 'delete': NOT_FOUND}, unnamed={'id': IN_NO_CHAIN, 'delete': IN_NO_CHAIN}),
    'backoff': Alone(key='account', begin=a_wait, use=failed, lets_in=lambda page: page.status == 422, planted='{' + OTHER + '}', unused={
        'account': WAITS, 'delete': WAITS, 'copied': NOT_ASKED, 'planted': NOT_ASKED},
        unnamed={'account': IN_NO_CHAIN, 'delete': IN_NO_CHAIN}),
    'invitation': Alone(key='id', begin=an_invitation, use=the_list_of_invitations, planted='{' + OTHER + '}', unused={
        'maker': NOT_FOUND, 'delete': NOT_FOUND}, unnamed={'id': IN_NO_CHAIN, 'delete': IN_NO_CHAIN}),
    'invited': Alone(key='id', begin=somebody_asked, use=the_question, planted='{' + OTHER + '}', unused={
        'person': NOT_FOUND, 'delete': NOT_FOUND}, unnamed={'id': IN_NO_CHAIN, 'delete': IN_NO_CHAIN}),
    'municipality': Alone(key='id', begin=a_municipality, use=its_door, planted='{' + OTHER + '}', beside={'number': "'0302'"},
                          host=True, unused={'number': NOT_FOUND, 'delete': NOT_FOUND}),
    'job': Apart(why='it says how far a job is: one that is not ours is run by nobody, and told', key='name', copy="'other'",
                 unnamed={'delete': 'the job is done once more, and what was carried out is not again'}),
    'silence': Apart(why='it keeps nothing from anybody that must be told; conform stranger', key='person', copy='{' + OTHER + '}',
                     begin=a_choice, unnamed={'delete': IN_NO_CHAIN}),
    'outbox': Apart(why='it holds no address and no words, and nothing is sent yet; conform stranger', key='id', copy='{' + OTHER + '}',
                    begin=a_mail, unnamed={'delete': IN_NO_CHAIN}),
    'inbox': Apart(why='its page gives none that is not ours: conform stranger', key='id', copy='{' + OTHER + '}', begin=Tables.paper),
    'blind_request': Apart(why='a request that is not ours is told to nobody and listed by none', key='id', copy='{' + OTHER + '}',
                           begin=a_blind_request, unnamed={'delete': IN_NO_CHAIN}),
    'deletion': Apart(why='an order that is not ours is approved by nobody, shows no date and is listed by none; conform stranger', key='id',
                      copy='{' + OTHER + '}', begin=an_order, beside={'log_no': '4000000'}),
    'transfer': Apart(why='one that is not ours gives nobody a log: conform stranger', key='id', copy='{' + OTHER + '}', begin=a_transfer),
    'crossing': Apart(why='one that is not ours gives nobody a log: conform stranger', key='id', copy='{' + OTHER + '}', begin=a_crossing),
    'partner': Apart(why='one that is not ours lets no file in and is offered to nobody: conform stranger', key='id', copy='{' + OTHER + '}',
                     begin=a_partner),
    'certificate': Apart(why='one that is not ours is given to nobody, and its signature says so too; conform stranger', key='id',
                         copy='{' + OTHER + '}', begin=a_certificate),
    'report': Apart(why='one that is not ours is told to nobody: conform report', key='id', copy='{' + OTHER + '}', begin=a_report),
    'report_order': Fleeting(why='it stands while a report is made, in the session of whoever ordered it: conform stranger'),
    'report_part': Apart(why='its bytes are under the hash in the report, which is proven: scenario report', key='part', copy='9',
                         finds=('REPORT_CHANGED',), unnamed={'at': 'nothing goes by it but when parts that no report names are removed'}),
    'fact': Apart(why='one that is not ours is published by nobody: conform statistics', key='id', copy='{' + OTHER + '}', begin=an_attention,
                  beside={'found': '{' + OTHER + '}'}, unnamed={'delete': IN_NO_CHAIN}),
    'publication': Apart(why='one that is not ours is shown to nobody: conform statistics', key='id', copy='{' + OTHER + '}', begin=a_publication,
                         beside={'number': '9'}),
    'publication_shown': Apart(why='its bytes are under the hash in the publication too: unit statistics_published', key='id',
                               copy='{' + OTHER + '}', begin=a_part_of('publication_shown'), beside={'part': '9'}),
    'publication_secret': Apart(why='as above', key='id', copy='{' + OTHER + '}', begin=a_part_of('publication_secret'), beside={'part': '9'}),
    'frozen_fact': Apart(why='all of them are under the hash in the publication, and nothing is published on top of another: unit '
                         'statistics_published', key='id', copy='{' + OTHER + '}', begin=a_frozen_fact, unnamed=SILENT),
    'audit': Apart(why='what was read of it is compared with the chain by verify', key='seq', copy='9000000',
                   finds=('LINE_CHANGED', 'LINE_MISSING', 'LINE_UNPROVEN', 'CHAIN_CUT')),
    'head_signature': Apart(why='verify alone reads it; the key agent keeps the newest', key='seq', copy='9000000',
                            finds=('HEAD_FORGED', 'CHAIN_CUT', 'CHAIN_FORKED'), unnamed={
                                'delete': 'the next head covers the same lines'}),
    'counter': Apart(why='it numbers the next log; a number that was given already is refused', key='name', copy="'other'", unnamed=SILENT),
    'schema_version': Apart(why='it is read at a start alone, and says no more than which steps were taken', key='n', copy='9',
                            unnamed=SILENT),
}


@fact
def every_table_of_both_databases_is_expected_here(town):
    tables = set(town.hand().tables()) | set(town.hand('').tables())
    expect(tables == set(TABLES), tables ^ set(TABLES))


@fact
def a_column_of_a_row_of_a_log_that_was_changed_closes_the_log_and_is_found(town):
    change_each(town, paper=False)


@fact
def a_row_of_another_log_that_was_copied_into_one_closes_it_and_is_found(town):
    put_into_each(town, paper=False, junk=False)


@fact
def a_row_that_was_put_into_a_log_closes_it_and_is_found(town):
    put_into_each(town, paper=False, junk=True)


@fact
def a_row_that_was_deleted_from_a_log_closes_it_and_is_found(town):
    delete_each(town, paper=False)


@fact
def what_was_done_to_a_document_shows_none_and_is_found(town):
    change_each(town, paper=True)
    put_into_each(town, paper=True, junk=True)
    delete_each(town, paper=True)


@fact
def a_column_of_a_row_that_gives_power_was_changed_and_gives_none(town):
    wrong = []
    for tampering in each_alone(town):
        hand, table, key = tampering.hand, tampering.table, tampering.key
        for column, kind in hand.columns(table).items():
            row = tampering.row()
            value = another(kind, row[column])
            hand.change(table, f'{tampering.of.key}={key}', column, value)
            tampering.used(column, key, column in tampering.of.unused)
            tampering.named(column, key, GONE if column == tampering.of.key else CHANGED)
            tampering.put_back(row, key, value if column == tampering.of.key else key)
        wrong += tampering.wrong
    expect_none(wrong)


@fact
def a_row_that_was_planted_or_copied_gives_no_power(town):
    wrong = []
    for tampering in each_alone(town):
        hand, table, of = tampering.hand, tampering.table, tampering.of
        row = dict(tampering.row(), **{of.key: of.planted}, **of.beside)
        for what, proof in (('copied', row['proof']), ('planted', '{' + NONE * 2 + '}')):
            hand.insert(table, dict(row, proof=proof))
            tampering.used(what, of.planted, what in of.unused)
            tampering.named(what, of.planted, PLANTED)
            tampering.put_back(None, of.planted)
        wrong += tampering.wrong
    expect_none(wrong)


@fact
def a_row_that_was_deleted_gives_nothing_and_is_found(town):
    wrong = []
    for tampering in each_alone(town):
        row = tampering.row()
        tampering.put_back(None, tampering.key)
        tampering.used('delete', tampering.key, may_go_on='delete' in tampering.of.unused)
        tampering.named('delete', tampering.key, GONE)
        tampering.put_back(row, tampering.key)
        wrong += tampering.wrong
    expect_none(wrong)


@fact
def what_was_done_to_any_other_row_is_found(town):
    wrong = []
    for table, of in TABLES.items():
        if isinstance(of, Apart):
            wrong += done_apart(town, table, of)
    expect_none(wrong)


if __name__ == '__main__':
    main(kind=Tables, database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
