#!/usr/bin/env python3
"""cookies.py - strangers send cookies that nobody was given: what serve keeps of them, and how long a page takes beside them.

On SQLite, and with POSTGRES in the environment on PostgreSQL. They go straight to serve's socket, as a front would send them:
nothing slows them down on the way.

MEMORY=1   holds serve to its memory. For the release build only: the allocator of a sanitized one grows by itself
COOKIES=N  so many; `make soak` sends a million
RATIO=1.2  holds the page to its time beside visitors without cookies, where nothing else runs (`make soak`)
"""
import os
import secrets
import socket
import statistics
import threading
import time

from scenario import ANSWER_ONLY, expect, fact, main

MEMORY = os.environ.get('MEMORY') == '1'
COOKIES = int(os.environ.get('COOKIES', '90000' if MEMORY else '6000'))
STRANGERS = 3        # connections that send without pause
ROUNDS = 6           # of each kind, in turn: what else the machine does hits both
ROUND_S = float(os.environ.get('ROUND_S', '0.3'))
RATIO = float(os.environ.get('RATIO', '0'))
HANGS_S = 30         # an answer that takes so long hangs, whatever else the machine does
PAUSE_S = 0.04       # between two pages of one person: the key agent's ceilings are for people
SHARES = 3           # the cookies are sent in so many: an allocator takes more now and then, a leak in each of them
GROWN_KIB = 512      # 16 bytes for each of 30,000 cookies are as much, with what surrounds them
made = {}


def token():
    return secrets.token_urlsafe(32)


def made_up():
    return f'Cookie: __Host-stafettlogg={secrets.token_hex(16)}.{token()}\r\n'


def of_a_municipality(tenant):
    return f'Cookie: __Host-stafettlogg={tenant}.{token()}\r\n'


def none():
    return ''


def answer(connection):
    """Reads one whole answer; (its status, its body but for what is random in every answer)."""
    got = b''
    while b'\r\n\r\n' not in got:
        more = connection.recv(65536)
        expect(more, 'the connection was closed', got[:200])
        got += more
    head, _, body = got.partition(b'\r\n\r\n')
    lines = head.decode().lower().split('\r\n')
    length = next(int(line.split(':')[1]) for line in lines if line.startswith('content-length:'))
    while len(body) < length:
        more = connection.recv(65536)
        expect(more, 'the connection was closed', length, len(body))
        body += more
    return int(lines[0].split()[1]), ANSWER_ONLY.sub(b'', body)


def connected(town):
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(HANGS_S)
    connection.connect(str(town.stack.gateway_socket))
    return connection


def ask(connection, cookie):
    connection.sendall(f'GET / HTTP/1.1\r\nHost: localhost\r\nX-Real-IP: 127.0.0.9\r\n{cookie}\r\n'.encode())
    return answer(connection)


class Stranger(threading.Thread):
    """Sends requests with the cookies that it is told, until it is stopped or has sent so many."""

    def __init__(self, town, cookie, count=None):
        super().__init__()
        self.town, self.cookie, self.count = town, cookie, count
        self.sent, self.stopped, self.wrong = 0, False, None

    def run(self):
        with connected(self.town) as connection:
            while not self.stopped and self.sent != self.count:
                status, _ = ask(connection, self.cookie())
                if status != 200:
                    self.wrong = status
                    return
                self.sent += 1


def strangers(town, cookie, count=None):
    threads = [Stranger(town, cookie, count) for _ in range(STRANGERS)]
    for thread in threads:
        thread.start()
    return threads


def stop(threads):
    for thread in threads:
        thread.stopped = True
    for thread in threads:
        thread.join()
    expect(not any(thread.wrong for thread in threads), [thread.wrong for thread in threads])
    return sum(thread.sent for thread in threads)


def resident_kib(town):
    with open(f'/proc/{town.stack.pid("serve")}/status') as status:
        return next(int(line.split()[1]) for line in status if line.startswith('VmRSS:'))


def page_ms(browser, seconds):
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        page = browser.get('/mine')
        times.append(1000 * (time.perf_counter() - begun))
        expect(page.status == 200, page)
        time.sleep(PAUSE_S)
    return times


def send(town, cookie, count):
    threads = strangers(town, cookie, count // STRANGERS)
    for thread in threads:
        thread.join()
    return stop(threads)


@fact
def cookies_that_nobody_was_given_are_answered_as_none_is(town):
    for cookie in (made_up, lambda: of_a_municipality(town.nordvaer.id)):
        with connected(town) as connection:
            plain = ask(connection, none())
            expect(plain[0] == 200 and ask(connection, cookie()) == plain, plain[0], len(plain[1]))
        expect(send(town, cookie, COOKIES // 10) == COOKIES // 10 // STRANGERS * STRANGERS)


def cookies_that_nobody_was_given_leave_the_memory_as_it_was(town):
    grown = []
    for _ in range(SHARES):
        before = resident_kib(town)
        send(town, made_up, COOKIES // SHARES)
        send(town, lambda: of_a_municipality(town.nordvaer.id), COOKIES // SHARES // 10)
        grown.append(resident_kib(town) - before)
    print(f'# {COOKIES} cookies and more: {before} KiB, and in each share {grown} KiB more', flush=True)
    expect(min(grown) < GROWN_KIB, before, grown)


if MEMORY:
    fact(cookies_that_nobody_was_given_leave_the_memory_as_it_was)


@fact
def a_page_comes_beside_them_as_beside_visitors_without_cookies(town):
    browser = made['browser'] = town.signed_in('Klok Elv')
    times = {none: [], made_up: []}
    for turn in range(2 * ROUNDS):
        kind = (none, made_up)[turn % 2]
        threads = strangers(town, kind)
        times[kind] += page_ms(browser, ROUND_S)
        stop(threads)
    without, beside = statistics.median(times[none]), statistics.median(times[made_up])
    print(f'# p50 of a page: {without:.1f} ms beside visitors, {beside:.1f} ms beside made-up cookies', flush=True)
    expect(not RATIO or beside < RATIO * without, without, beside)


@fact
def nobody_was_signed_out_meanwhile(town):
    expect(made['browser'].get('/mine').status == 200)


if __name__ == '__main__':
    main(database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
