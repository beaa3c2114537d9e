import { ChannelError } from '../../channel-adapter.js';
import { errorOfRefusedAddress, refusedAddress } from '../../wire/sending-errors.js';
import type { AgentChoice } from '../../wire/http-exchange.js';
import { errorOfSmpp } from './smpp-errors.js';
import { FieldWriter } from './fields.js';
import { commands } from './pdu.js';
import { LinkLost, SmppLink } from './smpp-link.js';
import type { SmppSettings } from '../sms-settings.js';

/** How long each wait for a message centre may be, in milliseconds. */
export interface SmppTimes {
  connectMs: number;
  answerMs: number;
  /** How long a send waits for this process to have the account's session. */
  sessionMs: number;
  /** How long a look for news lasts before it begins anew. */
  lookMs: number;
  /** Parts of a long message that were waited for this long are shown without the missing ones. */
  partsMs: number;
}

export const smppTimes: SmppTimes = {
  connectMs: 10_000,
  answerMs: 15_000,
  sessionMs: 3_000,
  lookMs: 20_000,
  partsMs: 5 * 60_000,
};

export type BindKind = 'bindTransceiver' | 'bindTransmitter' | 'bindReceiver';

const version34 = 0x34;

/** Opens a line and signs in on it. Throws ChannelError, without the password in it. */
export async function bindLink(
  settings: SmppSettings,
  kind: BindKind,
  means: { times: SmppTimes; agentFor: AgentChoice | undefined },
): Promise<SmppLink> {
  const link = await SmppLink.open(settings, means.times.connectMs, means.agentFor).catch((error: unknown) => {
    throw errorOfConnection(error);
  });
  try {
    const { status } = await link.request(commands[kind], bindBody(settings), means.times.answerMs);
    if (status !== 0) {
      throw errorOfSmpp(status);
    }
    return link;
  } catch (error) {
    link.close();
    throw error instanceof LinkLost
      ? new ChannelError('unreachable', `The message centre did not answer the bind (${error.code}).`, {
          retry: 'soon',
        })
      : error;
  }
}

function bindBody({ systemId, password, systemType }: SmppSettings): Buffer {
  return new FieldWriter()
    .text(systemId, 16)
    .text(password ?? '', 65)
    .text(systemType, 13)
    .octets(version34, 0, 0)
    .text('', 41)
    .done();
}

function errorOfConnection(error: unknown): ChannelError {
  const { code } = error as { code?: unknown };
  const known = typeof code === 'string' ? code : 'unknown';
  return known === refusedAddress
    ? errorOfRefusedAddress()
    : new ChannelError('unreachable', `The message centre cannot be reached (${known}).`, { retry: 'soon' });
}
