import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { worldMailbox, type World, type WorldChannels } from '../stand-ins/world.js';
import { makeInvoice, makePhoto } from './make-files.js';
import type { Story } from './story.js';
import { openWebVoice } from './web-voice.js';

/** Where the people of the demonstration meet the hub. */
export interface Stage {
  url: string;
  world: World;
  channels: WorldChannels;
  /** Where the hub takes mail. */
  mailPort: number;
  /** How much faster than life everything goes. */
  speed: number;
  signal: AbortSignal;
}

/** One person's way of writing and of hearing back. */
export interface Voice {
  say(text: string, file: Story['file'] | undefined): Promise<void>;
  /** How many answers have reached them. */
  heard(): number;
  close(): void;
}

export function openVoice(story: Story, stage: Stage): Voice {
  const [way] = story.ways;
  switch (way.by) {
    case 'telegram':
      return telegramVoice(story, stage, way.chat);
    case 'twilio':
      return twilioVoice(stage, way.phone);
    case 'gateway':
      return gatewayVoice(stage, way.phone);
    case 'email':
      return mailVoice(story, stage, way.address);
    case 'call':
      return callVoice(stage, way.phone);
    case 'web':
      return openWebVoice({ url: stage.url, channel: stage.channels.web });
  }
}

function telegramVoice({ name }: Story, { world }: Stage, chat: number): Voice {
  const person = world.bot.customer(chat, name);
  return {
    say: async (text, file) => {
      if (file === 'photo') {
        person.sendFile({ as: 'photo', bytes: makePhoto(), name: 'modem.png', mediaType: 'image/png', caption: text });
      } else {
        person.say(text);
      }
      return Promise.resolve();
    },
    heard: () => world.bot.receivedBy(chat).length,
    close: () => undefined,
  };
}

function twilioVoice({ world, channels }: Stage, phone: string): Voice {
  return {
    say: async (text) => void (await world.twilio.sms(channels.sms, { from: phone, to: '+15005550006', body: text })),
    heard: () => world.twilio.receivedBy(phone).length,
    close: () => undefined,
  };
}

/** The gateway knows numbers as people at home write them, and reports what arrived when it is asked to. */
function gatewayVoice({ world }: Stage, phone: string): Voice {
  const national = phone.replace(/^\+98/, '0');
  let reported = 0;
  return {
    say: async (text) => void (await world.gateway.sms({ from: national, text })),
    heard: () => {
      const received = world.gateway.receivedBy(national);
      for (const { id } of received.slice(reported)) {
        void world.gateway.report(id, 'delivered');
      }
      reported = received.length;
      return received.length;
    },
    close: () => undefined,
  };
}

/** Answers go where the last mail asks for them, so that the thread holds as it does in a mail program. */
function mailVoice({ name, subject }: Story, { world, mailPort }: Stage, address: string): Voice {
  const received = () => world.mail.sent.filter(({ envelope }) => envelope.to.includes(address));
  return {
    say: async (text, file) => {
      const last = received().at(-1);
      const replyTo = /[^\s<>"]+@[^\s<>"]+/.exec(last?.headers['reply-to'] ?? '')?.[0];
      await world.mail.writeTo(mailPort, {
        from: `"${name}" <${address}>`,
        to: replyTo ?? worldMailbox,
        subject: last ? `Re: ${subject}` : subject,
        text,
        ...(last ? { inReplyTo: last.messageId, references: [last.messageId] } : {}),
        ...(file === 'invoice'
          ? {
              attachments: [
                {
                  filename: 'invoice-10497.pdf',
                  contentType: 'application/pdf',
                  content: makeInvoice([
                    'Invoice 10497',
                    'Internet, October      29.00',
                    'Installation           49.00',
                  ]),
                },
              ],
            }
          : {}),
      });
    },
    heard: () => received().length,
    close: () => undefined,
  };
}

/** Every other call is answered; the others ring out. A call is told as it happens, so its card grows. */
function callVoice({ world, speed, signal }: Stage, phone: string): Voice {
  let calls = 0;
  return {
    say: async () => {
      calls += 1;
      const call = { callId: uuid(), from: phone, to: '02188880000', direction: 'in' };
      const pause = (ms: number) => sleep(ms / speed, undefined, { signal, ref: false }).catch(() => undefined);
      await world.pbx?.post({ event: 'newCall', ...call });
      await pause(4_000);
      const isAnswered = calls % 2 === 0;
      if (isAnswered) {
        await world.pbx?.post({ event: 'answer', ...call, answeringNumber: '101' });
        await pause(12_000);
      }
      await world.pbx?.post({ event: 'hangup', ...call, cause: isAnswered ? 'normalClearing' : 'noAnswer' });
    },
    heard: () => 0,
    close: () => undefined,
  };
}
