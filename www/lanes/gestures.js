/**
 * Turns pointer, wheel and key events on a drawing into calls: zoom, move, select. Plain vertical
 * scrolling is left to the page.
 *
 * @typedef {import('../timeline/layout/time-scale.js').TimeScale} TimeScale
 */

/** The longest move of a pointer, in the timeline's units, that still counts as a click. */
const STILL = 4;

/**
 * What the gestures call. Positions are in the timeline's units, from the top left of the drawing.
 * @typedef {object} GestureHandlers
 * @property {() => number} unit    the timeline's unit of length, in CSS pixels
 * @property {() => TimeScale} scale
 * @property {(ms: number, factor: number) => void} zoom
 * @property {(ms: number) => void} pan
 * @property {(fromMs: number, toMs: number) => void} show
 * @property {(place: {x: number, y: number} | null) => void} point
 * @property {(place: {x: number, y: number}) => void} pick
 * @property {() => void} approach    zooms to the selection
 * @property {(key: string, shift: boolean) => boolean} key   returns whether the key has an effect
 */

/**
 * @param {HTMLElement} drawing
 * @param {GestureHandlers} handlers
 */
export function listen(drawing, handlers) {
  /** @type {Map<number, {x: number, y: number}>} pointers that are down */
  const down = new Map();
  /** @type {{x: number, y: number} | null} */
  let began = null;
  let moved = false;

  const place = (/** @type {MouseEvent} */ { clientX, clientY }) => {
    const { left, top } = drawing.getBoundingClientRect();
    const unit = handlers.unit();
    return { x: (clientX - left) / unit, y: (clientY - top) / unit };
  };

  drawing.addEventListener(
    'wheel',
    (event) => {
      const { x } = place(event);
      if (event.ctrlKey || event.metaKey) {
        // browsers also set ctrlKey for a pinch on a touchpad
        event.preventDefault();
        handlers.zoom(handlers.scale().ms(x), Math.exp(-pixels(event, event.deltaY) / 200));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        handlers.pan(pixels(event, event.deltaX || event.deltaY) / handlers.unit() / handlers.scale().pixelsPerMs);
      }
    },
    { passive: false },
  );

  drawing.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
    down.set(event.pointerId, place(event));
    began = place(event);
    moved = down.size > 1;
  });

  drawing.addEventListener('pointermove', (event) => {
    const now = place(event);
    handlers.point(now);
    const was = down.get(event.pointerId);
    if (!was) return;
    if (down.size === 2) {
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1] ?? was;
      const apart = Math.max(20, Math.abs(was.x - other.x));
      const middle = handlers.scale().ms((now.x + other.x) / 2);
      handlers.zoom(middle, Math.max(20, Math.abs(now.x - other.x)) / apart);
      handlers.pan((was.x - now.x) / 2 / handlers.scale().pixelsPerMs);
    } else if (began && (moved || Math.abs(now.x - began.x) > STILL)) {
      if (!moved) drawing.setPointerCapture(event.pointerId);
      moved = true;
      if (!event.shiftKey) handlers.pan((was.x - now.x) / handlers.scale().pixelsPerMs);
    }
    down.set(event.pointerId, now);
  });

  /** @param {PointerEvent} event */
  const up = (event) => {
    const was = down.delete(event.pointerId);
    if (!was || !began) return;
    const now = place(event);
    const from = began;
    if (down.size === 0) began = null;
    if (event.type === 'pointercancel') return;
    if (!moved) handlers.pick(now);
    else if (event.shiftKey && Math.abs(now.x - from.x) > STILL) {
      const [a, b] = [from.x, now.x].sort((p, q) => p - q);
      handlers.show(handlers.scale().ms(a), handlers.scale().ms(b));
    }
  };
  drawing.addEventListener('pointerup', up);
  drawing.addEventListener('pointercancel', up);
  drawing.addEventListener('pointerleave', () => handlers.point(null));
  drawing.addEventListener('dblclick', () => handlers.approach());
  drawing.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== drawing && (event.key === 'Enter' || event.key === ' ')) return; // a button in the drawing
    if (handlers.key(event.key, event.shiftKey)) event.preventDefault();
  });
}

/**
 * Converts the scroll distance of a wheel event, in pixels, lines or pages, into pixels.
 * @param {WheelEvent} event
 * @param {number} delta
 */
const pixels = (event, delta) => delta * [1, 16, 400][event.deltaMode];
