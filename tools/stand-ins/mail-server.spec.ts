import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { type MailServer, startMailServer } from './mail-server.js';

let world: MailServer;

beforeEach(async () => {
  world = await startMailServer();
});

afterEach(async () => {
  await world.close();
});

async function send(messageId: string, over: object = {}, port = world.port) {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true, ...over });
  const mail = {
    from: 'support@shop.example',
    to: 'maryam@example.com',
    messageId,
    subject: 'سفارش',
    text: 'سلام\n',
    html: '<p>سلام</p>',
  };
  try {
    return await transport.sendMail({ ...mail, attachments: [{ filename: 'رسید.txt', content: 'bytes' }] });
  } finally {
    transport.close();
  }
}

describe('the mail server of the world', () => {
  it('shows a mail as its recipient sees it', async () => {
    await send('<a@shop.example>');
    expect(world.sent).toHaveLength(1);
    expect(world.sent[0]).toMatchObject({
      envelope: { from: 'support@shop.example', to: ['maryam@example.com'] },
      messageId: '<a@shop.example>',
      subject: 'سفارش',
      text: 'سلام',
      html: '<p>سلام</p>',
      attachments: [{ name: 'رسید.txt', mediaType: 'text/plain', bytes: new Uint8Array(Buffer.from('bytes')) }],
    });
    expect(world.sent[0]?.headers['mime-version']).toBe('1.0');
  });

  it('counts copies, so that a repeat is seen', async () => {
    await send('<a@shop.example>');
    await send('<a@shop.example>');
    await send('<b@shop.example>');
    expect(['<a@shop.example>', '<b@shop.example>', '<c@shop.example>'].map((id) => world.copiesOf(id))).toEqual([
      2, 1, 0,
    ]);
  });

  it.each([
    ['recipient', 450],
    ['message', 554],
  ] as const)('refuses at the %s with %i and keeps nothing', async (at, code) => {
    world.setMood({ kind: 'answer', at, code, text: 'no' });
    await expect(send('<a@shop.example>')).rejects.toMatchObject({ responseCode: code });
    expect(world.sent).toEqual([]);
  });

  it.each([true, false])('cuts the line after the message, kept: %s', async (kept) => {
    world.setMood({ kind: 'cut', kept });
    await expect(send('<a@shop.example>')).rejects.toMatchObject({ code: 'ECONNECTION' });
    expect(world.copiesOf('<a@shop.example>')).toBe(kept ? 1 : 0);
  });

  it('asks for a sign-in when it was started with one', async () => {
    const guarded = await startMailServer({ auth: { user: 'support', password: 'right' } });
    try {
      await expect(
        send('<a@shop.example>', { auth: { user: 'support', pass: 'wrong' } }, guarded.port),
      ).rejects.toMatchObject({ responseCode: 535 });
      await expect(send('<a@shop.example>', {}, guarded.port)).rejects.toMatchObject({ responseCode: 530 });
      await send('<a@shop.example>', { auth: { user: 'support', pass: 'right' } }, guarded.port);
      expect(guarded.sent).toHaveLength(1);
    } finally {
      await guarded.close();
    }
  });

  it('waits for a mail that is still to come, and no longer than told', async () => {
    const coming = world.waitFor((mail) => mail.messageId === '<b@shop.example>');
    await send('<a@shop.example>');
    await send('<b@shop.example>');
    expect((await coming).messageId).toBe('<b@shop.example>');
    expect((await world.waitFor((mail) => mail.messageId === '<a@shop.example>')).messageId).toBe('<a@shop.example>');
    await expect(world.waitFor(() => false, 10)).rejects.toThrow('no such mail within 10 ms; 2 others came');
  });

  it('writes to a hub as a customer would, with an envelope of its own', async () => {
    const hub = await startMailServer();
    try {
      await world.writeTo(hub.port, {
        from: 'maryam@example.com',
        to: 'support@shop.example',
        subject: 'x',
        text: 'y',
        envelopeFrom: '',
      });
      await world.writeTo(hub.port, {
        from: 'a@example.com',
        to: 'b@shop.example',
        raw: Buffer.from('Subject: raw\r\n\r\nas it is'),
      });
      expect(hub.sent.map(({ envelope, subject, text }) => [envelope.from, subject, text])).toEqual([
        ['', 'x', 'y'],
        ['a@example.com', 'raw', 'as it is'],
      ]);
      hub.setMood({ kind: 'answer', at: 'recipient', code: 550, text: 'nobody' });
      await expect(
        world.writeTo(hub.port, { from: 'a@example.com', to: 'b@shop.example', text: 'z' }),
      ).rejects.toMatchObject({ responseCode: 550 });
    } finally {
      await hub.close();
    }
  });
});
