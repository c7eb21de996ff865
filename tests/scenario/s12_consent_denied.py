#!/usr/bin/env python3
"""s12_consent_denied.py - scenarios 12: consent in the app before there is a log. A no, or time that runs out, leaves not a byte;
nobody but those who said yes sees it before; all yes is a log. On both databases (POSTGRES=1)."""
import os
import re
from concurrent.futures import ThreadPoolExecutor

from hand import Hand
from invitations import asked, enrol, invite, say_no, say_yes, to_yes
from scenario import NORDVAER, expect, fact, main, until
from searching import found, places

NUMBER, OWN = '06838610054', '14851651056'
WORDS = ('Kjerringråd Villkanin', 'Sukkerspinn Villkanin', 'Lakrisbåt Villkanin', 'Undulatgata 77', 'villkanin@kanari.example', NUMBER)
NAMES = ('sukkerspinn.v', 'lakrisbaat.v', 'enda.en.v')
CHILD = {'name': WORDS[0], 'birth_date': '14.05.2016', 'national_id': NUMBER, 'address': WORDS[3]}
ONE = {'name': WORDS[1], 'relationship': '1', 'responsibility': '1', 'email': WORDS[4]}
OTHER = {'name': WORDS[2], 'relationship': '2', 'responsibility': '1'}
POSTGRES = bool(os.environ.get('POSTGRES'))
made = {}


def hand_of(town):
    """One is enough: each keeps a connection."""
    return made.setdefault('hand', Hand(town))


def advance(town, how_far):
    town.stack.command('clock', *town.stack.place, 'advance', how_far)


def sealed_now(hand):
    """What could be found of an invitation: what is sealed, its keys, and the accounts that were made for it; as bytes."""
    row = hand.rows('invitation')[0]
    invited = hand.rows('invited', f'invitation={row["id"]}')
    told = [row['sealed']]
    for scope in [row['id']] + [one['person'] for one in invited]:
        told += [key['wrapped'] for key in hand.rows('scope_key', f'scope={scope}')]
    for one in invited:
        for person in hand.rows('person', f'id={one["person"]}'):
            told += [person['sealed'], person['secret'], person['login_index']]
    return [bytes.fromhex(value.strip('{}')) for value in told if value.startswith('{') and len(value) > 2]


def ids_now(hand):
    return [row['id'] for row in hand.rows('invitation')] + [row['id'] for row in hand.rows('invited')]


def in_files(town, secrets):
    """Which of these bytes lie in a file. PostgreSQL keeps pages and its write-ahead log until they are written over: there the rows
    are looked for (in_rows), and every file for what was typed (found)."""
    return [place for place, content in places(town) for secret in secrets if secret in content]


def in_rows(hand, secrets):
    """Which of these bytes stand in a column of any row of the municipality's database."""
    wanted = {'{' + secret.hex() + '}' for secret in secrets}
    return [(table, name) for table in hand.tables() for row in hand.rows(table) for name, value in row.items() if value in wanted]


def expect_stored(town, secrets):
    """The control: as long as it stands, the same search finds it."""
    expect(len(secrets) >= 3 and len(in_rows(hand_of(town), secrets)) >= len(secrets), in_rows(hand_of(town), secrets))
    expect(POSTGRES or in_files(town, secrets), 'the search of files finds what is there')
    expect(not found(town, WORDS + NAMES), found(town, WORDS + NAMES))


def expect_nothing(town, secrets, ids):
    hand = hand_of(town)
    for table in ('invitation', 'invited'):
        expect(not hand.rows(table), table, hand.rows(table))
    expect(not in_rows(hand, secrets), in_rows(hand, secrets))
    told = [(table, name) for table in hand.tables() for row in hand.rows(table) for name, value in row.items() if value in ids]
    expect(all(where == ('audit', 'object') for where in told), 'but for the lines that say an invitation was there', told)
    if not POSTGRES:
        until(lambda: not in_files(town, secrets), in_files(town, secrets))
    expect(not found(town, WORDS + NAMES), found(town, WORDS + NAMES))
    expect(town.verify() == '', town.verify())


def lines_of_family(town):
    """Lines of the acts by which a family answers: who they are stands in none."""
    told = town.stack.command('policy', 'numbers').stdout
    acts = [re.search(rf'^ +(\d+) INVITATION_{name}$', told, re.MULTILINE)[1] for name in ('TAKE', 'ANSWER', 'DENY')]
    return hand_of(town).rows('audit', f'act IN ({",".join(acts)}) AND outcome=1')


@fact
def an_invitation_holds_nothing_about_anybody(town):
    made['holder'] = town.signed_in('Klok Elv')
    page = made['holder'].open(made['holder'].open('/ny').link('Inviter'))
    expect('ingen invitasjoner' in page.text, page)
    codes = invite(made['holder'], 2, 'helse')
    expect(not found(town, codes), 'codes are kept as hashes')
    row = hand_of(town).rows('invitation')[0]
    expect(row['sealed'] == '{}' and row['required'] == '2' and len(row['units']) == 34, row)
    made['codes'] = codes


@fact
def codes_are_shown_once(town):
    page = made['holder'].open('/invitasjoner')
    expect('Engangskode' not in page.text and 'Venter på svar' in page.text, page)


@fact
def nobody_else_sees_an_invitation_or_ends_it(town):
    row = hand_of(town).rows('invitation')[0]['id'].strip('{}')
    for name in ('Modig Myr', 'Fjern Topp'):
        other = town.signed_in(name)
        expect(other.get('/invitasjon/' + row).status in (403, 404), name)
        expect('Venter på svar' not in other.get('/invitasjoner').text, name)
        form = made['holder'].open('/invitasjoner/slutt/' + row).form('/slutt/' + row)
        page = other.post(form.action, [('form_token', other.open('/mine').form('/logg-ut')['form_token'].value)])
        expect(page.status in (403, 404), page)
    expect(len(hand_of(town).rows('invitation')) == 1)


@fact
def a_code_becomes_an_account_that_sees_the_question_and_nothing_else(town):
    made['one'] = enrol(town, made['codes'][0], NAMES[0])
    page = made['one'].open('/mine')
    expect('Svar på spørsmålet om en stafettlogg' in page.text, page)
    page = made['one'].open(asked(made['one']))
    expect('2 foresatte må si ja' in page.text and 'Du bestemmer' in page.text, page)
    expect(made['one'].get(town.log('modig')).status == 404)


@fact
def what_is_typed_before_the_yes_leaves_not_a_byte(town):
    page = to_yes(made['one'], asked(made['one']), CHILD)
    expect(WORDS[0] in page.text and 'jeg samtykker' in page.text, page)
    page = made['one'].send(page.form('/guardian'), name=WORDS[1], relationship='', responsibility='1')
    expect(page.status == 422 and page.form('/guardian')['name'].value == WORDS[1], page)
    page = to_yes(made['one'], asked(made['one']), dict(CHILD, birth_date='31.02.2016'))
    expect(page.status == 422 and page.form('/child')['name'].value == WORDS[0], page)
    expect(not found(town, WORDS), found(town, WORDS))


@fact
def a_yes_waits_sealed_under_a_key_of_its_own(town):
    page = say_yes(made['one'], asked(made['one']), CHILD, ONE)
    expect('Du har sagt ja' in page.text, page)
    hand = hand_of(town)
    row = hand.rows('invitation')[0]
    expect(hand.rows('scope_key', f'scope={row["id"]}')[0]['kind'] == '4' and len(row['sealed']) > 200, row)
    expect_stored(town, sealed_now(hand))


@fact
def the_holder_learns_nothing_before_all_have_said_yes(town):
    page = made['holder'].open('/invitasjoner')
    expect('Venter på svar' in page.text and 'Opprett loggen' not in page.text, page)
    expect('sagt ja til en invitasjon' not in made['holder'].open('/mine').text)
    row = hand_of(town).rows('invitation')[0]['id'].strip('{}')
    token = page.form('/logg-ut')['form_token'].value
    page = made['holder'].post(f'/invitasjoner/logg/{row}', [('form_token', token)])
    expect(page.status == 404, page)


@fact
def another_child_or_the_same_person_again_is_no_second_yes(town):
    made['other'] = enrol(town, made['codes'][1], NAMES[1])
    address = asked(made['other'])
    page = say_yes(made['other'], address, dict(CHILD, national_id='', name='Helt Annen'), OTHER, status=422)
    expect('samme barn' in page.text and page.form('/guardian')['name'].value == WORDS[2], page)
    page = say_yes(made['other'], address, CHILD, ONE, status=422)
    expect('to personar' in page.text or 'to personer' in page.text, page)
    page = say_yes(made['other'], address, CHILD, dict(OTHER, national_id=NUMBER), status=422)
    expect('fødselsnummer' in page.text, page)
    expect(not found(town, ('Helt Annen',)), found(town, ('Helt Annen',)))


@fact
def one_no_leaves_not_a_byte_of_either(town):
    hand = hand_of(town)
    made['secrets'], made['ids'] = sealed_now(hand), ids_now(hand)
    expect_stored(town, made['secrets'])
    page = say_no(made['other'], asked(made['other']))
    expect('er slettet' in page.text and page.path == '/invitasjon/takk', page)
    expect_nothing(town, made['secrets'], made['ids'])


@fact
def both_are_nobody_afterwards(town):
    for browser in (made['one'], made['other']):
        page = browser.get('/mine')
        expect(page.status in (303, 401, 403) and 'Villkanin' not in page.text, page)
    for user_name in NAMES[:2]:
        expect(town.visitor().sign_in(NORDVAER, user_name, 'en lang setning om undulater', '123456').status == 422)


@fact
def the_line_of_a_no_names_nobody(town):
    lines = lines_of_family(town)
    expect(len(lines) >= 2 and all(line['person'] == '{' + '00' * 16 + '}' for line in lines), lines)


@fact
def the_holder_finds_no_more_than_that_it_is_gone(town):
    page = made['holder'].open('/invitasjoner')
    expect('ingen invitasjoner' in page.text and 'nei' not in page.text.lower().split('ingen invitasjoner')[1], page)


@fact
def a_used_code_opens_nothing(town):
    for code in made['codes']:
        browser = town.visitor()
        page = browser.send(browser.open(f'/k/{NORDVAER}/ny').form('/ny'), enrolment=code)
        expect(page.status == 422, page)


@fact
def somebody_with_an_account_is_asked_in_the_place_of_the_one_that_was_made(town):
    codes = invite(made['holder'], 1)
    guardian = town.signed_in('Varm Bjørk')
    before = len(hand_of(town).rows('person'))
    page = guardian.send(guardian.open('/invitasjon').form('/invitasjon'), enrolment='AAAA-BBBB')
    expect(page.status == 422 and 'Koden er feil' in page.errors['enrolment'], page)
    page = guardian.follow(guardian.send(page.form('/invitasjon'), enrolment=codes[0]))
    expect('Hvilket barn' in page.heading and len(hand_of(town).rows('person')) == before - 1, page)
    expect('Svar på spørsmålet' in guardian.open('/mine').text)
    made['guardian'] = guardian


@fact
def their_no_takes_the_question_and_leaves_the_account(town):
    hand = hand_of(town)
    ids = ids_now(hand)
    page = say_no(made['guardian'], asked(made['guardian']))
    expect('er slettet' in page.text, page)
    expect(made['guardian'].open(town.log('blid')).status == 200)
    expect_nothing(town, [b'\1' * 40], ids)


@fact
def a_holder_does_not_answer_their_own_invitation(town):
    codes = invite(made['holder'], 1)
    page = made['holder'].send(made['holder'].open('/invitasjon').form('/invitasjon'), enrolment=codes[0])
    expect(page.status == 422 and 'Koden er feil' in page.errors['enrolment'], page)
    row = hand_of(town).rows('invitation')[0]['id'].strip('{}')
    page = made['holder'].open('/invitasjoner/slutt/' + row)
    expect('kan ikke gjøres om' in page.text, page)
    page = made['holder'].save(page.form('/slutt/' + row))
    expect('trukket tilbake' in page.text and not hand_of(town).rows('invited'), page)


@fact
def all_yes_is_a_task_and_then_a_log(town):
    codes = invite(made['holder'], 2, 'helse')
    one, other = enrol(town, codes[0], NAMES[0]), enrol(town, codes[1], NAMES[1])
    say_yes(one, asked(one), CHILD, dict(ONE, national_id=OWN))
    say_yes(other, asked(other), dict(CHILD, national_id=''), OTHER)
    page = made['holder'].open('/mine')
    expect('sagt ja til en invitasjon' in page.text, page)
    page = made['holder'].open(page.link('sagt ja til en invitasjon'))
    hand = hand_of(town)
    secrets = [bytes.fromhex(hand.rows('invitation')[0]['sealed'].strip('{}'))]
    page = made['holder'].save(next(form for form in page.forms if form.action.startswith('/invitasjoner/logg/')))
    expect(WORDS[0] in page.text and 'Loggen er opprettet' in page.text, page)
    made['log'] = page.path
    expect(not hand.rows('invitation') and not hand.rows('invited') and not hand.rows('scope_key', 'kind=4'))
    expect(not in_rows(hand, secrets) and (POSTGRES or not in_files(town, secrets)))
    expect(not found(town, WORDS + NAMES), found(town, WORDS + NAMES))
    made['one'], made['other'] = one, other


@fact
def the_log_rests_on_what_each_gave_in_the_app(town):
    page = made['holder'].open(made['log'] + '/samtykke')
    expect(page.text.count('I Stafettlogg, innlogget') == 2 and WORDS[1] in page.text and WORDS[2] in page.text, page)
    consents = hand_of(town).rows('consent', 'method=2')
    log = hand_of(town).rows('log', 'id={' + made['log'].rsplit('/', 1)[1] + '}')[0]
    expect(len([row for row in consents if row['log_no'] == log['no']]) == 2, consents)


@fact
def both_guardians_read_the_log_that_they_said_yes_to(town):
    for browser, name in ((made['one'], WORDS[1]), (made['other'], WORDS[2])):
        page = browser.follow(browser.get('/mine'))
        expect(WORDS[0].split()[0] in page.text and name in page.text, page)


@fact
def a_guardian_who_said_yes_before_may_withdraw_in_the_log(town):
    address = made['one'].open(made['log']).links('consent_withdraw')[0]
    page = made['one'].open(address)
    page = made['one'].send(page.form('consent_withdraw'), of='1')
    expect(page.status == 303, page)
    expect(made['holder'].get(made['log']).status in (200, 403, 404) and
           hand_of(town).rows('log', 'id={' + made['log'].rsplit('/', 1)[1] + '}')[0]['state'] == '2')


@fact
def a_no_and_the_making_of_the_log_at_one_moment_end_as_one_of_the_two(town):
    hand = hand_of(town)
    for number in range(8):
        browser = enrol(town, invite(made['holder'], 1)[0], f'rask.{number}')
        address = asked(browser)
        say_yes(browser, address, dict(CHILD, national_id=''), ONE)
        person = hand.rows('invited')[0]['person']
        logs = len(hand.rows('log'))
        no = browser.open(address + '/nei').form('/nei')
        yes = next(form for form in made['holder'].open('/invitasjoner').forms if form.action.startswith('/invitasjoner/logg/'))
        with ThreadPoolExecutor(2) as pool:
            denied, created = pool.submit(browser.send, no), pool.submit(made['holder'].send, yes)
        ended = (denied.result().status, created.result().status)
        expect(ended in ((303, 404), (303, 409), (404, 303), (403, 303)), ended)
        is_log = ended[1] == 303
        expect(len(hand.rows('log')) == logs + is_log and len(hand.rows('person', f'id={person}')) == is_log, ended)
        expect(not hand.rows('invitation') and not hand.rows('invited') and not hand.rows('scope_key', 'kind=4'), ended)
    expect(town.verify() == '', town.verify())


@fact
def time_that_runs_out_leaves_not_a_byte(town):
    codes = invite(made['holder'], 2)
    browser = enrol(town, codes[0], NAMES[2])
    say_yes(browser, asked(browser), dict(CHILD, national_id=''), dict(ONE, national_id=''))
    hand = hand_of(town)
    secrets, ids = sealed_now(hand), ids_now(hand)
    expect_stored(town, secrets)
    advance(town, '13d')
    expect(len(hand.rows('invitation')) == 1 and hand.rows('invitation')[0]['sealed'] != '{}', 'the day before it stands')
    advance(town, '2d')
    until(lambda: town.stack.command('jobs', *town.stack.place, 'run', 'over', check=False).returncode == 0)
    expect(not hand_of(town).rows('invitation'))
    expect_nothing(town, secrets, ids)
    expect(not re.search('Venter på svar', town.signed_in('Klok Elv').open('/invitasjoner').text))


if __name__ == '__main__':
    main(mode='test', database='postgres' if POSTGRES else 'sqlite')
