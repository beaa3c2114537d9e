import { afterAll, beforeAll } from '@jest/globals';
import { type Socket } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import { VisitorTokens } from '../../apps/hub/src/auth/visitors/visitor-tokens.service.js';
import type { CustomerMail } from '../../tools/stand-ins/mail-server.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { Caller } from '../support/build-rows.js';
import {
  altered,
  attempts,
  chat,
  fileId,
  hook,
  mallory,
  mina,
  ours,
  rawMail,
  read,
  scene,
  sendMail,
  startHijackScene,
  stopHijackScene,
  tokenOfMallory,
  tracesOf,
  victim,
} from '../support/hijack-scene.js';
import { openChat, openConsole, openedChat, refusalOf } from '../support/live-client.js';
import { until } from '../support/until.js';

beforeAll(startHijackScene, 60_000);
afterAll(stopHijackScene);

const asMina = { from: `Mina <${mina.mail}>` };
const mailing = (mail: (mark: string) => Partial<CustomerMail>) => (mark: string) =>
  sendMail({ text: mark, ...mail(mark) });
const heading =
  (...head: string[]) =>
  (mark: string) =>
    sendMail(rawMail([...head, 'Subject: Invoice'], mark));
const plusTag = (change: (token: string) => string): string => {
  const [, token = ''] = /\+([a-z2-7]{39})@/.exec(ours.replyTo) ?? [];
  return worldMailbox.replace('@', `+${change(token)}@`);
};

attempts('by mail, from the victim’s address without a proof,', [
  ['a plain From', 'flagged', mailing(() => asMina)],
  [
    'with the number of the ticket in the subject',
    'flagged',
    mailing(() => ({ ...asMina, subject: `Re: [#${String(victim.tickets[0]?.number)}] Invoice` })),
  ],
  [
    'with the Message-ID of our answer',
    'flagged',
    mailing(() => ({ ...asMina, subject: 'Re: Invoice', inReplyTo: ours.messageId, references: [ours.messageId] })),
  ],
  ['with a Reply-To of the attacker', 'flagged', mailing(() => ({ ...asMina, headers: { 'Reply-To': mallory.mail } }))],
  ['with the attacker in CC', 'flagged', mailing(() => ({ ...asMina, headers: { Cc: mallory.mail } }))],
  [
    'with verdicts written by the attacker',
    'flagged',
    mailing(() => ({
      ...asMina,
      headers: {
        'Authentication-Results': 'peyk.test; dmarc=pass; spf=pass; dkim=pass',
        'ARC-Authentication-Results': 'i=1; peyk.test; dmarc=pass',
        'Received-SPF': 'pass',
      },
    })),
  ],
  [
    'with a signature of nobody',
    'flagged',
    mailing(() => ({
      ...asMina,
      headers: { 'DKIM-Signature': 'v=1; a=rsa-sha256; d=example.org; s=x; h=from; bh=AA==; b=AA==' },
    })),
  ],
  ['in capitals', 'flagged', mailing(() => ({ from: 'MINA@EXAMPLE.ORG' }))],
  ['with invisible signs in it', 'flagged', heading('From: mi\u200bna@example.org')],
  ['with the envelope of the attacker', 'flagged', mailing(() => ({ ...asMina, envelopeFrom: mallory.mail }))],
  ['as automatic mail', 'flagged', mailing(() => ({ ...asMina, headers: { 'Auto-Submitted': 'auto-replied' } }))],
  [
    'that asks for the history',
    'flagged',
    mailing((mark) => ({ ...asMina, text: `${mark} send me everything you know about me` })),
  ],
]);

attempts('by mail, from an address of one’s own,', [
  [
    'with the number of the ticket',
    'own',
    mailing(() => ({ subject: `Re: [#${String(victim.tickets[0]?.number)}] Invoice` })),
  ],
  [
    'with the Message-ID of our answer in In-Reply-To',
    'own',
    mailing(() => ({ subject: 'Re: Invoice', inReplyTo: ours.messageId })),
  ],
  [
    'with the whole chain in References',
    'own',
    mailing(() => ({ subject: 'Re: Invoice', references: ['<a@example.org>', ours.messageId] })),
  ],
  ['with the victim in CC', 'own', mailing(() => ({ headers: { Cc: mina.mail } }))],
  ['with a Reply-To of the victim', 'own', mailing(() => ({ headers: { 'Reply-To': mina.mail } }))],
  ['under the victim’s name', 'own', mailing(() => ({ from: `Mina <${mallory.mail}>` }))],
  ['with the victim’s address as a name', 'own', mailing(() => ({ from: `"${mina.mail}" <${mallory.mail}>` }))],
  ['with the victim’s address in a comment', 'own', heading(`From: ${mallory.mail} (${mina.mail})`)],
  ['with the victim as Sender', 'own', mailing(() => ({ headers: { Sender: mina.mail } }))],
  ['with the victim as Resent-From', 'own', mailing(() => ({ headers: { 'Resent-From': mina.mail } }))],
  ['with the victim’s envelope', 'own', mailing(() => ({ envelopeFrom: mina.mail }))],
  ['that looks like the victim’s in another alphabet', 'own', heading('From: mіna@example.org')],
  ['with a dot and a tag more', 'own', mailing(() => ({ from: 'm.ina+x@example.org' }))],
  [
    'with an altered thread token',
    'own',
    mailing(() => ({ to: worldMailbox, headers: { To: plusTag((token) => altered(token, 30)) } })),
  ],
  [
    'with the token cut short',
    'own',
    mailing(() => ({ to: worldMailbox, headers: { To: plusTag((token) => token.slice(0, 20)) } })),
  ],
  [
    'with a token of another thread in front',
    'own',
    mailing(() => ({ to: worldMailbox, headers: { To: plusTag((token) => token.slice(0, 26) + 'a'.repeat(13)) } })),
  ],
  ['as the hub itself', 'own', mailing(() => ({ from: `Peyk <${worldMailbox}>` }))],
  [
    'as an agent who answers',
    'own',
    mailing(() => ({ from: `Sara <${scene.sara.email}>`, subject: 'Re: Invoice', inReplyTo: ours.messageId })),
  ],
]);

attempts('in the web chat', [
  [
    'with an altered signature',
    'nothing',
    async () => refusalOf(openChat(scene.hub, scene.channels.web, altered(tokenOfMallory, tokenOfMallory.length - 5))),
  ],
  [
    'with the victim’s id under one’s own signature',
    'nothing',
    async () => {
      const [mine, theirs] = [tokenOfMallory.split('.'), chat.token.split('.')];
      return refusalOf(openChat(scene.hub, scene.channels.web, `${theirs[0] ?? ''}.${mine[1] ?? ''}`));
    },
  ],
  [
    'with a token that is over',
    'nothing',
    async () =>
      refusalOf(
        openChat(
          scene.hub,
          scene.channels.web,
          scene.hub.app.get(VisitorTokens).issue(scene.channels.web, uuid(), Date.now() - 181 * 86_400_000),
        ),
      ),
  ],
  [
    'with the token of another chat',
    'nothing',
    async () => refusalOf(openChat(scene.hub, scene.channels.web, scene.hub.app.get(VisitorTokens).issue(uuid()))),
  ],
  [
    'with an unsigned JWT',
    'nothing',
    async () =>
      refusalOf(
        openChat(
          scene.hub,
          scene.channels.web,
          `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"mina"}').toString('base64url')}.`,
        ),
      ),
  ],
  [
    'by asking for the victim’s session with a forged one',
    'nothing',
    async () =>
      (await read(`/api/chat/${scene.channels.web}/session`, undefined, { body: { token: altered(chat.token, 20) } }))
        .status === 201
        ? 'a new one'
        : '',
  ],
  [
    'by saying that one is the victim',
    'own',
    async (mark) => {
      const mine = await openedChat(scene.hub, scene.channels.web, tokenOfMallory);
      await mine.say(`${mark} I am ${mina.mail}, ${mina.phone}`);
      const seen = JSON.stringify([mine.heard, await mine.catchUp()]);
      mine.close();
      return seen;
    },
  ],
  ['by calling what agents call', 'nothing', () => shout('conversation.open', { conversation: victim.id })],
  ['by asking for an agent’s changes', 'nothing', () => shout('catch-up', { revs: { [victim.id]: 0 }, rev: 0 })],
  ['by naming a room', 'nothing', () => shout('join', { room: `identity:${victim.customer.identities[0]?.id ?? ''}` })],
  ['by marking what others wrote as seen', 'nothing', () => shout('seen', { seq: 999 })],
  [
    'by binding the victim’s file',
    'nothing',
    (mark) => shout('say', { id: uuid(), body: '', attachmentIds: [fileId], mark }),
  ],
  [
    'by fetching the victim’s file',
    'nothing',
    async () =>
      (
        await read(
          `/api/chat/${scene.channels.web}/attachments/${fileId}`,
          new Caller(scene.hub.url, { authorization: `Bearer ${tokenOfMallory}` }),
        )
      ).text,
  ],
  [
    'by entering the agents’ room with a visitor’s token',
    'nothing',
    async () => refusalOf(await openConsole(scene.hub, { headers: { authorization: `Bearer ${tokenOfMallory}` } })),
  ],
]);

/** A visitor's socket that calls something; what it heard afterwards. */
async function shout(name: string, call: object): Promise<string> {
  const mine = await openedChat(scene.hub, scene.channels.web, tokenOfMallory);
  const answer: unknown = await (mine.socket as unknown as Socket)
    .timeout(1_000)
    .emitWithAck(name, call)
    .catch((error: unknown) => String(error));
  const seen = JSON.stringify([answer, mine.heard, (await mine.catchUp()).messages]);
  mine.close();
  return seen;
}

attempts('over Telegram, SMS and the telephone', [
  [
    'a contact card of the victim',
    'own',
    (mark) => telegram(mark, { contact: { phone_number: mina.phone, first_name: 'Mina', user_id: mina.telegram } }),
  ],
  [
    'a contact card of the victim’s number that no account belongs to',
    'own',
    (mark) => telegram(mark, { contact: { phone_number: mina.phone, first_name: 'Me' } }),
  ],
  [
    'a contact card that was passed on and names one’s own account',
    'own',
    (mark) =>
      telegram(mark, {
        contact: { phone_number: mina.phone, first_name: 'Me', user_id: mallory.telegram },
        forward_origin: { type: 'hidden_user', date: 1, sender_user_name: 'Mina' },
      }),
  ],
  [
    'a message forwarded from the victim',
    'own',
    (mark) =>
      telegram(mark, {
        forward_origin: {
          type: 'user',
          date: 1,
          sender_user: { id: mina.telegram, is_bot: false, first_name: 'Mina' },
        },
      }),
  ],
  ['the victim’s name and user name', 'own', (mark) => telegram(mark, {}, { first_name: 'Mina', username: 'mina' })],
  [
    'a webhook that Telegram did not send',
    'nothing',
    (mark) =>
      hook(
        `telegram/${scene.channels.telegram}`,
        JSON.stringify({
          update_id: 1,
          message: {
            message_id: 1,
            date: 1,
            chat: { id: mina.telegram, type: 'private' },
            from: { id: mina.telegram, is_bot: false, first_name: 'M' },
            text: mark,
          },
        }),
        { 'content-type': 'application/json' },
      ),
  ],
  [
    'an SMS that Twilio did not sign',
    'nothing',
    (mark) =>
      hook(
        `twilio/${scene.channels.sms}/sms`,
        new URLSearchParams({ MessageSid: 'SM1', From: mina.phone, To: '+15005550006', Body: mark }).toString(),
      ),
  ],
  [
    'an SMS with a signature of nobody',
    'nothing',
    (mark) =>
      hook(
        `twilio/${scene.channels.sms}/sms`,
        new URLSearchParams({ MessageSid: 'SM2', From: mina.phone, To: '+15005550006', Body: mark }).toString(),
        { 'x-twilio-signature': Buffer.alloc(20, 1).toString('base64') },
      ),
  ],
  [
    'a gateway’s push without its secret',
    'nothing',
    (mark) =>
      hook(
        `sms/${scene.channels.gateway}`,
        new URLSearchParams({ from: mina.phone, text: mark, id: uuid() }).toString(),
      ),
  ],
  [
    'a gateway’s push with a wrong secret',
    'nothing',
    (mark) =>
      hook(
        `sms/${scene.channels.gateway}`,
        new URLSearchParams({ from: mina.phone, text: mark, id: uuid() }).toString(),
        { 'x-gateway-secret': 'x' },
      ),
  ],
  [
    'an SMS under the victim’s name',
    'own',
    async (mark) => JSON.stringify(await scene.world.gateway.sms({ from: 'Mina', text: mark })),
  ],
  [
    'an SMS that spoofs the number, as networks let it',
    'channel',
    async (mark) =>
      JSON.stringify(await scene.world.gateway.sms({ from: mina.phone, text: `${mark} read me my invoice` })),
  ],
  [
    'a call that the exchange did not report',
    'nothing',
    (mark) =>
      hook(
        `calls/${scene.channels.phone}`,
        new URLSearchParams({
          event: 'newCall',
          from: mina.phone,
          to: '021',
          direction: 'in',
          callid: mark,
        }).toString(),
      ),
  ],
  [
    'a message of a program without a signature',
    'nothing',
    (mark) =>
      hook(`messages/${scene.channels.web}`, JSON.stringify({ id: uuid(), from: mina.phone, text: mark }), {
        'content-type': 'application/json',
      }),
  ],
]);

/** Mallory sends something to the bot; what the bot answered. */
async function telegram(mark: string, content: object, from: object = { first_name: 'Mallory' }): Promise<string> {
  const isCard = 'contact' in content;
  const message = (more: object) => ({
    message: {
      message_id: Math.trunc(Math.random() * 1e9),
      date: Math.trunc(Date.now() / 1000),
      chat: { id: mallory.telegram, type: 'private', ...from },
      from: { id: mallory.telegram, is_bot: false, ...from },
      ...more,
    },
  });
  if (isCard) {
    scene.world.bot.push(message(content));
  }
  scene.world.bot.push(message({ ...(isCard ? {} : content), text: mark }));
  await until(
    () => tracesOf(mark),
    (rows) => rows.length > 0,
  );
  return JSON.stringify(scene.world.bot.receivedBy(mallory.telegram));
}
