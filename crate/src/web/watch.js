// Runs in the pool's workers.

/**
 * Has this worker tell its host when it fails. When a trap ends a pool's thread, nothing outside
 * that worker hears of it: the promise in which the thread ran is rejected, that is all.
 *
 * @param {string} channel on which the host listens
 */
export function watchThread(channel) {
  const tell = (cause) => {
    const line = new BroadcastChannel(channel);
    line.postMessage(cause instanceof Error ? cause.message : String(cause));
    line.close();
  };
  addEventListener('unhandledrejection', ({ reason }) => tell(reason));
  addEventListener('error', ({ error, message }) => tell(error ?? message));
}
