#!/usr/bin/env python3
"""cookies.py - strangers send cookies that nobody was given: what serve keeps of them, and how long a page takes beside them.

On SQLite, and with POSTGRES in the environment on PostgreSQL. `make soak` sends a million (COOKIES=1000000), this test 6,000.
They go straight to serve's socket, as a front would send them: nothing slows them down on the way.
"""
import os
import secrets
import socket
import statistics
import threading
import time

from scenario import expect, fact, main

COOKIES = int(os.environ.get('COOKIES', '6000'))
STRANGERS = 3        # connections that send without pause
ROUNDS = 6           # of each kind, in turn: what else the machine does hits both
ROUND_S = float(os.environ.get('ROUND_S', '1'))
RATIO = float(os.environ.get('RATIO', '4'))  # 1.2 in `make soak`, where nothing else runs
GROWN_KIB = 4096     # what an allocator may take for itself
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
    """Reads one whole answer; its status."""
    got = b''
    while b'\r\n\r\n' not in got:
        more = connection.recv(65536)
        expect(more, 'the connection was closed', got[:200])
        got += more
    head, _, body = got.partition(b'\r\n\r\n')
    lines = head.decode().lower().split('\r\n')
    length = next(int(line.split(':')[1]) for line in lines if line.startswith('content-length:'))
    while len(body) < length:
        body += connection.recv(65536)
    return int(lines[0].split()[1])


class Stranger(threading.Thread):
    """Sends requests with the cookies that it is told, until it is stopped or has sent so many."""

    def __init__(self, town, cookie, count=None):
        super().__init__()
        self.town, self.cookie, self.count = town, cookie, count
        self.sent, self.stopped, self.wrong = 0, False, None

    def run(self):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(30)
            connection.connect(str(self.town.stack.gateway_socket))
            while not self.stopped and self.sent != self.count:
                connection.sendall(f'GET / HTTP/1.1\r\nHost: localhost\r\nX-Real-IP: 127.0.0.9\r\n{self.cookie()}\r\n'.encode())
                status = answer(connection)
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
    return times


def send(town, cookie, count):
    threads = strangers(town, cookie, count // STRANGERS)
    for thread in threads:
        thread.join()
    return stop(threads)


@fact
def cookies_that_nobody_was_given_leave_the_memory_as_it_was(town):
    send(town, made_up, COOKIES // 10)
    send(town, lambda: of_a_municipality(town.nordvaer.id), COOKIES // 10)
    before = resident_kib(town)
    sent = send(town, made_up, COOKIES) + send(town, lambda: of_a_municipality(town.nordvaer.id), COOKIES // 10)
    grown = resident_kib(town) - before
    print(f'# {sent} cookies: {before} KiB and {grown} KiB more', flush=True)
    expect(grown < GROWN_KIB, before, grown)


@fact
def a_page_takes_no_longer_beside_them_than_beside_visitors_without_cookies(town):
    browser = made['browser'] = town.signed_in('Klok Elv')
    times = {none: [], made_up: []}
    for turn in range(2 * ROUNDS):
        kind = (none, made_up)[turn % 2]
        threads = strangers(town, kind)
        times[kind] += page_ms(browser, ROUND_S)
        stop(threads)
    without, beside = statistics.median(times[none]), statistics.median(times[made_up])
    print(f'# p50 of a page: {without:.1f} ms beside visitors, {beside:.1f} ms beside made-up cookies', flush=True)
    expect(beside < RATIO * without, without, beside)


@fact
def nobody_was_signed_out_meanwhile(town):
    expect(made['browser'].get('/mine').status == 200)


if __name__ == '__main__':
    os.environ.setdefault('ASAN_OPTIONS', 'quarantine_size_mb=1')
    main(database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
