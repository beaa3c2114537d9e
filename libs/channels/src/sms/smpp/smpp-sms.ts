import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChannelAccount, ChannelError, type CheckStep, type Polled, type Sent } from '../../channel-adapter.js';
import type { OutboundMessage } from '../../message.js';
import { inDoubt } from '../../wire/sending-errors.js';
import { checkOutbound, fitsIn } from '../check-outbound.js';
import { sendInParts } from '../send-in-parts.js';
import type { SmsDriver, SmsOptions } from '../sms-driver.js';
import type { SmppSettings } from '../sms-settings.js';
import { splitText } from '../split-text.js';
import { takeStep } from '../take-step.js';
import { smppTimes, type SmppTimes } from './bind.js';
import { encodeText, type EncodedPart } from './encode-text.js';
import { FieldReader } from './fields.js';
import { HeldSession } from './held-session.js';
import { hashOf, readBatch, readCursor, readLate } from './read-delivered.js';
import { submittedId } from './read-receipt.js';
import { encodeShortMessage, type SmppAddress } from './short-message.js';
import { errorOfSmpp } from './smpp-errors.js';
import { LinkLost } from './smpp-link.js';
import { SmppSession } from './smpp-session.js';

type Account = ChannelAccount<SmppSettings>;

/** What a deployment decides for all message centres; tests shorten the times. */
export interface SmppOptions extends SmsOptions {
  smppTimes?: Partial<SmppTimes>;
}

/** How long a centre may deliver again what we stored in an earlier session, before it counts as said anew. */
const repeatMs = 60_000;
const mostThrottled = 10;

/**
 * SMS over SMPP 3.4. The session belongs to whoever polls the account, one process at a time; sends use it. What the centre delivers
 * is answered only once it is stored.
 */
export function createSmppSms(options: SmppOptions): SmsDriver<SmppSettings> {
  const office = new SmppOffice(options);
  return {
    send: (message, account) => office.send(message, account),
    sendsHere: ({ id }) => office.sendsHere(id),
    isPolled: () => true,
    poll: (account, cursor, signal) => office.poll(account, cursor, signal),
    disconnect: ({ id }) => office.disconnect(id),
    check: (account, onStep) => office.check(account, onStep),
  };
}

class SmppOffice {
  private readonly held = new Map<string, HeldSession>();
  /** What may come again after a reconnect, by account. */
  private readonly repeats = new Map<string, { hashes: Set<string>; until: number }>();
  private readonly times: SmppTimes;
  private readonly now: () => Date;

  constructor(private readonly options: SmppOptions) {
    this.times = { ...smppTimes, ...options.smppTimes };
    this.now = options.now ?? (() => new Date());
  }

  async poll(account: Account, cursor: unknown, signal: AbortSignal): Promise<Polled> {
    const held = this.heldOf(account.id);
    const place = readCursor(cursor);
    const { session, isNew } = await held.open(account.settings);
    const now = this.now().getTime();
    if (isNew) {
      this.repeats.set(account.id, { hashes: new Set(place.stored), until: now + repeatMs });
    }
    held.confirm(session, place.batch);
    const batch = await held.next(session, signal, this.times.lookMs);
    if (batch === null) {
      const late = readLate(place.parts, {
        settings: account.settings,
        before: this.now().getTime() - this.times.partsMs,
      });
      return { events: late.events, cursor: { batch: null, stored: [], parts: late.parts } };
    }
    const all = batch.deliveries.map(({ unit }) => unit.body);
    const bodies = this.withoutRepeats(account.id, all);
    const read = readBatch({ name: batch.name, bodies }, { settings: account.settings, parts: place.parts, now });
    return { events: read.events, cursor: { batch: batch.name, stored: all.map(hashOf), parts: read.parts } };
  }

  sendsHere(accountId: string): boolean {
    return this.held.get(accountId)?.isOurs ?? false;
  }

  disconnect(accountId: string): void {
    this.held.get(accountId)?.end();
    this.repeats.delete(accountId);
  }

  async send(message: OutboundMessage, account: Account): Promise<Sent> {
    checkOutbound(message);
    const held = this.heldOf(account.id);
    const session = await held.find(this.times.sessionMs);
    if (session === null) {
      throw held.trouble ?? errorOfForeignSession();
    }
    const texts = splitText(message.text, fitsIn({ segments: account.settings.maxSegments }));
    const parts = texts.flatMap((text, index) => encodeText(text, account.settings, referenceOf(message.id, index)));
    return await sendInParts(parts, message, (part, { index, isLast }) => {
      const body = bodyOf(part, message.to.address, { settings: account.settings, isLast });
      return this.submit(session, body, { settings: account.settings, mayWait: index > 0 });
    });
  }

  async check(account: Account, onStep: (step: CheckStep) => void): Promise<void> {
    await takeStep('smpp.bind', onStep, async () => {
      if ((await this.heldOf(account.id).find(0)) !== null) {
        return 'The account is bound.';
      }
      const session = await SmppSession.open(account.settings, { times: this.times, agentFor: this.options.agentFor });
      session.leave();
      return 'The message centre took the bind.';
    });
  }

  /** A later part of a message waits where the centre asks for patience: half a message is worse than a late one. */
  private async submit(
    session: SmppSession,
    body: Buffer,
    { settings, mayWait }: { settings: SmppSettings; mayWait: boolean },
  ): Promise<Sent> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await session.submit(body).catch((error: unknown) => {
        throw errorOfLine(error);
      });
      if (answer.status === 0) {
        const id = submittedId(new FieldReader(answer.body).text(), settings.messageIds);
        return { providerId: id === '' ? null : id, state: 'sent' };
      }
      const error = errorOfSmpp(answer.status);
      if (!mayWait || error.code !== 'rate_limited' || attempt >= mostThrottled) {
        throw error;
      }
      await sleep(error.retryAfterMs ?? 1_000);
    }
  }

  private withoutRepeats(accountId: string, bodies: Buffer[]): Buffer[] {
    const repeats = this.repeats.get(accountId);
    if (repeats === undefined || repeats.until < this.now().getTime()) {
      return bodies;
    }
    // Each stands for one delivery: the same words said again are meant.
    return bodies.filter((body) => !repeats.hashes.delete(hashOf(body)));
  }

  private heldOf(accountId: string): HeldSession {
    const known = this.held.get(accountId);
    const held = known ?? new HeldSession({ times: this.times, agentFor: this.options.agentFor });
    this.held.set(accountId, held);
    return held;
  }
}

/** What ties the parts of a long message together. It stays over tries, so that a later try goes on with the same message. */
function referenceOf(id: string, index: number): number {
  return createHash('sha256')
    .update(`${id} ${String(index)}`)
    .digest()
    .readUInt16BE(0);
}

function bodyOf(part: EncodedPart, to: string, how: { settings: SmppSettings; isLast: boolean }): Buffer {
  const { settings, isLast } = how;
  return encodeShortMessage({
    serviceType: settings.serviceType,
    source: sourceOf(settings),
    dest: { ton: settings.destTon, npi: settings.destNpi, digits: to.replace(/^\+/u, '') },
    esmClass: part.hasHeader ? 0x40 : 0,
    registered: settings.receipts && isLast ? 1 : 0,
    coding: part.coding,
    octets: part.octets,
    optionals: part.optionals,
  });
}

/** A plus says international, letters say a name, and anything else is a number that only the centre knows. */
function sourceOf({ from, sourceTon, sourceNpi }: SmppSettings): SmppAddress {
  const [ton, npi] = from.startsWith('+') ? [1, 1] : /^\d+$/u.test(from) ? [0, 1] : [5, 0];
  return { ton: sourceTon ?? ton ?? 0, npi: sourceNpi ?? npi ?? 0, digits: from.replace(/^\+/u, '') };
}

/** The owner of the session takes the message at once; this process leaves the whole channel to it for a while. */
function errorOfForeignSession(): ChannelError {
  return new ChannelError('no_session', 'Another process has this account’s session, or it is not open yet.', {
    retry: 'after-reconnect',
    retryAfterMs: 200,
  });
}

function errorOfLine(error: unknown): ChannelError {
  const { code, reached } = error instanceof LinkLost ? error : { code: 'unknown', reached: true };
  return reached
    ? inDoubt('lost', `The line to the message centre broke after the message was sent (${code}).`, 'blind')
    : new ChannelError('unreachable', `The line to the message centre is gone (${code}).`, { retry: 'soon' });
}
