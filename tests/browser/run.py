#!/usr/bin/env python3
"""run.py - a browser test over a whole installation: starts one with the demo's municipality, runs NODE TEST.mjs, ends it.

usage: run.py STAFETTLOGG ASSETS NODE NODE_FOLDER.txt TEST.mjs [ARGUMENT ...]

The test reads what there is as JSON from the variable TOWN: origin, folder of the node modules, accounts, people, units, logs,
codes. lives.mjs gets the logs of `make demo`, statistics.mjs its statistics. It fails too when a program wrote of a mistake of ours.
"""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'scenario'))
from scenario import MISTAKES, Town


def told(town, modules):
    place = town.nordvaer
    return json.dumps({'origin': town.stack.origin, 'modules': modules, 'number': place.number, 'accounts': place.accounts,
                       'people': place.people, 'units': place.units, 'logs': place.logs, 'codes': place.codes})


def main():
    program, assets, node, node_folder, *test = sys.argv[1:]
    name = pathlib.Path(test[0]).name
    modules = pathlib.Path(node_folder).read_text().strip()
    with Town(program, assets, lives=name == 'lives.mjs', statistics=name == 'statistics.mjs') as town:
        code = subprocess.run([node, *test], env={**os.environ, 'TOWN': told(town, modules)}, check=False).returncode
        mistakes = [line for name in ('serve', 'keyd') for line in town.stack.log(name).splitlines()
                    if any(word in line for word in MISTAKES)]
        if code or mistakes:
            for name in ('serve', 'keyd', 'front'):
                print('# ' + (name + ': ' + town.stack.log(name)[-2000:]).replace('\n', '\n# '))
    return code or bool(mistakes)


if __name__ == '__main__':
    sys.exit(main())
