"""young.py - logs of children who are nearly of an age, for the scenarios about what their birthday changes.

    log = begin(town, holder, 'Rask Kanari', birthday(16, in_days=100))
    child = comes(town, holder, log, 'Rask Kanari')
"""
import datetime

from new_log import NewLog
from scenario import NORDVAER, OSLO, expect


def today(town):
    """The day of the service, whose time the scenarios move."""
    return datetime.datetime.now(OSLO).date() + datetime.timedelta(days=getattr(town, 'passed', 0))


def passes(town, days):
    """So many days pass, and the night does its work."""
    now = datetime.datetime.now(OSLO) + datetime.timedelta(days=getattr(town, 'passed', 0))
    seconds = round((now + datetime.timedelta(days=days)).timestamp() - now.timestamp())   # the same time of the day: clocks change
    town.stack.command('clock', *town.stack.place, 'advance', f'{seconds // 60}m')
    town.passed = getattr(town, 'passed', 0) + days
    done = town.stack.command('jobs', *town.stack.place, 'run', 'life', check=False)
    expect(done.returncode == 0, done.stdout, done.stderr)


def told(town, days=0):
    """A date as people type it, some days from the service's today."""
    return (today(town) + datetime.timedelta(days=days)).strftime('%d.%m.%Y')


def iso(town, days=0):
    """The same as a program sends it."""
    return (today(town) + datetime.timedelta(days=days)).isoformat()


def birthday(town, age, in_days):
    """The birth of somebody who is so old in so many days."""
    day = today(town) + datetime.timedelta(days=in_days)
    return day.replace(year=day.year - age).strftime('%d.%m.%Y')


def act(log, name):
    """The address of an act about a log."""
    return f'{log}/handling/{name}'


def stored(town, log):
    """State and reason of a log's row."""
    state, reason = town.asked(f"SELECT state,closed_reason FROM log WHERE id={{{log.split('/')[-1]}}}")[0]
    return int(state), int(reason)


def begin(town, holder, name, birth):
    """A log of a child of two guardians, with their consents for a year; its address."""
    family = {'child': {'name': name, 'birth_date': birth, 'living': '1'},
              'guardians': ({'name': f'{who} {name.split()[0]}sen', 'relationship': kin, 'responsibility': '1'}
                            for who, kin in (('Gul', '1'), ('Blå', '2')))}
    family['guardians'] = tuple(family['guardians'])
    walk = NewLog(holder).to_check(family, consent={'given_on': told(town)})
    walk.create()
    page = holder.open('/mine')
    return next(address for address, words in page.reader.links if name in words and '/logg/' in address).split('?')[0]


def buttons(browser, name):
    """The form of one click, and who is called so there."""
    form = browser.open(f'/k/{NORDVAER}').form('/demo')
    return form, [value for _, value, text in form.buttons if name in text]


def someone_there(town, name):
    return bool(buttons(town.visitor(), name)[1])


def someone(town, name, *role):
    """A browser in which whoever is called so has signed in by one click, also those who came later."""
    browser = town.visitor()
    form, people = buttons(browser, name)
    page = browser.send(form, person=people[0])
    expect(page.status == 303, name)
    if role or page.location == '/rolle':
        browser.choose_role(*role)
    return browser


def lets_in(holder, log):
    """The holder lets the child in."""
    page = holder.send(holder.open(f'{log}/deltakere').form('/deltakere/barn'))
    expect(page.status == 303, page)


def links(page):
    return [words for _, words in page.reader.links]
