/**
 * Decodes the reader's own images. The browser decodes them in this page, and nothing is sent.
 * Each file that cannot be used is reported in a sentence.
 *
 * @typedef {import('../common/messages.js').PixelImage} PixelImage
 */
import { MOST_IMAGES, MOST_PIXELS } from '../common/messages.js';

/**
 * @param {File[]} files
 * @returns {Promise<{images: PixelImage[], refused: string[]}>}   `refused` has an error message for each refused file
 */
export async function decode(files) {
  /** @type {PixelImage[]} */
  const images = [];
  const refused = [];
  let pixels = 0;
  // Images are large. Decoding one after another keeps only one image in memory twice.
  for (const file of files) {
    if (images.length === MOST_IMAGES) {
      refused.push(`There may be at most ${MOST_IMAGES} images. The others of the ${files.length} files are left out.`);
      break;
    }
    try {
      const image = await decoded(file, MOST_PIXELS - pixels);
      pixels += image.width * image.height;
      images.push(image);
    } catch (error) {
      refused.push(
        error instanceof NotTaken
          ? error.message
          : `“${file.name}” could not be read (${error instanceof Error ? error.message : error}).`,
      );
    }
  }
  return { images, refused };
}

/** The error of a refused file. Its message is for the reader. */
class NotTaken extends Error {}

/**
 * @param {File} file
 * @param {number} room    the number of pixels that are still allowed
 * @returns {Promise<PixelImage>}
 */
async function decoded(file, room) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = kindOf(bytes);
  if (!kind) throw new NotTaken(`“${file.name}” is neither a PNG nor a JPEG image.`);
  if (!isWhole(kind, bytes)) throw new NotTaken(`“${file.name}” breaks off before its end. The file is not complete.`);
  // createImageBitmap decodes an image as browsers show it: upright, in the screen's colour space.
  const bitmap = await createImageBitmap(new Blob([bytes], { type: kind })).catch(() => {
    throw new NotTaken(`“${file.name}” begins like an image, but this browser cannot read it.`);
  });
  try {
    const { width, height } = bitmap;
    if (width * height > room) {
      const megapixels = (/** @type {number} */ n) => (n / 2 ** 20).toFixed(1);
      throw new NotTaken(
        `All images together may have ${megapixels(MOST_PIXELS)} megapixels. “${file.name}” (${width} × ${height}) has ${megapixels(
          width * height,
        )}${room < MOST_PIXELS ? `, and only ${megapixels(room)} are left` : ''}.`,
      );
    }
    const ink = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!ink) throw new NotTaken(`“${file.name}” could not be read. This browser has no room for it.`);
    ink.drawImage(bitmap, 0, 0);
    return { name: file.name, width, height, pixels: ink.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}

/**
 * Returns the type of a file by its first bytes, or null for any other type.
 * @param {Uint8Array} bytes
 * @returns {'image/png' | 'image/jpeg' | null}
 */
export function kindOf(bytes) {
  const begins = (/** @type {number[]} */ signature) => signature.every((byte, i) => bytes[i] === byte);
  if (begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  return begins([0xff, 0xd8, 0xff]) ? 'image/jpeg' : null;
}

/**
 * Returns whether a file contains its end mark. Browsers decode truncated files without an error.
 * Cameras may add data of their own after the end mark.
 * @param {'image/png' | 'image/jpeg'} kind
 * @param {Uint8Array} bytes
 */
export const isWhole = (kind, bytes) => (kind === 'image/png' ? hasEndOfPng(bytes) : hasEndOfJpeg(bytes));

/**
 * Looks for the chunk IEND. A chunk is a length of four bytes, a name of four bytes, the data, and
 * a checksum of four bytes.
 * @param {Uint8Array} bytes
 */
function hasEndOfPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const IEND = 0x49454e44;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === IEND) return true;
  }
  return false;
}

/**
 * Looks for the end marker 0xffd9. A segment is a marker of two bytes, a length and the data. A
 * preview image has its own end marker, but lies within a segment, and whole segments are skipped.
 * Coded data stands between segments. In coded data, 0 or a restart marker follows 0xff.
 * @param {Uint8Array} bytes
 */
function hasEndOfJpeg(bytes) {
  for (let at = 2; at + 2 <= bytes.length; ) {
    const mark = bytes[at] === 0xff ? (bytes[at + 1] ?? 0) : -1;
    if (mark === 0xd9) return true;
    if (mark === -1 || mark === 0xff) at += 1;
    else if (mark === 0x00 || (mark >= 0xd0 && mark <= 0xd8)) at += 2;
    else at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return false;
}
