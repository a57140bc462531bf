/** When who was turned away because the server has too much to do, or cannot do it now, may try again, in seconds. */
export const RETRY_AFTER_SECONDS = 5;
