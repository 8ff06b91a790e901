/**
 * The field in which readers choose their own images, or drop image files. The images stay in
 * memory while the page is open, and they are never sent anywhere.
 *
 * @typedef {import('../common/messages.js').PixelImage} PixelImage
 */
import { decode } from './own-images.js';
import { count, list } from '../common/words.js';
import { make } from '../common/dom.js';

export class OwnImages {
  /** @type {PixelImage[]} */
  images = [];
  /** The number of the current choice. Runs with different images are not compared. */
  version = 0;
  #said = make('p', { class: 'note', id: 'own-said', hidden: true });
  #refused = make('ul', { class: 'refusal', id: 'own-refused', hidden: true });
  #input;
  #back;

  /**
   * @param {HTMLElement} root
   * @param {(sentence: string) => void} say
   */
  constructor(root, say) {
    this.say = say;
    this.#input = make('input', {
      type: 'file',
      id: 'own-files',
      accept: 'image/png,image/jpeg',
      multiple: true,
      'aria-describedby': 'own-help own-said own-refused',
      change: () => this.#take([...(this.#input.files ?? [])]),
    });
    this.#back = make(
      'button',
      { type: 'button', class: 'quiet', hidden: true, click: () => this.#take([]) },
      'Use the page’s images again',
    );
    const drop = make(
      'div',
      { class: 'drop' },
      make('label', { for: 'own-files' }, 'Your own images'),
      this.#input,
      make(
        'p',
        { class: 'note', id: 'own-help' },
        'Choose PNG or JPEG files, or drop them here. They never leave this machine.',
      ),
      this.#said,
      this.#refused,
      this.#back,
    );
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop']) {
      drop.addEventListener(type, (event) => {
        event.preventDefault();
        drop.classList.toggle('over', type === 'dragenter' || type === 'dragover');
      });
    }
    drop.addEventListener('drop', (event) => this.#take([...(event.dataTransfer?.files ?? [])]));
    root.replaceChildren(drop);
  }

  /** @param {File[]} files   if empty, the page's own images are used again */
  async #take(files) {
    if (files.length > 0) this.say('Reading the files.');
    const version = ++this.version;
    const { images, refused } = await decode(files);
    if (version !== this.version) return; // the reader made another choice in the meantime
    this.images = images;
    if (images.length === 0) this.#input.value = '';
    this.#said.hidden = images.length === 0;
    this.#said.textContent = `Your images are used: ${list(images.slice(0, 4).map(({ name, width, height }) => `${name} (${width} × ${height})`))}${
      images.length > 4 ? ` and ${images.length - 4} more` : ''
    }.`;
    this.#refused.hidden = refused.length === 0;
    this.#refused.replaceChildren(...refused.map((sentence) => make('li', {}, sentence)));
    this.#back.hidden = images.length === 0;
    this.say(
      [
        ...refused,
        images.length > 0
          ? `${count(images.length, ['image of your own', 'images of your own'])} will be filtered.`
          : 'The page’s images will be filtered.',
      ].join(' '),
    );
  }
}
