#!/usr/bin/env python3
"""slow_readers.py - forty connections ask for a document of ten mebibytes and do not read it, at once and one after the other,
while others work. `make soak`, on a machine that does nothing else, holds their pages to a second (WITHIN_S=1); here the usual page
must come long before the front gives up whoever takes nothing."""
import os
import socket
import ssl
import statistics
import time

from new_log import NewLog, pdf
from scenario import HANGS_S, expect, fact, main

SILENT = 40
SESSIONS = 10          # of one person, so that no session asks for more than it is given
WITHIN_S = float(os.environ.get('WITHIN_S', '0'))   # the slowest page
USUAL_S = 5           # the usual page: half of what the front waits
WATCH_S = 12           # longer than the front waits for whoever takes nothing
FILES, FILES_S = 12, 30  # that a session is given, in so long
made = {}


def silent_connection(town, browser):
    """Asks for the document with a window of a few KiB, and reads nothing."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(('127.0.0.1', town.stack.port))
    context = ssl.create_default_context(cafile=str(town.stack.certificate))
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    connection = context.wrap_socket(raw, server_hostname='localhost')
    cookies = '; '.join(f'{name}={value}' for name, value in browser.cookies.items())
    connection.sendall(f'GET {made["document"]} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookies}\r\n\r\n'
                       .encode())
    return connection


def pages_s(browser, address, seconds):
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        page = browser.get(address)
        times.append(time.monotonic() - begun)
        expect(page.status == 200, page)
        time.sleep(0.05)
    print(f'# {len(times)} pages, the longest in {max(times):.2f} s', flush=True)
    return times


@fact
def there_is_a_document_of_ten_mebibytes(town):
    holder = town.signed_in('Klok Elv')
    walk = NewLog(holder).to_check(consent={'method': '1', 'witness': ''})
    walk.create(files={'document': ('x.pdf', 'application/pdf', pdf(10_000_000))})
    walk.codes()
    log = walk.page.path.replace('/ny/klar/', '/logg/')
    made['document'] = holder.open(log).links('/samtykke/')[0]
    expect(len(holder.get(made['document']).body) == 10_000_000)
    made['readers'] = [town.signed_in('Klok Elv') for _ in range(SESSIONS)]


@fact
def forty_connections_that_do_not_read_a_large_document_stop_nobody(town):
    browser, address = town.signed_in('Trygg Havn'), town.log('varsom')
    silent = [silent_connection(town, made['readers'][number % SESSIONS]) for number in range(SILENT)]
    times = pages_s(browser, address, 3)
    for number in range(SILENT):    # one after the other too: each of these is given its document
        silent.append(silent_connection(town, made['readers'][number % SESSIONS]))
        time.sleep(0.1)
    times += pages_s(browser, address, WATCH_S)
    for connection in silent:
        connection.close()
    expect(statistics.median(times) < USUAL_S and (not WITHIN_S or max(times) < WITHIN_S), sorted(times)[-5:])


def slow_answer(town):
    """(the connection, head and what has come of the body) of a document that is read after a while."""
    connection = silent_connection(town, made['readers'][0])
    time.sleep(3)
    connection.settimeout(HANGS_S)
    got = b''
    while b'\r\n\r\n' not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b'\r\n\r\n')
    return connection, head, body


@fact
def a_slow_reader_who_does_read_gets_the_whole_document(town):
    connection, head, body = slow_answer(town)
    if head.startswith(b'HTTP/1.1 503'):    # serve was still busy with those before
        connection.close()
        connection, head, body = slow_answer(town)
    length = next(int(line.split(b':')[1]) for line in head.lower().split(b'\r\n') if line.startswith(b'content-length:'))
    expect(head.startswith(b'HTTP/1.1 200'), head)
    total = len(body)
    while total < length:
        more = connection.recv(1 << 20)
        expect(more, total, length)
        total += len(more)
    connection.close()


@fact
def a_session_that_asks_for_the_document_again_and_again_is_asked_to_come_back(town):
    holder = town.signed_in('Klok Elv')
    begun = time.monotonic()
    pages = [holder.get(made['document']) for _ in range(FILES + 1)]
    if time.monotonic() - begun > FILES_S:
        print('# the machine is too slow to ask for so many in time', flush=True)
        return
    expect([page.status for page in pages] == [200] * FILES + [503], [page.status for page in pages])
    expect('Vent litt' in pages[-1].heading and 'retry-after' in pages[-1].headers, pages[-1])
    expect(town.signed_in('Klok Elv').get(made['document']).status == 200, 'another session')


@fact
def what_waited_at_the_front_lay_in_memory_and_is_gone(town):
    left = [path for path in town.stack.transit.rglob('*') if path.is_file() and path.name not in ('nginx.pid', 'nginx.log')]
    expect(not left, left)


if __name__ == '__main__':
    main()
