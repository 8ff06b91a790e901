// The page that measures. It has a worker for our runtime and a worker for Go's. Callers ask
// one of them at a time, so the workers do not compete for the cores.

/** @param {string} script @param {WorkerOptions} [options] */
function peer(script, options) {
  const worker = new Worker(script, options);
  /** @param {object} question */
  return (question) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.answer));
      worker.onerror = (event) => reject(new Error(event.message || `${script} did not load`));
      worker.postMessage(question);
    });
}

window.peers = { ours: peer('ours.js', { type: 'module' }), go: peer('go.js') };
