// What the page and the tests put into a page's window.

interface Window {
  manyhands: import('../www/page/api.js').ManyHands;
  /** What one test keeps for itself. */
  [name: string]: any;
}
