import { describe, expect, it } from '@jest/globals';
import { ChannelError } from '../../channel-adapter.js';
import { inOne } from './folder-failures.js';

const missing = (path: string) =>
  new ChannelError('folder_missing', `The mailbox has no folder ${path}.`, { retry: 'after-reconnect' });

describe('what is wrong with several folders', () => {
  it('is told of each of them, with its name', () => {
    const error = inOne(
      [
        { path: 'Orders', cause: missing('Orders') },
        { path: 'Returns', cause: new Error('[SERVERBUG] secret-1 is tired') },
        { path: 'Archive', cause: missing('Archive') },
      ],
      ['secret-1'],
    );
    expect(error.message).toBe(
      'The mailbox has no folder Orders. Returns: The mailbox cannot be reached: [SERVERBUG] ••• is tired The mailbox has no folder Archive.',
    );
    expect([error.code, error.retry]).toEqual(['folder_missing', 'after-reconnect']);
  });

  it('is told of one as it is', () => {
    const only = missing('Orders');
    expect(inOne([{ path: 'Orders', cause: only }], [])).toBe(only);
  });
});
