"""ending.py - how a log is brought to its end, for the scenarios about that: decided, ordered, approved or stopped."""
from scenario import expect
from young import act, someone

ORDER, APPROVE, STOP = 'Bestill sletting av loggen', 'Godkjenn slettingen', 'Stans slettingen'
ORDERED_STATE, PASSIVE_STATE = 3, 2   # domain/states.h
DATE = 'Loggen slettes innen 24 timer. Ordren kan stanses til slettingen begynner.'


def sends(browser, log, name, **fields):
    """The form of an act, filled in and sent; the page that refuses it where there is none."""
    page = browser.get(act(log, name))
    return browser.send(page.form(name), **fields) if page.status == 200 else page


def decides(admin, log, archive='2', ground='1', **fields):
    return sends(admin, log, 'archive_decide', archive=archive, ground=ground, **fields)


def orders(admin, log, **fields):
    return sends(admin, log, 'deletion_order', **fields)


def approves(browser, log):
    return sends(browser, log, 'deletion_approve')


def stops(browser, log, reason='Den skal ikke slettes likevel.'):
    return sends(browser, log, 'deletion_stop', reason=reason)


def another_administrator(town, admin, name='Stødig Ås'):
    """Somebody is made administrator by the one there is, and signs in."""
    form = admin.open('/enheter/leder').form('/enheter/leder')
    page = admin.send(form, name=name, email='stodig@example.no', role=form.option('role', 'Kommuneadministrator'))
    expect(page.status in (200, 303), page)
    return someone(town, name)
