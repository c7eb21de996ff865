// gate.mjs - renders the previews, serves them on loopback with our headers (rules: web 10), runs axe_run.mjs on each.
// usage: node gate.mjs PREVIEW ASSETS NODE_FOLDER.txt WORK   (exit 0 = no violation; needs Chromium)
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

const [preview, assets, nodeFolder, work] = process.argv.slice(2).map(p => path.resolve(p));
const CSP = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

fs.rmSync(work, { recursive: true, force: true });
fs.mkdirSync(work, { recursive: true });
execFileSync(preview, [work]);
const pages = fs.readdirSync(work).filter(f => f.endsWith('.html'));

const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://x');
  // What app.js sends by itself: the session is kept, the draft is saved.
  if (request.method === 'POST' && (pathname === '/hold-okt' || pathname === '/utkast')) {
    response.writeHead(204);
    return response.end();
  }
  const file = pathname.startsWith('/assets/') ? path.join(assets, path.basename(pathname)) : path.join(work, path.basename(pathname));
  const type = types[path.extname(file)];
  if (!type || !fs.existsSync(file)) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    return response.end('404');
  }
  const text = type.startsWith('text/') || type.includes('svg');
  const body = text ? zlib.gzipSync(fs.readFileSync(file), { level: 9 }) : fs.readFileSync(file);
  response.writeHead(200, { 'content-type': type, 'content-security-policy': CSP, 'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin', 'content-length': body.length, ...(text ? { 'content-encoding': 'gzip' } : {}) });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const chosen = process.env.PAGES ? process.env.PAGES.split(',') : pages;
  const only = process.env.ONLY ? [`--only=${process.env.ONLY}`] : [];
  const gate = spawn(process.execPath, [path.join(import.meta.dirname || path.dirname(process.argv[1]), 'axe_run.mjs'), base, ...chosen,
    `--modules=${fs.readFileSync(nodeFolder, 'utf8').trim()}`, ...only], { stdio: 'inherit' });
  gate.on('exit', code => { server.close(); process.exit(code ?? 2); });
});
