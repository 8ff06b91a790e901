/**
 * One step of a run, written by rows: spans [processor, task, start, end], states [task, state,
 * reason, by, start, end], open ones [task, state, reason, processor, start].
 */
export function step({ ids = [], names = [], spans = [], states = [], open = [] }) {
  const column = (rows, at, Type) => Type.from(rows, (row) => row[at]);
  return {
    tasks: { id: Uint32Array.from(ids), name: names, parent: Int32Array.from(ids, () => 0) },
    spans: {
      processor: column(spans, 0, Uint32Array), task: column(spans, 1, Uint32Array),
      startMs: column(spans, 2, Float64Array), endMs: column(spans, 3, Float64Array),
    },
    states: {
      task: column(states, 0, Uint32Array), state: column(states, 1, Uint8Array),
      reason: column(states, 2, Uint8Array), by: column(states, 3, Int32Array),
      startMs: column(states, 4, Float64Array), endMs: column(states, 5, Float64Array),
    },
    open: {
      task: column(open, 0, Uint32Array), state: column(open, 1, Uint8Array),
      reason: column(open, 2, Uint8Array), processor: column(open, 3, Int32Array),
      startMs: column(open, 4, Float64Array),
    },
    output: [],
  };
}
