import { v7 as uuid } from 'uuid';
import type { ChannelView, ConversationView, MessageView } from '#contract';
import { worldPublicUrl } from '../../tools/stand-ins/world.js';
import { loadTwilioSpec } from '../../tools/stand-ins/twilio-spec.js';
import { startTwilio, type TwilioOptions, type TwilioStandIn } from '../../tools/stand-ins/twilio.js';
import { openConversation, type ConnectedWorld } from './connected-world.js';
import { until } from './until.js';

export const ourNumber = '+15005550006';

/** A Twilio account and a channel that speaks to it. */
export interface TwilioScene {
  twilio: TwilioStandIn;
  channelId: string;
}

/** A new SMS channel, in the queue that channels get without asking. */
export async function addSmsChannel(
  { admin }: ConnectedWorld,
  channel: { name: string; config: object; secrets: object },
): Promise<string> {
  const answer = await admin.call<ChannelView>('/api/channels', { body: { kind: 'sms', ...channel } });
  if (answer.status !== 201) {
    throw new Error(answer.text);
  }
  return answer.body.id;
}

export async function changeSmsChannel({ admin }: ConnectedWorld, id: string, config: object): Promise<void> {
  const answer = await admin.call(`/api/channels/${id}`, { method: 'PATCH', body: { config } });
  if (answer.status !== 200) {
    throw new Error(answer.text);
  }
}

/** What the stand-in hears is checked against Twilio's published description where that is at hand. */
export async function addTwilio(
  scene: ConnectedWorld,
  more: { options?: TwilioOptions; config?: object } = {},
): Promise<TwilioScene> {
  const spec = loadTwilioSpec();
  if (spec === null) {
    process.stderr.write('SKIPPED: Twilio’s published description is missing, requests were not compared with it.\n');
  }
  const twilio = await startTwilio({
    publicUrl: worldPublicUrl,
    hubUrl: scene.hub.url,
    retryMs: 20,
    spec,
    ...more.options,
  });
  const channelId = await addSmsChannel(scene, {
    name: `Twilio ${uuid().slice(-6)}`,
    config: twilioConfig(twilio, more.config),
    secrets: { authToken: twilio.authToken },
  });
  return { twilio, channelId };
}

export function twilioConfig({ accountSid, url }: TwilioStandIn, more: object = {}): object {
  return { driver: 'twilio', accountSid, baseUrl: url, from: ourNumber, ...more };
}

/** The conversation of whoever has a number. */
export async function talkWith({ hub, agent }: ConnectedWorld, address: string): Promise<ConversationView> {
  const [row] = await hub.database.query<{ id: string }>(
    `select c.id from conversation c join identity i on i.customer_id = c.customer_id
     where i.address = $1 and i.retired_at is null`,
    [address],
  );
  if (!row) {
    throw new Error(`nobody has ${address}`);
  }
  return await openConversation(agent, row.id);
}

/** Writes to a number over a channel, whether or not that is said to be possible. */
export async function sendSms(
  scene: ConnectedWorld,
  { channelId, address, body }: { channelId: string; address: string; body: string },
): Promise<{ status: number; body: MessageView & { code?: string }; text: string }> {
  const view = await talkWith(scene, address);
  const identity = view.customer.identities.find((one) => one.address === address);
  return await scene.agent.call(`/api/conversations/${view.id}/messages`, {
    body: { id: uuid(), kind: 'text', body, channelId, identityId: identity?.id },
  });
}

/** A message once it is in a state. */
export async function becomes(
  scene: ConnectedWorld,
  address: string,
  id: string,
  delivery: string,
): Promise<MessageView> {
  const message = await until(
    async () => (await talkWith(scene, address)).messages.find((one) => one.id === id),
    (found) => found?.delivery === delivery,
  );
  return message as MessageView;
}
