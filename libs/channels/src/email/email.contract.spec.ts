import { createServer, type AddressInfo } from 'node:net';
import { type MailServer, startMailServer } from '../../../../tools/stand-ins/mail-server.js';
import type { ChannelAccount } from '../channel-adapter.js';
import { describeAdapter, type ProviderMood, type Sample, type Stage } from '../contract/adapter-contract.js';
import type { InboundEvent } from '../message.js';
import { createEmailAdapter, emailAddresses, type EmailAdapter, type EmailSettings } from './email.adapter.js';
import { type MailReceiver, type ReceivedMail, startMailReceiver } from './mail-receiver.js';
import { parseEmail } from './parse-email.js';

interface MailStage extends Stage {
  adapter: EmailAdapter;
  account: ChannelAccount<EmailSettings>;
  world: MailServer;
  hub: MailReceiver;
  received: ReceivedMail[];
  closedPort: number;
}

const password = 'smtp-pass-3f1c';

async function open(): Promise<MailStage> {
  const world = await startMailServer({ auth: { user: 'support', password } });
  const received: ReceivedMail[] = [];
  const settings: EmailSettings = {
    address: 'support@shop.example',
    fromName: 'فروشگاه',
    aliases: [],
    verifySenders: false,
    fallbackCharset: 'windows-1256' as const,
    smtp: { host: '127.0.0.1', port: world.port, secure: false, user: 'support' },
    smtpPassword: password,
  };
  const hub = await startMailReceiver({
    listen: { host: '127.0.0.1', port: 0 },
    maxBytes: 1_000_000,
    accounts: (address) => (address === settings.address ? { id: 'email-1' } : null),
    deliver: (mail) => Promise.resolve(void received.push(mail)),
    log: { info: () => undefined, warn: () => undefined },
  });
  const adapter = createEmailAdapter({ patience: { connectMs: 3_000, answerMs: 3_000 } });
  return {
    adapter,
    account: { id: 'email-1', name: 'Support', settings, publicUrl: null },
    world,
    hub,
    received,
    closedPort: await freePort(),
    secretTexts: [password],
    close: async () => {
      adapter.close();
      await Promise.all([hub.close(), world.close()]);
    },
  };
}

/** A port on which nobody listens: one that was open a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function lastParsed(stage: MailStage, verdict: 'pass' | 'fail' | 'none'): Promise<InboundEvent[]> {
  const mail = stage.received.at(-1);
  if (!mail) {
    throw new Error('no mail reached the receiver');
  }
  return [await parseEmail(mail.raw, { ...mail, accountAddresses: emailAddresses(stage.account.settings), verdict })];
}

async function say(stage: MailStage, { id, text, attachment }: Sample): Promise<InboundEvent[]> {
  await stage.world.writeTo(stage.hub.port, {
    from: 'maryam@example.com',
    to: 'support@shop.example',
    subject: 'سفارش',
    messageId: `<${id}@example.com>`,
    text,
    headers: { Date: 'Mon, 01 Jan 2024 10:00:00 +0330' },
    attachments: attachment
      ? [{ filename: attachment.name, contentType: attachment.mediaType, content: attachment.bytes }]
      : [],
  });
  return await lastParsed(stage, 'pass');
}

async function bring(
  stage: MailStage,
  raw: string,
  verdict: 'pass' | 'fail' | 'none' = 'none',
): Promise<InboundEvent[]> {
  await stage.world.writeTo(stage.hub.port, {
    from: 'maryam@example.com',
    to: 'support@shop.example',
    raw: Buffer.from(raw),
  });
  return await lastParsed(stage, verdict);
}

const moods: Record<ProviderMood, Parameters<MailServer['setMood']>[0]> = {
  accepts: { kind: 'accept' },
  refuses: { kind: 'answer', at: 'recipient', code: 550, text: '5.1.1 no such user here' },
  throttles: { kind: 'answer', at: 'message', code: 451, text: '4.7.1 try again later' },
  cut: { kind: 'cut', kept: false },
  absent: { kind: 'accept' },
  unauthorised: { kind: 'accept' },
};

function arrange(stage: MailStage, mood: ProviderMood): ChannelAccount<EmailSettings> {
  stage.world.setMood(moods[mood]);
  const { settings } = stage.account;
  if (mood === 'absent') {
    return { ...stage.account, settings: { ...settings, smtp: { ...settings.smtp, port: stage.closedPort } } };
  }
  return mood === 'unauthorised'
    ? { ...stage.account, settings: { ...settings, smtpPassword: 'wrong' } }
    : stage.account;
}

describeAdapter('e-mail', {
  open,
  inbound: {
    say,
    attachments: true,
    malformed: {
      'a mail without a head': (stage) => bring(stage, '\r\n\r\nonly text'),
      'a mail without a sender': (stage) => bring(stage, 'Subject: hello\r\n\r\ntext'),
      'a boundary that never ends': (stage) =>
        bring(
          stage,
          'From: a@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x',
        ),
      'control characters': (stage) => bring(stage, 'From: a@example.com\r\nSubject: \x01\x02\r\n\r\n\x00\x01'),
    },
    forged: {
      'a mail whose domain denies it': (stage) => bring(stage, 'From: boss@bank.example\r\n\r\npay now', 'fail'),
      'a mail that nobody vouches for': (stage) => bring(stage, 'From: boss@bank.example\r\n\r\npay now', 'none'),
      'a second author beside a true one': (stage) =>
        bring(stage, 'From: boss@bank.example, maryam@example.com\r\n\r\npay now', 'pass'),
    },
  },
  outbound: {
    to: { kind: 'email', address: 'maryam@example.com' },
    mail: (id) => ({
      messageId: `<${id}@shop.example>`,
      inReplyTo: null,
      references: [],
      subject: 'سفارش شما',
      cc: [],
      threadToken: null,
    }),
    arrange,
    delivered: ({ world }) =>
      world.sent.map(({ text, attachments }) => ({
        text,
        attachments: attachments.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
      })),
    retryAfterMs: null,
    attachments: true,
  },
});
