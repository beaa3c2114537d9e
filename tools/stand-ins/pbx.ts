import { randomUUID } from 'node:crypto';
import { postUntilTaken, type Handed } from './loopback-server.js';

export type HangupCause = 'normalClearing' | 'busy' | 'cancel' | 'noAnswer' | 'congestion' | 'notFound' | 'forwarded';

export interface PbxOptions {
  /** Where the hub takes call events: <hub>/hooks/calls/<channel>. */
  url: string;
  /** Put behind the address, as exchanges do that can set nothing else. */
  token: string;
  /** How the events are written. */
  form?: 'json' | 'form';
  retryMs?: number;
}

export interface PbxCall {
  from: string;
  to: string;
  direction?: 'in' | 'out';
  callId?: string;
  user?: string;
  queue?: string;
  /** The extension that answers; without it nobody does. */
  answeredBy?: string;
  cause?: HangupCause;
}

/** `lost` drops an event, `doubled` posts it twice, `reversed` posts a call's events last first. */
export type PbxFault = 'lost' | 'doubled' | 'reversed';

export interface PbxStandIn {
  /** Every event posted, in order, with the hub's answer. */
  sent: { fields: Record<string, string>; handed: Handed }[];
  /** Strikes the next call (`reversed`) or the next events. */
  faults: { arm(kind: PbxFault, times?: number): void; clear(): void };
  /** Posts one event as it is. */
  post(fields: Record<string, string>): Promise<Handed>;
  /** Plays a whole call and gives its id. */
  call(call: PbxCall): Promise<string>;
  close(): void;
}

/** A telephone exchange that reports its calls in the public CTI scheme of Zammad. It listens to nothing. */
export function startPbx(options: PbxOptions): PbxStandIn {
  const exchange = new StandInExchange(options);
  return {
    sent: exchange.sent,
    faults: {
      arm: (kind, times = 1) => exchange.armed.push(...Array.from({ length: Math.min(times, 1000) }, () => kind)),
      clear: () => exchange.armed.splice(0),
    },
    post: (fields) => exchange.post(fields),
    call: (call) => exchange.call(call),
    close: () => exchange.stopped.abort(),
  };
}

class StandInExchange {
  readonly sent: PbxStandIn['sent'] = [];
  readonly armed: PbxFault[] = [];
  readonly stopped = new AbortController();

  private readonly options: PbxOptions;

  constructor(options: PbxOptions) {
    this.options = options;
  }

  async call(call: PbxCall): Promise<string> {
    const callId = call.callId ?? randomUUID();
    const events = eventsOf(call, callId);
    for (const event of this.takes('reversed') ? events.reverse() : events) {
      const copies = this.takes('lost') ? 0 : this.takes('doubled') ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        await this.post(event);
      }
    }
    return callId;
  }

  private takes(kind: PbxFault): boolean {
    const place = this.armed.indexOf(kind);
    if (place >= 0) {
      this.armed.splice(place, 1);
    }
    return place >= 0;
  }

  async post(fields: Record<string, string>): Promise<Handed> {
    const isJson = this.options.form !== 'form';
    const send = () =>
      fetch(`${this.options.url}?token=${encodeURIComponent(this.options.token)}`, {
        method: 'POST',
        headers: { 'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded' },
        body: isJson ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(30_000)]),
      });
    const patience = { attempts: 20, firstDelayMs: this.options.retryMs ?? 100, givesUpWhenRefused: true };
    const handed = await postUntilTaken(send, patience, this.stopped.signal);
    this.sent.push({ fields, handed });
    return handed;
  }
}

function eventsOf(call: PbxCall, callId: string): Record<string, string>[] {
  const { from, to, direction = 'in', user, queue, answeredBy } = call;
  const shared = {
    callId,
    from,
    to,
    direction,
    ...(user === undefined ? {} : { user }),
    ...(queue === undefined ? {} : { queue }),
  };
  const cause = call.cause ?? (answeredBy === undefined ? 'noAnswer' : 'normalClearing');
  const answer = answeredBy === undefined ? [] : [{ event: 'answer', ...shared, answeringNumber: answeredBy }];
  return [{ event: 'newCall', ...shared }, ...answer, { event: 'hangup', ...shared, cause }];
}
