#!/usr/bin/env python3
"""bad_input.py - every field of every form, sent wrongly in every way: a message at the field and what was typed kept (422),
or 400 for what no browser sends; never 5xx, never half a row.

The forms are those that the pages show, each to somebody who may send it; the wrong values follow from what a field is.
"""
import secrets

from new_log import NewLog
from scenario import NORDVAER, day, entries_of, expect, fact, main

DATES = ('date', 'deadline', 'start', 'given_on', 'valid_to', 'valid_from', 'birth_date', 'target_date', 'time', 'from_on', 'to_on')
TEXTS = ('text', 'textarea', 'tel', 'email', 'url')
CHOICES = ('select', 'radio', 'checkbox')
SECRETS = ('password', 'code', 'enrolment')
BASIC = ('/logg-ut', '/hold-okt')
MILLION = 10 ** 6
people = {}


def is_date(name):
    return name in DATES or name.endswith('_on')


def fields_of(form):
    """What people fill in; hidden fields and buttons have tests of their own."""
    return [field for field in form.fields.values() if field.kind != 'hidden' and field.kind != 'file']


# ---- the pages and their forms ----

def entry_pages(browser, log):
    for kind in ('attention', 'goal', 'measure', 'evaluation', 'meeting', 'note', 'resource', 'level', 'child'):
        if browser.get(f'{log}/ny/{kind}').status == 200:
            yield f'{log}/ny/{kind}'
    seen = set()
    for entry in entries_of(browser.open(log)):
        # A family's note is removed by others, never corrected.
        action = next((form.action for form in browser.open(f'{log}/rett/{entry}').forms if '/rett/' in form.action), None)
        if action and action.split('/')[-1] not in seen:
            seen.add(action.split('/')[-1])
            yield f'{log}/rett/{entry}'


def pages(town):
    """(who, browser, how to open the page with the form)"""
    log = town.log('kvikk')
    holder = people.setdefault('holder', town.signed_in('Klok Elv'))
    admin = people.setdefault('admin', town.signed_in('Klar Fjord'))
    manager = people.setdefault('manager', town.signed_in('Bred Ås'))
    guardian = people.setdefault('guardian', town.signed_in('Stram Ørret'))
    paths = [(holder, path) for path in (log, *entry_pages(holder, log), log + '/deltakere', log + '/deltakere/foresatt', '/mine')]
    paths += [(guardian, log)]
    paths += [(admin, path) for path in ('/mine', town.log('blid'), '/enheter', '/enheter/ny', '/enheter/leder')]
    paths += [(manager, path) for path in ('/mine', '/ansatte', '/enheter')]
    paths += [(town.visitor(), f'/k/{NORDVAER}'), (town.visitor(), f'/k/{NORDVAER}/ny')]
    for browser, path in paths:
        page = browser.get(path)
        if page.status == 200:
            yield browser, path


def forms(town):
    """(browser, a function that opens the page anew and finds the form)"""
    for browser, path in pages(town):
        for form in browser.open(path).forms:
            if form.action not in BASIC and not form.action.endswith('/demo') and fields_of(form):
                yield browser, lambda browser=browser, path=path, action=form.action: browser.open(path).form(action)
    yield from wizard_forms(town)


def wizard_forms(town):
    holder = people['wizard'] = town.signed_in('Fersk Snø')

    def at(step):
        def find():
            walk = NewLog(holder)
            if step > 0:
                walk.scope(required_persons='1')
            if step > 1:
                walk.consent()
            if step > 2:
                walk.child(name='Rask Kanari', birth_date='14.05.2016')
            return next(form for form in walk.page.forms if form.action.startswith('/ny/'))
        return find
    for step in range(4):
        yield holder, at(step)


# ---- wrong in every way ----

def wrong_values(field):
    """(what, the value) that no rule lets through."""
    if field.kind in CHOICES:
        return [('an unknown code', '9999'), ('markup', '"><b>')]
    if field.name in SECRETS or field.kind not in TEXTS:
        return []
    values = [('a control character', 'en\x01to')]
    if field.maximum:
        values.append(('one character too many', 'ø' * (field.maximum + 1)))
    if is_date(field.name):
        values += [('a day that does not exist', '31.02.2026'), ('29 February of a common year', '29.02.2025'),
                   ('a month that does not exist', '01.13.2026'), ('words', 'i morgen tidlig'), ('a number', '99999999999999999999')]
    if field.kind == 'email':
        values.append(('no address', 'ikke en adresse'))
    if field.kind == 'url':
        values += [('a script', 'javascript:alert(1)'), ('plain http', 'http://eksempel.example')]
    if field.kind == 'tel':
        values.append(('letters', 'ring meg'))
    if field.name == 'national_id':
        values += [('a wrong check digit', '14851651057'), ('a real one', '02013299997'), ('letters', '1485165105x')]
    if field.name == 'organisation_number':
        values += [('a wrong check digit', '123456780'), ('letters', 'ABC')]
    return values


def million_once(form):
    """One field of each kind gets a million characters, where it is written first: a correction is read by the same code."""
    seen = {'date', *TEXTS} if '/rett/' in form.action else set()
    for field in fields_of(form):
        kind = 'date' if is_date(field.name) else field.kind
        if field.kind in TEXTS and field.name not in SECRETS and kind not in seen:
            seen.add(kind)
            yield field, 'a million characters', 'x' * MILLION


def kept(page, action, field, value):
    form = page.form(action)
    if field.kind in CHOICES or field.name in SECRETS:
        return True
    have = form[field.name].value.replace('\r\n', '\n')
    if '\x01' in value:   # a page cannot hold it
        return have.startswith('en') and have.endswith('to') and '\x01' not in have
    return have == value


def hold(holds, told, *more):
    """Collects instead of ending at the first, so that one run names all."""
    if not holds:
        told.append(' | '.join(str(part)[:260] for part in more))


def check_wrong(browser, find, told):
    form = find()
    cases = [(field, what, value) for field in fields_of(form) for what, value in wrong_values(field)]
    for field, what, value in [*cases, *million_once(form)]:
        page = browser.send(form, **{field.name: value})
        where = f'{form.action} {field.name}: {what}'
        if page.status != 422:
            hold(False, told, where, page)
            form = find()
            continue
        hold(field.name in page.errors, told, where, 'no message at the field', page.errors)
        hold(kept(page, form.action, field, value), told, where, 'what was typed is lost')
        hold('Du må rette' in page.text and page.title.startswith('Feil'), told, where, 'no summary', page.title)
        hold('{' not in ' '.join(page.errors.values()), told, where, page.errors)


@fact
def a_wrong_value_gets_a_message_at_its_field_and_is_kept(town):
    before, told = town.counts(), []
    for browser, find in forms(town):
        check_wrong(browser, find, told)
    expect(not told, f'{len(told)} wrong:\n' + '\n'.join(told))
    expect(town.counts() == before, 'nothing is written', before, town.counts())


@fact
def a_required_field_left_empty_gets_a_message(town):
    before, told, asked = town.counts(), [], 0
    for browser, find in forms(town):
        form = find()
        for field in fields_of(form):
            if form.is_optional(field.name) or field.kind in ('password', 'checkbox') or form.action.startswith('/k/'):
                continue
            asked += 1
            for value in (None, '') + (('   ',) if field.kind in TEXTS else ()):
                page = browser.send(form, **{field.name: value})
                hold(page.status == 422 and field.name in page.errors, told, form.action, field.name, repr(value), page)
                if page.status != 422:
                    form = find()
    expect(asked > 30 and not told, f'{asked} asked, {len(told)} wrong:\n' + '\n'.join(told))
    expect(town.counts() == before, 'nothing is written', before, town.counts())


@fact
def what_no_browser_sends_is_refused_as_such(town):
    before, told = town.counts(), []
    for browser, find in forms(town):
        form = find()
        pairs = form.values()
        name = fields_of(form)[0].name
        for what, wrong in (('not UTF-8', [*pairs, (name, b'\xff\xfe')]), ('a surrogate', [*pairs, (name, b'\xed\xa0\x80')]),
                            ('an overlong slash', [*pairs, (name, b'\xc0\xaf')]), ('NUL', [*pairs, (name, 'a\0b')]),
                            ('an unknown field', [*pairs, ('finnes_ikke', '1')]), ('a doubled token', [pairs[0], (name, ''), pairs[0]]),
                            ('an unknown name', [*pairs, ('<b>', '1')]), ('no name', [*pairs, ('', '1')]),
                            ('201 fields', [*pairs, *((f'felt{i}', '') for i in range(201))])):
            if what in ('not UTF-8', 'a surrogate', 'an overlong slash', 'NUL'):
                wrong = [pair for pair in pairs if pair[0] != name] + [wrong[-1]]
            page = browser.post(form.action, wrong)
            hold(page.status == (413 if what == '201 fields' else 400), told, form.action, what, page)
        for what, body in (('half an escape', b'form_token=%4'), ('no equals sign', b'form_token'), ('a raw NUL', b'form_token=\0'),
                           ('empty', b''), ('an ampersand alone', b'&&&&')):
            page = browser.post(form.action, body)
            hold(page.status in (400, 403, 404), told, form.action, what, page)
    expect(not told, f'{len(told)} wrong:\n' + '\n'.join(told))
    expect(town.counts() == before, 'nothing is written', before, town.counts())


@fact
def a_doubled_field_is_never_half_read(town):
    before, told = town.counts(), []
    for browser, find in forms(town):
        form = find()
        for field in fields_of(form):
            if field.kind not in TEXTS or field.name in SECRETS:
                continue
            pairs = [pair for pair in form.values() if pair[0] != field.name]
            page = browser.post(form.action, [(field.name, 'en'), *pairs, (field.name, 'to')])
            hold(page.status == 400, told, form.action, field.name, 'apart', page)
    expect(not told, f'{len(told)} wrong:\n' + '\n'.join(told))
    expect(town.counts() == before, 'nothing is written', before, town.counts())


@fact
def hidden_fields_that_were_changed_change_nothing(town):
    before, told = town.counts(), []
    for browser, find in forms(town):
        form = find()
        for field in form.fields.values():
            if field.kind != 'hidden':
                continue
            for value in (None, '', 'x', '-1', '0', '4294967296', '9' * 40, 'A' * 200_000, '%00', 'æ', secrets.token_urlsafe(64)):
                page = browser.send(form, **{field.name: value})
                hold(page.status in (400, 403, 404, 409, 413, 422), told, form.action, field.name, repr(value)[:60], page)
    expect(not told, f'{len(told)} wrong:\n' + '\n'.join(told))
    expect(town.counts() == before, 'nothing is written', before, town.counts())


@fact
def what_is_larger_than_any_form_is_refused_and_leaves_nothing(town):
    before = town.counts()
    holder = people['holder']
    form = holder.open(town.log('blid')).form('/ny/note')
    page = holder.send(form, text='æ' * MILLION)
    expect(page.status == 413 and "default-src 'none'" in page.headers['content-security-policy'], page)
    expect(town.counts() == before, 'nothing is written')


@fact
def ids_in_addresses_are_ids_or_not_found(town):
    log = town.log('blid')
    entry = entries_of(people['holder'].open(log))[0]
    for path in (log + '/', log + '/x', log[:-1], log + 'a', log.upper(), f'{log}/rett/{entry[:-1]}', f'{log}/rett/{entry}x',
                 f'{log}/ny/', f'{log}/ny/note/', f'{log}/ny/NOTE', f'{log}/ny/header', f'{log}/ny/consent', f'{log}/ny/staff_person',
                 f'{log}/ny/participant', f'{log}/ny/{"a" * 33}', f'{log}/ny/no%74e', f'{log}//ny/note', f'{log}/../..{log}', '/logg/',
                 f'{log}/historikk/{entry}/1', f'{log};x=1', '/mine/', '//mine', '/%6dine', '/mine%00', '/MINE'):
        page = people['holder'].get(path)
        expect(page.status in (400, 404), path, page)
    for query in ('?grunn=x', '?grunn=' + 'a' * 500, '?x=1', '?goal=x', '?goal=' + 'ab' * 16, '?goal=%ff', '?goal=a&goal=b', '?%00'):
        for path in (log, log + '/ny/measure', log + '/sett', '/mine'):
            page = people['holder'].get(path + query)
            expect(page.status in (200, 400, 404), path + query, page)
    for line in ('0', '-1', 'x', '99999999999999999999999', '1', "1'--"):
        page = people['holder'].get(f'{log}/sett?eldre={line}')
        expect(page.status in (200, 400), line, page)


@fact
def words_at_the_longest_are_taken_and_stand_as_they_were_typed(town):
    holder, log = people['holder'], town.log('ivrig')
    holder = town.signed_in('Trygg Havn')
    form = holder.open(log + '/ny/note').form('/ny/note')
    text = ('Æøå «sitat» <b>&amp;</b> {{navn}} %s $(id) \' " \\ \u2013 \U0001F600 ' * 60)[:form['text'].maximum]
    page = holder.save(form, text=text)
    expect(' '.join(text.split()) in page.text, page)
    expect(b'<b>&amp;</b>' not in page.body, 'what people write is text, never HTML')
    entry = entries_of(page)[-1]
    for entry in entries_of(page):
        form = holder.open(f'{log}/rett/{entry}').forms
        if any('text' in one.fields and one['text'].value.strip() == text.strip() for one in form):
            return
    raise AssertionError('the form of a correction holds another text')


@fact
def all_that_was_written_is_as_it_was_sealed(town):
    expect(not town.verify(), town.verify())


if __name__ == '__main__':
    main()
