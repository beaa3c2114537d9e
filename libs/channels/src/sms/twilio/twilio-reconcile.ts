import type { ChannelAccount } from '../../channel-adapter.js';
import type { InboundAttachment, InboundEvent } from '../../message.js';
import type { DoubtfulSend, Question, Reconciled, SmsOptions } from '../sms-driver.js';
import { withSmsFacts } from '../sms-facts.js';
import { smsSender } from '../sms-sender.js';
import type { TwilioSmsSettings } from '../sms-settings.js';
import { callTwilio } from './twilio-api.js';
import { attachmentOf, lineOf, receiptOf } from './twilio-inbound.js';

type Account = ChannelAccount<TwilioSmsSettings>;

/** A message as Twilio's list gives it; what is missing is ''. */
interface Listed {
  sid: string;
  direction: string;
  from: string;
  to: string;
  body: string;
  status: string;
  errorCode: string;
  files: number;
  service: string;
  at: Date | null;
  raw: Uint8Array;
}

const pageSize = 1000;
/** Enough for a busy day; what lies further back is asked for the next night, when it is no longer the oldest. */
const mostPages = 30;
/** Twilio writes times in whole seconds. */
const wholeSecondMs = 1_000;
/** Two clocks are never quite the same. */
const clockToleranceMs = 120_000;
/** How much later than our try Twilio may have made the message of it. */
const doubtMs = 15 * 60_000;

/**
 * Reads the account's own list of messages, which knows what callbacks and webhooks did not bring: how messages ended, whether a
 * doubtful one was taken, and what customers wrote. One list serves all three.
 */
export async function reconcileTwilio(account: Account, question: Question, options: SmsOptions): Promise<Reconciled> {
  const listed = await list(account, question.since, options);
  const sent = new Set(question.sent);
  const found = findDoubtful(question, listed);
  const ours = new Set([...sent, ...found.map(({ providerId }) => providerId)]);
  const receipts = listed.filter(({ sid }) => ours.has(sid)).map((one) => receiptOf(stateOf(one), one.raw));
  const arrived = listed.filter((one) => isForUs(one, question.since, account.settings));
  const messages = await Promise.all(arrived.map((one) => messageOf(one, account, options)));
  return {
    events: [...receipts, ...messages].filter(({ type }) => type !== 'ignored'),
    found,
  };
}

async function list(account: Account, since: Date, options: SmsOptions): Promise<Listed[]> {
  const query = new URLSearchParams({
    'DateSent>': `${since.toISOString().slice(0, 19)}Z`,
    PageSize: String(pageSize),
  });
  let path: string | null = `/Messages.json?${query.toString()}`;
  const found: Listed[] = [];
  for (let page = 0; page < mostPages && path !== null; page += 1) {
    const answer: Record<string, unknown> = await callTwilio(account, { path }, options);
    found.push(...(Array.isArray(answer['messages']) ? (answer['messages'] as unknown[]) : []).flatMap(listedOf));
    const next = answer['next_page_uri'];
    path = typeof next === 'string' && next.startsWith('/2010-04-01/') ? next : null;
  }
  return found.toReversed();
}

function listedOf(row: unknown): Listed[] {
  if (typeof row !== 'object' || row === null) {
    return [];
  }
  const fields = row as Record<string, unknown>;
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const at = new Date(text('date_sent') || text('date_created'));
  const listed = {
    sid: text('sid'),
    direction: text('direction'),
    from: text('from'),
    to: text('to'),
    body: text('body'),
    status: text('status'),
    errorCode: text('error_code'),
    files: Number(text('num_media')) || 0,
    service: text('messaging_service_sid'),
    at: Number.isNaN(at.getTime()) ? null : at,
    raw: Buffer.from(JSON.stringify(row)),
  };
  return listed.sid === '' ? [] : [listed];
}

function stateOf({ sid, status, errorCode }: Listed): { sid: string; status: string; code: string | undefined } {
  return { sid, status, code: errorCode || undefined };
}

/** Other numbers of the same Twilio account are other people's: only what came to a number of this channel is taken. */
function isForUs({ direction, to, service, at }: Listed, since: Date, settings: TwilioSmsSettings): boolean {
  const own = [settings.from, ...settings.senders];
  const isOurs =
    own.includes(to) || (settings.messagingServiceSid !== undefined && service === settings.messagingServiceSid);
  return direction === 'inbound' && isOurs && at !== null && at.getTime() > since.getTime() - wholeSecondMs;
}

async function messageOf(one: Listed, account: Account, options: SmsOptions): Promise<InboundEvent> {
  const { settings } = account;
  const event: InboundEvent = {
    type: 'message',
    externalId: one.sid,
    raw: one.raw,
    from: smsSender(one.from, settings.defaultCountry),
    claims: [],
    sentAt: one.at,
    kind: 'text',
    text: one.body,
    attachments: one.files > 0 ? await filesOf(one, account, options) : [],
    mail: null,
    replyTo: null,
    flags: [],
  };
  return withSmsFacts(event, settings, { line: lineOf(one.to, settings) });
}

async function filesOf({ sid }: Listed, account: Account, options: SmsOptions): Promise<InboundAttachment[]> {
  const answer = await callTwilio(account, { path: `/Messages/${sid}/Media.json` }, options);
  const rows = Array.isArray(answer['media_list']) ? (answer['media_list'] as Record<string, unknown>[]) : [];
  return rows.flatMap(({ uri, content_type: type }, index) =>
    typeof uri === 'string'
      ? [
          attachmentOf(
            account.settings.baseUrl + uri.replace(/\.json$/, ''),
            typeof type === 'string' ? type : undefined,
            index,
          ),
        ]
      : [],
  );
}

/**
 * The doubtful messages that Twilio has: same number, same words, made about then. Each listed message stands for one, so that of two
 * equal messages of which one never arrived the other is not found twice.
 */
function findDoubtful({ doubtful, known }: Question, listed: Listed[]): Reconciled['found'] {
  const taken = new Set(known);
  return doubtful.flatMap((send) => {
    const match = listed.find((one) => !taken.has(one.sid) && isSame(one, send));
    if (match === undefined) {
      return [];
    }
    taken.add(match.sid);
    return [{ id: send.id, providerId: match.sid }];
  });
}

function isSame(one: Listed, { address, text, at }: DoubtfulSend): boolean {
  const lateMs = one.at === null ? Number.NaN : one.at.getTime() - at.getTime();
  return (
    one.direction.startsWith('outbound') &&
    one.to === address &&
    one.body.trim() === text.trim() &&
    lateMs >= -clockToleranceMs &&
    lateMs <= doubtMs
  );
}
