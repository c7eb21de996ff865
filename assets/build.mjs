// build.mjs - makes the files that browsers fetch, and the C tables that name them, from pinned npm packages.
// usage: node build.mjs SOURCES ICONS.h OUT_FOLDER ASSETS.h ASSETS.c INTER.ttf ... (one for each of `printed`)
// Nothing of npm stays in the source tree: packages and the finished result live in a cache folder, by content.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';

const [sources, iconsHeader, out, header, table, ...printedFiles] = process.argv.slice(2).map(p => path.resolve(p));
const home = process.env.XDG_CACHE_HOME || path.join(process.env.HOME || os.tmpdir(), '.cache');
const cache = path.resolve(process.env.STAFETTLOGG_CACHE || path.join(home, 'stafettlogg'));
// Node and npm stand there when tools/bootstrap.sh had to fetch them.
process.env.PATH = path.resolve(sources, '../build/node/bin') + ':' + process.env.PATH;
const read = (...p) => fs.readFileSync(path.join(...p), 'utf8');
const short = bytes => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

// What a tool said tells more than where we were.
class ToolFailed extends Error {}
process.on('uncaughtException', error => {
  process.stderr.write((error instanceof ToolFailed ? error.message : error.stack) + '\n');
  process.exit(1);
});

// Runs quietly; what a tool said is shown only when it fails.
function run(command, args, options = {}) {
  try {
    return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  } catch (error) {
    process.stderr.write(String(error.stdout || '') + String(error.stderr || '') + '\n');
    throw new ToolFailed(`${command} failed; what it said stands above`);
  }
}

// A folder made once, in a temporary place, and put there whole: two builds at the same time do not disturb each other.
function once(name, make) {
  const place = path.join(cache, name);
  if (fs.existsSync(place)) return place;
  fs.mkdirSync(cache, { recursive: true });
  const work = fs.mkdtempSync(path.join(cache, 'work-'));
  try {
    make(work);
  } catch (error) {
    fs.rmSync(work, { recursive: true, force: true });
    throw error;
  }
  try {
    fs.renameSync(work, place);
  } catch (error) {
    if (!fs.existsSync(place)) throw error;
    fs.rmSync(work, { recursive: true });
  }
  return place;
}

function installPackages(folder) {
  for (const file of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(sources, file), path.join(folder, file));
  // A node that was fetched knows its own certificates only; Debian's also goes by those of the machine.
  const machine = '/etc/ssl/certs/ca-certificates.crt';
  const trusted = fs.existsSync(machine) ? { NODE_EXTRA_CA_CERTS: machine } : {};
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, env: { ...trusted, ...process.env } });
}

// ---- style: layers in a fixed order; comments go only because the licence texts are on /om/lisenser ----

const components = ['link', 'validation-message', 'button', 'input', 'field', 'fieldset', 'error-summary', 'alert', 'details', 'card',
  'dialog', 'dropdown', 'tag', 'table', 'skip-link'];
const squeeze = css => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ').replace(/ ?([{};,>]) ?/g, '$1')
  .replace(/: (?=[^{}]*[;}])/g, ':').replace(/;}/g, '}').trim();

function makeTheme(packages, work) {
  fs.copyFileSync(path.join(sources, 'designsystemet.config.json'), path.join(work, 'designsystemet.config.json'));
  const tool = path.join(packages, 'node_modules/.bin/designsystemet');
  run(tool, ['tokens', 'create', '--config', 'designsystemet.config.json'], { cwd: work });
  run(tool, ['tokens', 'build', '--tokens', 'design-tokens', '--out-dir', 'theme'], { cwd: work });
  const theme = read(work, 'theme/fjord.css');
  // Designsystemet scopes dark colours to prefers-color-scheme only: they would reach paper.
  return theme.replace(/@media\s*\(prefers-color-scheme:\s*dark\)/g, '@media screen and (prefers-color-scheme:dark)')
    .replace(/(\[data-color-scheme=["']?dark["']?\]\s*\{[^}]*\})/g, '@media screen{$1}');
}

function makeStyle(packages, work, fonts) {
  const from = path.join(packages, 'node_modules/@digdir/designsystemet-css/dist/src');
  const app = Object.entries(fonts).reduce((css, [name, file]) => css.replaceAll(`url(${name})`, `url(${file})`), read(sources, 'app.css'));
  return '@layer ds.theme,ds.base,ds.components,app;' + squeeze(makeTheme(packages, work)) +
    `@layer ds.base{${read(from, 'base.css')}}@layer ds.components{${components.map(c => read(from, c + '.css')).join('')}}` + squeeze(app);
}

// ---- fonts: Norwegian and Latin-1 in one file, other Latin letters in another that is fetched when needed ----

const ranges = {
  'inter-no.woff2': ['latin', 'U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2009,U+200B,U+2010-2015,U+2018-201A,U+201C-201E,U+2022,' +
    'U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265'],
  'inter-ext.woff2': ['latin-ext', 'U+0100-017F,U+0218-021B,U+1E9E'],
};

// Where tools/bootstrap.sh unpacks fontTools when the machine has none.
const fontTools = { env: { ...process.env, PYTHONPATH: path.resolve(sources, '../build/unpacked/usr/lib/python3/dist-packages') } };
const interOf = (packages, part) => path.join(packages, `node_modules/@fontsource-variable/inter/files/inter-${part}-wght-normal.woff2`);

// For documents on paper (src/pdf): whole, of one weight each, and not squeezed.
const printed = [['latin', 400], ['latin', 600], ['latin-ext', 400], ['latin-ext', 600]];

function makePrinted(packages, file, [part, weight]) {
  const script = 'import sys\nfrom fontTools.ttLib import TTFont\nfrom fontTools.varLib import instancer\n' +
    'f = instancer.instantiateVariableFont(TTFont(sys.argv[1], recalcTimestamp=False), {"wght": float(sys.argv[3])})\n' +
    'f.flavor = None\nf.save(sys.argv[2])\n';
  run('/usr/bin/python3', ['-c', script, interOf(packages, part), file, String(weight)], fontTools);
}

function makeFont(packages, work, name) {
  const [part, unicodes] = ranges[name];
  const script = 'import sys\nfrom fontTools.ttLib import TTFont\nfrom fontTools.varLib import instancer\n' +
    'f = instancer.instantiateVariableFont(TTFont(sys.argv[1]), {"wght": (400, 600)})\nf.flavor = None\nf.save(sys.argv[2])\n';
  const ttf = path.join(work, part + '.ttf');
  const file = path.join(work, name);
  run('/usr/bin/python3', ['-c', script, interOf(packages, part), ttf], fontTools);
  run('/usr/bin/python3', ['-m', 'fontTools.subset', ttf, `--unicodes=${unicodes}`, '--layout-features=kern,ccmp,locl,mark,mkmk,tnum,case,cv05',
    '--flavor=woff2', '--no-hinting', '--desubroutinize', `--output-file=${file}`], fontTools);
  return fs.readFileSync(file);
}

// ---- icons and licences: they are compiled in ----

const iconNames = read(iconsHeader).match(/X\((\w+), +"(\w+)"\)/g).map(row => row.match(/X\((\w+), +"(\w+)"\)/).slice(1));

function makeSymbol(packages, file) {
  const { optimize } = createRequire(path.join(packages, 'x.js'))('svgo');
  const svg = read(packages, 'node_modules/@navikt/aksel-icons/dist/svg', file + '.svg');
  const small = optimize(svg, { multipass: true, floatPrecision: 2 }).data;
  const paths = [...small.matchAll(/<path[^>]*?\sd="([^"]+)"[^>]*>/g)];
  if (!paths.length) throw new Error(`icon ${file} has no path`);
  return `<symbol id="i-${file}" viewBox="0 0 24 24">` +
    paths.map(m => `<path${/evenodd/.test(m[0]) ? ' fill-rule="evenodd"' : ''} d="${m[1]}"/>`).join('') + '</symbol>';
}

const shipped = ['@digdir/designsystemet', '@digdir/designsystemet-css', '@fontsource-variable/inter', '@navikt/aksel-icons'];

function licenceOf(packages, name) {
  const folder = path.join(packages, 'node_modules', name);
  const file = fs.readdirSync(folder).find(f => /^licen[cs]e/i.test(f));
  const about = JSON.parse(read(folder, 'package.json'));
  const text = file ? read(folder, file) : `${about.license}\n${about.author?.name || about.author || about.repository?.url || ''}`;
  return [`${name} ${about.version} (${about.license})`, text];
}

// The fonts of documents that Debian has (tools/fonts.py): what its copyright file says of the package's own files.
const debianFonts = [['fonts-noto-core', 'Noto fonts', 'OFL-1.1'], ['fonts-droid-fallback', 'Droid Sans Fallback', 'Apache-2']];
const copyrightOf = name => read('/usr/share/doc', name, 'copyright');

function debianLicence([name, title, licence]) {
  const paragraphs = copyrightOf(name).split(/\n\n(?=\S)/);
  const files = paragraphs.find(p => /^Files:\s*\*/.test(p));
  const text = paragraphs.find(p => p.startsWith(`License: ${licence}\n`));
  if (!files || !text) throw new Error(`the copyright of ${name} does not tell ${licence}`);
  const plain = [files.replace(/^Files:.*\n/, ''), text].join('\n\n').replace(/^ \.\s*$/gm, '').replace(/^[ \t]+/gm, '');
  return [`${title} (${licence})`, plain];
}

// A C string literal in lines that every compiler takes.
const quote = text => (text.match(/[\s\S]{1,400}/g) || ['']).map(part => '    "' + part.replace(/\\/g, '\\\\').replace(/"/g, '\\"')
  .replace(/\r?\n/g, '\\n').replace(/\?\?/g, '?\\?') + '"').join('\n');
const str = text => `{.data =\n${quote(text)}, .length = ${Buffer.byteLength(text.replace(/\r\n/g, '\n'))}}`;

function makeTables(packages, names) {
  const defines = Object.entries(names).map(([name, file]) => `#define ASSET_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')} "/assets/${file}"`);
  const h = ['/* Made by assets/build.mjs. */', '#ifndef PAGES_ASSETS_H', '#define PAGES_ASSETS_H', '#include "pages/views.h"', ...defines,
    'extern const Str icon_symbols[ICON_COUNT];', 'extern const Str icon_files[ICON_COUNT];', 'extern const Licences asset_licences;', '#endif', ''];
  const licences = [...shipped.map(name => licenceOf(packages, name)), ...debianFonts.map(debianLicence)];
  const c = ['/* Made by assets/build.mjs. */', '#include "pages/assets.h"', 'const Str icon_files[ICON_COUNT] = {',
    ...iconNames.map(([name, file]) => `    [ICON_${name}] = ${str(file)},`), '};', 'const Str icon_symbols[ICON_COUNT] = {',
    ...iconNames.map(([name, file]) => `    [ICON_${name}] = ${str(makeSymbol(packages, file))},`), '};',
    'static const LicenceView licences[] = {', ...licences.map(([name, text]) => `    {.name = ${str(name)}, .text = ${str(text)}},`), '};',
    `const Licences asset_licences = {.items = licences, .count = ${licences.length}};`, ''];
  return [h.join('\n'), c.join('\n')];
}

function makeAll(packages, work) {
  const scratch = path.join(work, 'scratch');
  const folder = path.join(work, 'assets');
  const names = {};
  fs.mkdirSync(scratch);
  fs.mkdirSync(folder);
  const put = (name, bytes) => {
    const extension = path.extname(name);
    names[name] = `${path.basename(name, extension)}.${short(bytes)}${extension}`;
    fs.writeFileSync(path.join(folder, names[name]), bytes);
    if (extension === '.woff2') return names[name];
    fs.writeFileSync(path.join(folder, names[name] + '.gz'), zlib.gzipSync(bytes, { level: 9 }));
    fs.writeFileSync(path.join(folder, names[name] + '.br'), zlib.brotliCompressSync(bytes));
    return names[name];
  };
  const fonts = Object.fromEntries(Object.keys(ranges).map(name => [name, put(name, makeFont(packages, scratch, name))]));
  put('app.css', Buffer.from(makeStyle(packages, scratch, fonts)));
  put('app.js', Buffer.from(read(sources, 'app.js').replace(/^\s*\/\*.*\*\/\s*$/gm, '').replace(/^\s+/gm, '')));
  put('icon.svg', Buffer.from(read(sources, 'icon.svg')));
  const [h, c] = makeTables(packages, names);
  fs.writeFileSync(path.join(work, 'assets.h'), h);
  fs.writeFileSync(path.join(work, 'assets.c'), c);
  printed.forEach((kind, i) => makePrinted(packages, path.join(work, `printed-${i}.ttf`), kind));
  fs.rmSync(scratch, { recursive: true });
}

const packages = once('node-' + short(read(sources, 'package-lock.json')), installPackages);
const inputs = ['package-lock.json', 'app.css', 'app.js', 'icon.svg', 'designsystemet.config.json', 'build.mjs'].map(f => read(sources, f));
const copyrights = debianFonts.map(([name]) => copyrightOf(name)).join('\0');
const result = once('assets-' + short(inputs.join('\0') + read(iconsHeader) + copyrights), work => makeAll(packages, work));
fs.rmSync(out, { recursive: true, force: true });
fs.cpSync(path.join(result, 'assets'), out, { recursive: true });
fs.copyFileSync(path.join(result, 'assets.h'), header);
fs.copyFileSync(path.join(result, 'assets.c'), table);
printedFiles.forEach((file, i) => fs.copyFileSync(path.join(result, `printed-${i}.ttf`), file));
fs.writeFileSync(path.join(path.dirname(header), 'node_folder.txt'), packages + '\n');
