#!/usr/bin/env python3
"""sign_in.py - a one-time code becomes an account, and the account signs in with password and code; each refusal beside it."""
import re

from client import secret_of, totp
from scenario import NORDVAER, SORVAER, expect, fact, main

PASSWORD = 'grå måker over stille fjord'
ACCOUNT = {}


def enrol_page(town, name, browser=None):
    """The page with the authenticator's key, as the one-time code opens it."""
    browser = browser or town.visitor()
    page = browser.open(f'/k/{NORDVAER}/ny')
    page = browser.send(page.form(f'/k/{NORDVAER}/ny'), enrolment=town.nordvaer.codes[name])
    expect(page.status == 200 and '/ny/konto' in [form.action for form in page.forms][0], page)
    return browser, page


@fact
def an_unknown_code_is_refused_at_the_field_and_kept(town):
    browser = town.visitor()
    page = browser.open(f'/k/{NORDVAER}/ny')
    page = browser.send(page.form(f'/k/{NORDVAER}/ny'), enrolment='AAAA-BBBB-CCCC')
    expect(page.status == 422 and 'Koden er feil' in page.errors['enrolment'], page)
    expect(page.form('/ny')['enrolment'].value == 'AAAA-BBBB-CCCC', page)


@fact
def a_code_of_another_municipality_is_an_unknown_code(town):
    browser = town.visitor()
    page = browser.open(f'/k/{SORVAER}/ny')
    page = browser.send(page.form(f'/k/{SORVAER}/ny'), enrolment=town.nordvaer.codes['Fersk Snø'])
    expect(page.status == 422 and 'Koden er feil' in page.errors['enrolment'], page)


@fact
def a_short_password_is_refused_and_everything_but_secrets_is_kept(town):
    browser, page = enrol_page(town, 'Fersk Snø')
    page = browser.send(page.form('/konto'), user_name='fersk.sno', password='kort', code=totp(secret_of(page), -1))
    expect(page.status == 422 and '15 tegn' in page.errors['password'], page)
    expect(page.form('/konto')['user_name'].value == 'fersk.sno', page)
    expect(page.form('/konto')['password'].value == '' and b'kort"' not in page.body, page)


@fact
def a_wrong_first_code_of_the_app_is_refused(town):
    browser, page = enrol_page(town, 'Fersk Snø')
    wrong = f'{(int(totp(secret_of(page))) + 500_000) % 10 ** 6:06d}'
    page = browser.send(page.form('/konto'), user_name='fersk.sno', password=PASSWORD, code=wrong)
    expect(page.status == 422 and 'Koden stemmer ikke' in page.errors['code'], page)


@fact
def a_one_time_code_becomes_an_account(town):
    browser, page = enrol_page(town, 'Fersk Snø')
    ACCOUNT['secret'] = secret_of(page)
    page = browser.send(page.form('/konto'), user_name='fersk.sno', password=PASSWORD, code=totp(ACCOUNT['secret'], -1))
    page = browser.follow(page)
    expect('Kontoen er klar' in page.text, page)


@fact
def cookies_of_other_sites_of_the_domain_disturb_nobody(town):
    browser = town.visitor()
    browser.cookies = {'theme': '"dark"', 'list': '1,2 3', 'navn': 'Bl\xe5', 'tracking': 'x' * 9000}
    page = browser.follow(browser.sign_in_demo(NORDVAER, town.nordvaer.person('Modig Myr')))
    expect(page.status == 200 and browser.open('/mine').status == 200, page)


@fact
def a_used_code_is_refused_as_an_unknown_one(town):
    browser = town.visitor()
    page = browser.open(f'/k/{NORDVAER}/ny')
    page = browser.send(page.form(f'/k/{NORDVAER}/ny'), enrolment=town.nordvaer.codes['Fersk Snø'])
    expect(page.status == 422 and 'Koden er feil' in page.errors['enrolment'], page)


@fact
def a_taken_user_name_is_refused(town):
    browser, page = enrol_page(town, 'Modig Myr')
    page = browser.send(page.form('/konto'), user_name='fersk.sno', password=PASSWORD, code=totp(secret_of(page), -1))
    expect(page.status == 422 and 'kan ikke brukes' in page.errors['user_name'], page)


@fact
def wrong_password_wrong_code_and_unknown_name_get_the_same_page(town):
    pages = []
    for user_name, password, code in (('fersk.sno', 'galt passord, men langt', totp(ACCOUNT['secret'])),
                                      ('ingen.her', PASSWORD, totp(ACCOUNT['secret'])),
                                      ('fersk.sno', PASSWORD, '000000')):
        browser = town.visitor()
        page = browser.sign_in(NORDVAER, user_name, password, code)
        expect(page.status == 422 and not browser.cookies, page)
        expect(page.form(f'/k/{NORDVAER}')['user_name'].value == user_name, page)
        pages.append((page.errors, page.text))
    expect(pages[0] == pages[1] == pages[2], pages)


@fact
def an_account_of_one_municipality_does_not_open_another(town):
    browser = town.visitor()
    page = browser.sign_in(SORVAER, 'fersk.sno', PASSWORD, totp(ACCOUNT['secret']))
    expect(page.status == 422 and not browser.cookies, page)


@fact
def name_password_and_code_sign_in(town):
    browser = town.visitor()
    page = browser.sign_in(NORDVAER, 'fersk.sno', PASSWORD, totp(ACCOUNT['secret']))
    expect(page.status == 303 and page.location == '/mine', page)
    rules = page.cookies[0]
    expect(rules.startswith('__Host-stafettlogg=') and all(
        rule in rules for rule in ('; Path=/', '; Secure', '; HttpOnly', '; SameSite=Strict')) and 'Domain' not in rules, rules)
    expect('Fersk Snø' in browser.follow(page).text, page)
    ACCOUNT['browser'] = browser


@fact
def the_same_digits_do_not_sign_in_twice(town):
    browser = town.visitor()
    page = browser.sign_in(NORDVAER, 'fersk.sno', PASSWORD, totp(ACCOUNT['secret']))
    expect(page.status == 422 and not browser.cookies, page)


@fact
def the_demo_account_with_many_roles_chooses_one_and_may_change_it(town):
    browser = town.visitor()
    page = browser.sign_in_demo(NORDVAER, town.nordvaer.person('Mild Eng'))
    expect(page.location == '/rolle', page)
    before = dict(browser.cookies)
    expect(browser.get('/mine').status == 403, 'no role is chosen yet')
    browser.choose_role('PPT')
    expect(browser.cookies != before, 'a chosen role is a new session')
    browser.choose_role('barnehage')
    expect(browser.get('/mine').status == 200, 'the new role holds')


@fact
def a_session_from_before_the_choice_of_role_is_over(town):
    browser = town.visitor()
    browser.sign_in_demo(NORDVAER, town.nordvaer.person('Mild Eng'))
    old = dict(browser.cookies)
    browser.choose_role('PPT')
    browser.cookies = old
    expect(browser.get('/rolle').status == 403, 'the old cookie opens nothing')


@fact
def signing_out_ends_the_session_and_clears_the_cookie(town):
    browser = ACCOUNT['browser']
    old = dict(browser.cookies)
    page = browser.open('/mine')
    page = browser.send(page.form('/logg-ut'))
    expect(page.status == 303 and page.location == '/logget-ut' and list(browser.cookies) == ['stafettlogg_familiar'], page)
    expect(page.headers['clear-site-data'] == '"cache"', page.headers)
    expect('logget ut' in browser.follow(page).text, page)
    browser.cookies = old
    expect(browser.get('/mine').status == 403, 'the old cookie opens nothing')


@fact
def a_cut_or_changed_cookie_is_no_session_and_no_error(town):
    browser = town.signed_in('Klok Elv')
    whole = browser.cookies['__Host-stafettlogg']
    tenant, token = whole.split('.')
    for value in ('', '.', tenant, f'{tenant}.', f'.{token}', f'{tenant}.{token[:-2]}', f'{tenant}.{token}x', 'x' * 3000,
                  f'{tenant}.{"A" * len(token)}', f'{town.sorvaer.id}.{token}', f'{"0" * 32}.{token}'):
        browser.cookies = {'__Host-stafettlogg': value}
        expect(browser.get('/mine').status == 403, value, browser.get('/mine'))
        expect(browser.get('/').status == 200, value)
    browser.cookies = {'__Host-stafettlogg': whole}
    expect(browser.get('/mine').status == 200, 'the right one still opens')


@fact
def every_page_says_that_this_is_a_demo_and_nothing_is_kept_by_browsers(town):
    for path in ('/', f'/k/{NORDVAER}', f'/k/{NORDVAER}/ny', '/logget-ut', '/om/personvern', '/finnes-ikke'):
        page = town.visitor().get(path)
        expect('Dette er en demo' in page.text, page)
        expect(page.headers['cache-control'] == 'no-store', page.headers)
        expect("default-src 'none'" in page.headers['content-security-policy'], page.headers)


@fact
def outside_mode_test_no_visitor_moves_the_time(town):
    browser = town.visitor()
    page = browser.open(f'/k/{NORDVAER}')
    expect('/dag' not in page.body.decode(), page)
    expect(browser.get(f'/k/{NORDVAER}/dag').status == 404)
    form = page.form('/demo')
    form.action = f'/k/{NORDVAER}/dag'
    form.fields.pop('person', None)
    expect(browser.send(form).status == 404)


@fact
def a_person_of_the_demo_who_does_not_exist_is_not_signed_in(town):
    browser = town.visitor()
    for person in ('0' * 32, town.sorvaer.person('Klok Elv'), 'x', ''):
        page = browser.sign_in_demo(NORDVAER, person)
        expect(page.status in (400, 403, 404, 422) and not browser.cookies, person, page)


@fact
def whoever_gets_a_code_anew_is_told_at_the_next_sign_in_that_the_account_was_taken_into_use_anew(town):
    manager, told = town.signed_in('Bred Ås'), []
    for row in range(3):
        form = [form for form in manager.open('/ansatte').forms if form.action.endswith('/kode')][row]
        told += re.findall(r'Engangskode til Fersk Snø ([A-Z2-7-]{20,})', manager.follow(manager.send(form)).text)
    expect(len(told) == 1, told)
    browser = town.visitor()
    page = browser.send(browser.open(f'/k/{NORDVAER}/ny').form('/ny'), enrolment=told[0])
    secret = secret_of(page)
    page = browser.follow(browser.send(page.form('/konto'), user_name='fersk.sno', password=PASSWORD, code=totp(secret, 1)))
    expect('Kontoen er klar' in page.text, page)
    page = browser.sign_in_demo(NORDVAER, town.nordvaer.person('Fersk Snø'))  # the digits of now are used up
    expect(page.status == 303 and page.location == '/rolle', page)
    page = browser.follow(page)
    expect('Kontoen er tatt i bruk på nytt' in page.text and 'Var det ikke deg' in page.text, page)
    browser.choose_role('Stafettholder')
    expect(browser.get('/mine').status == 200)


if __name__ == '__main__':
    main(numbers=(NORDVAER, SORVAER))
