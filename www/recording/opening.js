/** Opens a recording that the reader chooses or drops on the page, or that a URL contains. */
import { inSlices } from '../common/slices.js';
import { read, Unreadable } from './format.js';
import { fileOf } from './link.js';
import { make } from '../common/dom.js';

/** The maximum size, in bytes, of a file that a reader's machine can hold and the page can show. */
const MOST_BYTES = 600e6;

/**
 * @param {(recording: import('./format.js').Recording, address: string | null) => void} show
 *   `address` is the recording's text in a URL; null: the recording comes from a file
 * @param {(sentence: string) => void} say
 * @returns {{ask: () => void, input: HTMLInputElement, fromAddress: (text: string) => Promise<void>}}
 *   `input` has to be in the document
 */
export function opening(show, say) {
  /**
   * @param {() => Promise<ArrayBuffer>} bytes
   * @param {string | null} address
   * @param {string} failing   the error message if the cause is not the recording's content
   */
  const open = async (bytes, address, failing) => {
    try {
      const recording = await inSlices(read(await bytes()));
      if (recording) show(recording, address);
    } catch (error) {
      say(error instanceof Unreadable ? error.message : failing);
    }
  };
  /** @param {File | undefined} file */
  const fromFile = (file) =>
    file &&
    open(
      () => {
        if (file.size > MOST_BYTES)
          throw new Unreadable(
            `This file has ${Math.round(file.size / 1e6)} MB, which is more than this page can open.`,
          );
        say(`Opening ${file.name}.`);
        return file.arrayBuffer();
      },
      null,
      `${file.name} could not be read. Please choose it again.`,
    );
  const input = make('input', {
    type: 'file',
    accept: '.manyhands',
    hidden: true,
    'aria-label': 'A recorded run',
    change: () => {
      fromFile(input.files?.[0]);
      input.value = ''; // allows the reader to choose the same file again
    },
  });
  const holdsFile = (/** @type {DragEvent} */ { dataTransfer }) =>
    !!dataTransfer && [...dataTransfer.types].includes('Files');
  addEventListener('dragover', (event) => {
    if (holdsFile(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    // A lesson may have handled the file already.
    if (!holdsFile(event) || event.defaultPrevented) return;
    const file = event.dataTransfer?.files[0];
    if (!file?.name.endsWith('.manyhands')) return;
    event.preventDefault();
    fromFile(file);
  });
  return {
    ask: () => input.click(),
    input,
    fromAddress: (text) => open(() => fileOf(text), text, 'The runs in this link could not be read.'),
  };
}
