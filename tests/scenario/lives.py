#!/usr/bin/env python3
"""lives.py - what `make demo` shows of a log's life: each log stands where it is said to, and a visitor lets days pass."""
import datetime
import re
import sqlite3
import threading

from client import totp
from ending import approves
from scenario import NORDVAER, expect, fact, main
from stack import LIVES_DAYS

DAY = f'/k/{NORDVAER}/dag'
JOB_RUN, LIFE, PURGE_LATE = 108, 4, 58   # domain/acts.h, jobs.h, notices.h
BROUGHT = re.compile(r'Ved midnatt så tjenesten på (\d+) logg(?:er)?, satte (\d+) passive? og sendte (\d+) vars')


def rows(town, sql):
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def child(town, key):
    return town.nordvaer.logs[key]['child']


def passes(town):
    """A visitor presses; (the day that the page says, what it says that the night brought: logs, passive, told; the page)."""
    browser = town.visitor()
    page = browser.follow(browser.send(browser.open(DAY).form('/dag')))
    expect('Én dag har gått. Det er nå' in page.text, page)
    words = page.text.replace('\xa0', ' ')
    return re.search(r'Det er nå (\S+ \S+ \d+)\.', words).group(1), BROUGHT.search(words), page


def runs(town):
    return rows(town, f'SELECT count(*) FROM audit WHERE act={JOB_RUN} AND reason={LIFE}')[0][0]


@fact
def the_demo_has_come_to_today_and_what_lies_in_the_past_was_done_then(town):
    expect(town.stack.moved_s() == 0, town.stack.moved_s())
    expect(town.verify() == '', town.verify())
    first = rows(town, 'SELECT min(at),max(at) FROM audit')[0]
    expect((first[1] - first[0]) // 86400000 == LIVES_DAYS, first)
    order = rows(town, 'SELECT at FROM audit ORDER BY rowid')
    expect(order == sorted(order), 'no line is earlier than the one before it')


@fact
def a_log_is_quiet_and_its_holder_is_asked_about_it(town):
    page = town.signed_in('Klok Elv').open('/mine')
    expect('Ingen har skrevet i loggen på lenge' in page.text and child(town, 'quiet') in page.text, page)


@fact
def a_consent_ends_in_a_week_and_its_holder_is_asked_to_renew_it(town):
    page = town.signed_in('Klok Elv').open('/mine')
    expect('Forny samtykket: det går ut om 7 dager' in page.text and child(town, 'ending') in page.text, page)


@fact
def a_baton_is_offered_to_another_holder_who_sees_no_name(town):
    page = town.signed_in('Fersk Snø').open('/mine')
    expect('Svar på tilbud om en stafettpinne' in page.text and child(town, 'offered') not in page.text, page)


@fact
def a_guardian_has_asked_for_the_deletion(town):
    for browser in (town.signed_in('Bestemt Foss'), town.signed_in('Klok Elv')):
        page = browser.open(town.log('claimed'))
        expect('Noen har bedt om at loggen slettes. Kommunen svarer senest' in page.text, page)


@fact
def a_log_is_passive_and_its_manager_is_reminded_of_it(town):
    mine = town.signed_in('Bred Ås').open('/mine')
    expect('Vises ikke' in mine.text and 'Ikke satt ennå' not in mine.text, 'of what a manager has not opened no level is told', mine)
    page = town.signed_in('Bred Ås').open(town.log('passive'))
    expect('passiv' in page.text.lower() and child(town, 'passive') in page.text, page)
    expect(town.signed_in('Klok Elv').get(town.log('passive')).status == 404)


@fact
def a_child_of_sixteen_reads_its_log_and_has_consented_itself(town):
    page = town.signed_in(child(town, 'sixteen')).open(town.log('sixteen'))
    expect(f'{child(town, "sixteen")} sa ja' in page.text, page)


@fact
def a_log_is_about_to_go_to_another_unit_and_its_guardian_is_asked(town):
    page = town.signed_in('Våken Bekk').open(town.log('moving'))
    expect(0 < page.text.find('Si ja til at loggen overføres') < page.text.find('Dette gjør vi'), 'it stands first', page)
    expect('Bjørkelia skole' in page.text, page)
    expect(town.signed_in('Bred Ås').get('/overforinger').text.count('vil overføre en logg') == 0, 'before the family has said yes nobody else is')


@fact
def a_deletion_waits_for_the_second_administrator_and_the_family_sees_that_it_does(town):
    page = town.signed_in('Jevn Dal').open('/sletting')
    expect('Venter på deg' in page.text and town.nordvaer.logs['ordered']['display'] in page.text, page)
    page = town.signed_in('Klar Fjord').open('/sletting')
    expect('Venter på en annen' in page.text and 'Venter på deg' not in page.text, page)
    page = town.signed_in('Lett Hei').open(town.log('ordered'))
    expect('Ingenting slettes før en annen person har godkjent det.' in page.text, page)


@fact
def a_deleted_log_has_left_a_certificate_and_its_archive_report(town):
    admin, display = town.signed_in('Klar Fjord'), town.nordvaer.logs['deleted']['display']
    page = admin.open(admin.open('/attester').link(display))
    expect('Bestilt av Klar Fjord' in page.text and 'Godkjent av Jevn Dal' in page.text and 'arkivrapporten er laget' in page.text, page)
    expect('archive_ground' not in page.text and 'Begrunnelse' not in page.text, 'no ground was asked for', page)
    made = rows(town, 'SELECT ordered_at,approved_at,purged_at FROM deletion WHERE purged_at>0')
    expect(len(made) == 1 and made[0][0] < made[0][1] <= made[0][2] < made[0][1] + 3600000, made)
    expect(admin.get(page.link('Last ned attesten som PDF')).body.startswith(b'%PDF'))
    expect(town.signed_in('Klok Elv').get(town.log('deleted')).status == 404, 'nobody finds it')
    expect('Rolig Vidde' not in town.visitor().open(DAY).text, 'nor can anybody become its guardian')
    expect(display in admin.open('/rapporter').text)
    report = admin.open(town.log('deleted') + '/rapport?grunn=archive_decision')
    expect(admin.send(report.form('/rapport')).body.startswith(b'PK'), report)


@fact
def the_first_page_says_who_to_sign_in_as_to_see_a_log_end(town):
    page = town.visitor().open(DAY)
    for words in ('Se hvordan en logg slutter', 'Jevn Dal', 'Lett Hei', 'Våken Bekk', '«Slettede logger»'):
        expect(words in page.text, words, page)


@fact
def a_day_passes_when_a_visitor_presses_and_the_page_says_which_day_it_is(town):
    holder = town.signed_in('Klok Elv')
    expect(holder.open('/mine').link('La en dag gå') == DAY)
    before = runs(town)
    told, brought, page = passes(town)
    tomorrow = datetime.date.fromtimestamp(town.stack.moved_s() + datetime.datetime.now().timestamp())
    expect(told.startswith(f'{tomorrow.day}. ') and told.endswith(str(tomorrow.year)), told, tomorrow)
    expect('Ingenting hadde frist den dagen.' in page.text or brought, page)
    expect(runs(town) == before + 1, 'as midnight does it: one line a day')
    expect(holder.get('/mine').status == 403, 'nobody is signed in for so long')
    expect('Én dag har gått' not in town.visitor().open(f'/k/{NORDVAER}').text, 'it is no news on another page')


@fact
def what_is_approved_is_deleted_on_the_day_of_the_approval_and_nobody_is_told_that_it_is_late(town):
    expect(approves(town.signed_in('Jevn Dal'), town.log('ordered')).status == 303)
    passes(town)
    made = rows(town, 'SELECT approved_at,purged_at FROM deletion')
    expect(len(made) == 2 and all(0 < t1 - t0 < 3600000 for t0, t1 in made), made)
    expect(rows(town, f'SELECT count(*) FROM inbox WHERE event={PURGE_LATE}') == [(0,)], 'no alarm')
    expect(town.nordvaer.logs['ordered']['display'] in town.signed_in('Klar Fjord').open('/attester').text)


@fact
def after_a_week_the_consent_is_over_and_the_page_says_what_the_night_did(town):
    ends = rows(town, f"SELECT state FROM log WHERE hex(id)='{town.nordvaer.logs['ending']['id'].upper()}'")
    expect(ends == [(1,)], ends)
    nights = []
    for _ in range(10):
        before = town.count('inbox')
        told, brought, _ = passes(town)
        nights.append((told, *map(int, brought.groups() if brought else (0, 0, 0))))
        expect(town.count('inbox') == before + nights[-1][3], nights)
    ends = rows(town, f"SELECT state FROM log WHERE hex(id)='{town.nordvaer.logs['ending']['id'].upper()}'")
    expect(ends == [(2,)] and sum(night[2] for night in nights) == 1, nights)
    page = town.signed_in('Bred Ås').open('/varsler')
    expect('Samtykket har gått ut, og loggen er passiv' in page.text, page)


@fact
def the_account_signs_in_with_the_code_of_the_day_that_it_is_there(town):
    account = town.nordvaer.accounts[0]
    page = town.visitor().sign_in(NORDVAER, account['user_name'], account['password'],
                                  totp(account['totp_secret'], round(town.stack.moved_s() / 30)))
    expect(page.status == 303, page)


@fact
def two_visitors_at_once_let_two_days_pass(town):
    before, answers = (town.stack.moved_s(), runs(town)), []

    def press():
        browser = town.visitor()
        answers.append(browser.send(browser.open(DAY).form('/dag')).status)
    both = [threading.Thread(target=press) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    expect(answers == [303, 303], answers)
    expect(round((town.stack.moved_s() - before[0]) / 3600) in (47, 48, 49) and runs(town) == before[1] + 2, before, runs(town))
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(lives=True)
