#!/usr/bin/env python3
"""slow_readers.py - forty connections ask for a document of ten mebibytes and do not read it, at once and one after the other,
while others work."""
import socket
import ssl
import time

from new_log import NewLog, pdf
from scenario import expect, fact, main

SILENT = 40
SESSIONS = 10          # of one person, so that no session asks for more than it is given
WITHIN_S = 1
WATCH_S = 12           # longer than the front waits for whoever takes nothing
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


def longest_page_s(browser, address, seconds):
    longest, pages, end = 0, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        page = browser.get(address)
        longest = max(longest, time.monotonic() - begun)
        pages += 1
        expect(page.status == 200, page)
        time.sleep(0.05)
    print(f'# {pages} pages, the longest in {longest:.2f} s', flush=True)
    return longest


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
    alone = longest_page_s(browser, address, 3)
    silent = [silent_connection(town, made['readers'][number % SESSIONS]) for number in range(SILENT)]
    longest = longest_page_s(browser, address, 3)
    for number in range(SILENT):    # one after the other too: each of these is given its document
        silent.append(silent_connection(town, made['readers'][number % SESSIONS]))
        time.sleep(0.1)
    longest = max(longest, longest_page_s(browser, address, WATCH_S))
    for connection in silent:
        connection.close()
    expect(longest < max(WITHIN_S, 3 * alone), longest, alone)


@fact
def a_slow_reader_who_does_read_gets_the_whole_document(town):
    connection = silent_connection(town, made['readers'][0])
    time.sleep(3)
    connection.settimeout(20)
    got = b''
    while b'\r\n\r\n' not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b'\r\n\r\n')
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
    statuses = [holder.get(made['document']).status for _ in range(14)]
    expect(statuses.count(200) == 12 and statuses[-1] == 503, statuses)
    page = holder.get(made['document'])
    expect('Vent litt' in page.heading and 'retry-after' in page.headers, page)
    expect(town.signed_in('Klok Elv').get(made['document']).status == 200, 'another session')


@fact
def what_waited_at_the_front_lay_in_memory_and_is_gone(town):
    left = [path for path in town.stack.transit.rglob('*') if path.is_file() and path.name not in ('nginx.pid', 'nginx.log')]
    expect(not left, left)


if __name__ == '__main__':
    main()
