/**
 * The worker that draws runs while they go on, so the page's own thread neither draws nor lays out
 * the timelines. The worker draws after each `progress` or `scene`, about ten times a second.
 *
 * @typedef {import('../../common/lanes.js').Lane} Lane
 * @typedef {import('../../common/messages.js').Live} Live
 * @typedef {import('./live-drawing.js').SentScene} SentScene
 */
import { LiveDrawing } from './live-drawing.js';

/**
 * Messages from the page. `begin` is the first message about a lane. `progress` (what happened) and
 * `scene` (what the timeline shows) follow in any order. After `end`, the worker no longer draws
 * the lane. The worker answers `whenDrawn` after it has handled all earlier messages.
 * @typedef {{type: 'begin', lane: Lane, canvas: OffscreenCanvas, processors: number}
 *   | {type: 'progress', lane: Lane, live: Live, nowMs: number}
 *   | {type: 'scene', lane: Lane, scene: SentScene}
 *   | {type: 'end', lane: Lane}
 *   | {type: 'whenDrawn'}} ToLive
 */

/** The pause before the worker continues to draw. It leaves the core to the run's processors. */
const GO_ON_MS = 100;

/** @type {Map<Lane, LiveDrawing>} */
const drawings = new Map();

/** @type {Map<Lane, ReturnType<typeof setTimeout>>} */
const unfinished = new Map();

/** @param {Lane} lane */
function paint(lane) {
  clearTimeout(unfinished.get(lane));
  if (drawings.get(lane)?.paint())
    unfinished.set(
      lane,
      setTimeout(() => paint(lane), GO_ON_MS),
    );
}

/** @param {ToLive} message */
function receive(message) {
  switch (message.type) {
    case 'begin':
      drawings.set(message.lane, new LiveDrawing(message.canvas, message.processors));
      break;
    case 'progress':
      drawings.get(message.lane)?.add(message.live, message.nowMs);
      paint(message.lane);
      break;
    case 'scene':
      drawings.get(message.lane)?.setScene(message.scene);
      paint(message.lane);
      break;
    case 'end':
      drawings.delete(message.lane);
      break;
    case 'whenDrawn':
      postMessage('drawn');
      break;
  }
}

addEventListener('message', ({ data }) => receive(data));
