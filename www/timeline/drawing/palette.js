/**
 * The colours and the font of a drawing.
 *
 * @typedef {object} Palette
 * @property {string} font
 * @property {string} ink
 * @property {string} inkSoft
 * @property {string} surface
 * @property {string} grid
 * @property {string} ready
 * @property {string} blocked
 * @property {{running: string, ready: string, blocked: string}} share
 * @property {string} endOfRun
 * @property {string} now
 * @property {string} cursor
 * @property {{fill: string, ink: string}[]} processors   hues; processor p has the hue
 *   `processors[p % processors.length]`
 */
export {};
