/** A recording can't be opened; the message is a sentence for the reader. */
export class Unreadable extends Error {}

/** @param {string} why */
export const damaged = (why) => new Unreadable(`This file is damaged: ${why}.`);
