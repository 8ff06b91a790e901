/**
 * A row for each channel. A dark area shows the number of queued values. A band above the area
 * shows the blocked senders, and a band beneath the area shows the blocked receivers.
 *
 * @typedef {import('../index/channels.js').Channel} Channel
 * @typedef {import('./indexed-layer.js').View} View
 * @typedef {import('./raster.js').Raster} Raster
 * @typedef {import('./raster.js').Colours} Colours
 */
import { channelName } from '../words/wait.js';

/** The text in place of the bands if an earlier version of the page recorded the run. */
const NOT_RECORDED = 'who was blocked here: not recorded';

const BAND = 6;
const GAP = 2;

/**
 * @param {Raster} raster
 * @param {Channel[]} channels
 * @param {View} view
 * @param {Colours} colours
 */
export function rasterChannels(raster, channels, { layout, scale, density }, colours) {
  const pixelMs = 1 / (scale.pixelsPerMs * density);
  const mean = new Float32Array(raster.width);
  const most = new Float32Array(raster.width);
  const height = layout.channelPitch - 2 * BAND - 3 * GAP;
  for (let row = 0; row < layout.channels; row++) {
    const { queued, senders, receivers, most: deepest } = channels[row];
    const top = layout.channelsTop + row * layout.channelPitch;
    queued.walk(scale.startMs, pixelMs, mean, most);
    raster.stack([mean], (top + BAND + GAP + height) * density, (height * density) / Math.max(1, deepest), [
      colours.states[0],
    ]);
    for (const [waiting, bottom] of /** @type {const} */ ([
      [senders, top + BAND],
      [receivers, top + BAND + height + 2 * GAP + BAND],
    ])) {
      if (!waiting) continue;
      const steps = waiting.level;
      const full = steps.most;
      if (full === 0) continue;
      steps.walk(scale.startMs, pixelMs, mean, most);
      raster.stack([mean], bottom * density, (BAND * density) / full, [colours.waits]);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {Channel[]} channels
 * @param {Pick<View, 'layout' | 'scale' | 'palette'>} view
 */
export function nameChannels(ink, channels, { layout, scale, palette }) {
  ink.font = `10.5px ${palette.font}`;
  ink.textAlign = 'left';
  ink.textBaseline = 'middle';
  ink.fillStyle = palette.inkSoft;
  for (let row = 0; row < layout.channels; row++) {
    const { id, most, senders } = channels[row];
    const middle = layout.channelsTop + row * layout.channelPitch + layout.channelPitch / 2 - 1;
    ink.fillText(channelName(id), 0, middle - 6);
    ink.fillText(most === 0 ? 'none queued' : `at most ${most} queued`, 0, middle + 6);
    if (!senders) ink.fillText(NOT_RECORDED, scale.left + 4, middle - layout.channelPitch / 2 + 6);
    ink.globalAlpha = 0.35;
    ink.fillRect(scale.left, middle + layout.channelPitch / 2 - BAND - GAP, scale.width, 0.5);
    ink.globalAlpha = 1;
  }
}
