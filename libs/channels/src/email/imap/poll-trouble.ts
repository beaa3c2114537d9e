import { ChannelError } from '../../channel-adapter.js';

/**
 * A poll that brought nothing and failed, and has learnt something all the same: a cursor to be saved with the failure. What must
 * outlive the process stands in it, above all how often a mail was asked for in vain, or one that ends the hub's connection each time
 * would begin anew with each restart.
 */
export class PollTrouble extends ChannelError {
  constructor(
    error: ChannelError,
    readonly cursor: unknown,
  ) {
    const { retry, doubtful, retryAfterMs, cause } = error;
    super(error.code, error.message, { retry, doubtful, retryAfterMs, cause });
    this.name = 'PollTrouble';
  }
}
