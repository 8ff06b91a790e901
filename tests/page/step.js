import { NO_PLACE } from '../../www/common/messages.js';

/**
 * Makes one step of a live run from rows. `turns` are running states [processor, task, start, end],
 * `others` are other closed states [task, state, reason, channel, by, start, end], and `open` are
 * open states [task, state, reason, channel, processor, start].
 *
 * @param {{ids?: number[], names?: string[], turns?: number[][], others?: number[][], open?: number[][]}} rows
 * @returns {import('../../www/common/messages.js').Live}
 */
export function step({ ids = [], names = [], turns = [], others = [], open = [] }) {
  const states = [
    ...turns.map(([processor, task, start, end]) => [task, 0, 255, -1, processor, -1, start, end]),
    ...others.map(([task, state, reason, channel, ...rest]) => [task, state, reason, channel, -1, ...rest]),
  ];
  const column = (rows, at, Type) => Type.from(rows, (row) => row[at]);
  const none = (rows) => new Uint16Array(rows.length).fill(NO_PLACE);
  return {
    tasks: { id: Uint32Array.from(ids), name: names, parent: Int32Array.from(ids, () => 0) },
    states: {
      task: column(states, 0, Uint32Array),
      state: column(states, 1, Uint8Array),
      reason: column(states, 2, Uint8Array),
      channel: column(states, 3, Int32Array),
      processor: column(states, 4, Int32Array),
      by: column(states, 5, Int32Array),
      place: none(states),
      fromPlace: none(states),
      byPlace: none(states),
      startMs: column(states, 6, Float64Array),
      endMs: column(states, 7, Float64Array),
    },
    open: {
      task: column(open, 0, Uint32Array),
      state: column(open, 1, Uint8Array),
      reason: column(open, 2, Uint8Array),
      channel: column(open, 3, Int32Array),
      processor: column(open, 4, Int32Array),
      startMs: column(open, 5, Float64Array),
    },
    output: [],
  };
}
