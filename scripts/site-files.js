// The list of all files of the site. pack.js ends with an error if the site has a file that is not
// in this list, or lacks a file of the list. A new file of the site needs a new line in this list.

import { LESSONS } from '../www/course/lessons/index.js';

/** The files at the top of the site. */
const TOP = ['_headers', 'index.html', 'lessons.html', 'service-worker.js'];

/**
 * The files in the folder of one version. Each line names exactly one file. A star stands for the
 * hash that wasm-bindgen puts into a folder's name.
 */
const VERSIONED = [
  'check.js',
  'icon.svg',
  // The files that esbuild makes, and their source maps, which only developer tools request.
  ...[
    'main.js',
    'host/host.js',
    'host/isolated.js',
    'host/pool-worker.js',
    'timeline/drawing/live-worker.js',
    'style/style.css',
  ].flatMap((file) => [file, `${file}.map`]),
  'host/counter.wasm',
  // The two modules, each with the scripts that it imports.
  'wasm-guests/snippets/manyhands-*/src/web/guest.js',
  ...['wasm', 'wasm-guests'].flatMap((folder) =>
    [
      'manyhands.js',
      'manyhands_bg.wasm',
      'snippets/manyhands-*/src/web/fetch.js',
      'snippets/manyhands-*/src/web/isolated.js',
      'snippets/manyhands-*/src/web/watch.js',
      'snippets/wasm-bindgen-rayon-*/src/workerHelpers.no-bundler.js',
    ].map((file) => `${folder}/${file}`),
  ),
  // The code that the page shows, and the scripts that colour it.
  ...Object.keys(LESSONS).flatMap((lesson) => [`code/${lesson}.go`, `code/${lesson}.rs`]),
  'highlight/tokenize.js',
  'highlight/languages/go.js',
  'highlight/languages/rs.js',
];

/** @param {string} line */
function pattern(line) {
  const literal = line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('\\*', '[0-9a-f]+')}$`);
}

/**
 * Compares the files of a site with the list.
 *
 * @param {string[]} files   their paths within the site
 * @param {string} folder    the folder of the version
 * @returns {string[]} a sentence for each difference
 */
export function differences(files, folder) {
  const listed = [...TOP, ...VERSIONED.map((file) => `${folder}/${file}`)].map((line) => ({ line, is: pattern(line) }));
  const strangers = files.filter((file) => !listed.some(({ is }) => is.test(file)));
  const counted = listed.map(({ line, is }) => ({ line, count: files.filter((file) => is.test(file)).length }));
  return [
    ...strangers.map((file) => `${file} is not listed in site-files.js.`),
    ...counted.filter(({ count }) => count === 0).map(({ line }) => `${line} is missing.`),
    ...counted.filter(({ count }) => count > 1).map(({ line, count }) => `${line} stands for ${count} files.`),
  ];
}
