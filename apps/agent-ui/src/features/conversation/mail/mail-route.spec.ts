import { describe, expect, it } from '@jest/globals';
import type { MessageView, ReplyWay } from '#contract';
import { buildMessage } from '../../../live/testing/build-views.js';
import { chooseThread, newThread, staysInThread, threadsOf } from './mail-route.js';

const way: ReplyWay = {
  channelId: 'box',
  channelKind: 'email',
  channelName: 'Support',
  identityId: 'mina',
  address: 'mina@example.org',
  threadId: 'refund',
  subject: 'Refund',
  lastUsedAt: null,
  textLimit: null,
  attachments: true,
  fileLimits: null,
  unavailable: null,
  claimed: false,
};

const mail = (seq: number, threadId: string, more: Partial<MessageView> = {}): MessageView =>
  buildMessage({
    seq,
    threadId,
    identityId: 'mina',
    channel: { id: 'box', kind: 'email', name: 'Support' },
    subject: `About ${threadId}`,
    mail: {
      to: [],
      cc: [],
      bcc: [],
      hidden: [],
      hasHtml: false,
      hasSource: true,
      report: null,
      checks: null,
      relatedThreadId: null,
      calendar: null,
    },
    ...more,
  });

describe('the thread of an answer', () => {
  const messages = [mail(1, 'order'), mail(2, 'refund'), mail(3, 'invoice'), mail(4, 'other', { identityId: 'ali' })];

  it('is the one that the hub would continue, until the agent chooses another of the same address', () => {
    const threads = threadsOf(way, messages);
    expect(threads.map(({ id }) => id)).toEqual(['refund', 'invoice', 'order']);
    expect(chooseThread(threads, undefined)?.id).toBe('refund');
    expect(chooseThread(threads, 'order')?.subject).toBe('About order');
    expect(chooseThread(threads, 'gone')?.id).toBe('refund');
  });

  it('is none for a mail that begins one', () => {
    expect(chooseThread(threadsOf(way, messages), newThread)).toBeNull();
    expect(chooseThread(threadsOf({ ...way, threadId: null, subject: null }, []), undefined)).toBeNull();
  });
});

describe('a subject', () => {
  const thread = { id: 'refund', subject: 'بازپرداخت سفارش ۱۲' };

  it('keeps a mail in its thread with answer marks, Arabic letters or without any', () => {
    for (const written of ['بازپرداخت سفارش ۱۲', 'Re: بازپرداخت  سفارش ۱۲', 'پاسخ: Re: بازپرداخت سفارش ۱۲', ' ']) {
      expect(staysInThread(thread, written)).toBe(true);
    }
    expect(staysInThread({ id: '', subject: 'کی می‌رسد' }, 'كي مي‌رسد')).toBe(true);
  });

  it('begins a thread when it is another one', () => {
    expect(staysInThread(thread, 'فاکتور سفارش ۱۲')).toBe(false);
  });
});
