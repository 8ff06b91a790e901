/** What a blocked task waits for, in words. */
import { REASONS } from '../../common/messages.js';

/** The preposition before a channel's name, by the code of the reason for a wait. */
const BEFORE_CHANNEL = REASONS.map((reason) => (reason === 'send' ? 'on' : reason === 'receive' ? 'from' : ''));

/**
 * Returns a channel's name. In names, channels and processors are counted from 1.
 * @param {number} id   counted from 0
 */
export const channelName = (id) => `channel ${id + 1}`;

/**
 * @param {string} word      words for the reason, such as "waits to receive"
 * @param {number} reason    code of the reason
 * @param {number} channel   channel that the task waits on, or -1
 * @returns {string} such as "waits to receive from channel 1"
 */
export const waitOf = (word, reason, channel) =>
  channel < 0 ? word : `${word} ${BEFORE_CHANNEL[reason]} ${channelName(channel)}`;
