import { createHash } from 'node:crypto';
import { ChannelError } from '../../channel-adapter.js';
import { errorOfRefusedAddress, refusedAddress } from '../../wire/sending-errors.js';
import type { AgentChoice } from '../../wire/http-exchange.js';
import type { AsteriskSettings } from '../phone-settings.js';
import { AmiLink, AmiLost } from './ami-link.js';

/** How long each wait for an exchange may be, in milliseconds. */
export interface AmiTimes {
  connectMs: number;
  answerMs: number;
  /** How long a look for news lasts before it begins anew; at each the exchange is asked whether it still answers. */
  lookMs: number;
}

export const amiTimes: AmiTimes = { connectMs: 10_000, answerMs: 10_000, lookMs: 15_000 };

export interface AmiMeans {
  times: AmiTimes;
  agentFor: AgentChoice | undefined;
}

/** The classes of events that calls are followed by: nothing of the dialplan, which tells of every step of every call. */
export const eventClasses = 'system,call,agent,user,cdr';

/** Opens a connection and signs in on it. `hears`: whether events are wanted. Throws ChannelError, without the secret in it. */
export async function signIn(
  settings: AsteriskSettings,
  { times, agentFor }: AmiMeans,
  hears: boolean,
): Promise<{ link: AmiLink; greeting: string }> {
  const { manager, managerSecret } = settings;
  if (!manager || managerSecret === undefined) {
    throw new ChannelError('misconfigured', 'The manager interface of the exchange is not set up.', {
      retry: 'after-reconnect',
    });
  }
  const link = await AmiLink.open(manager, times.connectMs, agentFor).catch((error: unknown) => {
    throw errorOfConnection(error);
  });
  try {
    const greeting = await link.greeting(times.answerMs);
    const { username } = manager;
    const proof =
      manager.signIn === 'plain'
        ? { Secret: managerSecret }
        : { AuthType: 'MD5', Key: await keyFor(link, managerSecret, times.answerMs) };
    const answer = await link.ask(
      'Login',
      { Username: username, ...proof, Events: hears ? eventClasses : 'off' },
      times.answerMs,
    );
    if (answer['response'] !== 'Success') {
      throw refused();
    }
    return { link, greeting };
  } catch (error) {
    link.close();
    throw errorOfLink(error);
  }
}

async function keyFor(link: AmiLink, secret: string, answerMs: number): Promise<string> {
  const answer = await link.ask('Challenge', { AuthType: 'MD5' }, answerMs);
  const challenge = answer['challenge'];
  if (challenge === undefined) {
    throw refused();
  }
  return createHash('md5').update(`${challenge}${secret}`).digest('hex');
}

function refused(): ChannelError {
  return new ChannelError(
    'unauthorized',
    'The exchange refused the user name or the secret of its manager interface.',
    {
      retry: 'after-reconnect',
    },
  );
}

/** What a broken connection means to whoever asked over it. */
export function errorOfLink(error: unknown): ChannelError {
  return error instanceof ChannelError
    ? error
    : new ChannelError(
        'unreachable',
        `The manager interface of the exchange does not answer (${error instanceof AmiLost ? error.code : 'unknown'}).`,
        { retry: 'soon' },
      );
}

function errorOfConnection(error: unknown): ChannelError {
  const { code } = error as { code?: unknown };
  const known = typeof code === 'string' ? code : 'unknown';
  return known === refusedAddress
    ? errorOfRefusedAddress()
    : new ChannelError('unreachable', `The exchange cannot be reached (${known}).`, { retry: 'soon' });
}
