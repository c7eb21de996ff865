#!/usr/bin/env python3
"""operating.py - what an operator does on the host while people work: municipalities, the time of a test, a service without
its key agent. Each refusal beside it."""
import re
import socket
import sqlite3
import ssl
import stat
import time

from client import secret_of, totp
from scenario import NORDVAER, expect, fact, main

ADMIN = ('--admin-name', 'Frisk Kyst', '--admin-email', 'frisk.kyst@sorvaer.example')


def command(town, *arguments):
    stack = town.stack
    return stack.command(*arguments, '--data', stack.data, '--keyd', stack.keyd_socket, check=False)


def raw(town, request, secure=True):
    """What the front answers to these bytes, until it closes."""
    with socket.create_connection(('127.0.0.1', town.stack.port), timeout=20) as plain:
        context = ssl.create_default_context(cafile=str(town.stack.certificate))
        with context.wrap_socket(plain, server_hostname='localhost') if secure else plain as link:
            link.sendall(request)
            answer = b''
            while part := link.recv(65536):
                answer += part
    return answer.decode()


def is_our_page(answer, status):
    head, _, body = answer.partition('\r\n\r\n')
    names = [line.partition(':')[0].lower() for line in head.split('\r\n')[1:]]
    return (head.startswith(f'HTTP/1.1 {status} ') and 'nginx' not in body.lower() and '<html lang="nb"' in body
            and 'lang="nn"' in body and 'lang="en"' in body
            and all(names.count(name) == 1 for name in ('content-security-policy', 'strict-transport-security', 'cache-control',
                                                        'x-content-type-options', 'referrer-policy')))


@fact
def what_the_front_refuses_by_itself_it_refuses_with_our_own_page_and_every_header(town):
    host = 'Host: localhost\r\nConnection: close\r\n'
    for request, status in [
            (f'GET /%zz HTTP/1.1\r\n{host}\r\n', 400), ('GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400),
            (f'GET /{"a" * 17000} HTTP/1.1\r\n{host}\r\n', 400), (f'GET / HTTP/1.1\r\n{host}X: {"a" * 17000}\r\n\r\n', 400),
            (f'TRACE / HTTP/1.1\r\n{host}\r\n', 400),
            (f'GET /assets/none.css HTTP/1.1\r\n{host}\r\n', 404),
            (f'POST / HTTP/1.1\r\n{host}Content-Length: 1048577\r\n\r\n', 413)]:
        answer = raw(town, request.encode())
        expect(is_our_page(answer, status), request[:60], answer[:1500])
    answer = raw(town, f'GET / HTTP/1.1\r\n{host}\r\n'.encode(), secure=False)
    expect(is_our_page(answer, 400), 'HTTP at the port of HTTPS', answer[:1500])


@fact
def an_address_without_its_last_slash_is_ours_to_answer(town):
    page = town.visitor().get('/logg')
    expect(page.status in (403, 404) and 'location' not in page.headers and b'nginx' not in page.body, page)


@fact
def pages_are_compressed_for_who_asks_and_say_so(town):
    visitor = town.visitor()
    plain = visitor.get(f'/k/{NORDVAER}')
    small = visitor.get(f'/k/{NORDVAER}', {'Accept-Encoding': 'gzip'})
    expect('content-encoding' not in plain.headers and plain.headers['vary'] == 'Accept-Encoding', plain)
    expect(small.headers['content-encoding'] == 'gzip' and len(small.body) < len(plain.body) / 2, len(small.body), len(plain.body))
    expect(small.headers['cache-control'] == 'no-store')
    head = visitor.ask('HEAD', f'/k/{NORDVAER}', headers={'Accept-Encoding': 'gzip'})
    expect(head.headers['content-encoding'] == 'gzip' and head.headers['vary'] == 'Accept-Encoding' and not head.body, head)
    refused = visitor.get('/finnes-ikke', {'Accept-Encoding': 'gzip'})
    expect(refused.status == 404 and 'content-encoding' not in refused.headers, 'a refusal has one length', refused)


@fact
def a_number_in_use_is_refused_while_serve_runs(town):
    done = command(town, 'municipality', 'add', '--number', NORDVAER, '--name', 'En til', *ADMIN)
    expect(done.returncode == 5 and done.stdout == '', done)


@fact
def a_wrong_address_is_told_by_its_field_and_not_by_its_text(town):
    done = command(town, 'municipality', 'add', '--number', '1103', '--name', 'Sørvær', '--admin-name', 'Frisk Kyst',
                   '--admin-email', 'ikke en adresse')
    expect(done.returncode == 3 and 'email' in done.stderr and 'ikke en adresse' not in done.stderr, done)


@fact
def a_municipality_is_added_while_serve_runs_and_stands_on_the_front_page(town):
    done = command(town, 'municipality', 'add', '--number', '1103', '--name', 'Sørvær', *ADMIN)
    expect(done.returncode == 0 and 'enrolment-code ' in done.stdout, done)
    expect('Sørvær' in town.visitor().open('/').text)
    expect('1103 Sørvær' in command(town, 'municipality', 'list').stdout)


@fact
def the_unix_user_who_asked_stands_in_the_line(town):
    database = sqlite3.connect(f'file:{town.stack.data}/host.db?mode=ro', uri=True)
    people = [bytes(person) for (person,) in database.execute('SELECT person FROM audit') if person]
    database.close()
    expect(any(person.startswith(b'unix:') for person in people), people)


@fact
def the_control_socket_is_for_its_user_only(town):
    mode = (town.stack.data / 'control.sock').stat().st_mode
    expect(stat.S_ISSOCK(mode) and mode & 0o777 == 0o600, oct(mode))


@fact
def nonsense_on_the_control_socket_ends_that_caller_and_nothing_else(town):
    for nonsense in (b'', b'GET / HTTP/1.1\r\n\r\n', b'\x01\x01\x04' + b'\xff' * 64, b'\x01\x63\x00', b'\x01\x02\x01\x00\x00\x00\x00',
                     b'\x01\x03\x01\x00\x00\x00\x01\xff'):
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(10)
            caller.connect(str(town.stack.data / 'control.sock'))
            caller.sendall(nonsense)
            caller.shutdown(socket.SHUT_WR)
            answer = caller.recv(1000)
            expect(b'OK' not in answer, nonsense, answer)
    expect('1103 Sørvær' in command(town, 'municipality', 'list').stdout)


@fact
def commands_that_fill_the_databases_refuse_while_serve_runs(town):
    done = command(town, 'demo', '--number', '1106')
    expect(done.returncode == 8 and 'stop it first' in done.stderr, done)


def new_manager(town):
    """A manager with an account of their own, signed in with password and code; and the authenticator's key."""
    administrator = town.signed_in('Klar Fjord')
    form = administrator.open('/enheter/leder').form('/enheter/leder')
    page = administrator.send(form, name='Lun Morgen', email='lun.morgen@nordvaer.example',
                              role=form.option('role', 'Enhetsleder'), unit=form.option('unit', 'Bjørkelia'))
    code = re.search(r'class="sl-code[^"]*">([A-Z2-7-]{20,})<', administrator.follow(page).body.decode()).group(1)
    browser = town.visitor()
    page = browser.send(browser.open(f'/k/{NORDVAER}/ny').form('/ny'), enrolment=code)
    secret = secret_of(page)
    account = {'user_name': 'lun.morgen', 'password': 'langsomme skyer over åpent hav'}
    browser.send(page.form('/konto'), **account, code=totp(secret, -1))
    page = browser.sign_in(NORDVAER, *account.values(), totp(secret))
    expect(page.status == 303 and browser.get('/ansatte').status == 200, page)
    return browser, secret


@fact
def whoever_has_been_signed_in_for_ten_minutes_gives_somebody_a_role_with_a_new_code_only(town):
    browser, secret = new_manager(town)
    typed = {'name': 'Sen Kveld', 'email': 'sen.kveld@nordvaer.example'}
    expect(command(town, 'clock', 'advance', '11m').returncode == 0)
    form = browser.open('/ansatte').form('/ansatte')
    page = browser.send(form, **typed, role=form.option('role', 'Aktør'))
    expect(page.status == 403 and 'Bekreft at det er deg' in page.text, page)
    before = dict(browser.cookies)
    page = browser.send(page.form('/ansatte'), proof_code='000000')
    expect(page.status == 422 and 'stemmer ikke' in page.errors['proof_code'], page)
    expect(page.form('/ansatte')['name'].value == typed['name'] and b'000000' not in page.body, page)
    expect('Sen Kveld' not in browser.open('/ansatte').text)
    page = browser.send(page.form('/ansatte'), proof_code=totp(secret, 22))
    expect(page.status == 303 and browser.cookies != before, 'carried out, and the session has a new id', page)
    expect('Sen Kveld' in browser.open('/ansatte').text)


def moved(town, how_far):
    """The time that the command tells, to the hour."""
    return command(town, 'clock', 'advance', how_far).stdout[:14]


def expect_time_since(town, before):
    """People sign in, and the time is what it was before something was started again."""
    expect(town.signed_in('Klok Elv').get('/mine').status == 200)
    after = moved(town, '1s')
    expect(before == after, before, after)


@fact
def whoever_has_been_signed_in_for_ten_minutes_hands_a_family_its_codes_with_a_code_of_their_own_only(town):
    account = next(account for account in town.nordvaer.accounts if account['name'] == 'Klok Elv')
    browser, people = town.signed_in('Klok Elv'), town.log('modig') + '/deltakere'
    expect(command(town, 'clock', 'advance', '11m').returncode == 0)
    page = browser.send(browser.open(people).form('/deltakere/kode'))
    expect(page.status == 403 and 'Bekreft at det er deg' in page.text, page)
    page = browser.send(page.form('/deltakere/kode'), proof_code='000000')
    expect(page.status == 422 and 'stemmer ikke' in page.errors['proof_code'], page)
    page = browser.send(page.form('/deltakere/kode'), proof_code=totp(account['totp_secret'], 44))
    expect(page.status == 303 and 'Engangskode til' in browser.follow(page).text, page)
    expect(command(town, 'clock', 'advance', '11m').returncode == 0)
    page = browser.send(browser.open(people).form('/deltakere/barn'))
    expect(page.status == 403 and 'Bekreft at det er deg' in page.text, page)
    page = browser.send(page.form('/deltakere/barn'), proof_code=totp(account['totp_secret'], 66))
    expect(page.status == 303 and 'Engangskode til' in browser.follow(page).text, page)


@fact
def the_time_moves_for_the_service_and_the_key_agent_together(town):
    browser = town.signed_in('Klok Elv')
    expect(browser.get('/mine').status == 200)
    expect(command(town, 'clock', 'advance', 'sometimes').returncode == 100)
    expect(command(town, 'clock', 'advance', '20m').returncode == 0)
    expect(browser.get('/mine').status == 403, 'a session idle for twenty minutes is over')
    expect(town.signed_in('Klok Elv').get('/mine').status == 200)


@fact
def a_restarted_service_goes_by_the_moved_time(town):
    before = moved(town, '3d')
    town.stack.restart_serve()
    expect_time_since(town, before)


@fact
def a_restarted_key_agent_goes_by_the_moved_time(town):
    stack = town.stack
    before = moved(town, '2d')
    stack.kill('keyd')
    stack.start_keyd()
    stack.unseal(1)
    stack.unseal(3)
    expect_time_since(town, before)


@fact
def a_service_that_starts_before_its_key_agent_goes_by_the_moved_time(town):
    stack = town.stack
    before = moved(town, '1s')
    stack.end('serve')
    stack.kill('keyd')
    stack.start_serve()
    stack.start_keyd()
    stack.unseal(1)
    stack.unseal(3)
    expect_time_since(town, before)


@fact
def a_service_that_nobody_uses_ends_within_a_second(town):
    time.sleep(1.5)
    start = time.monotonic()
    expect(town.stack.end('serve') == 0)
    expect(time.monotonic() - start < 2, time.monotonic() - start)
    town.stack.start_serve()


@fact
def without_its_key_agent_the_service_starts_and_says_calmly_that_it_is_closed(town):
    stack = town.stack
    stack.end('keyd')
    stack.restart_serve()
    visitor = town.visitor()
    for path in ('/', f'/k/{NORDVAER}'):
        page = visitor.get(path)
        expect(page.status == 503 and page.headers['retry-after'] and 'feil' not in page.heading.lower(), path, page)
    stack.start_keyd()
    expect(visitor.get(f'/k/{NORDVAER}').status == 503, 'sealed is as closed as away')
    stack.unseal(1)
    expect(visitor.get(f'/k/{NORDVAER}').status == 503, 'one custodian opens nothing')
    stack.unseal(3)
    expect(town.signed_in('Klok Elv').get('/mine').status == 200)


if __name__ == '__main__':
    main(mode='test')
