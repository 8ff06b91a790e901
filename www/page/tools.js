/** Adds the tools under the lanes that also need other parts of the page: Scaling and Export. */
import { byId } from '../common/dom.js';
import { allProcessors } from '../common/lanes.js';
import { exportPanel } from '../recording/export.js';
import { ScalingPanel } from '../scaling/panel.js';
import { copyLink } from './navigation.js';
import { say } from './status.js';

/** @param {import('./app.js').App} app   with all parts but the scaling panel */
export function addTools(app) {
  const { state, lanes, form, course, hosts, runs, files } = app;
  app.scaling = new ScalingPanel({
    program: () =>
      state.program
        ? { params: state.program.params, values: form.values, all: allProcessors(state.catalogue.machine) }
        : null,
    run: (requests, measured) =>
      runs.unseen(
        requests.map(({ params, processors }) => ({
          program: state.program?.id ?? '',
          params,
          options: { ...form.options, structure: 'concurrent', processors },
          ...course.imagesForRun,
        })),
        measured,
      ),
    stop: () => runs.stop(),
    scale: (processors, wallMs, growing) => hosts.current.scale(processors, wallMs, growing),
    say,
  });
  lanes.explore.add('Scaling', app.scaling.content);
  lanes.explore.add(
    'Export',
    exportPanel({
      runs: () => lanes.runs,
      recording: () => lanes.recording,
      snapshot: () => lanes.snapshot(byId('claim').textContent ?? ''),
      open: files.ask,
      link: (recorded) => copyLink(app, recorded),
      say,
    }),
  );
}
