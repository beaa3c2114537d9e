import { setTimeout as sleep } from 'node:timers/promises';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { ChannelError, type CheckStep, type Polled, type Sent } from '../../channel-adapter.js';
import type { InboundEvent, OutboundMessage } from '../../message.js';
import { inDoubt } from '../../wire/sending-errors.js';
import { checkOutbound, fitsIn } from '../check-outbound.js';
import { sendInParts } from '../send-in-parts.js';
import type { DoubtfulSend, Question, Reconciled, SmsDriver, SmsOptions } from '../sms-driver.js';
import type { KavenegarSettings } from '../sms-settings.js';
import { splitText } from '../split-text.js';
import { takeStep } from '../take-step.js';
import { callKavenegar, textOf, type Entry, type KavenegarAccount } from './kavenegar-api.js';
import { stateOfKavenegar } from './kavenegar-errors.js';
import { messageOf, readKavenegarPush, receiptOf } from './kavenegar-inbound.js';

/** What Kavenegar answers about at once. */
const mostIds = 200;
/** How far its clock may be from ours, and how much later it may have made a message of our try. */
const doubtMs = { early: 120_000, late: 15 * 60_000 };

/** SMS over Kavenegar: sending, pushes or fetching of what comes, and asking for states that were not pushed. */
export function createKavenegarSms(options: SmsOptions): SmsDriver<KavenegarSettings> {
  const looked = new Set<string>();
  return {
    receive: (request, account) => Promise.resolve().then(() => readKavenegarPush(request, account)),
    send: (message, account) => send(message, account, options),
    isPolled: ({ settings }) => settings.receive === 'poll',
    poll: async (account, cursor, signal) => {
      const isFirst = !looked.has(account.id);
      const polled = await poll(account, { cursor, signal, isFirst }, options);
      looked.add(account.id);
      return polled;
    },
    disconnect: ({ id }) => void looked.delete(id),
    reconcile: (account, question) => reconcile(account, question, options),
    check: (account, onStep) => check(account, onStep, options),
  };
}

async function send(message: OutboundMessage, account: KavenegarAccount, options: SmsOptions): Promise<Sent> {
  checkOutbound(message);
  const parts = splitText(message.text, fitsIn({ segments: account.settings.maxSegments }));
  return await sendInParts(parts, message, (text) => sendOne({ ...message, text }, account, options));
}

async function sendOne(message: OutboundMessage, account: KavenegarAccount, options: SmsOptions): Promise<Sent> {
  const form = { receptor: dialled(message.to.address), sender: account.settings.from, message: message.text };
  const [entry] = await callKavenegar(account, { method: 'sms/send', form, sends: true }, options);
  const id = entry === undefined ? '' : textOf(entry, 'messageid');
  if (entry === undefined || id === '') {
    throw inDoubt('unreadable_answer', 'Kavenegar’s answer names no message.', 'blind');
  }
  const meaning = stateOfKavenegar(Number(textOf(entry, 'status')));
  if (meaning?.state === 'failed') {
    throw new ChannelError('refused', textOf(entry, 'statustext') || (meaning.words ?? ''), { retry: 'never' });
  }
  return { providerId: id, state: meaning?.state === 'delivered' ? 'delivered' : 'sent' };
}

/** Iranian numbers as they are dialled there, others with two zeros. */
function dialled(address: string): string {
  const number = parsePhoneNumberFromString(address);
  return number?.country === 'IR' ? `0${number.nationalNumber}` : `00${address.slice(1)}`;
}

/**
 * Fetches what lies unread at the line. Fetching marks it as read there, so what a crash kept us from storing would be lost: the
 * first look of a process takes what was read lately as well, and what is known by now is known by its id.
 */
async function poll(
  account: KavenegarAccount,
  { cursor, signal, isFirst }: { cursor: unknown; signal: AbortSignal; isFirst: boolean },
  options: SmsOptions,
): Promise<Polled> {
  if (!isFirst) {
    await sleep(account.settings.pollSeconds * 1000, undefined, { signal, ref: false }).catch(() => undefined);
  }
  if (signal.aborted) {
    return { events: [], cursor };
  }
  const look = (isread: string) =>
    callKavenegar(account, { method: 'sms/receive', form: { linenumber: account.settings.from, isread } }, options);
  const entries = isFirst ? [...(await look('1')), ...(await look('0'))] : await look('0');
  return { events: entries.flatMap((entry) => arrivedOf(entry, account.settings)), cursor: { looks: 1 } };
}

function arrivedOf(entry: Entry, settings: KavenegarSettings): InboundEvent[] {
  const message = {
    id: textOf(entry, 'messageid'),
    from: textOf(entry, 'sender'),
    text: textOf(entry, 'message'),
    date: textOf(entry, 'date'),
  };
  const isWhole = message.id !== '' && message.from !== '';
  return isWhole ? [messageOf(message, Buffer.from(JSON.stringify(entry)), settings)] : [];
}

async function reconcile(account: KavenegarAccount, question: Question, options: SmsOptions): Promise<Reconciled> {
  const found = await findDoubtful(account, question, options);
  const ids = [...question.sent, ...found.map(({ providerId }) => providerId)];
  const events: InboundEvent[] = [];
  for (let from = 0; from < ids.length; from += mostIds) {
    const form = { messageid: ids.slice(from, from + mostIds).join(',') };
    const entries = await callKavenegar(account, { method: 'sms/status', form }, options);
    events.push(
      ...entries.map((entry) =>
        receiptOf(textOf(entry, 'messageid'), Number(textOf(entry, 'status')), Buffer.from(JSON.stringify(entry))),
      ),
    );
  }
  return { events: events.filter(({ type }) => type !== 'ignored'), found };
}

/** Looks for doubtful messages in the line's outbox: same number, same words, about then; each of its rows stands for one. */
async function findDoubtful(
  account: KavenegarAccount,
  { doubtful, known }: Question,
  options: SmsOptions,
): Promise<Reconciled['found']> {
  const taken = new Set(known);
  const found: Reconciled['found'] = [];
  for (const one of doubtful) {
    const seconds = (ms: number) => String(Math.floor((one.at.getTime() + ms) / 1000));
    const form = {
      startdate: seconds(-doubtMs.early),
      enddate: seconds(doubtMs.late),
      sender: account.settings.from,
    };
    const entries = await callKavenegar(account, { method: 'sms/selectoutbox', form }, options);
    const match = entries.find((entry) => !taken.has(textOf(entry, 'messageid')) && isSame(entry, one));
    if (match !== undefined) {
      taken.add(textOf(match, 'messageid'));
      found.push({ id: one.id, providerId: textOf(match, 'messageid') });
    }
  }
  return found;
}

function isSame(entry: Entry, { address, text }: DoubtfulSend): boolean {
  const to = parsePhoneNumberFromString(textOf(entry, 'receptor'), 'IR')?.number;
  return to === address && textOf(entry, 'message').trim() === text.trim();
}

async function check(account: KavenegarAccount, onStep: (step: CheckStep) => void, options: SmsOptions): Promise<void> {
  await takeStep('kavenegar.sign_in', onStep, async () => {
    const [entry] = await callKavenegar(account, { method: 'account/info', form: {} }, options);
    const credit = entry === undefined ? '' : textOf(entry, 'remaincredit');
    return credit === '' ? 'Kavenegar knows the key.' : `Kavenegar knows the key; ${credit} rials of credit are left.`;
  });
}
