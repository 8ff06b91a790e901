/** Opening a recording: by a button, dropped on the page, or from an address. */
import { inSlices } from '../picture/slices.js';
import { read, Unreadable } from '../recording/format.js';
import { fileOf } from '../recording/link.js';
import { make } from './dom.js';

/** What a reader's machine can hold at once, and a page can still show. */
const MOST_BYTES = 600e6;

/**
 * @param {(recording: import('../recording/format.js').Recording) => void} show
 * @param {(sentence: string) => void} say
 * @returns {{ask: () => void, input: HTMLInputElement, fromAddress: (text: string) => Promise<boolean>}}
 *   `input` has to be in the document; `fromAddress` resolves to whether there was something to show
 */
export function opening(show, say) {
  /**
   * @param {() => Promise<ArrayBuffer>} bytes
   * @param {string} failing   the sentence for a fault that is not the recording's
   * @returns {Promise<boolean>} whether there was something to show
   */
  const open = async (bytes, failing) => {
    try {
      const recording = await inSlices(read(await bytes()));
      if (recording) show(recording);
      return !!recording;
    } catch (error) {
      say(error instanceof Unreadable ? error.message : failing);
      return false;
    }
  };
  /** @param {File | undefined} file */
  const fromFile = (file) => file && open(() => {
    if (file.size > MOST_BYTES) throw new Unreadable(`This file is larger than any recording: ${Math.round(file.size / 1e6)} MB.`);
    say(`Opening ${file.name}.`);
    return file.arrayBuffer();
  }, `${file.name} could not be read: choose it again.`);
  const input = make('input', {
    type: 'file', accept: '.manyhands', hidden: true, 'aria-label': 'A recorded run',
    change: () => {
      fromFile(input.files?.[0]);
      input.value = ''; // the same file may be chosen again
    },
  });
  const holdsFile = (/** @type {DragEvent} */ { dataTransfer }) => !!dataTransfer && [...dataTransfer.types].includes('Files');
  addEventListener('dragover', (event) => { if (holdsFile(event)) event.preventDefault(); });
  addEventListener('drop', (event) => {
    // Lessons may take files of their own.
    if (!holdsFile(event) || event.defaultPrevented) return;
    const file = event.dataTransfer?.files[0];
    if (!file?.name.endsWith('.manyhands')) return;
    event.preventDefault();
    fromFile(file);
  });
  return {
    ask: () => input.click(),
    input,
    fromAddress: (text) => open(() => fileOf(text), 'The runs in this address could not be read.'),
  };
}
