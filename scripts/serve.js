// Serves dist/ on this machine alone, with the headers that let a page's threads share memory.
//
//   node scripts/serve.js [port]      after ./build.sh build
//
// A page is "cross-origin isolated", and may have shared memory, when every response carries the
// headers of headers.js, workers' scripts included. Any static host that sends them will do as well.

import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { FOR_EVER, HEADERS, HOST, HOST_POLICY } from './headers.js';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

/**
 * Starts the server and resolves once it listens.
 *
 * @param {object} options
 * @param {number} options.port 0 for any that is free
 * @param {boolean} [options.headers] without, it is a host that can't be told to send any
 * @param {string} [options.folder] what to serve, if not dist/
 * @param {(path: string, status: number) => void} [options.answered] is told of each answer that was sent
 * @returns {Promise<{address: string, close: () => Promise<void>}>}
 */
export async function serve({ port, headers = true, folder = DIST, answered }) {
  // dev: files are read anew for each request, so a build shows at the next reload; the ETag lets
  // the browser keep what did not change, and what can't change it need not ask for.
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
 * Answers on this machine alone.
 *
 * @param {import('node:http').RequestListener} answer
 * @param {number} [port] by default any that is free
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
