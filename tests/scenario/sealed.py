#!/usr/bin/env python3
"""sealed.py - the key agent is killed and sealed again, serve is killed: calm pages, no half write, and back to work."""
import http.client
import sqlite3
import threading

from scenario import NORDVAER, day, expect, fact, main, until, whole

KEY_ACT, REPLACED, CUSTODIAN = 96, 8, 8   # domain/acts.h, wire/wire.h, domain/evidence.h
made = {}


def host(town, sql):
    database = sqlite3.connect(f'file:{town.stack.data / "host.db"}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def is_calm(page):
    """The page of a service that is away: says so, when to come back, and nothing of what is inside."""
    return page.status == 503 and page.headers['retry-after'] and 'Tjenesten er straks tilbake' in page.text and \
        'Ingenting er tapt' in page.text and page.headers['cache-control'] == 'no-store' and \
        not any(word in page.text for word in ('keyd', 'SEALED', 'socket', 'Modig Lerke'))


@fact
def a_killed_key_agent_makes_calm_pages(town):
    made['holder'] = town.signed_in('Klok Elv')
    made['log'] = town.log('modig')
    made['form'] = made['holder'].open(made['log'] + '/ny/attention').form('/ny/attention')
    made['counts'] = town.counts()
    made['audit'] = town.count('audit')
    town.stack.kill('keyd')
    for path in (made['log'], '/mine', made['log'] + '/ny/note', made['log'] + '/sett', f'/k/{NORDVAER}'):
        page = made['holder'].get(path)
        expect(is_calm(page) or (path == f'/k/{NORDVAER}' and page.status in (200, 303)), path, page)


@fact
def what_was_typed_meanwhile_comes_back_in_the_page_and_is_not_half_written(town):
    page = made['holder'].send(made['form'], category='11', severity='2', date=day(), description='Skrevet mens agenten var borte.')
    expect(page.status == 503 and page.headers['retry-after'], page)
    form = page.form('/ny/attention')
    expect(form['description'].value == 'Skrevet mens agenten var borte.' and form['category'].value == '11', page)
    expect(town.counts() == made['counts'], 'nothing is half written')
    made['again'] = form


@fact
def pages_that_need_no_key_still_answer(town):
    for path in ('/', '/om/personvern', '/logget-ut'):
        expect(town.visitor().get(path).status == 200, path)


@fact
def a_sealed_agent_lets_nobody_sign_in(town):
    town.stack.start_keyd()
    expect(town.stack.keyd_status()['state'] == 'sealed', town.stack.keyd_status())
    for path in (made['log'], '/mine'):
        expect(is_calm(made['holder'].get(path)), path, made['holder'].get(path))
    browser = town.visitor()
    page = browser.get(f'/k/{NORDVAER}')
    if page.status == 200:
        page = browser.send(page.form(f'/k/{NORDVAER}'), user_name='klok.elv@nordvaer.example', password='x' * 20, code='123456')
    expect(is_calm(page), page)
    expect(not browser.cookies, 'nobody is signed in')


@fact
def one_custodian_is_not_enough_and_not_twice_either(town):
    town.stack.unseal(1)
    expect(town.stack.keyd_status()['state'] == 'sealed', 'one share')
    town.stack.unseal(1, check=False)
    expect(town.stack.keyd_status()['state'] == 'sealed', 'the same share twice')
    expect(is_calm(made['holder'].get(made['log'])), 'still away')


@fact
def two_custodians_open_it_and_everybody_signs_in_again(town):
    town.stack.unseal(3)
    expect(town.stack.keyd_status()['state'] == 'unsealed', town.stack.keyd_status())
    page = made['holder'].get(made['log'])
    expect(page.status == 403 and 'Logg inn på nytt' in page.text, page)
    expect(not made['holder'].cookies, 'the old session is over')
    made['holder'] = town.signed_in('Klok Elv')
    expect('Modig Lerke' in made['holder'].open(made['log']).text, 'and reads on')
    expect('Skrevet mens' not in made['holder'].open(made['log']).text, 'nothing was written meanwhile')


@fact
def what_was_kept_in_the_page_is_sent_after_signing_in_again(town):
    page = made['holder'].send(made['again'])
    expect(page.status == 403 and page.form('/ny/attention')['description'].value == 'Skrevet mens agenten var borte.', page)
    page = made['holder'].save(page.form('/ny/attention'))
    expect('Skrevet mens agenten var borte.' in page.text, page)


@fact
def after_a_restart_of_serve_everybody_goes_on(town):
    form = made['holder'].open(made['log']).form('/ny/note')
    town.stack.restart_serve()
    expect('Modig Lerke' in made['holder'].open(made['log']).text, 'the session holds')
    page = made['holder'].save(form, text='Skrevet over en omstart.')
    expect('Skrevet over en omstart.' in page.text, page)


@fact
def while_serve_is_away_the_front_says_so_calmly(town):
    town.stack.end('serve')
    page = made['holder'].get(made['log'])
    expect(page.status == 503 and page.headers['retry-after'] and 'nginx' not in page.body.decode().lower(), page)
    expect("default-src 'none'" in page.headers['content-security-policy'], page.headers)
    town.stack.start_serve()
    expect(made['holder'].get(made['log']).status == 200, 'back again')


def write_notes(town, browser, log, stop, told):
    """One who writes until stop: told gets every text that was answered with a 303."""
    number = 0
    while not stop.is_set():
        number += 1
        text = f'Under last {id(browser)} nummer {number}.'
        try:
            page = browser.get(log)
            if page.status == 403:
                return
            if page.status != 200:
                continue
            if browser.send(page.form('/ny/note'), text=text).status == 303:
                told.append(text)
        except (OSError, http.client.HTTPException, AssertionError):
            continue


@fact
def killed_under_load_neither_loses_nor_halves_what_was_answered(town):
    browsers = [town.signed_in('Klok Elv') for _ in range(3)]
    stop, told = threading.Event(), []
    threads = [threading.Thread(target=write_notes, args=(town, browser, made['log'], stop, told)) for browser in browsers]
    for thread in threads:
        thread.start()
    for victim in ('serve', 'keyd'):
        until(lambda: len(told) >= (3 if victim == 'serve' else 6), victim, told)
        town.stack.kill(victim)
        stop.wait(0.3)
        if victim == 'serve':
            town.stack.start_serve()
    stop.wait(0.2)
    town.stack.start_keyd()
    town.stack.unseal(2)
    town.stack.unseal(3)
    stop.set()
    for thread in threads:
        thread.join()
    holder = town.signed_in('Klok Elv')
    stands = whole(holder, made['log'])
    expect(len(told) >= 6, told)
    for text in told:
        expect(stands.count(text) == 1, text, len(told))
    expect(not town.verify(), town.verify())


@fact
def a_custodian_who_was_replaced_stands_in_the_hosts_chain_under_a_signed_head(town):
    stack, shares = town.stack, town.stack.data / 'shares'
    new = stack.folder / 'new-shares'
    key_file = ['--key-file', stack.data / 'keys' / 'key-file', '--mirror', stack.data / 'keys' / 'key-file.mirror']
    stack.end('keyd')
    stack.command('custodian', 'replace', *key_file, '--lost', 2, '--name', 'Nora Ny', '--unattended', '--out', new,
                  *[part for custodian in (1, 3) for part in ('--share', shares / f'share-{custodian}', '--passphrase-file',
                                                              shares / f'passphrase-{custodian}')])
    stack.start_keyd()
    for custodian in (2, 3):
        stack.command('unseal', '--socket', stack.keyd_socket, '--share', new / f'share-{custodian}', '--passphrase-file',
                      new / f'passphrase-{custodian}')
    stack.restart_serve()   # it takes the agent's journal in at once
    replaced = f'SELECT seq,hex(object),object_kind,outcome FROM audit WHERE act={KEY_ACT} AND reason={REPLACED}'
    until(lambda: host(town, replaced), 'the line')
    lines = host(town, replaced)
    expect(len(lines) == 1 and lines[0][1] != '00' * 16 and lines[0][2:] == (CUSTODIAN, 1), lines)
    until(lambda: host(town, 'SELECT max(seq) FROM head_signature')[0][0] >= lines[0][0], 'a head over it')
    expect(not town.verify(), town.verify())


if __name__ == '__main__':
    main()
