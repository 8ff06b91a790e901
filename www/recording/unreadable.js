/** The error for a recording that can't be opened. The message is a sentence for the reader. */
export class Unreadable extends Error {}

/** @param {string} why */
export const damaged = (why) => new Unreadable(`This file is damaged: ${why}.`);
