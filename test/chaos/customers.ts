import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { worldMailbox, type World, type WorldChannels } from '../../tools/stand-ins/world.js';
import { markOf, type Arrived, type ChannelName, type Outcome } from './history.js';
import type { Program } from './program.js';
import { Visitor } from './visitor.js';

/** Where customers live: the providers' stand-ins, and the hub's ways in. */
export interface Town {
  hubUrl: string;
  mailPort: number;
  world: World;
  channels: WorldChannels;
  program: Program;
}

/** Somebody who writes over one channel, through a provider that repeats what is not taken. */
export interface Customer {
  key: string;
  channel: ChannelName;
  /** Resolves when the hub, or a provider that never forgets, has it. Never rejects. */
  say: (text: string, file?: Uint8Array) => Promise<Outcome>;
  /** What reached them so far, in order; a provider's repeats included. */
  arrived(): Arrived[];
  /** Makes sure that they were shown what there is. */
  catchUp(): Promise<void>;
  close(): void;
}

/** How long providers try before they give up. */
const patienceMs = 90_000;

/** The number that customers write to. */
const ourNumber = '+15005550006';

type Kind = Pick<Customer, 'say'> &
  Partial<Pick<Customer, 'catchUp' | 'close'>> & {
    copies(): { text: string; key: string }[];
  };

/** A new customer. `name` is theirs alone in the run: letters and digits, no hyphen. */
export async function meetCustomer(town: Town, channel: ChannelName, name: string): Promise<Customer> {
  const key = `${channel}-${name}`;
  const kind = await kinds[channel](town, key);
  return {
    key,
    channel,
    catchUp: () => Promise.resolve(),
    close: () => undefined,
    ...kind,
    arrived: () =>
      kind.copies().flatMap(({ text, key: copy }) => {
        const mark = markOf(text);
        return mark === null ? [] : [{ customer: key, channel, mark, key: copy }];
      }),
  };
}

const kinds: Record<ChannelName, (town: Town, key: string) => Kind | Promise<Kind>> = {
  email: mailWriter,
  sms: texter,
  telegram: botUser,
  web: pageVisitor,
  phone: caller,
  messages: programUser,
};

/** A mail program and its server: the same bytes again until they are taken. All mails of a customer are one thread. */
function mailWriter({ world, mailPort }: Town, key: string): Kind {
  const from = `${key}@customers.test`;
  const first = `<${randomUUID()}@customers.test>`;
  let isFirst = true;
  return {
    async say(text, file) {
      const id = isFirst ? first : `<${randomUUID()}@customers.test>`;
      const raw = mailOf({ from, id, inReplyTo: isFirst ? null : first, text, file });
      isFirst = false;
      const giveUpAt = performance.now() + patienceMs;
      while (performance.now() < giveUpAt) {
        const taken = await world.mail.writeTo(mailPort, { from, to: worldMailbox, raw }).catch(() => null);
        if (taken !== null) {
          return 'ok';
        }
        await sleep(100);
      }
      return 'unknown';
    },
    copies: () =>
      world.mail.sent
        .filter(({ envelope }) => envelope.to.includes(from))
        .map(({ text, messageId }) => ({ text, key: messageId })),
  };
}

interface Mail {
  from: string;
  id: string;
  inReplyTo: string | null;
  text: string;
  file: Uint8Array | undefined;
}

function mailOf({ from, id, inReplyTo, text, file }: Mail): Uint8Array {
  const boundary = 'part-of-a-chaos-mail';
  const answer = inReplyTo === null ? [] : [`In-Reply-To: ${inReplyTo}`, `References: ${inReplyTo}`];
  const parts = [
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    ...(file === undefined
      ? []
      : [
          `--${boundary}`,
          'Content-Type: text/plain; name="file.txt"',
          'Content-Disposition: attachment; filename="file.txt"',
          'Content-Transfer-Encoding: base64',
          '',
          Buffer.from(file).toString('base64'),
        ]),
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(
    [
      `From: ${from}`,
      `To: ${worldMailbox}`,
      `Message-ID: ${id}`,
      ...answer,
      `Date: ${new Date().toUTCString()}`,
      'Subject: Chaos',
      'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      ...parts,
    ].join('\r\n'),
  );
}

function texter({ world, channels }: Town): Kind {
  const from = newNumber();
  return {
    async say(body, file) {
      const media = file === undefined ? [] : [{ bytes: file, mediaType: 'text/plain' }];
      const handed = await world.twilio.sms(channels.sms, { from, to: ourNumber, body, media });
      return handed !== null && handed.status < 300 ? 'ok' : 'unknown';
    },
    copies: () => world.twilio.receivedBy(from).map(({ sid, body }) => ({ text: body, key: sid })),
  };
}

/** What the Bot API took it keeps until the hub confirms it, so saying is enough. */
function botUser({ world }: Town, key: string): Kind {
  const chatId = newChat();
  const person = world.bot.customer(chatId, key);
  return {
    say(text, file) {
      if (file === undefined) {
        person.say(text);
      } else {
        person.sendFile({ as: 'document', bytes: file, name: 'file.txt', mediaType: 'text/plain', caption: text });
      }
      return Promise.resolve('ok');
    },
    copies: () => world.bot.receivedBy(chatId).map(({ text, messageId }) => ({ text, key: String(messageId) })),
  };
}

async function pageVisitor({ hubUrl, channels }: Town): Promise<Kind> {
  const visitor = await Visitor.open(hubUrl, channels.web);
  return {
    say: (text) => visitor.say(text, patienceMs),
    copies: () => visitor.seen.filter(({ from }) => from !== 'me').map(({ body, id }) => ({ text: body, key: id })),
    catchUp: () => visitor.catchUp(),
    close: () => visitor.close(),
  };
}

/** Rings, is answered and hangs up; the exchange reports each step until it is taken. The mark is the name of who answered. */
function caller({ world }: Town): Kind {
  const from = newNumber();
  return {
    async say(text) {
      const before = world.pbx?.sent.length ?? 0;
      const callId = await world.pbx?.call({ from, to: ourNumber, user: text, answeredBy: '11' });
      const steps = (world.pbx?.sent ?? []).slice(before).filter(({ fields }) => fields['callId'] === callId);
      const isTaken = steps.length === 3 && steps.every(({ handed }) => handed !== null && handed.status < 300);
      return isTaken ? 'ok' : 'unknown';
    },
    copies: () => [],
  };
}

function programUser({ program }: Town, key: string): Kind {
  return {
    say: (text, file) => program.say({ from: key, text, ...(file && { file }) }, patienceMs),
    copies: () => program.received.filter(({ to }) => to === key).map(({ text, key: copy }) => ({ text, key: copy })),
  };
}

let people = 0;

/** A mobile number that nobody else of the run has. */
function newNumber(): string {
  people += 1;
  return `+98912${String(1_000_000 + people)}`;
}

function newChat(): number {
  people += 1;
  return 70_000 + people;
}
