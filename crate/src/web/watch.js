// Runs in the pool's workers.

/**
 * Makes this worker report its failure to its host. When a trap ends a thread of the pool, the only
 * sign is a rejected promise inside that worker.
 *
 * @param {string} channel name of the channel on which the host listens
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
