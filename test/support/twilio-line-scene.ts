import { v7 as uuid } from 'uuid';
import type { ChannelView } from '#contract';
import { worldPublicUrl } from '../../tools/stand-ins/world.js';
import { loadTwilioSpec } from '../../tools/stand-ins/twilio-spec.js';
import { startTwilio, type TwilioStandIn } from '../../tools/stand-ins/twilio.js';
import { signedIn } from './build-rows.js';
import type { TestHub } from './start-hub.js';

export const ourLine = '+982191000000';

/** What a hub needs whose callers come from a stand-in on this machine. */
export const lineEnv = { PUBLIC_URL: worldPublicUrl, OUTBOUND_ALLOW: '127.0.0.0/8' };

/** A Twilio account whose calls go to a hub. Requests of the hub are compared with Twilio's published description where that is at hand. */
export function startLines(hub: TestHub): Promise<TwilioStandIn> {
  return startTwilio({ publicUrl: worldPublicUrl, hubUrl: hub.url, retryMs: 20, spec: loadTwilioSpec() });
}

/** A channel of the account whose calls Peyk answers itself. */
export async function addLine(
  hub: TestHub,
  twilio: TwilioStandIn,
  { queueId, config = {} }: { queueId: string | null; config?: object },
): Promise<string> {
  const [root] = await hub.database.query<{ id: string }>(`select id from agent where role = 'admin' limit 1`);
  const admin = await signedIn(hub, root?.id ?? '');
  const settings = {
    driver: 'twilio',
    accountSid: twilio.accountSid,
    baseUrl: twilio.url,
    answers: 'peyk',
    number: ourLine,
  };
  const made = await admin.call<ChannelView>('/api/channels', {
    body: {
      kind: 'phone',
      name: `Line ${uuid().slice(-6)}`,
      ...(queueId !== null && { queueId }),
      config: { ...settings, ...config },
      secrets: { authToken: twilio.authToken },
    },
  });
  if (made.status !== 201) {
    throw new Error(made.text);
  }
  return made.body.id;
}
