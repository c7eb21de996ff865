#!/usr/bin/env python3
"""renewal.py - under load, the certificate is renewed and the service restarted: no request is lost.

usage: renewal.py STAFETTLOGG ASSETS

Half of the clients open a connection for each request, half keep theirs. A kept connection that the front closed before the
first byte of an answer is opened anew once, as every browser does (RFC 9110, 9.2.2). Prints TAP. The last round is a
negative control: a front that is killed must be noticed by the same load.
"""
import hashlib
import http.client
import pathlib
import ssl
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tools'))
from client import Browser
from scenario import until
from stack import Stack

CLIENTS, ROUNDS, SERVED = 8, 5, 50
BUDGETS = {'grant-person-minute': 1000}
results = []


def check(sentence, passed, detail=''):
    results.append(bool(passed))
    print(f'{"ok" if passed else "not ok"} {len(results)} - {sentence}', flush=True)
    if not passed and detail:
        print(f'# {detail}', flush=True)


class Client:
    """Opens the same log without pause until told to stop."""

    def __init__(self, stack, path, cookie, keeps):
        self.stack, self.path, self.keeps = stack, path, keeps
        self.headers = {'Cookie': cookie, 'Sec-Fetch-Site': 'same-origin'}
        self.served, self.lost, self.faults = 0, 0, []
        # The certificate changes under way: who is at the other end is checked elsewhere.
        self.context = ssl._create_unverified_context()
        self.connection = None

    def connect(self):
        self.connection = http.client.HTTPSConnection('127.0.0.1', self.stack.port, timeout=30, context=self.context)
        self.connection.connect()

    def once(self):
        self.connection.request('GET', self.path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200 or 'Blid Bjørk'.encode() not in body:
            raise ValueError(f'{answer.status}')

    def ask(self):
        kept = self.connection is not None
        if not kept:
            self.connect()
        try:
            self.once()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            if not kept:
                raise
            self.connect()
            self.once()

    def run(self, stop):
        while not stop.is_set():
            try:
                self.ask()
                self.served += 1
            except (OSError, ValueError, http.client.HTTPException) as error:
                self.lost += 1
                self.faults.append(repr(error))
                self.connection = None
            if not self.keeps:
                self.connection = None


def under_load(stack, path, cookie, act):
    """Carries act out while the clients ask, and until they were answered often enough; (served, lost, some faults)."""
    stop = threading.Event()
    clients = [Client(stack, path, cookie, number % 2) for number in range(CLIENTS)]
    threads = [threading.Thread(target=client.run, args=(stop,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        act()
        until(lambda: sum(client.served for client in clients) > SERVED)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return sum(c.served for c in clients), sum(c.lost for c in clients), [f for c in clients for f in c.faults][:3]


def shown_certificate(stack):
    pem = ssl.get_server_certificate(('127.0.0.1', stack.port))
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def rounds(act):
    for _ in range(ROUNDS):
        time.sleep(0.4)
        act()
    time.sleep(0.8)


def main():
    program, assets = sys.argv[1:3]
    with Stack(program, assets, budgets=BUDGETS, hold_socket=True) as stack:
        browser = Browser(stack)
        holder = next(person['id'] for person in stack.demo['people'] if person['name'] == 'Klok Elv')
        browser.sign_in_demo('0301', holder)
        if browser.get('/mine').status != 200:
            browser.choose_role('Stafettholder')
        path = '/logg/' + next(log['id'] for log in stack.demo['logs'] if log['key'] == 'blid')
        cookie = '; '.join(f'{name}={value}' for name, value in browser.cookies.items())

        before = shown_certificate(stack)
        served, lost, faults = under_load(stack, path, cookie, lambda: rounds(stack.renew_certificate))
        check(f'the certificate is renewed {ROUNDS} times under load and no request is lost ({served} served)',
              served > SERVED and lost == 0, f'{lost} lost: {faults}')
        check('the new certificate is shown', shown_certificate(stack) != before)

        served, lost, faults = under_load(stack, path, cookie, lambda: rounds(stack.restart_serve))
        check(f'the service is restarted {ROUNDS} times under load and no request is lost ({served} served)',
              served > SERVED and lost == 0, f'{lost} lost: {faults}')
        check('a restart signs nobody out', Browser.get(browser, path).status == 200)

        def kill_front():
            stack.kill('front')
            time.sleep(0.5)
            stack.start_front()
        _, lost, _ = under_load(stack, path, cookie, lambda: rounds(kill_front))
        check('control: a front that is killed is noticed by the same load', lost > 0)
        mistakes = [line for line in stack.log('serve').splitlines() if 'Sanitizer' in line or 'runtime error' in line]
        check('nobody met a mistake of ours', not mistakes, str(mistakes))
    print(f'1..{len(results)}')
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
