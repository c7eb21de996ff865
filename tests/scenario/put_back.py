#!/usr/bin/env python3
"""put_back.py - an older copy of a database is put back behind everybody's back: nobody gets in, and it is named."""
import re
import shutil
import time

from scenario import NORDVAER, SORVAER, expect, fact, main

made = {}


def files_of(path):
    """The database and what SQLite keeps beside it."""
    return [file for file in path.parent.iterdir() if file.name.startswith(path.name)]


def copy_away(town, name):
    folder = town.stack.folder / name
    folder.mkdir()
    for file in files_of(town.database()):
        shutil.copy2(file, folder / file.name)


def put_back(town, name):
    """serve starts over what lay in the copy."""
    town.stack.end('serve')
    owner = town.database().stat()
    for file in files_of(town.database()):
        file.unlink()
    for file in (town.stack.folder / name).iterdir():
        to = town.database().parent / file.name
        shutil.copy2(file, to)
        shutil.chown(to, owner.st_uid, owner.st_gid)
    town.stack.start_serve()


def until_told(town, words):
    """The thread that shows the heads begins when serve does; it may need a moment."""
    for _ in range(100):
        lines = [line for line in town.stack.log('serve').splitlines() if words in line]
        if lines:
            return lines
        time.sleep(0.1)
    raise AssertionError(town.stack.log('serve')[-1000:])


@fact
def a_note_is_written_after_the_copy_was_taken(town):
    town.stack.end('serve')
    copy_away(town, 'older')
    town.stack.start_serve()
    made['holder'] = town.signed_in('Klok Elv')
    made['log'] = town.log('modig')
    page = made['holder'].open(made['log'])
    page = made['holder'].save(page.form('/ny/note'), text='Skrevet etter kopien.')
    expect('Skrevet etter kopien.' in page.text, page)
    town.stack.end('serve')
    copy_away(town, 'right')


@fact
def with_the_older_copy_nobody_signs_in_and_the_page_is_calm(town):
    put_back(town, 'older')
    page = town.visitor().sign_in_demo(NORDVAER, town.nordvaer.person('Klok Elv'))
    expect(page.status == 503 and not page.cookies, page)
    expect('Tjenesten er straks tilbake' in page.text and 'Ingenting er tapt' in page.text, page)


@fact
def a_session_of_before_opens_nothing(town):
    page = made['holder'].get(made['log'])
    expect(page.status in (403, 503) and 'Modig' not in page.text, page)


@fact
def the_operator_is_told_which_database_it_is(town):
    lines = until_told(town, 'database-old')
    expect(all(line.startswith('<1>') and f'database={town.nordvaer.id}' in line for line in lines), lines)


@fact
def verify_names_it(town):
    told = town.verify()
    expect(told.startswith('9: ') and f'{NORDVAER} DATABASE_OLD' in told, told)
    expect(f'{SORVAER} DATABASE_OLD' not in told and 'host DATABASE_OLD' not in told, told)


@fact
def another_municipality_is_not_concerned(town):
    page = town.visitor().sign_in_demo(SORVAER, town.sorvaer.person('Klok Elv'))
    expect(page.status == 303 and page.cookies, page)


@fact
def it_holds_also_when_the_key_agent_was_started_again(town):
    town.stack.restart_keyd()
    page = town.visitor().sign_in_demo(NORDVAER, town.nordvaer.person('Klok Elv'))
    expect(page.status == 503 and not page.cookies, page)


@fact
def with_the_right_one_back_everything_is_there(town):
    put_back(town, 'right')
    page = town.signed_in('Klok Elv').open(made['log'])
    expect('Skrevet etter kopien.' in page.text, page)
    expect(town.verify() == '', town.verify())


def accept_head(town, database, size, root, custodians=(1, 2)):
    stack = town.stack
    given = [part for custodian in custodians for part in
             ('--share', stack.data / 'shares' / f'share-{custodian}', '--passphrase-file', stack.data / 'shares' / f'passphrase-{custodian}')]
    return stack.command('custodian', 'accept-head', '--key-file', stack.data / 'keys' / 'key-file', '--mirror',
                         stack.data / 'keys' / 'key-file.mirror', *given, '--database', database, '--size', size, '--root', root,
                         check=False)


@fact
def two_custodians_accept_the_older_copy_after_an_incident(town):
    """The newer one is lost, or its head was forged: what verify tells of the database is what they accept."""
    put_back(town, 'older')
    told = town.stack.command('verify', *town.stack.place, check=False)
    made['head'] = re.search(rf'^{NORDVAER}: head (\w+) (\d+) (\w+)$', told.stderr, re.M).groups()
    expect(accept_head(town, *made['head']).returncode == 8, 'beside a running agent')
    town.stack.end('serve')
    town.stack.end('keyd')
    expect(accept_head(town, *made['head'], custodians=(1,)).returncode != 0, 'one custodian')
    expect(accept_head(town, *made['head'], custodians=(1, 1)).returncode == 9, 'one custodian twice')
    done = accept_head(town, *made['head'])
    expect(done.returncode == 0 and 'and is now of ' + made['head'][1] in done.stdout, done)
    town.stack.start_keyd()
    town.stack.unseal(1)
    town.stack.unseal(3)
    town.stack.start_serve()


@fact
def everybody_signs_in_again_and_nothing_is_found(town):
    page = town.signed_in('Klok Elv').open(made['log'])
    expect('Skrevet etter kopien.' not in page.text, page)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(numbers=(NORDVAER, SORVAER))
