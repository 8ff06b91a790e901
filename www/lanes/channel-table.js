/**
 * A table of the channels: how many values were sent and received on each channel, and how many
 * values were queued. The table is built when the reader has opened it and the data of the channels
 * has been collected.
 *
 * @typedef {import('../timeline/index/run-index.js').RunIndex} RunIndex
 */
import { CHANNEL_KINDS } from '../common/messages.js';
import { level, time } from '../common/words.js';
import { make } from '../common/dom.js';

const MOST_ROWS = 100;
const COLUMNS = [
  'Channel',
  'Sent',
  'Received',
  'Most values queued',
  'Mean values queued',
  'Senders blocked',
  'Receivers blocked',
];
const SEND = CHANNEL_KINDS.indexOf('send');
const RECEIVE = CHANNEL_KINDS.indexOf('receive');

export class ChannelTable {
  /** @type {RunIndex | null} */
  #index = null;
  #built = false;
  #body = make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'What happened on each channel' });
  #ask;

  /** @param {() => void} ask   called if the table is open but the data is not collected yet */
  constructor(ask) {
    this.#ask = ask;
    this.element = make(
      'details',
      { class: 'tasks', hidden: true, toggle: () => this.#build() },
      make('summary', {}, 'What happened on each channel'),
      this.#body,
    );
  }

  /** @param {RunIndex | null} index */
  show(index) {
    if (index !== this.#index) {
      this.#index = index;
      this.#built = false;
      this.#body.replaceChildren();
    }
    this.element.hidden = !index?.hasChannels;
    this.#build();
  }

  #build() {
    const index = this.#index;
    if (!this.element.open || !index || this.#built) return;
    if (!index.traffic) {
      this.#ask();
      return;
    }
    this.#built = true;
    const { channels } = index.traffic;
    const {
      channelEvents: { channel, kind },
      wallMs,
    } = index.report;
    /** @type {Map<number, [number, number]>} by channel: how many values were sent and received */
    const counts = new Map(channels.map(({ id }) => [id, [0, 0]]));
    for (let i = 0; i < channel.length; i++) {
      const own = counts.get(channel[i]);
      if (own && kind[i] === SEND) own[0]++;
      else if (own && kind[i] === RECEIVE) own[1]++;
    }
    const [mean, most] = [new Float32Array(1), new Float32Array(1)];
    const rows = channels.slice(0, MOST_ROWS).map(({ id, queued, senders, receivers, most: deepest }) => {
      queued.walk(0, Math.max(wallMs, 1e-9), mean, most);
      const blocked = [senders, receivers].map((waiting) => (waiting ? time(waiting.ms) : 'not recorded'));
      const [sent, received] = counts.get(id) ?? [0, 0];
      return make(
        'tr',
        {},
        make('th', { scope: 'row' }, String(id + 1)),
        ...[sent, received, deepest, level(Math.round(mean[0] * 100) / 100), ...blocked].map((figure) =>
          make('td', {}, String(figure)),
        ),
      );
    });
    this.#body.append(
      make(
        'table',
        {},
        make('thead', {}, make('tr', {}, ...COLUMNS.map((name) => make('th', { scope: 'col' }, name)))),
        make('tbody', {}, ...rows),
      ),
    );
    this.#body.append(
      make('p', { class: 'note' }, 'Blocked: how long tasks waited here to send or to receive, all of them together.'),
    );
    if (channels.length > MOST_ROWS)
      this.#body.append(
        make('p', { class: 'note' }, `This table shows the first ${MOST_ROWS} of ${channels.length} channels.`),
      );
  }
}
