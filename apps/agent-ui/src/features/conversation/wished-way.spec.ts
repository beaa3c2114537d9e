import { describe, expect, it } from '@jest/globals';
import type { ChatWish, IdentityView, ReplyWay } from '#contract';
import { findBetterWay } from './wished-way.js';

const way = (channelKind: ReplyWay['channelKind'], identityId: string, more: Partial<ReplyWay> = {}): ReplyWay => ({
  channelId: channelKind,
  channelKind,
  channelName: channelKind,
  identityId,
  address: identityId,
  threadId: null,
  subject: null,
  lastUsedAt: null,
  textLimit: null,
  attachments: true,
  fileLimits: null,
  unavailable: null,
  claimed: false,
  ...more,
});

const visitor = (isOpen: boolean, wish: ChatWish['way'] | null, address = 'a@example.com'): IdentityView => ({
  id: 'visitor',
  customerId: 'customer',
  kind: 'web',
  address: 'visitor',
  trust: 'proven',
  shared: false,
  lastSeenAt: null,
  unreachable: null,
  awayUntil: null,
  chat: { isOpen, wish: wish && { way: wish, address, askedAt: '2026-11-22T05:00:00Z' } },
});

const chat = way('web', 'visitor');
const mail = way('email', 'claim', { address: 'a@example.com', claimed: true });
const other = way('email', 'other', { address: 'b@example.com' });

describe('a visitor who asked to be answered elsewhere', () => {
  it('is offered there once they have left the chat, and not before', () => {
    const ways = [chat, other, mail];
    expect(findBetterWay({ identities: [visitor(false, 'email')] }, ways, chat)).toMatchObject({
      kind: 'gone',
      way: mail,
    });
    expect(findBetterWay({ identities: [visitor(true, 'email')] }, ways, chat)).toBeNull();
    expect(findBetterWay({ identities: [visitor(false, null)] }, ways, chat)).toBeNull();
  });

  it('is said to be back where the agent writes to the other place', () => {
    expect(findBetterWay({ identities: [visitor(true, 'email')] }, [chat, mail], mail)).toEqual({
      kind: 'back',
      way: chat,
    });
    expect(findBetterWay({ identities: [visitor(false, 'email')] }, [chat, mail], mail)).toBeNull();
    expect(findBetterWay({ identities: [visitor(true, 'email')] }, [chat, other], other)).toBeNull();
  });

  it('has no such way while they have not come there, or while it is closed', () => {
    expect(findBetterWay({ identities: [visitor(false, 'telegram', '')] }, [chat], chat)).toMatchObject({
      way: undefined,
    });
    const closed = { ...mail, unavailable: 'opted_out' as const };
    expect(findBetterWay({ identities: [visitor(false, 'email')] }, [chat, closed], chat)).toMatchObject({
      way: undefined,
    });
  });
});
