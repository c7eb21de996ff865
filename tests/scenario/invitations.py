"""invitations.py - the steps of a consent before there is a log, as a holder and a family walk them.

Used by the scenario tests that begin with an invitation.
"""
import re

from client import secret_of, totp
from scenario import NORDVAER, expect

PASSWORD = 'en lang setning om undulater'
CODE = re.compile(r'Engangskode til (foresatt \d) ([A-Z2-7-]{20,})')


def invite(holder, persons, *units):
    """Makes an invitation; the codes, in their order."""
    form = holder.open('/invitasjoner/ny').form('/invitasjoner/ny')
    page = holder.save(form, required_persons=str(persons), units=[form.option('units', unit) for unit in units])
    codes = [code for _, code in CODE.findall(page.text)]
    expect(len(codes) == persons, page)
    return codes


def enrol(town, code, user_name):
    """Somebody without an account takes the code: a user name, a password, an authenticator; signed in as a guardian."""
    browser = town.visitor()
    page = browser.send(browser.open(f'/k/{NORDVAER}/ny').form('/ny'), enrolment=code)
    expect(page.status == 200, page)
    secret = secret_of(page)
    page = browser.follow(browser.send(page.form('/konto'), user_name=user_name, password=PASSWORD, code=totp(secret, -1)))
    expect('Kontoen er klar' in page.text, page)
    page = browser.sign_in(NORDVAER, user_name, PASSWORD, totp(secret))
    expect(page.status == 303, page)
    if page.location == '/rolle':
        browser.choose_role('Foresatt')
    return browser


def asked(browser):
    """The address of the question that waits for this guardian."""
    return browser.open('/mine').links('/invitasjon/')[0]


def to_yes(browser, address, child):
    """What is asked about the child, up to the page on which the guardian says yes; that page."""
    page = browser.open(address)
    return browser.send(page.form('/child'), **child)


def say_yes(browser, address, child, guardian, status=303):
    page = to_yes(browser, address, child)
    expect(page.status == 200, page)
    page = browser.send(page.form('/guardian'), **guardian)
    expect(page.status == status, page)
    return browser.follow(page) if status == 303 else page


def say_no(browser, address):
    page = browser.open(browser.open(address).links('/nei')[0])
    return browser.follow(browser.send(page.form('/nei')))
