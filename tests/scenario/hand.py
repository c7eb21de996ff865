"""hand.py - somebody who can write the database and has no key, beside a running service.

    hand = Hand(town)
    hand.run('UPDATE role SET role=1 WHERE id={' + role + '}')     # {..}: bytes in hexadecimal
    row = hand.rows('entry', 'log_no=7')[0]                        # column -> what stands there, as the SQL that says it

Where the database watches over references or says who may write, its owner can stop that, and so does this one.
"""
import os
import sqlite3
import subprocess

BYTES, NUMBER, TEXT = 'bytes', 'number', 'text'
TYPES = {'BLOB': BYTES, 'BIGINT': NUMBER, 'INTEGER': NUMBER, 'TEXT': TEXT, 'bytea': BYTES, 'bigint': NUMBER, 'text': TEXT}
NONE, END = 'NULL', '-- that was all --'


def said(kind, value):
    """A value of a row as SQL says it."""
    if value == NONE:
        return NONE
    return {BYTES: '{' + value + '}', NUMBER: value, TEXT: f"'{value}'"}[kind]


class Hand:
    """SQL as each database reads it, in one municipality or, without an id, in the host's own."""

    def __init__(self, town, tenant=None):
        self.stack, self.postgres = town.stack, town.stack.postgres
        tenant = town.nordvaer.id if tenant is None else tenant
        self.path = town.stack.data / (f'municipality/{tenant}.db' if tenant else 'host.db')
        self.schema = f'm_{tenant}' if tenant else 'host'
        self.kinds, self.talking = {}, None

    def sqlite(self, sql):
        database = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        try:
            return database.execute(sql.replace('{', "x'").replace('}', "'")).fetchall()
        finally:
            database.close()

    def run(self, sql):
        """The rows, as tuples of text; bytes in hexadecimal."""
        if not self.postgres:
            return [tuple(value.hex() if isinstance(value, bytes) else NONE if value is None else str(value) for value in row)
                    for row in self.sqlite(sql)]
        lines = self.psql(sql.replace('{', "'\\x").replace('}', "'::bytea"))
        return [tuple(part.removeprefix('\\x') for part in line.split('|')) for line in lines]

    def psql(self, sql):
        """One psql goes on asking: to start one takes longer than what it is asked."""
        if self.talking is None:
            name = dict(part.split('=', 1) for part in self.postgres.place.split())['dbname']
            self.talking = subprocess.Popen(
                [f'{self.postgres.programs}/psql', '-h', str(self.postgres.folder), '-U', 'stafettlogg', '-d', name, '-qAtX',
                 '-F', '|', '-P', f'null={NONE}', '-v', 'ON_ERROR_STOP=1'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, env={**os.environ, 'PGOPTIONS': ''})
            self.psql(f'SET search_path={self.schema};SET session_replication_role=replica;'
                      'ALTER TABLE audit DISABLE TRIGGER USER')
        self.talking.stdin.write(f'{sql};\n\\echo {END}\n')
        self.talking.stdin.flush()
        lines = []
        while not lines or lines[-1] != END:
            line = self.talking.stdout.readline()
            if not line:
                raise AssertionError(self.talking.stderr.read())
            lines.append(line.rstrip('\n'))
        return lines[:-1]

    def close(self):
        if self.talking:
            self.talking.communicate()
            self.talking = None

    # ---- what stands there ----

    def tables(self):
        """Every table that this database has, as it says itself."""
        asked = f"SELECT tablename FROM pg_tables WHERE schemaname='{self.schema}'" if self.postgres else \
            "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'"
        return sorted(name for (name,) in self.run(asked))

    def columns(self, table):
        """Name and type of each column, in order."""
        if table not in self.kinds:
            asked = 'SELECT column_name,data_type FROM information_schema.columns ' \
                f"WHERE table_schema='{self.schema}' AND table_name='{table}' ORDER BY ordinal_position" if self.postgres else \
                f"SELECT name,type FROM pragma_table_info('{table}')"
            self.kinds[table] = {name: TYPES[kind] for name, kind in self.run(asked)}
        return self.kinds[table]

    def rows(self, table, where='1=1'):
        """Rows in the order of their first column: column -> its value as SQL."""
        kinds = self.columns(table)
        found = self.run(f'SELECT {",".join(kinds)} FROM {table} WHERE {where} ORDER BY 1')
        return [{name: said(kind, value) for (name, kind), value in zip(kinds.items(), row)} for row in found]

    # ---- what the hand does ----

    def insert(self, table, row):
        self.run(f'INSERT INTO {table}({",".join(row)}) VALUES({",".join(row.values())})')

    def change(self, table, where, column, value):
        self.run(f'UPDATE {table} SET {column}={value} WHERE {where}')

    def delete(self, table, where):
        self.run(f'DELETE FROM {table} WHERE {where}')
