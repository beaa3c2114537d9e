import { v7 as uuid } from 'uuid';
import type { InboundMessage } from '#channels';
import { Receiving } from '../../apps/hub/src/intake/receiving.service.js';
import { worldMailbox } from '../../tools/stand-ins/world.js';
import { botWords, deploy, publishScript, sessionOf } from './bot-scene.js';
import type { ConnectedWorld } from './connected-world.js';
import { buildChannel, buildQueue, openedChat, visitorToken } from './live-client.js';

/** Asks for a secret, hands over, and promises a call where nobody comes. */
export const waitingScript = `
format: hub-script/1
id: patience
title: {en: Patience}
locales: [en]
default_locale: en
channels: [web]
vars:
  secret: {type: text, pii: true}
start: {default: first}
fallback: people
nodes:
  first: {do: collect, message: {text: {en: Your secret?}}, type: text, into: secret, sensitive: true, next: people}
  people: {do: handoff, message: {text: {en: Please wait.}}, maxWait: 10m, onUnavailable: call, onTimeout: call}
  call: {do: callback, message: {text: {en: We will call you.}}, number: "+989121112233", next: done}
  done: {do: end, outcome: resolved}
`;

/** Opens a ticket and promises a call while it still talks. */
const promisingScript = `
format: hub-script/1
id: promises
title: {en: Promises}
locales: [en]
default_locale: en
channels: [web]
vars:
  home: {type: text, pii: true}
start: {default: where}
fallback: people
nodes:
  where: {do: collect, message: {text: {en: Where do you live?}}, type: text, into: home, next: complaint}
  complaint: {do: ticket, act: create, subject: A promise, next: call, onError: people}
  call: {do: callback, message: {text: {en: We will call you.}}, number: "+989121112233", next: more}
  more: {do: collect, message: {text: {en: Anything else?}}, type: text, into: home, next: done}
  people: {do: handoff, onUnavailable: done}
  done: {do: end, outcome: resolved}
`;

/** Somebody whose bot has opened a ticket and promised a call, and still talks. */
export async function promised(
  scene: ConnectedWorld,
  open: { close(): void }[],
): Promise<{ conversation: string; channelId: string; queueId: string }> {
  const { hub } = scene;
  const queueId = await buildQueue(hub.database, {});
  const channel = await buildChannel(hub, { kind: 'web', queueId });
  await deploy(hub.database, await publishScript(hub.database, promisingScript), channel.id);
  const chat = await openedChat(hub, channel.id, await visitorToken(hub, channel.id));
  open.push(chat);
  const words = `hello ${uuid()}`;
  await chat.say(words);
  const [row] = await hub.database.query<{ id: string }>('select conversation_id as id from message where body = $1', [
    words,
  ]);
  const conversation = row?.id ?? '';
  await botWords(scene, conversation, 1);
  await chat.say('Shiraz-4712');
  await sessionOf(hub, conversation, (one) => one?.node === 'more');
  return { conversation, channelId: channel.id, queueId };
}

/** How many pieces of work wait or are at work for each ticket of a conversation. */
export const worksOf = (scene: ConnectedWorld, conversation: string) =>
  scene.hub.database.query<{ works: number; state: string }>(
    `select t.state, (select count(*)::int from work_item w where w.ticket_id = t.id and w.state in ('queued', 'offered', 'assigned')) as works
     from ticket t where t.conversation_id = $1`,
    [conversation],
  );

/** A mail of somebody whom their server vouches for. */
export async function writeMail(
  scene: ConnectedWorld,
  from: string,
  text: string,
  { subject, inReplyTo, hidden }: { subject: string; inReplyTo?: string; hidden?: [number, number] },
): Promise<void> {
  const messageId = `<${uuid()}@example.org>`;
  const message: InboundMessage = {
    type: 'message',
    externalId: messageId,
    raw: Buffer.from(`Message-ID: ${messageId}\r\n\r\n${text}`),
    from: { kind: 'email', address: from, trust: 'channel_given', name: '' },
    claims: [],
    sentAt: null,
    kind: 'text',
    text,
    attachments: [],
    mail: {
      messageId,
      inReplyTo: inReplyTo ?? null,
      references: inReplyTo === undefined ? [] : [inReplyTo],
      subject,
      to: [worldMailbox],
      cc: [],
      threadToken: null,
    },
    replyTo: null,
    flags: [],
    ...(hidden && { hidden: [hidden] }),
  };
  await scene.hub.app.get(Receiving, { strict: false }).take({ id: scene.channels.email, kind: 'email' }, [message]);
}
