#!/usr/bin/env python3
"""delete_and_prove.py - what is left of a deleted log: its planted words in no byte of anything, and of a copy of the disk from before the
purge nothing opens with any key that production still has, all custodians together, but by the former epoch until its last day.

The copy's own key file is another matter, and shown as such: it opens the copy for custodians, which is why it is kept nowhere twice.
usage: delete_and_prove.py REMNANTS STAFETTLOGG ASSETS"""
import datetime
import json
import pathlib
import shutil
import subprocess
import sys

REMNANTS = pathlib.Path(sys.argv.pop(1))   # taken out of the arguments, which are scenario.main's otherwise

import backups
from backups import oslo_now, shares, until_oslo
from ending import approves, decides, orders, purges, sends
from hand import Hand
from new_log import NewLog, pdf
from scenario import DATABASE, OSLO, expect, fact, main, until
from searching import found, let_cores_be, no_cores
from stack import drop_rights

NUMBER, NOTE, DRAFT, REASON = '06838610054', 'Papegøyen snakker i søvne', 'Halvferdig kakadue', 'Undulaten skal hvile'
WORDS = ('Kjerringråd Villkanin', 'Sukkerspinn Villkanin', 'Lakrisbåt Villkanin', 'Undulatgata 77', 'villkanin@kanari.example',
         'Villkaninens skjema', NUMBER, NOTE, DRAFT, REASON)
FAMILY = {'child': {'name': WORDS[0], 'birth_date': '14.05.2016', 'national_id': NUMBER, 'address': WORDS[3], 'email': WORDS[4]},
          'guardians': ({'name': WORDS[1], 'relationship': '1', 'responsibility': '1'},
                        {'name': WORDS[2], 'relationship': '2', 'responsibility': '1'})}
DOCUMENT = pdf(WORDS[5].encode() + b'x' * 2_500_000)   # more than nginx keeps in memory
GONE_S = 30   # the agent looks once a minute at most, and at once when its clock is moved
SEGMENTS_MOST = 6   # of the log of PostgreSQL
PAIRS = ((1, 2), (1, 3), (2, 3))
DELETED, GUARDIAN, LOG, PERSON, REPORT = '4', 5, '1', '2', '5'   # domain/states.h, roles.h, wire/wire.h
made = {}


def rows(town, table, where='1=1'):
    made.setdefault('hand', Hand(town))
    return made['hand'].rows(table, where)


def hexadecimal(value):
    return value.strip('{}')


def pieces_of(town, scopes):
    """The wrapped keys of these scopes, each as a line for the tool that tries them."""
    found_ = [row for row in rows(town, 'scope_key') if hexadecimal(row['scope']) in scopes]
    expect(len(found_) == len(set(scopes)), scopes, found_)
    return {hexadecimal(row['scope']): f'{town.nordvaer.id} {row["kind"]} {hexadecimal(row["scope"])} {hexadecimal(row["wrapped"])}\n'
            for row in found_}


def opens(town, pieces, custodians, keys):
    """By which keys each opens for these custodians with the key file in a folder: a set of "present", "former" and "no"."""
    done = subprocess.run([str(town.stack.folder / 'remnants'), '--key-file', str(keys / 'key-file'), '--mirror', str(keys / 'key-file.mirror'),
                           *map(str, shares(town, *custodians))], input=''.join(pieces.values()), text=True, capture_output=True, cwd='/',
                          env=town.stack.environment, check=False, **drop_rights())
    expect(done.returncode == 0, done)
    told = dict(line.split() for line in done.stdout.splitlines())
    expect(set(told) == set(pieces), told)
    return set(told.values())


def keys_of(town):
    return town.stack.data / 'keys'


def checkpoint(town, *before):
    """PostgreSQL writes its pages to the disk, after these statements."""
    if town.stack.postgres:
        rows(town, 'log', '1=0')   # somebody who asks it is there
        for sql in (*before, 'CHECKPOINT'):
            made['hand'].psql(sql)


def remains(town, which):
    """Where bytes of these lie, among all that the installation and its database have on disk."""
    told = set()
    for path in town.stack.folder.rglob('*'):
        if path.is_file() and not path.is_symlink() and path.parent != made['copy'] and made['copy'] not in path.parents:
            content = path.read_bytes()
            if any(piece in content for piece in which):
                told.add(str(path.relative_to(town.stack.folder)))
    return sorted(told)


# ---- it lives ----

@fact
def a_log_is_made_with_planted_words_wherever_people_type(town):
    shutil.copy2(REMNANTS, town.stack.folder / 'remnants')
    (town.stack.folder / 'remnants').chmod(0o755)
    holder = town.signed_in('Klok Elv')
    walk = NewLog(holder).to_check(FAMILY, consent={'method': '1', 'witness': ''})
    walk.create(files={'document': (WORDS[5] + '.pdf', 'application/pdf', DOCUMENT)})
    log = made['log'] = walk.page.location.replace('/ny/klar/', '/logg/')
    page = holder.save(holder.open(log).form('/ny/note'), text=NOTE)
    expect(NOTE in page.text, page)
    form = holder.open(log + '/ny/attention').form('/ny/attention')
    page = holder.post(form.action.replace('/ny/', '/utkast/'), form.values(description=DRAFT))
    expect(page.status in (200, 204, 303) and len(rows(town, 'draft')) == 1, page)
    row = made['row'] = rows(town, 'log', f"id={{{log.split('/')[-1]}}}")[0]
    made['people'] = [hexadecimal(one['person']) for one in rows(town, 'participant', f"log_no={row['no']} AND role={GUARDIAN}")]
    made['others'] = [hexadecimal(one['id']) for one in rows(town, 'log') if one['id'] != row['id']]
    expect(len(made['people']) == 2 and made['others'], made)


@fact
def its_archive_report_is_made_and_its_deletion_decided_and_ordered(town):
    holder, manager, admin = town.signed_in('Klok Elv'), town.signed_in('Bred Ås'), town.signed_in('Klar Fjord')
    saved = admin.send(admin.open('/innstillinger').form('/innstillinger'), deletion_delay_hours='1')
    expect(saved.status == 303, saved)
    expect(sends(holder, made['log'], 'log_close', reason='1').status == 303)
    expect(sends(manager, made['log'], 'archive_report_make', language='1').status == 303)
    expect(decides(admin, made['log'], archive='1', ground='', reason=REASON).status == 303)
    page = admin.get(f'{made["log"]}/rapport?grunn=archive_decision')
    expect(WORDS[0].encode() in admin.send(page.form('/rapport')).body, 'it has left through the front')
    expect(orders(admin, made['log']).status == 303 and approves(manager, made['log']).status == 303)
    made['report'] = hexadecimal(rows(town, 'report')[0]['id'])


@fact
def none_of_it_lies_in_the_clear_while_it_lives(town):
    expect(not found(town, WORDS), found(town, WORDS))


@fact
def no_process_leaves_a_core_and_none_lies_there(town):
    no_cores(town)
    expect(not [path for path in town.stack.folder.rglob('core*') if path.is_file()])


# ---- a copy of the disk ----

@fact
def a_copy_of_the_disk_and_of_the_key_file_is_taken_before_the_purge_and_all_of_it_opens_for_custodians(town):
    stack, log = town.stack, hexadecimal(made['row']['id'])
    made['copy'] = stack.folder / 'copied'
    shutil.copytree(keys_of(town), made['copy'], ignore=shutil.ignore_patterns('*.sock', '*.lock'))
    for path in [made['copy'], *made['copy'].iterdir()]:
        backups.owned(path)
    made['pieces'] = pieces_of(town, [log, *made['people']])
    made['living'] = pieces_of(town, made['others'][:3])
    no = made['row']['no']
    made['bytes'] = [bytes.fromhex(line.split()[3]) for line in made['pieces'].values()]
    made['bytes'] += [bytes.fromhex(hexadecimal(row['sealed']))[-40:] for table in ('entry', 'participant', 'consent', 'draft')
                      for row in rows(town, table, f'log_no={no}')]
    checkpoint(town)
    expect(len(made['bytes']) > 8 and remains(town, made['bytes']), 'the search finds them on the disk')
    for pair in PAIRS:
        expect(opens(town, made['pieces'], pair, made['copy']) == {'present'}, pair)


@fact
def it_is_purged_and_recorded(town):
    town.stack.command('clock', *town.stack.place, 'advance', '61m')
    purges(town)
    until(lambda: rows(town, 'log', f"id={made['row']['id']}")[0]['state'] == DELETED)
    until(lambda: rows(town, 'deletion')[0]['purged_at'] != '0')
    made['t1'] = oslo_now(town).date()
    for pieces in (made['row']['id'], *('{' + person + '}' for person in made['people'])):
        expect(rows(town, 'scope_key', f'scope={pieces}') == [], pieces)
    expect(town.verify() == '', town.verify())


@fact
def what_was_planted_lies_in_no_byte_of_database_logs_front_or_open_files(town):
    expect(not found(town, WORDS), found(town, WORDS))


@fact
def nothing_of_it_is_left_on_the_disk_but_in_pages_and_the_log_of_postgresql(town):
    """There sealed bytes stay for a while, and it is the keys that are gone (below)."""
    checkpoint(town)
    left = remains(town, made['bytes'])
    expect(all(town.stack.postgres and path.startswith(('postgres/data/base/', 'postgres/data/pg_wal/')) for path in left), left)
    print(f'# {len(left)} files of PostgreSQL keep sealed bytes after purge and checkpoint' if town.stack.postgres else '# nothing')


@fact
def from_there_they_go_when_tables_are_written_anew_and_its_log_goes_on(town):
    checkpoint(town, 'VACUUM FULL')
    left = remains(town, made['bytes'])
    expect(all(path.startswith('postgres/data/pg_wal/') for path in left), 'the pages', left)
    for segments in range(1, SEGMENTS_MOST + 1 if left else 1):
        checkpoint(town, 'SELECT pg_switch_wal()', 'VACUUM log')
        if not remains(town, made['bytes']):
            print(f'# its log is clean {segments} segments later', flush=True)
            break
    expect(not remains(town, made['bytes']), 'its log', remains(town, made['bytes']))


@fact
def of_the_copy_no_key_that_is_in_use_opens_anything_and_only_custodians_together_open_the_epoch_that_is_over(town):
    for pair in PAIRS:
        expect(opens(town, made['pieces'], pair, keys_of(town)) == {'former'}, pair)
        expect(opens(town, pieces_of(town, made['others'][:3]), pair, keys_of(town)) == {'present'}, 'what lives opens', pair)


@fact
def on_the_thirtieth_day_it_still_does(town):
    until_oslo(town, datetime.datetime.combine(made['t1'] + datetime.timedelta(days=30), datetime.time(23, 50), OSLO))
    expect(opens(town, made['pieces'], (1, 2), keys_of(town)) == {'former'})


@fact
def from_the_thirty_first_on_nothing_of_the_copy_opens_for_anybody_whatever_the_clock_says(town):
    until_oslo(town, datetime.datetime.combine(made['t1'] + datetime.timedelta(days=31), datetime.time(0, 5), OSLO))
    until(lambda: opens(town, made['pieces'], (1, 2), keys_of(town)) == {'no'}, within_s=GONE_S)
    for pair in PAIRS:
        expect(opens(town, made['pieces'] | made['living'], pair, keys_of(town)) == {'no'}, pair)
    purges(town)
    until(lambda: json.loads(bytes.fromhex(hexadecimal(rows(town, 'certificate')[0]['body'])))['t2'] is not None)
    expect(not found(town, WORDS), found(town, WORDS))


@fact
def a_copy_of_the_key_file_from_before_opens_the_copy_for_custodians_and_so_none_may_be_kept(town):
    """What is claimed is not more than that (docs/crypto.md, what we do not claim 12)."""
    for pair in PAIRS:
        expect(opens(town, made['pieces'], pair, made['copy']) == {'present'}, pair)


# ---- the report, twelve months and thirty days ----

def night(town, *jobs):
    for job in jobs:
        until(lambda job=job: town.stack.command('jobs', *town.stack.place, 'run', job, check=False).returncode == 0, job)


@fact
def the_report_opens_for_twelve_months_and_for_nobody_thirty_days_later(town):
    gone_on = datetime.date.fromordinal(made['t1'].toordinal() + 365)
    until_oslo(town, datetime.datetime.combine(gone_on - datetime.timedelta(days=2), datetime.time(12), OSLO))
    night(town, 'over', 'epoch')
    pieces = pieces_of(town, [made['report']])
    expect(opens(town, pieces, (1, 2), keys_of(town)) == {'present'}, 'the days before')
    until_oslo(town, datetime.datetime.combine(gone_on + datetime.timedelta(days=2), datetime.time(12), OSLO))
    night(town, 'over', 'epoch')
    expect(rows(town, 'report') == [] and rows(town, 'report_part') == [], 'R1')
    expect(opens(town, pieces, (1, 2), keys_of(town)) == {'former'}, 'custodians, as any backup of the days before')
    until_oslo(town, datetime.datetime.combine(gone_on + datetime.timedelta(days=34), datetime.time(12), OSLO))
    night(town, 'over', 'epoch')
    until(lambda: opens(town, pieces, (1, 2), keys_of(town)) == {'no'}, within_s=GONE_S)
    for pair in PAIRS:
        expect(opens(town, pieces, pair, keys_of(town)) == {'no'}, pair)


@fact
def the_same_holds_after_everything_is_stopped(town):
    for name in ('front', 'serve'):
        town.stack.end(name)
    town.stack.start_serve()
    town.stack.start_front()
    expect(not found(town, WORDS), found(town, WORDS))
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    let_cores_be()
    main(mode='test', database=DATABASE)
