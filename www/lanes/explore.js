/**
 * The tools beneath the timelines: a row of buttons. Each button opens and closes a panel, which is
 * closed at first.
 */
import { make } from '../common/dom.js';

export class Explore {
  #buttons = make('div', { class: 'explore-bar', role: 'group', 'aria-label': 'Tools' });
  #panels = make('div', { class: 'explore-panels' });
  #n = 0;

  constructor() {
    this.element = make('div', { class: 'explore', hidden: true }, this.#buttons, this.#panels);
  }

  /**
   * @param {string} label
   * @param {Element[]} content
   * @param {(open: boolean) => void} [toggled]
   */
  add(label, content, toggled = () => {}) {
    const id = `explore-${this.#n++}`;
    const panel = make('section', { id, class: 'panel', 'aria-label': label, hidden: true }, ...content);
    const button = make(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-expanded': 'false',
        'aria-controls': id,
        click: () => {
          panel.hidden = !panel.hidden;
          button.setAttribute('aria-expanded', String(!panel.hidden));
          toggled(!panel.hidden);
        },
      },
      label,
    );
    this.#buttons.append(button);
    this.#panels.append(panel);
  }
}
