import type { CallLeg, CallOutcome } from '../../message.js';
import type { AmiFrame } from './ami-frames.js';

/** A channel of the exchange that is up, as far as a call needs to know it. */
export interface FollowedChannel {
  /** Its name, e.g. `PJSIP/101-0000002a`. */
  name: string;
  /** The extension whose phone it is; '' for a trunk. */
  extension: string;
}

/** Somebody of ours whom a call rang; instants are milliseconds of the Unix epoch. `id` is the channel's Uniqueid. */
export interface FollowedLeg {
  id: string;
  to: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  outcome: NonNullable<CallLeg['outcome']>;
}

/** One call of the exchange, whose channels share a Linkedid. Plain data: it is stored between two looks. */
export interface FollowedCall {
  id: string;
  /** `inside`: between extensions. Null until a channel that is not a `Local/` one says more. */
  direction: 'in' | 'out' | 'inside' | null;
  /** The other side's number as the exchange names it; '' until it does. */
  number: string;
  name: string;
  /** Our number that was called. */
  line: string;
  queue: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  outcome: CallOutcome | null;
  cause: string;
  /** The channel of the other side; null until it is known. */
  customer: string | null;
  channels: Record<string, FollowedChannel>;
  legs: FollowedLeg[];
  /** Peyk answers it by FastAGI, and knows itself how it goes. */
  isOurs: boolean;
}

/** All calls of an exchange that go on, or have just ended, by Linkedid. */
export type ExchangeCalls = Readonly<Record<string, FollowedCall>>;

/** What the settings say about an exchange. */
export interface ExchangeShape {
  defaultCountry: string;
  incomingContexts: readonly string[];
  extensionDigits: number;
}

/** How ids of channels begin that Peyk itself had the exchange make. */
export const ownChannelPrefix = 'peyk-';

/** `Local/` channels are the exchange's own plumbing: queues and call forwarding put them between real ones. */
export function isLocal(channelName: string): boolean {
  return /^Local\//iu.test(channelName);
}

/** The extension whose phone a channel is: `PJSIP/101-0000002a` is 101's; '' for trunks and plumbing. */
export function extensionOf(channelName: string, { extensionDigits }: ExchangeShape): string {
  const peer = peerOf(channelName);
  return !isLocal(channelName) && isExtension(peer, extensionDigits) ? peer : '';
}

/** Whose line a channel is, by the name that the exchange has for it: `PJSIP/sara-0000002a` is sara's; '' where it says no name. */
export function peerOf(channelName: string): string {
  return /^[^/]+\/([^@/]+?)(?:-[0-9a-f]+)?$/iu.exec(channelName)?.[1] ?? '';
}

export function isExtension(text: string, digits: number): boolean {
  return /^\d{2,}$/u.test(text) && text.length <= digits;
}

/** Whether a context is one of those; a star at the end of one stands for any ending. */
export function isContext(context: string, among: readonly string[]): boolean {
  return among.some((one) => (one.endsWith('*') ? context.startsWith(one.slice(0, -1)) : context === one));
}

/** A header's value; '' for the ways in which exchanges say that there is none. */
export function said(event: AmiFrame, name: string): string {
  const value = event[name] ?? '';
  return /^<?(unknown|null|none)>?$/iu.test(value) ? '' : value;
}

export function newCall(id: string, at: number): FollowedCall {
  return {
    id,
    direction: null,
    number: '',
    name: '',
    line: '',
    queue: '',
    startedAt: at,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    cause: '',
    customer: null,
    channels: {},
    legs: [],
    isOurs: false,
  };
}
