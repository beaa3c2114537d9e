import { describe, expect, it } from '@jest/globals';
import type { InboundMessage } from '../message.js';
import { capabilityFaults, inboundFaults } from './contract-rules.js';

const sound: InboundMessage = {
  type: 'message',
  externalId: 'one',
  raw: Uint8Array.of(1),
  from: { kind: 'phone', address: '+989121234567', trust: 'channel_given', name: '' },
  claims: [],
  sentAt: null,
  kind: 'text',
  text: 'سلام',
  attachments: [],
  mail: null,
  replyTo: null,
  flags: [],
};

describe('the rules of the adapter contract', () => {
  it('find nothing in a sound message', () => {
    expect(inboundFaults(sound)).toEqual([]);
  });

  it.each<[string, Partial<InboundMessage>]>([
    ['an empty external id', { externalId: '' }],
    ['lost raw bytes', { raw: new Uint8Array() }],
    ['an address as it was typed', { from: { ...sound.from, address: '0912 123 4567' } }],
    ['an empty answer id', { replyTo: '' }],
    ['an invalid date', { sentAt: new Date('not a date') }],
    [
      'a nameless file',
      { attachments: [{ name: '', mediaType: 'text/plain', contentId: null, source: { reference: 'x' } }] },
    ],
    ['a flag given twice', { flags: ['spam', 'spam'] }],
  ])('find %s', (_, planted) => {
    expect(inboundFaults({ ...sound, ...planted })).toHaveLength(1);
  });

  it('find capabilities that contradict themselves', () => {
    const capabilities = {
      reaches: [],
      textLimit: 0,
      attachments: null,
      subject: false,
      typing: false,
      idempotency: 'none',
    } as const;
    expect(capabilityFaults({ ...capabilities, reaches: [] })).toEqual(['textLimit must be positive or null']);
    const sound = { ...capabilities, reaches: [], textLimit: null };
    expect(capabilityFaults({ ...sound, media: ['image/'] })).toEqual(['it names kinds of files and takes none']);
    expect(capabilityFaults({ ...sound, choices: { max: 0, labelLength: 20 } })).toEqual([
      'choices must be positive, or absent',
    ]);
  });
});
