/** What a blocked task waits for, in words. */
import { REASONS } from '../../common/messages.js';

/** How a channel follows the words for a wait, by the code of the reason. */
const BEFORE_CHANNEL = REASONS.map((reason) => (reason === 'send' ? 'on' : reason === 'receive' ? 'from' : ''));

/**
 * Readers count channels from 1, as they count processors.
 * @param {number} id   from 0
 */
export const channelName = (id) => `channel ${id + 1}`;

/**
 * @param {string} word      for the reason, as "waits to receive"
 * @param {number} reason    a code
 * @param {number} channel   that the task waits on, or -1
 * @returns {string} "waits to receive from channel 1"
 */
export const waitOf = (word, reason, channel) =>
  channel < 0 ? word : `${word} ${BEFORE_CHANNEL[reason]} ${channelName(channel)}`;
