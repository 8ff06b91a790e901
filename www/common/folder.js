/**
 * Where the page's files lie. Whoever needs one asks here: how deep a module lies itself is not
 * said by its address, since the build makes one file of all.
 */
export const FOLDER = new URL('./', import.meta.url);
