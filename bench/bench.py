#!/usr/bin/env python3
"""bench.py - how fast a whole installation answers, and what it needs for that.

usage: bench.py --build DIR [--seconds N] [--out FILE] [--only PART ...] [--logs N] [--due N]

Parts: pages (a log page of 60 entries with its durable audit line, against a static page of the same size), notes, refused
(a log that is forbidden against one that is absent), unwrap, start (cold start and memory), country (357 municipalities),
postgres (pages and notes on PostgreSQL beside SQLite, in turns), seed (60,000 logs of 5 to 80 entries are made), long (a log of
3,000 entries beside one of 60), list (50 own logs among 1,000 and among 60,000, in turns), night (what midnight does in --logs logs of
which about --due are due, 60,000 and 600, beside a tenth of the logs with as many due; pages meanwhile; on both databases), epoch (every
key of a municipality of --logs living logs is wrapped anew; its pages meanwhile; on both databases), backup (a backup
of a sixth of --logs, 10,000, and of --logs, with pages meanwhile, and the way back from it on a blank machine; both databases), purge (1,000 logs of --logs are deleted in one run, alone and while pages are
read; on both databases), freeze (publications of statistics of invented municipalities of many sizes, and answers out of them; draws
docs/freeze.svg).
Client and server share this machine's cores. Prints a table; --out writes it as Markdown too. Loopback only.
"""
import argparse
import concurrent.futures
import contextlib
import datetime
import itertools
import json
import os
import pathlib
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import types
import zoneinfo

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / 'tools'), str(ROOT / 'tests' / 'scenario')]
import backups
from client import Browser, Elsewhere, secret_of, totp
from stack import Stack, drop_rights

PARTS = ['pages', 'notes', 'refused', 'unwrap', 'start', 'country', 'postgres', 'seed', 'long', 'list', 'night', 'epoch', 'backup', 'purge', 'freeze']
CONNECTIONS = (1, 16, 64, 200)
SESSIONS = 200
MANY = 1000000
# Ceilings that 200 people at one log would not reach, but ten signed in 200 times do.
BUDGETS = {name: MANY for name in (
    'grant-person-minute', 'grant-municipality-minute', 'sign-in-municipality-minute', 'sign-in-municipality-hour',
    'read-grant-minute', 'read-grant-hour', 'read-person-hour', 'read-person-day', 'write-grant-minute', 'write-grant-hour',
    'write-person-hour', 'write-person-day', 'person-grant-minute', 'person-person-hour', 'person-municipality-hour',
    'header-grant-minute', 'header-person-hour', 'log-municipality-hour', 'log-municipality-day', 'write-municipality-hour',
    'write-municipality-day', 'header-municipality-hour', 'header-municipality-day', 'person-municipality-day', 'job-municipality-day')}


def say(text):
    print(text, flush=True)


class Bench:
    def __init__(self, build, seconds, logs=0, due=0):
        self.build, self.seconds = pathlib.Path(build), seconds
        self.logs, self.due = logs, due
        self.lines = []

    def tell(self, *cells):
        line = '| ' + ' | '.join(str(cell) for cell in cells) + ' |'
        self.lines.append(line)
        say(line)

    def heading(self, title, *columns):
        self.lines += ['', f'## {title}', '']
        say('\n' + title)
        if columns:
            self.tell(*columns)
            self.tell(*['---' for _ in columns])

    def stack(self, **options):
        return Stack(self.build / 'stafettlogg', self.build / 'assets', budgets=BUDGETS, **options)

    def program(self, stack, name):
        """A program of this folder where the user without rights can reach it."""
        copy = stack.folder / name
        if not copy.exists():
            shutil.copy(self.build / 'bench' / name, copy)
            copy.chmod(0o755)
        return str(copy)

    def load(self, stack, way, connections, sessions, seconds=None):
        """What bench/load.c measured."""
        lines = ''.join(f'{path} {cookie}\n' for path, cookie in sessions)
        done = subprocess.run([self.program(stack, 'bench_load'), way, str(stack.port), str(stack.certificate), str(connections),
                               str(seconds or self.seconds)], input=lines, text=True, capture_output=True, check=False,
                              **drop_rights())
        if done.returncode != 0:
            sys.exit(f'load failed: {done.stderr}')
        return json.loads(done.stdout)


def longest(stack):
    return max(stack.demo['logs'], key=lambda log: int(log['entries']))


def holder_of(stack, log):
    return next(person for person in stack.demo['people'] if person['id'] == log['holder'])


def shows(page):
    """The whole log, not its stub, nor the question for a reason."""
    return page.status == 200 and '/ny/note"' in page.body.decode()


addresses = itertools.count()


def somewhere(stack):
    """A browser at an address of its own: from one and the same the front takes three sign-ins a second."""
    number = next(addresses)
    return Browser(Elsewhere(stack, f'127.0.{100 + number // 250}.{number % 250 + 1}'))


def sign_in(stack, person, log=None, number=None):
    """A browser in which this person may open the log; None when none of their roles may. Of the first municipality, or of this number."""
    browser = somewhere(stack)
    page = browser.sign_in_demo(number or stack.demo['municipalities'][0]['number'], person)
    if page.location != '/rolle':
        return browser if not log or shows(browser.get(log)) else None
    for name, value, _ in browser.open('/rolle').form('/rolle').buttons:
        if not name:
            continue
        form = browser.open('/rolle').form('/rolle')
        browser.save(form, **{name: value})
        page = browser.get(log) if log else None
        if not log or (shows(page)):
            return browser
    return None


def cookie(browser):
    return '; '.join(f'{name}={value}' for name, value in browser.cookies.items())


def readers(stack, log, count):
    """(path, cookie) of sessions that may open this log: everybody who takes part, again and again."""
    path = f'/logg/{log["id"]}'
    people = list(dict.fromkeys(person['id'] for person in stack.demo['people']))
    able = [person for person in people if sign_in(stack, person, path)]
    made = [sign_in(stack, able[i % len(able)], path) for i in range(count)]
    return [(path, cookie(browser)) for browser in made]


def resident(pid):
    """KiB of one process that lie in memory now."""
    for line in pathlib.Path(f'/proc/{pid}/status').read_text().splitlines():
        if line.startswith('VmRSS:'):
            return int(line.split()[1])
    return 0


def cpu_ms(pid, ended=False):
    """Milliseconds of processor time that one process has used so far; ended: with its children that have ended."""
    fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
    return sum(map(int, fields[11:15 if ended else 13])) * 1000 / os.sysconf('SC_CLK_TCK')


def spent(stack):
    """The same of the installation, by kind of process; of the database's server with what its ended processes used."""
    total = {}
    for name, pid in processes(stack):
        kind = name.split()[0]
        total[kind] = total.get(kind, 0) + cpu_ms(pid)
    if stack.postgres:
        server = int((stack.postgres.folder / 'data' / 'postmaster.pid').read_text().split()[0])
        total['postgres'] = cpu_ms(server, ended=True)
        for pid in children(server):
            with contextlib.suppress(FileNotFoundError):  # one that ended just now is counted by its parent
                total['postgres'] += cpu_ms(pid)
    return total


def children(pid):
    return [int(child) for child in pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text().split()]


def processes(stack):
    """(name, pid) of every process of the installation."""
    workers = children(stack.pid('front'))
    return [('keyd', stack.pid('keyd')), ('serve', stack.pid('serve')), ('front', stack.pid('front'))] + \
        [(f'front worker {i}', pid) for i, pid in enumerate(workers, 1)]


def mib(kib):
    return f'{kib / 1024:.1f}'


def bench_pages(bench):
    with bench.stack() as stack:
        log = longest(stack)
        sessions = readers(stack, log, SESSIONS)
        page = Browser(stack)
        page.cookies = dict(pair.split('=', 1) for pair in sessions[0][1].split('; '))
        size = len(page.open(sessions[0][0]).body)
        static = stack.folder / 'root' / 'assets' / 'bench.txt'
        static.write_bytes(b'x' * size)
        static.chmod(0o644)
        bench.heading(f'Opening a log of {log["entries"]} entries ({size} bytes), {SESSIONS} sessions', 'connections',
                      'audited pages a second', 'p50 ms', 'p99 ms', 'failed', 'static a second', 'static p50 ms', 'ratio',
                      'processor ms a page: serve', 'keyd', 'front')
        for connections in CONNECTIONS:
            before = spent(stack)
            got = bench.load(stack, 'read', connections, sessions)
            used = {name: (value - before[name]) / max(got['asked'], 1) for name, value in spent(stack).items()}
            plain = bench.load(stack, 'read', connections, [('/assets/bench.txt', 'a=b')])
            bench.tell(connections, got['a_second'], got['p50_ms'], got['p99_ms'], got['failed'], plain['a_second'],
                       plain['p50_ms'], f'1 : {plain["a_second"] / max(got["a_second"], 0.1):.1f}', f'{used["serve"]:.2f}', f'{used["keyd"]:.2f}',
                       f'{used["front"]:.2f}')
        bench.heading('Resident memory after that', 'process', 'MiB')
        for name, pid in processes(stack):
            bench.tell(name, mib(resident(pid)))


def writers(stack):
    """(path, cookie) of holders who may write in their log."""
    sessions = []
    for i in range(64):
        log = stack.demo['logs'][i % len(stack.demo['logs'])]
        path = f'/logg/{log["id"]}'
        browser = sign_in(stack, log['holder'], path)
        if browser and browser.get(path + '/ny/note').status == 200:
            sessions.append((path, cookie(browser)))
    return sessions


def bench_notes(bench):
    with bench.stack() as stack:
        sessions = writers(stack)
        bench.heading('Saving a note (its form is fetched before and not counted)', 'connections', 'saved a second', 'p50 ms', 'p99 ms',
                      'failed')
        for connections in (1, 16):
            got = bench.load(stack, 'save', connections, sessions, min(bench.seconds, 5))
            bench.tell(connections, got['a_second'], got['p50_ms'], got['p99_ms'], got['failed'])


def bench_refused(bench):
    """A log that somebody may not open, and one that does not exist, in turns."""
    with bench.stack() as stack:
        path = f'/logg/{longest(stack)["id"]}'
        stranger = next(browser for person in stack.demo['people'] if person['role'] == 'guardian'
                        for browser in [sign_in(stack, person['id'])] if browser.get(path).status == 404)
        absent = '/logg/' + os.urandom(16).hex()
        have = {'Cookie': cookie(stranger), 'Sec-Fetch-Site': 'same-origin'}
        times = {path: [], absent: []}
        connection = stack.connect()
        for turn in range(2000):
            for where in ((path, absent) if turn % 2 else (absent, path)):
                start = time.perf_counter()
                connection.request('GET', where, headers=have)
                answer = connection.getresponse()
                answer.read()
                times[where].append(time.perf_counter() - start)
                if answer.status != 404:
                    sys.exit(f'{where} answers {answer.status}')
        bench.heading('A forbidden log against an absent one (2,000 each, one connection, in turns)', 'log', 'p10 ms', 'p50 ms', 'p90 ms')
        for name, where in (('forbidden', path), ('absent', absent)):
            ordered = sorted(times[where])
            bench.tell(name, *[f'{ordered[len(ordered) * part // 10] * 1000:.3f}' for part in (1, 5, 9)])


def bench_unwrap(bench):
    stack = bench.stack(fill=False)
    try:
        stack.init()
        stack.start_keyd()
        stack.unseal(1)
        stack.unseal(2)
        done = subprocess.run([bench.program(stack, 'bench_unwrap'), str(stack.keyd_socket)], text=True, capture_output=True,
                              check=False, **drop_rights())
        if done.returncode != 0:
            sys.exit(f'unwrap failed: {done.stderr}')
        told = json.loads(done.stdout)
        bench.heading('The key agent', 'unwrapping scope keys', 'a second')
        bench.tell('one thread', told['alone'])
        bench.tell('16 threads', told['sixteen'])
    finally:
        stack.stop()


def cold_start(stack, path='/'):
    """Milliseconds from starting serve until the front has a page from it."""
    stack.end('serve')
    start = time.perf_counter()
    stack.start_serve()
    while stack.get(path)[0] != 200:
        time.sleep(0.002)
    return (time.perf_counter() - start) * 1000


def bench_start(bench):
    with bench.stack() as stack:
        times = sorted(cold_start(stack) for _ in range(9))
        bench.heading('Start', 'what', 'value')
        bench.tell('serve, from exec to the first page through the front (median of 9)', f'{times[4]:.0f} ms')
        bench.tell('the slowest of them', f'{times[-1]:.0f} ms')
        for name, pid in processes(stack):
            bench.tell(f'resident before any load: {name}', f'{mib(resident(pid))} MiB')


def bench_country(bench):
    """Every municipality of data/municipalities.csv on one server."""
    rows = [line.split(',') for line in (ROOT / 'data' / 'municipalities.csv').read_text().splitlines()[1:] if line]
    with bench.stack(fill=False) as stack:
        start = time.perf_counter()
        codes = {}
        for number, name, *_ in rows:
            told = stack.command('municipality', 'add', *stack.place, '--number', number, '--name', name.strip('"'),
                                 '--admin-name', 'Frisk Kyst', '--admin-email', f'k{number}@example.com').stdout
            codes[number] = re.search(r'enrolment-code (\S+)', told).group(1)
        made = time.perf_counter() - start
        bench.heading(f'{len(rows)} municipalities on one server', 'what', 'value')
        bench.tell('adding all of them, one command each', f'{made:.1f} s')
        bench.tell('on disk', f'{sum(path.stat().st_size for path in stack.data.rglob("*") if path.is_file()) / 2**20:.0f} MiB')
        times = sorted(cold_start(stack) for _ in range(5))
        bench.tell('cold start of serve (median of 5)', f'{times[2]:.0f} ms')
        read_country(bench, stack, 'the list of units', visit_all(bench, stack, codes))
    country_of_logs(bench, rows)


def first_visit(stack, number, code):
    """The first administrator enrols, signs in and reads the list of units: everything that is asked of a database once."""
    browser = somewhere(stack)
    page = browser.send(browser.open(f'/k/{number}/ny').form('/ny'), enrolment=code)
    secret = secret_of(page)
    account = {'user_name': f'k{number}@example.com', 'password': 'lang vei over fjell og vidde'}
    browser.send(page.form('/konto'), **account, code=totp(secret, -1))
    page = browser.sign_in(number, *account.values(), totp(secret))
    if page.status != 303 or browser.get('/enheter').status != 200:
        sys.exit(f'the first visit to {number} answers {page.status}: {stack.log("serve")[-2000:]}')
    return browser


def visit_all(bench, stack, codes):
    """Sessions of all municipalities: (path, cookie) of the list of units."""
    times, sessions = [], []
    for number, code in codes.items():
        start = time.perf_counter()
        sessions.append(('/enheter', cookie(first_visit(stack, number, code))))
        times.append(time.perf_counter() - start)
    times.sort()
    bench.tell('the first administrator of each enrols, signs in and lists the units (p50, slowest)',
               f'{times[len(times) // 2] * 1000:.0f} ms, {times[-1] * 1000:.0f} ms')
    return sessions


def read_country(bench, stack, what, sessions):
    """The same page of one municipality, and of all in turn; once before, so that what is opened once is not counted."""
    bench.load(stack, 'read', 16, sessions)
    bench.heading(f'Reading {what}, of one municipality and of all in turn', 'connections', 'one: a second', 'all: a second', 'ratio',
                  'p99 ms of one', 'of all', 'processor ms of serve for one', 'for one of all')
    for connections in (1, 16, 64):
        got = []
        for asked in (sessions[:1], sessions):
            before = cpu_ms(stack.pid('serve'))
            load = bench.load(stack, 'read', connections, asked)
            load['cpu'] = (cpu_ms(stack.pid('serve')) - before) / max(load['asked'], 1)
            if load['failed']:
                sys.exit(f'{load["failed"]} pages failed: {stack.log("serve")[-2000:]}')
            got.append(load)
        one, all_ = got
        bench.tell(connections, one['a_second'], all_['a_second'], f'{all_["a_second"] / max(one["a_second"], 0.1):.2f}', one['p99_ms'],
                   all_['p99_ms'], f'{one["cpu"]:.2f}', f'{all_["cpu"]:.2f}')
    bench.heading('After that', 'what', 'value')
    bench.tell('resident: serve', f'{mib(resident(stack.pid("serve")))} MiB')
    bench.tell('resident: keyd', f'{mib(resident(stack.pid("keyd")))} MiB')
    bench.tell('open handles: serve', len(os.listdir(f'/proc/{stack.pid("serve")}/fd')))
    bench.tell('open handles: keyd', len(os.listdir(f'/proc/{stack.pid("keyd")}/fd')))


def country_of_logs(bench, rows):
    """A log of 60 entries in each municipality, read by its holder."""
    with bench.stack(fill=False) as stack:
        stack.end('serve')
        numbers = [f'{9900 - place}' for place in range(len(rows))]
        for number, (_, name, *_) in zip(numbers, rows):
            seed(stack, '--logs', 1, '--units', 2, '--entries', 60, '--number', number, '--name', name.strip('"'))
        stack.start_serve()
        own = [(number, log['holder'], f'/logg/{log["id"]}') for number, log in zip(numbers, stack.demo['logs'])]
        read_country(bench, stack, 'a log of 60 entries',
                     [(path, cookie(sign_in(stack, holder, path, number))) for number, holder, path in own])


def measured(bench, stack, way, connections, sessions):
    """What load.c says, with the processor time of the whole installation for each request."""
    before = sum(spent(stack).values())
    got = bench.load(stack, way, connections, sessions, min(bench.seconds, 4))
    got['processor_ms'] = (sum(spent(stack).values()) - before) / max(got['asked'], 1)
    return got


def bench_postgres(bench):
    """The same installation on both databases, measured in turns so that the machine is the same for both."""
    with bench.stack() as one, bench.stack(database='postgres') as other:
        bench.heading('PostgreSQL beside SQLite, in turns', 'what', 'connections', 'SQLite a second', 'PostgreSQL a second', 'ratio',
                      'SQLite p99 ms', 'PostgreSQL p99 ms', 'processor ms each: SQLite', 'PostgreSQL', 'failed')
        read = [readers(stack, longest(stack), SESSIONS) for stack in (one, other)]
        save = [writers(stack) for stack in (one, other)]
        for what, way, sessions, sizes in (('pages', 'read', read, CONNECTIONS), ('notes', 'save', save, (1, 16))):
            for connections in sizes:
                got = [measured(bench, stack, way, connections, mine) for stack, mine in zip((one, other), sessions)]
                bench.tell(what, connections, *[each['a_second'] for each in got],
                           f'{got[1]["a_second"] / max(got[0]["a_second"], 0.1):.2f}', *[each['p99_ms'] for each in got],
                           *[f'{each["processor_ms"]:.2f}' for each in got], sum(each['failed'] for each in got))


SEEDED = 60000


def seed(stack, *options):
    """Fills it by `stafettlogg seed`; what is told is added to stack.demo."""
    stack.take(stack.command('seed', *stack.place, *options, timeout=7200).stdout)


def on_disk(stack):
    return sum(path.stat().st_size for path in stack.data.rglob('*') if path.is_file()) / 2**20


def watched(stack, *arguments):
    """Runs a command that tells lines of JSON: what it used, and the most KiB that lay in memory (asked for four times a second)."""
    with tempfile.TemporaryFile('w+') as out:
        process = subprocess.Popen([str(stack.program), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=subprocess.DEVNULL, cwd='/', **drop_rights())
        most = 0
        while True:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            most = max(most, resident(process.pid))
            time.sleep(0.25)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        stack.take(out.read())
    if process.returncode != 0:
        sys.exit(f'{arguments[0]} ended with {process.returncode}')
    return usage, most


def bench_seed(bench):
    """Alone, without serve: all of both processors are its own."""
    stack = bench.stack(fill=False)
    try:
        stack.init()
        stack.start_keyd()
        stack.unseal(1)
        stack.unseal(2)
        start = time.perf_counter()
        usage, most = watched(stack, 'seed', *stack.place, '--logs', SEEDED)
        took = time.perf_counter() - start
        used, agent = usage.ru_utime + usage.ru_stime, cpu_ms(stack.pid('keyd')) / 1000
        made = stack.demo['seeded'][0]
        bench.heading(f'Seeding {made["logs"]} logs with {made["entries"]} entries', 'what', 'value')
        bench.tell('logs a second', f'{made["logs"] / took:.0f}')
        bench.tell('processor time a log: command, key agent', f'{used * 1000 / made["logs"]:.2f} ms, {agent * 1000 / made["logs"]:.2f} ms')
        bench.tell('most memory of the command', f'{mib(most)} MiB')
        bench.tell('on disk', f'{on_disk(stack):.0f} MiB')
    finally:
        stack.stop()


def bench_long(bench):
    with bench.stack(fill=False) as stack:
        seed(stack, '--logs', 2, '--units', 2, '--entries', 60, '--long', 3000)
        bench.heading('A long log beside one of 60 entries', 'entries', 'page p50 ms', 'page p99 ms', 'bytes of HTML', 'save p50 ms',
                      'save p99 ms', 'failed')
        saves = {}
        for log in reversed(stack.demo['logs']):
            path = f'/logg/{log["id"]}'
            browser = sign_in(stack, log['holder'], path)
            size = len(browser.open(path).body)
            read = bench.load(stack, 'read', 1, [(path, cookie(browser))], min(bench.seconds, 5))
            save = bench.load(stack, 'save', 1, [(path, cookie(browser))], min(bench.seconds, 5))
            saves[log['entries']] = save['p50_ms']
            bench.tell(log['entries'], read['p50_ms'], read['p99_ms'], size, save['p50_ms'], save['p99_ms'],
                       read['failed'] + save['failed'])
        bench.tell('ratio of saves', '', '', '', f'{saves["3000"] / max(saves["60"], 0.01):.2f}', '', '')


def bench_list(bench):
    """The list of a holder of 50 logs; both installations stand, and are asked in turns so that the machine is the same for both."""
    with bench.stack(fill=False) as small, bench.stack(fill=False) as large:
        times = {}
        for stack, logs in ((small, 1000), (large, SEEDED)):
            seed(stack, '--logs', logs)
            browser = sign_in(stack, stack.demo['logs'][1]['holder'])
            times[logs] = (stack, [('/mine', cookie(browser))], [])
            own = len(browser.open('/mine').links('/logg/'))
            bench.heading(f'The list of {own} own logs among {logs}', 'turn', 'p50 ms', 'p99 ms', 'failed')
            bench.tell('first', *[bench.load(stack, 'read', 1, times[logs][1], 2)[name] for name in ('p50_ms', 'p99_ms', 'failed')])
        for _ in range(5):
            for stack, sessions, found in times.values():
                found.append(bench.load(stack, 'read', 1, sessions, min(bench.seconds, 3))['p50_ms'])
        middle = {logs: sorted(found)[2] for logs, (_, _, found) in times.items()}
        bench.heading('The list in turns', 'logs', 'p50 ms (median of five)')
        for logs, ms in middle.items():
            bench.tell(logs, ms)
        bench.tell('ratio', f'{middle[SEEDED] / max(middle[1000], 0.01):.2f}')


OSLO = zoneinfo.ZoneInfo('Europe/Oslo')
NIGHTS = 5          # alone, of each installation in turns; the median is told
READERS = 16        # who open pages meanwhile
BEFORE_MIDNIGHT_S = 40


def psql(stack, *statements):
    """What PostgreSQL answers."""
    command = [f'{stack.postgres.programs}/psql', '-h', stack.postgres.folder, '-U', 'stafettlogg', '-d', 'postgres', '-qAtX']
    asked = [part for statement in statements for part in ('-c', statement)]
    return subprocess.run(command + asked, text=True, capture_output=True, check=True, cwd='/', **drop_rights()).stdout


def asked(stack, sql):
    """Numbers of one question to the database of the municipality that was made last, beside the running serve."""
    tenant = stack.demo['municipalities'][-1]['id']
    if not stack.postgres:
        database = sqlite3.connect(f'file:{stack.data}/municipality/{tenant}.db?mode=ro', uri=True, timeout=30)
        with contextlib.closing(database):
            return [number for number, in database.execute(sql)]
    return [int(number) for number in psql(stack, f'SET search_path=m_{tenant}', sql).split()]


def now_there(stack):
    return time.time() + stack.moved_s()


def night_after(stack, due):
    """The midnight up to which about so many logs are due (UTC seconds), and how many are."""
    wakes = asked(stack, 'SELECT wake_on FROM log WHERE wake_on>0')
    day = datetime.datetime.fromtimestamp(now_there(stack), OSLO).date()
    best = None
    for ahead in range(1, 60):
        midnight = datetime.datetime.combine(day + datetime.timedelta(days=ahead), datetime.time(), OSLO).timestamp()
        count = sum(wake <= midnight * 1000 for wake in wakes)
        if not best or abs(count - due) < abs(best[1] - due):
            best = (midnight, count)
    return best


def run_night(stack):
    """Runs it at once, as serve's thread would; seconds, and logs looked at."""
    start = time.perf_counter()
    done = stack.command('jobs', *stack.place, 'run', 'life', timeout=7200)
    return time.perf_counter() - start, sum(map(int, re.findall(r'(\d+) looked at', done.stdout)))


def come_to(stack, moment):
    """With a serve that has just looked for what is due, and looks again a minute later."""
    stack.restart_serve()
    time.sleep(1)
    stack.command('clock', *stack.place, 'advance', f'{max(1, round(moment - now_there(stack)))}s')


def settle(stack):
    """What the database's own service would have done by the next night."""
    if stack.postgres:
        psql(stack, 'VACUUM ANALYZE')


def seed_night(stack, logs):
    """A small municipality whose logs are read, and one in which all was written more than a year ago: its consents are over, its logs
    are passive, and on a day one of a hundred is due."""
    seed(stack, '--logs', READERS, '--units', 2, '--number', '9902', '--name', 'Lesevik')
    stack.read = list(stack.demo['logs'])
    seed(stack, '--logs', logs, '--until', datetime.date.today() - datetime.timedelta(days=400))


def night_alone(bench, stack):
    midnight, _ = night_after(stack, bench.due)
    come_to(stack, midnight + 60)
    before = sum(spent(stack).values())
    seconds, looked = run_night(stack)
    return seconds, looked, sum(spent(stack).values()) - before


class Watch(threading.Thread):
    """The most KiB of a process while it runs, asked for twenty times a second."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.most, self.ends = pid, 0, threading.Event()

    def run(self):
        while not self.ends.wait(0.05):
            self.most = max(self.most, resident(self.pid))


def night_with_pages(bench, stack):
    """Holders open logs before midnight, and again while the night is run. What load.c says of both; seconds, logs, MiB."""
    midnight, _ = night_after(stack, bench.due)
    come_to(stack, midnight - BEFORE_MIDNIGHT_S)
    own = [(log, f'/logg/{log["id"]}') for log in stack.read]
    able = [(path, cookie(browser)) for log, path in own for browser in [sign_in(stack, log['holder'], path)] if browser]
    without = bench.load(stack, 'read', READERS, able, 5)
    time.sleep(max(0, midnight + 1 - now_there(stack)))
    watch = Watch(stack.pid('serve'))
    watch.start()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        night = pool.submit(run_night, stack)
        meanwhile = bench.load(stack, 'read', READERS, able, 2)
        still = not night.done()
        seconds, looked = night.result()
    watch.ends.set()
    return without, meanwhile, still, seconds, looked, watch.most


def bench_night(bench):
    """Both installations stand, and their nights are run in turns so that the machine is the same for both."""
    for database in ('sqlite', 'postgres'):
        bench.heading(f'The night, on {database}', 'logs', 'due', 'alone: seconds', 'processor ms a log', 'with pages: seconds',
                      'most MiB of serve', 'p99 ms of pages without', 'meanwhile', 'ratio', 'the night outlasted the pages', 'failed')
        with bench.stack(fill=False, mode='test', database=database) as few, bench.stack(fill=False, mode='test', database=database) as many:
            stacks = {bench.logs // 10: few, bench.logs: many}
            for logs, stack in stacks.items():
                stack.end('serve')
                seed_night(stack, logs)
                seconds, due = run_night(stack)
                settle(stack)
                stack.start_serve()
                say(f'{logs} logs: {due} were due before, and took {seconds:.1f} s')
            nights = {logs: [] for logs in stacks}
            for _ in range(NIGHTS):
                for logs, stack in stacks.items():
                    seconds, looked, used = night_alone(bench, stack)
                    nights[logs].append((seconds / max(looked, 1), seconds, looked, used / max(looked, 1)))
            alone = {logs: sorted(found)[NIGHTS // 2] for logs, found in nights.items()}
            for logs, stack in stacks.items():
                tell_night(bench, logs, alone[logs], night_with_pages(bench, stack))
            once, again = alone.values()
            bench.tell('a due log, all beside a tenth', '', f'{again[0] / max(once[0], 1e-9):.2f}', f'{again[3] / max(once[3], 1e-9):.2f}',
                       *[''] * 7)


def tell_night(bench, logs, alone, with_pages):
    without, meanwhile, still, seconds, looked, most = with_pages
    ratio = meanwhile['p99_ms'] / max(without['p99_ms'], 0.01)
    bench.tell(logs, f'{alone[2]}, {looked}', f'{alone[1]:.2f}', f'{alone[3]:.2f}', f'{seconds:.2f}', mib(most), without['p99_ms'],
               meanwhile['p99_ms'], f'{ratio:.2f}', 'yes' if still else 'no', without['failed'] + meanwhile['failed'])


TURNS_MOST = 500    # of a month the key agent keeps a few more


def turn_epoch(stack):
    """Seconds, and keys that were wrapped anew."""
    start = time.perf_counter()
    done = stack.command('epoch', *stack.place, 'turn', stack.demo['municipalities'][0]['number'], timeout=7200)
    return time.perf_counter() - start, int(re.findall(r'(\d+) keys', done.stdout)[0])


def epoch_with_pages(bench, stack, sessions):
    """Holders open logs of this municipality, and go on while its epoch is turned again and again."""
    without = bench.load(stack, 'read', READERS, sessions, 5)
    watches = [Watch(stack.pid(name)) for name in ('serve', 'keyd')]
    for watch in watches:
        watch.start()
    turns = []
    with concurrent.futures.ThreadPoolExecutor() as pool:
        reading = pool.submit(bench.load, stack, 'read', READERS, sessions, 5)
        while not reading.done() and len(turns) < TURNS_MOST:
            turns.append(turn_epoch(stack)[0])
        meanwhile = reading.result()
    for watch in watches:
        watch.ends.set()
    return without, meanwhile, sorted(turns)[len(turns) // 2], [watch.most for watch in watches]


def bench_epoch(bench):
    for database in ('sqlite', 'postgres'):
        bench.heading(f'A turn of the epoch, on {database}', 'logs', 'keys', 'alone: seconds', 'processor ms a key', 'with pages: seconds',
                      'most MiB of serve', 'of the key agent', 'p99 ms of pages without', 'meanwhile', 'ratio', 'failed')
        for logs in (bench.logs // 10, bench.logs):
            with bench.stack(fill=False, mode='test', database=database) as stack:
                stack.end('serve')
                seed(stack, '--logs', logs, '--until', datetime.date.today() - datetime.timedelta(days=3))
                run_night(stack)  # else serve would begin with what fell due in three years
                settle(stack)
                stack.start_serve()
                own = [(log, f'/logg/{log["id"]}') for log in stack.demo['logs'][:READERS]]
                able = [(path, cookie(browser)) for log, path in own for browser in [sign_in(stack, log['holder'], path)] if browser]
                before = sum(spent(stack).values())
                alone = sorted(turn_epoch(stack) for _ in range(NIGHTS))
                used = sum(spent(stack).values()) - before
                without, meanwhile, seconds, most = epoch_with_pages(bench, stack, able)
                ratio = meanwhile['p99_ms'] / max(without['p99_ms'], 0.01)
                keys = alone[0][1]
                bench.tell(logs, keys, f'{alone[NIGHTS // 2][0]:.2f}', f'{used / max(NIGHTS * keys, 1):.3f}', f'{seconds:.2f}', mib(most[0]),
                           mib(most[1]), without['p99_ms'], meanwhile['p99_ms'], f'{ratio:.2f}', without['failed'] + meanwhile['failed'])


PURGED = 1000   # logs in one night


def order_all(bench, stack, count):
    """So many orders, approved and due; no serve may run."""
    place = stack.postgres.place if getattr(stack, 'postgres', None) else str(stack.data)
    done = subprocess.run([bench.program(stack, 'bench_orders'), str(stack.keyd_socket), place, str(stack.data / 'ledger'),
                           stack.demo['municipalities'][0]['id'], str(count)], text=True, capture_output=True, check=False, **drop_rights())
    if done.returncode != 0:
        sys.exit(f'orders failed: {done.stderr}')
    return int(done.stdout)


def purge_all(stack):
    """Seconds from the first row to T1 of the last log."""
    stack.command('clock', *stack.place, 'advance', '6m')
    start = time.perf_counter()
    told = stack.command('jobs', *stack.place, 'run', 'deletion', timeout=7200)
    return time.perf_counter() - start, int(re.findall(r'(\d+) changed, 0 failed', told.stdout)[0])


def bench_purge(bench):
    count = min(PURGED, bench.logs // 3)
    for database in ('sqlite', 'postgres'):
        bench.heading(f'A purge, on {database}', 'logs', 'purged', 'alone: seconds', 'ms a log', 'with pages: seconds', 'most MiB of serve',
                      'p99 ms of pages without', 'meanwhile', 'ratio', 'failed')
        with bench.stack(fill=False, mode='test', database=database) as stack:
            stack.end('serve')
            seed(stack, '--logs', bench.logs, '--until', datetime.date.today() - datetime.timedelta(days=3))
            settle(stack)
            order_all(bench, stack, count)
            alone, purged = purge_all(stack)
            order_all(bench, stack, count)
            stack.start_serve()
            own = [(log, f'/logg/{log["id"]}') for log in reversed(stack.demo['logs'][-READERS:])]
            able = [(path, cookie(browser)) for log, path in own for browser in [sign_in(stack, log['holder'], path)] if browser]
            without = bench.load(stack, 'read', READERS, able, 5)
            watch = Watch(stack.pid('serve'))
            watch.start()
            with concurrent.futures.ThreadPoolExecutor() as pool:
                reading = pool.submit(bench.load, stack, 'read', READERS, able, 5)
                seconds, again = purge_all(stack)
                meanwhile = reading.result()
            watch.ends.set()
            bench.tell(bench.logs, f'{purged}, {again}', f'{alone:.2f}', f'{1000 * alone / max(purged, 1):.1f}', f'{seconds:.2f}', mib(watch.most),
                       without['p99_ms'], meanwhile['p99_ms'], f'{meanwhile["p99_ms"] / max(without["p99_ms"], 0.01):.2f}',
                       without['failed'] + meanwhile['failed'])


def measured_command(stack, *arguments):
    """Runs a command; seconds, and the most KiB that lay in memory."""
    start, most = time.perf_counter(), 0
    process = subprocess.Popen([str(stack.program), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, cwd='/', **drop_rights())
    while process.poll() is None:
        most = max(most, resident(process.pid))
        time.sleep(0.02)
    if process.returncode != 0:
        sys.exit(f'{arguments[0]} ended with {process.returncode}')
    return time.perf_counter() - start, most


def backup_with_pages(bench, stack, town):
    """Holders read logs of a small municipality without and during a backup of everything. What load.c says of both; seconds, and the most KiB of serve."""
    able = [(path, cookie(browser)) for log, path in [(log, f'/logg/{log["id"]}') for log in stack.read]
            for browser in [sign_in(stack, log['holder'], path)] if browser]
    without = bench.load(stack, 'read', READERS, able, 5)
    backups.write_places(town, f'NO {backups.place_of(town, "place")} Den ene, Oslo\n')
    watch = Watch(stack.pid('serve'))
    watch.start()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        making = pool.submit(measured_command, stack, 'backup', *stack.place)
        meanwhile = bench.load(stack, 'read', READERS, able, 2)
        seconds, _ = making.result()
    watch.ends.set()
    return without, meanwhile, seconds, watch.most


def bench_backup(bench):
    """RPO is the time since the newest backup, a day with serve's own; RTO what restoring and starting take, without the people who come."""
    for database in ('sqlite', 'postgres'):
        bench.heading(f'Backup and restore, on {database}', 'logs', 'backup: seconds', 'MiB', 'most MiB of serve', 'p99 ms of pages without',
                      'meanwhile', 'restore: seconds', 'most MiB', 'rows')
        for logs in (bench.logs // 6, bench.logs):
            with bench.stack(fill=False, mode='test', database=database) as stack:
                town = types.SimpleNamespace(stack=stack)
                stack.end('serve')
                seed(stack, '--logs', READERS, '--units', 2, '--number', '9902', '--name', 'Lesevik')
                stack.read = list(stack.demo['logs'])
                seed(stack, '--logs', logs, '--until', datetime.date.today() - datetime.timedelta(days=1))
                settle(stack)
                stack.start_serve()
                without, meanwhile, seconds, most = backup_with_pages(bench, stack, town)
                file = backups.backups(stack.folder / 'place')[-1]
                backups.lose_the_machine(town)
                back, memory = measured_command(stack, *backups.restore_arguments(town, file, 1, 2))
                backups.start_again(town)
                rows = stack.command('backup', 'verify', file, '--key-file', stack.data / 'keys' / 'key-file',
                                     *backups.shares(town, 1, 2)).stdout.split(' rows')[0].split()[-1]
                bench.tell(logs, f'{seconds:.1f}', f'{file.stat().st_size / 2**20:.0f}', mib(most), without['p99_ms'], meanwhile['p99_ms'],
                           f'{back:.1f}', mib(memory), rows)


def machine():
    model = next((line.split(':', 1)[1].strip() for line in pathlib.Path('/proc/cpuinfo').read_text().splitlines()
                  if line.startswith('model name')), platform.machine())
    memory = int(pathlib.Path('/proc/meminfo').read_text().split()[1]) // 2**20
    return f'{os.cpu_count()} cores ({model}), {memory} GiB, Linux {platform.release()}'


# Organisations, years, facts.
TOWNS = [(20, 2, 20_000), *((organisations, 10, facts) for organisations in (3, 30, 300)
                            for facts in (1_000, 10_000, 100_000, 1_000_000, 10_000_000))]


def draw_freeze(told):
    """Seconds by facts, a line for each number of organisations; and below them those of an answer."""
    series = [{'name': f'freeze (processor), {organisations} org.',
               'points': [(facts, done['cpu']) for (some, years, facts), done in told if some == organisations and years == 10]}
              for organisations in (3, 30, 300)]
    series += [{'name': f'answer (p99), {organisations} org.',
                'points': [(facts, done['answer_us'] / 1e6) for (some, years, facts), done in told if some == organisations and years == 10]}
               for organisations in (3, 300)]
    plot = {'title': 'A publication of ten years, and an answer out of it', 'x': 'facts', 'y': 'seconds', 'log': True, 'series': series}
    subprocess.run([ROOT / 'tools' / 'draw_plot.py', ROOT / 'docs' / 'freeze.svg'], input=json.dumps(plot), text=True, check=True)


def bench_freeze(bench):
    told = []
    bench.heading('Statistics', 'organisations', 'years', 'facts', 'freeze s', 'processor s', 'verify s', 'answer p99 us', 'MiB', 'shown of offered',
                  'certificates')
    for town in TOWNS:
        done = subprocess.run([bench.build / 'bench' / 'bench_freeze', *map(str, town)], capture_output=True, text=True, check=True)
        done = json.loads(done.stdout)
        told.append((town, done))
        bench.tell(*town, f'{done["seconds"]:.3f}', f'{done["cpu"]:.3f}', f'{done["verify"]:.3f}', done['answer_us'], done['mib'],
                   f'{done["shown"]} of {done["offered"]}', done['certificates'])
    draw_freeze(told)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', required=True)
    parser.add_argument('--seconds', type=int, default=10)
    parser.add_argument('--out')
    parser.add_argument('--only', action='append', choices=PARTS, default=[])
    parser.add_argument('--logs', type=int, default=SEEDED, help='of the parts night, epoch and backup')
    parser.add_argument('--due', type=int, default=600, help='of the part night')
    options = parser.parse_args()

    bench = Bench(options.build, options.seconds, options.logs, options.due)
    build = subprocess.run(['ninja', '-C', options.build, '--quiet', 'stafettlogg', 'bench/bench_load', 'bench/bench_unwrap', 'bench/bench_freeze'], check=False)
    if build.returncode != 0:
        sys.exit('the build failed')
    title = f'{datetime.date.today()}, {machine()}; client and server share the cores; load before: {os.getloadavg()[0]:.1f}.'
    say(title)
    for part in options.only or PARTS:
        globals()[f'bench_{part}'](bench)
    if options.out:
        text = '# The last run of `make bench`\n\n' + title + '\n' + '\n'.join(bench.lines) + '\n'
        pathlib.Path(options.out).write_text(text)


if __name__ == '__main__':
    main()
