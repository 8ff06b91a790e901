/**
 * A canvas context that writes SVG. It has only the methods that the timelines use. A canvas that
 * is drawn with `drawImage` becomes an embedded image.
 */

const escaped = (/** @type {string} */ text) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const round = (/** @type {number} */ n) => String(Math.round(n * 100) / 100);

const ANCHORS = /** @type {Record<string, string>} */ ({ left: 'start', center: 'middle', right: 'end' });
/** The distance from a text's position down to its baseline, as a fraction of the font size. */
const DROPS = /** @type {Record<string, number>} */ ({ top: 0.8, middle: 0.35, bottom: -0.2 });

export class SvgInk {
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign = 'left';
  textBaseline = 'alphabetic';
  /** @type {string[]} */
  parts = [];
  #path = '';
  #dash = '';
  #clips = 0;
  /** @type {string[]} the closing tags for each `save` that has not been restored */
  #open = [];
  #offset = [0, 0];
  #ruler;

  /** @param {CanvasRenderingContext2D} ruler   a real context, which measures text */
  constructor(ruler) {
    this.#ruler = ruler;
  }

  /**
   * Sets the origin of all later drawing.
   * @param {number} x
   * @param {number} y
   */
  origin(x, y) {
    this.#offset = [x, y];
  }

  setTransform() {}
  scale() {}
  save() {
    this.#open.push('');
  }
  restore() {
    this.parts.push(this.#open.pop() ?? '');
  }
  beginPath() {
    this.#path = '';
  }
  clip() {
    const id = `clip-${this.#offset[1]}-${this.#clips++}`;
    this.parts.push(`<clipPath id="${id}"><path d="${this.#path}"/></clipPath><g clip-path="url(#${id})">`);
    this.#open[this.#open.length - 1] += '</g>';
  }

  /** @param {number[]} numbers   x and y alternately */
  #at(...numbers) {
    return numbers.map((n, i) => round(n + this.#offset[i % 2])).join(' ');
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path += `M${this.#at(x, y)}`;
  }
  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path += `L${this.#at(x, y)}`;
  }
  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  rect(x, y, w, h) {
    this.#path += `M${this.#at(x, y)}h${round(w)}v${round(h)}h${round(-w)}z`;
  }
  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {number} r */
  roundRect(x, y, w, h, r) {
    const k = Math.min(r, w / 2, h / 2);
    const arc = (/** @type {number} */ dx, /** @type {number} */ dy) => `a${k} ${k} 0 0 1 ${round(dx)} ${round(dy)}`;
    this.#path += `M${this.#at(x + k, y)}h${round(w - 2 * k)}${arc(k, k)}v${round(h - 2 * k)}${arc(-k, k)}h${round(2 * k - w)}${arc(-k, -k)}v${round(2 * k - h)}${arc(k, -k)}z`;
  }

  get #alpha() {
    return this.globalAlpha === 1 ? '' : ` opacity="${this.globalAlpha}"`;
  }

  fill() {
    this.parts.push(`<path d="${this.#path}" fill="${this.fillStyle}"${this.#alpha}/>`);
  }
  stroke() {
    this.parts.push(
      `<path d="${this.#path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}"${this.#dash}${this.#alpha}/>`,
    );
  }
  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#dash = dash.length ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  }
  clearRect() {}

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  fillRect(x, y, w, h) {
    const [left, top] = this.#at(x, y).split(' ');
    this.parts.push(
      `<rect x="${left}" y="${top}" width="${round(Math.max(w, 0))}" height="${round(Math.max(h, 0))}" fill="${this.fillStyle}"${this.#alpha}/>`,
    );
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  strokeRect(x, y, w, h) {
    this.beginPath();
    this.rect(x, y, w, h);
    this.stroke();
  }

  /** @param {string} text */
  measureText(text) {
    this.#ruler.font = this.font;
    return this.#ruler.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    const [, weight = '', size = '10', family = 'sans-serif'] = this.font.match(/^(?:(\d+) )?([\d.]+)px (.*)$/) ?? [];
    const [left, top] = this.#at(x, y + (DROPS[this.textBaseline] ?? 0) * Number(size)).split(' ');
    this.parts.push(
      `<text x="${left}" y="${top}" font-size="${size}" font-family="${escaped(family)}"${weight ? ` font-weight="${weight}"` : ''} text-anchor="${
        ANCHORS[this.textAlign] ?? 'start'
      }" fill="${this.fillStyle}">${escaped(text)}</text>`,
    );
  }

  /** @param {HTMLCanvasElement} canvas @param {number} x @param {number} y @param {number} w @param {number} h */
  drawImage(canvas, x, y, w, h) {
    const [left, top] = this.#at(x, y).split(' ');
    this.parts.push(
      `<image x="${left}" y="${top}" width="${round(w)}" height="${round(h)}" href="${canvas.toDataURL()}"/>`,
    );
  }

  /**
   * @param {number} width
   * @param {number} height
   * @param {string} title
   */
  document(width, height, title) {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escaped(
      title,
    )}</title>\n${this.parts.filter(Boolean).join('\n')}\n</svg>\n`;
  }
}
