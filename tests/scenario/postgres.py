#!/usr/bin/env python3
"""postgres.py - the same installation on PostgreSQL: signed in, read, written, restarted, and every row as it was written."""
from scenario import expect, fact, main

TEXT = 'Skrevet i den andre databasen, med æøå.'


@fact
def a_log_is_read_and_written(town):
    holder = town.signed_in('Klok Elv')
    page = holder.open(town.log('blid'))
    expect('Blid Bjørk' in page.text and 'Leseøkt i liten gruppe' in page.text, page)
    page = holder.save(page.form('/ny/note'), text=TEXT)
    expect(TEXT in page.text, page)


@fact
def a_guardian_reads_what_was_written_after_the_service_was_killed(town):
    town.stack.restart_serve(how=9)
    page = town.signed_in('Varm Bjørk').open(town.log('blid'))
    expect(TEXT in page.text, page)


@fact
def a_person_without_relation_learns_nothing(town):
    expect(town.signed_in('Fjern Topp').get(town.log('blid')).status == 404)


@fact
def an_operator_adds_a_municipality_beside_the_running_service(town):
    done = town.stack.command('municipality', 'add', *town.stack.place, '--number', '1106', '--name', 'Vestvær', '--admin-name',
                              'Lys Odde', '--admin-email', 'lys.odde@vestvaer.example')
    expect('enrolment-code' in done.stdout, done)
    expect('Vestvær' in town.visitor().open('/').text)


@fact
def no_database_of_the_other_kind_was_made(town):
    files = [path.name for path in town.stack.data.rglob('*.db*')]
    expect(not files, files)


@fact
def every_row_and_line_is_as_it_was_written(town):
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(database='postgres')
