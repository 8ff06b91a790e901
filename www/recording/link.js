/**
 * Converts a recording to text for a URL, and back. The recording is compressed and then encoded in
 * base64 with "-" and "_". A URL may come from any source, so the unpacked size is limited, and the
 * unpacked data is checked like the data of any file.
 *
 * @typedef {import('./format.js').Recording} Recording
 */
import { Unreadable, write } from './format.js';

/** The maximum number of characters of a recording in a URL. Mail and chat may cut longer URLs. */
const MOST_CHARACTERS = 8000;

/** The maximum size of the unpacked data, in bytes. A short text can unpack to gigabytes. */
const MOST_BYTES = 4_000_000;

/**
 * @param {Recording} recording
 * @returns {Promise<string | null>} null: the text is too long for a URL
 */
export async function textOf(recording) {
  const packed = new Blob(write(recording)).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  if (bytes.length > MOST_CHARACTERS) return null;
  const text = btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
  return text.length > MOST_CHARACTERS ? null : text;
}

/**
 * @param {string} text
 * @returns {Promise<ArrayBuffer>} the bytes, not checked yet; rejects with {@link Unreadable}
 */
export async function fileOf(text) {
  if (text.length > MOST_CHARACTERS || !/^[\w-]+$/.test(text)) throw damaged();
  let packed;
  try {
    packed = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  } catch {
    throw damaged();
  }
  const parts = [];
  let length = 0;
  try {
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    for (const reader = unpacked.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > MOST_BYTES) {
        await reader.cancel();
        break;
      }
      parts.push(value);
    }
  } catch {
    throw damaged();
  }
  if (length > MOST_BYTES) throw damaged();
  return new Blob(parts).arrayBuffer();
}

const damaged = () =>
  new Unreadable(
    'This link holds no complete recording, perhaps because it was cut on its way. Ask for the recording as a file.',
  );
