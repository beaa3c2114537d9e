import { v7 as uuid } from 'uuid';
import type { BotState } from '#bots';
import type { CallContent, LineHappening, LineReply, LineStep } from '#channels';
import { CallLines } from '../../apps/hub/src/calls/lines/call-lines.service.js';
import { ChannelDirectory } from '../../apps/hub/src/settings/channel-directory.service.js';
import type { TestHub } from './start-hub.js';
import { until } from './until.js';

/** A card number in confidence, something that is looked up, a message that is left, and people. */
export const bankScript = `
format: hub-script/1
id: bank
title: {en: Bank}
locales: [en]
default_locale: en
channels: [voice]
vars:
  card: {type: text}
start: {default: menu}
fallback: person
nodes:
  menu:
    do: ask
    message: {text: {en: Press one for your balance.}}
    options:
      - {id: balance, label: {en: Balance}, dtmf: "1", next: card}
      - {id: message, label: {en: Leave a message}, dtmf: "2", next: message}
      - {id: person, label: {en: A person}, dtmf: "0", next: person}
    retry: {max: 2, then: person}
  card:
    do: collect
    message: {text: {en: Key in your card number.}}
    type: digits
    into: card
    sensitive: true
    next: find
    retry: {max: 2, then: person}
  find: {do: lookup, source: http, ref: balance, args: {card: "{{ card }}"}, into: found, timeout: 20s, filler: {text: {en: One moment.}}, next: told, onError: person}
  told: {do: say, message: {text: {en: "You have {{ found.amount }}."}}, next: menu}
  message: {do: voicemail, message: {text: {en: Speak after the tone.}}, next: bye}
  person:
    do: handoff
    message: {text: {en: I put you through.}}
    maxWait: 5m
    onTimeout: message
    onUnavailable: message
  bye: {do: end, outcome: resolved, message: {text: {en: Thank you.}}}
`;

/** A phone channel whose calls Peyk answers. */
export async function buildPhone(
  hub: TestHub,
  queueId: string | null,
  config: Record<string, unknown> = {},
): Promise<string> {
  const id = uuid();
  await hub.database.query(`insert into channel (id, kind, name, queue_id, config) values ($1, 'phone', $2, $3, $4)`, [
    id,
    `phone ${id}`,
    queueId,
    JSON.stringify({ driver: 'twilio', accountSid: `AC${'0'.repeat(32)}`, defaultCountry: 'IR', ...config }),
  ]);
  await hub.app.get(ChannelDirectory).refresh();
  return id;
}

let callers = 0;

/** Somebody's phone: what a provider would tell and play. */
export class PhoneLine {
  readonly from: string;
  /** Of the reply that is being played. */
  turn = 0;
  /** Everything that was played, the stops left out. */
  readonly heard: LineStep[] = [];
  reply: LineReply = { turn: 0, steps: [] };

  constructor(
    private readonly hub: TestHub,
    readonly channelId: string,
    from?: string,
    readonly callId: string = uuid(),
  ) {
    callers += 1;
    this.from = from ?? `+98912${String(5_000_000 + callers)}`;
  }

  /** One request of the provider's, and no more. */
  next(happening: LineHappening, turn = this.turn): Promise<LineReply> {
    return this.hub.app.get(CallLines).next({ channelId: this.channelId, callId: this.callId }, turn, happening);
  }

  /** Tells what happened and plays the answer, with those that come by themselves. */
  async tell(happening: LineHappening): Promise<LineStep> {
    this.play(await this.next(happening));
    await until(
      async () => {
        if ('again' in this.stop) {
          this.play(await this.next({ kind: 'played' }));
        }
        return this.stop;
      },
      (stop) => !('again' in stop),
    );
    return this.stop;
  }

  arrive(name = ''): Promise<LineStep> {
    return this.tell({ kind: 'arrived', from: this.from, to: '+982112345678', name });
  }

  keys(digits: string): Promise<LineStep> {
    return this.tell({ kind: 'heard', digits, speech: '' });
  }

  say(speech: string): Promise<LineStep> {
    return this.tell({ kind: 'heard', digits: '', speech });
  }

  silence(): Promise<LineStep> {
    return this.keys('');
  }

  /** One request, and what it is answered is played. */
  async ask(happening: LineHappening): Promise<LineStep> {
    this.play(await this.next(happening));
    return this.stop;
  }

  async hangUp(): Promise<void> {
    await this.next({ kind: 'hung_up' });
  }

  get stop(): LineStep {
    return this.reply.steps.at(-1) ?? { hangup: true };
  }

  /** What was said and played so far, as one text. */
  get words(): string {
    return this.heard.map((step) => ('say' in step ? step.say : 'play' in step ? step.play : '')).join(' | ');
  }

  private play(reply: LineReply): void {
    this.reply = reply;
    this.turn = reply.turn;
    this.heard.push(...reply.steps.slice(0, -1));
  }
}

export interface SeenCall {
  id: string;
  conversationId: string;
  seq: number;
  phase: string;
  sessionId: string | null;
  ticketId: string | null;
  legId: string | null;
  endedAt: Date | null;
}

export async function callOf(hub: TestHub, { callId }: PhoneLine): Promise<SeenCall> {
  const [row] = await hub.database.query<SeenCall & Record<string, unknown>>(
    `select id, conversation_id as "conversationId", seq, phase, session_id as "sessionId", ticket_id as "ticketId", leg_id as "legId", ended_at as "endedAt"
     from phone_call where call_id = $1`,
    [callId],
  );
  return row as SeenCall;
}

export interface SessionOfLine {
  status: string;
  state: BotState;
}

export async function sessionOn(hub: TestHub, phone: PhoneLine): Promise<SessionOfLine> {
  const call = await callOf(hub, phone);
  const [row] = await hub.database.query<SessionOfLine & Record<string, unknown>>(
    'select status, state from bot_session where conversation_id = $1 and first_seq = $2',
    [call.conversationId, call.seq],
  );
  return row as SessionOfLine;
}

export async function messageOf(
  hub: TestHub,
  phone: PhoneLine,
): Promise<{ ticketId: string | null; call: CallContent }> {
  const [row] = await hub.database.query<{ ticketId: string | null; call: CallContent }>(
    `select ticket_id as "ticketId", content -> 'call' as call from message where external_id = 'call ' || $1`,
    [phone.callId],
  );
  return row as { ticketId: string | null; call: CallContent };
}

export async function workOf(hub: TestHub, phone: PhoneLine): Promise<{ class: string; state: string }[]> {
  const { ticketId } = await messageOf(hub, phone);
  return hub.database.query('select class, state from work_item where ticket_id = $1 order by enqueued_at, class', [
    ticketId,
  ]);
}
