/** The error for a recording that can't be opened. The page shows the message to the reader. */
export class Unreadable extends Error {}

/** @param {string} why */
export const damaged = (why) => new Unreadable(`This file is damaged: ${why}.`);
