// The modules that draw run in the page and in a worker. A worker has no canvas of the page's: there
// these names stand for the canvas that it has. tsconfig.worker.json reads this file.

interface CanvasRenderingContext2D extends OffscreenCanvasRenderingContext2D {}
interface HTMLCanvasElement extends OffscreenCanvas {}
