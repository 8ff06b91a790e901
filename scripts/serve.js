// Serves dist/ to this machine only, with the headers that let a page's threads share memory.
//
//   node scripts/serve.js [port]      after ./build.sh build
//
// A page is "cross-origin isolated", and may share memory, if every response has the headers of
// headers.js. The responses for workers' scripts need these headers, too. Any static web host that
// sends them can serve the site.

import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { FOR_EVER, HEADERS, HOST, HOST_POLICY } from './headers.js';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

/**
 * Starts the server and resolves once it listens.
 *
 * @param {object} options
 * @param {number} options.port 0 for any free port
 * @param {boolean} [options.headers] false to send no headers, like a web host that cannot be configured
 * @param {string} [options.folder] the folder to serve; by default dist/
 * @param {(path: string, status: number) => void} [options.answered] is called for each answer that was sent
 * @returns {Promise<{address: string, close: () => Promise<void>}>}
 */
export async function serve({ port, headers = true, folder = DIST, answered }) {
  // With `dev`, sirv reads a file again for each request, so a reload shows a new build. With the
  // ETag, the browser loads only changed files. It does not request immutable files again.
  const files = sirv(folder, {
    dev: true,
    etag: true,
    setHeaders: (response, path) => {
      if (/^\/www-[0-9a-f]+\//.test(path)) response.setHeader('Cache-Control', FOR_EVER);
    },
  });
  return listen((request, response) => {
    if (answered) response.once('finish', () => answered(request.url ?? '', response.statusCode));
    if (headers) {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      if (request.url?.endsWith(`/${HOST}`)) response.setHeader('Content-Security-Policy', HOST_POLICY);
    }
    files(request, response);
  }, port);
}

/**
 * Starts a server that only this machine can reach.
 *
 * @param {import('node:http').RequestListener} answer
 * @param {number} [port] by default any free port
 * @returns {Promise<{address: string, close: () => Promise<void>}>}
 */
export async function listen(answer, port = 0) {
  const server = createServer(answer);
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const bound = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function main() {
  const port = Number(process.argv[2] ?? 8080);
  try {
    const { address } = await serve({ port });
    console.log(`Many Hands is at ${address} (Ctrl+C ends the server).`);
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code;
    if (code === 'EADDRINUSE') {
      console.error(`Port ${port} is taken: end what listens there, or name another.`);
    } else if (code === 'EACCES') {
      console.error(`Port ${port} needs more rights than this account has: name one above 1023.`);
    } else {
      throw error;
    }
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
