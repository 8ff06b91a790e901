// Makes dist/ a site that can be replaced while readers use it. It is the last step of the build.
//
//   node scripts/pack.js
//
// - www/ becomes www-VERSION/, whose files never change. Any cache may keep these files for ever.
//   An open page continues with the files of its own version. The files at the top of the site,
//   such as index.html and the service worker, change with a new version. _headers therefore tells
//   browsers to ask the server each time whether these files have changed.
// - The service worker gets the list of the files to store, and the headers to add. The list lacks
//   the module that executes guests, because no lesson needs it.
// - _headers gives the headers to Netlify and to Cloudflare Pages.
// - lessons.html has the words of the lessons, for readers whose browser can't run the page.
// - If dist/ then differs from the list in site-files.js, the script ends with an error.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOR_EVER, HEADERS, HOST, HOST_POLICY } from './headers.js';
import { differences } from './site-files.js';
import { LESSONS } from '../www/course/lessons/index.js';

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function lessons() {
  const parts = Object.values(LESSONS).map(({ claim, text, notes }) =>
    [
      `  <h2>${escaped(claim)}</h2>`,
      ...[text, ...notes].filter(Boolean).map((words) => `  <p>${escaped(words)}</p>`),
    ].join('\n'),
  );
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>Many Hands: the lessons as text</title>
  <link rel="icon" href="www/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="www/style/style.css">
</head>
<body class="plain">
<main>
  <h1>Many Hands</h1>
  <p>This page has the text of the lessons. <a href="../">The main page</a> runs their programs in your browser.</p>
${parts.join('\n')}
</main>
</body>
</html>
`;
}

/** @param {string} folder   within dist/ */
function filesIn(folder) {
  return readdirSync(join('dist', folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .split('\\')
        .join('/')
        .slice('dist/'.length),
    )
    .sort();
}

/** @param {string[]} files */
function versionOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join('dist', file)));
  return hash.digest('hex').slice(0, 12);
}

/** @param {Record<string, string>} headers */
const lines = (headers) =>
  Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('');

const folder = `www-${versionOf(filesIn('www'))}`;
renameSync('dist/www', `dist/${folder}`);
const versioned = (/** @type {string} */ html) => html.replace(/(href|src)="www\//g, `$1="${folder}/`);
writeFileSync('dist/index.html', versioned(readFileSync('index.html', 'utf8')));
writeFileSync('dist/lessons.html', versioned(lessons()));
const site = {
  folder,
  files: ['lessons.html', ...filesIn(folder).filter((file) => !/\.map$|\/wasm-guests\//.test(file))],
  headers: HEADERS,
  host: { path: `${folder}/${HOST}`, policy: HOST_POLICY },
};
writeFileSync(
  'dist/service-worker.js',
  `self.SITE = ${JSON.stringify(site)};\n${readFileSync('dist/service-worker.js', 'utf8')}`,
);
// A rule of `_headers` has a URL, or a pattern of URLs, and headers. If several rules match the URL
// of a request, the response has the headers of all of them. A browser enforces every content
// security policy of a response, so host.js must not get the common policy in addition to its own.
// So no pattern has a policy: each document and each worker's script has a rule with its policy.
const { 'Content-Security-Policy': policy, ...rest } = HEADERS;
const ruled = [
  '',
  'index.html',
  'lessons.html',
  'service-worker.js',
  `${folder}/host/isolated.js`,
  `${folder}/timeline/drawing/live-worker.js`,
];
writeFileSync(
  'dist/_headers',
  [
    `/*\n${lines({ ...rest, 'Cache-Control': 'no-cache' })}`,
    `/${folder}/*\n  ! Cache-Control\n${lines({ 'Cache-Control': FOR_EVER })}`,
    ...ruled.map((path) => `/${path}\n${lines({ 'Content-Security-Policy': policy })}`),
    `/${folder}/${HOST}\n${lines({ 'Content-Security-Policy': HOST_POLICY })}`,
  ].join(''),
);

const wrong = differences(filesIn(''), folder);
if (wrong.length > 0) {
  console.error(`dist/ is not the site:\n  ${wrong.join('\n  ')}`);
  process.exitCode = 1;
}
