/** Where a worker thread begins. */
export const workerUrl = new URL('./worker.js', import.meta.url);
