import { ChannelError } from '../../channel-adapter.js';
import type { AgentEndpoint } from '../line.js';
import type { AsteriskSettings } from '../phone-settings.js';
import type { AmiFrame } from './ami-frames.js';
import type { AmiLink } from './ami-link.js';
import { dialString, numberForExchange } from './dial-address.js';
import { isLocal, ownChannelPrefix } from './followed-call.js';
import { errorOfLink, signIn, type AmiMeans } from './sign-in.js';

const ringMs = 30_000;

/** A call that an agent wants to make: `to` and `callerId` in E.164; the same wish has the same `key`. */
export interface CallToMake {
  agent: AgentEndpoint;
  to: string;
  callerId: string | null;
  key: string;
}

/**
 * Rings the agent's phone and, once it is picked up, dials the customer by the exchange's own rules. Returns the id under which the
 * exchange tells of the call. Any process may do this; it opens a connection of its own. Throws ChannelError.
 */
export async function originateCall(settings: AsteriskSettings, means: AmiMeans, call: CallToMake): Promise<string> {
  const channel = dialString(call.agent, settings);
  const number = numberForExchange(call.to, settings);
  if (channel === null || !/^\+?\d{2,20}$/u.test(number)) {
    throw new ChannelError('unreachable_number', 'This address cannot be dialled by the exchange.', { retry: 'never' });
  }
  const id = `${ownChannelPrefix}${call.key.replace(/[^\w-]/gu, '').slice(0, 100)}`;
  return await withLink(settings, means, async (link) => {
    const answer = await link.ask(
      'Originate',
      headersOf(call, { settings, channel, number, id }),
      means.times.answerMs,
    );
    expectSuccess(answer);
    return id;
  });
}

interface Dialling {
  settings: AsteriskSettings;
  channel: string;
  number: string;
  id: string;
}

function headersOf(call: CallToMake, { settings, channel, number, id }: Dialling): Record<string, string> {
  // The agent's phone shows whom it is about to call; the exchange's rules know the agent by the number behind the name.
  const caller = call.callerId ?? (call.agent.kind === 'extension' ? call.agent.address : '');
  return {
    Channel: channel,
    ChannelId: id,
    Context: settings.dial.context,
    Exten: number,
    Priority: '1',
    Timeout: String(ringMs),
    CallerID: `"${number}" <${caller}>`,
    Async: 'true',
  };
}

/** Silences the recording of a call in both directions, or goes on with it. Throws ChannelError. */
export async function muteRecording(
  settings: AsteriskSettings,
  means: AmiMeans,
  { callId, mute }: { callId: string; mute: boolean },
): Promise<void> {
  await withLink(settings, means, async (link) => {
    const channels = await listChannels(link, means.times.answerMs);
    const recorded = callerOf(channels, callId);
    const answer = await link.ask(
      'MixMonitorMute',
      { Channel: recorded['channel'] ?? '', Direction: 'both', State: mute ? '1' : '0' },
      means.times.answerMs,
    );
    expectSuccess(answer);
  });
}

/**
 * Ends the leg of whoever talks with a caller, and leaves the caller: what put them through goes on with them. Only somebody who is in
 * one bridge with them is hung up, so that a phone that merely rings is not. Throws ChannelError.
 */
export async function leaveCaller(settings: AsteriskSettings, means: AmiMeans, callId: string): Promise<void> {
  await withLink(settings, means, async (link) => {
    const channels = await listChannels(link, means.times.answerMs);
    const caller = callerOf(channels, callId);
    const bridge = caller['bridgeid'] ?? '';
    const others = channels.filter(
      ({ bridgeid, uniqueid }) => bridge !== '' && bridgeid === bridge && uniqueid !== caller['uniqueid'],
    );
    const [other] = others;
    if (!other || others.length > 1) {
      throw new ChannelError('gone', 'The exchange knows nobody who talks with this caller.', { retry: 'never' });
    }
    // 16 is normal clearing.
    expectSuccess(await link.ask('Hangup', { Channel: other['channel'] ?? '', Cause: '16' }, means.times.answerMs));
  });
}

/** The caller's own channel: the first of the call, whose id all others share. */
function callerOf(channels: AmiFrame[], callId: string): AmiFrame {
  const ofCall = channels.filter(({ linkedid, channel = '' }) => linkedid === callId && !isLocal(channel));
  const caller = ofCall.find(({ uniqueid }) => uniqueid === callId) ?? ofCall[0];
  if (!caller) {
    throw new ChannelError('gone', 'The exchange has no such call any more.', { retry: 'never' });
  }
  return caller;
}

async function listChannels(link: AmiLink, answerMs: number): Promise<AmiFrame[]> {
  const channels: AmiFrame[] = [];
  const whole = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new ChannelError('unreachable', 'The exchange lists no channels.', { retry: 'soon' })),
      answerMs,
    );
    link.onClose = () => {
      clearTimeout(timer);
      reject(new ChannelError('unreachable', 'The exchange closed the connection.', { retry: 'soon' }));
    };
    link.listen((frame) => {
      if (frame['event'] === 'CoreShowChannel') {
        channels.push(frame);
      } else if (frame['event'] === 'CoreShowChannelsComplete') {
        clearTimeout(timer);
        resolve();
      }
    });
  });
  const [answer] = await Promise.all([link.ask('CoreShowChannels', {}, answerMs), whole]);
  expectSuccess(answer);
  return channels;
}

/** Opens a connection for one purpose and leaves it again. */
export async function withLink<Result>(
  settings: AsteriskSettings,
  means: AmiMeans,
  work: (link: AmiLink, greeting: string) => Promise<Result>,
): Promise<Result> {
  const { link, greeting } = await signIn(settings, means, false);
  try {
    return await work(link, greeting);
  } catch (error) {
    throw errorOfLink(error);
  } finally {
    link.onClose = () => undefined;
    link.close();
  }
}

function expectSuccess(answer: AmiFrame): void {
  if (answer['response'] !== 'Success') {
    const why = (answer['message'] ?? '').slice(0, 200);
    const isDenied = /permission/iu.test(why);
    throw new ChannelError(isDenied ? 'forbidden' : 'refused', `The exchange refused: ${why}`, {
      retry: isDenied ? 'after-reconnect' : 'never',
    });
  }
}
