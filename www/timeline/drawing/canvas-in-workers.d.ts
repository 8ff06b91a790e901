// The drawing modules run in the page and in a worker. A worker has no HTML canvas, so in a worker
// these names stand for its OffscreenCanvas. tsconfig.worker.json reads this file.

interface CanvasRenderingContext2D extends OffscreenCanvasRenderingContext2D {}
interface HTMLCanvasElement extends OffscreenCanvas {}
