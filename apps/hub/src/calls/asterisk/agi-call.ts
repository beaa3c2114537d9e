import {
  AgiGone,
  callParty,
  normalisePhone,
  recordingOf,
  recordingScheme,
  type AgiConnection,
  type AgiEnvironment,
  type AgiLine,
  type InboundCall,
  type LineHappening,
  type LineReply,
  type LineStep,
  type AsteriskSettings,
} from '#channels';
import type { Line } from '../lines/call-lines.service.js';
import type { LineAnswer } from '../twilio/line-answers.service.js';
import { awayCall, outageSteps } from './agi-outage.js';

/** What a call needs of the hub around it. */
export interface AgiCallMeans {
  settings: AsteriskSettings;
  ask(line: Line, turn: number, happening: LineHappening): Promise<LineAnswer>;
  /** Tells that the caller left; resolves when that is told, or waits for the database. */
  tellEnd(line: Line, turn: number): Promise<void>;
  /** Keeps a call that the database knows nothing of. */
  keep(event: InboundCall): Promise<void>;
  onBegun(line: Line): void;
  now(): Date;
}

/** How long a caller listens to nothing while the hub works on its answer, and how often. */
const lateMs = 500;
const mostLate = 3;
const commandMs = 15_000;

type Arrived = Extract<LineHappening, { kind: 'arrived' }>;

/**
 * One caller from their arrival until they have left: asks what comes next, plays it, and tells what happened, until the line is over.
 * That they left is told exactly once, wherever it happens.
 */
export class AgiCall {
  private turn = 0;
  private callId = '';
  private readonly startedAt: Date;

  constructor(
    private readonly channelId: string,
    private readonly connection: AgiConnection,
    private readonly line: AgiLine,
    private readonly means: AgiCallMeans,
  ) {
    this.startedAt = means.now();
  }

  async run(environment: AgiEnvironment): Promise<void> {
    try {
      await this.begin(environment);
      await this.talk(arrivalOf(environment, this.means.settings));
    } catch (error) {
      if (!(error instanceof AgiGone)) {
        throw error;
      }
    } finally {
      if (this.callId !== '') {
        await this.means.tellEnd(this.place, this.turn);
      }
    }
  }

  private get place(): Line {
    return { channelId: this.channelId, callId: this.callId };
  }

  /**
   * All channels of a call share its Linkedid, by which the manager interface and the records name it too. A caller whom an agent sends
   * back to the line calls, for the line, anew.
   */
  private async begin(environment: AgiEnvironment): Promise<void> {
    const linked = (await this.line.variable('CHANNEL(linkedid)')) ?? environment['uniqueid'] ?? '';
    const before = await this.line.variable('PEYK_CALL');
    const [, visit = '1'] = /~(\d+)$/u.exec(before ?? '') ?? [];
    this.callId = before === null ? linked : `${linked}~${String(Number(visit) + 1)}`;
    this.means.onBegun(this.place);
    await this.connection.command(['ANSWER'], commandMs);
    await this.connection.command(['SET', 'VARIABLE', '__PEYK_CALL', this.callId], commandMs);
    await this.line.run('UserEvent', `PeykLine,Call: ${this.callId}`);
  }

  private async talk(arrived: Arrived): Promise<void> {
    let happening: LineHappening = arrived;
    while (happening.kind !== 'hung_up') {
      const reply = await this.reply(happening);
      if (reply === null) {
        await this.endWithout(happening, arrived);
        return;
      }
      this.turn = reply.turn;
      happening = await this.line.play(reply.steps);
      await this.keepTalk(happening, reply.steps.at(-1));
    }
  }

  /** A talk that was recorded: the exchange has the file under the name of its leg. */
  private async keepTalk(happening: LineHappening, stop: LineStep | undefined): Promise<void> {
    const isTalk = happening.kind === 'dialled' && happening.result === 'answered';
    if (isTalk && stop && 'dial' in stop && stop.dial.record) {
      await this.means.keep(recordedTalk(this.callId, happening));
    }
  }

  /** Null while the database is away. What takes long is asked for again: the hub gives the same answer once it has it. */
  private async reply(happening: LineHappening): Promise<LineReply | null> {
    for (let times = 0; times < mostLate; times += 1) {
      const answer = await this.means.ask(this.place, this.turn, happening);
      if (answer.kind !== 'late') {
        return answer.kind === 'reply' ? answer.reply : null;
      }
      await this.line.play([{ hold: { music: null, maxMs: lateMs } }]);
    }
    return null;
  }

  /** Nobody can say what comes next. Who has talked with one of us has what they called for; everybody else is not left like that. */
  private async endWithout(last: LineHappening, arrived: Arrived): Promise<void> {
    if (last.kind === 'dialled' && last.result === 'answered') {
      await this.line.play([{ hangup: true }]);
    } else {
      await this.playOutage(arrived);
    }
  }

  private async playOutage({ from, to, name }: Arrived): Promise<void> {
    const { first, last } = outageSteps(this.means.settings);
    let happened: LineHappening | null = null;
    try {
      happened = await this.line.play(first);
    } finally {
      const call = {
        callId: this.callId,
        from,
        to,
        name,
        startedAt: this.startedAt,
        endedAt: this.means.now(),
        happened,
      };
      await this.means.keep(awayCall(call, this.means.settings));
    }
    await this.line.play(last);
  }
}

/** What the call's message grows by; everything else about it is told by the line. */
function recordedTalk(callId: string, { leg, seconds }: Extract<LineHappening, { kind: 'dialled' }>): InboundCall {
  const id = recordingOf(leg);
  return {
    type: 'call',
    externalId: `agi ${callId} ${id}`,
    raw: Buffer.from(id),
    callId,
    order: 0,
    party: callParty('', callId, { defaultCountry: '' }),
    direction: 'in',
    state: 'ringing',
    outcome: null,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    recordingUrl: null,
    note: '',
    details: { source: 'agi', recordings: [{ id, url: `${recordingScheme}${id}.wav`, seconds }] },
  };
}

/** Who calls, as the exchange says; `unknown` is its word for a number that it does not have. */
export function arrivalOf(
  environment: AgiEnvironment,
  { defaultCountry }: Pick<AsteriskSettings, 'defaultCountry'>,
): Arrived {
  const said = (name: string): string => {
    const value = environment[name] ?? '';
    return value === 'unknown' || value === '<unknown>' ? '' : value;
  };
  const called = said('dnid') || said('extension');
  return {
    kind: 'arrived',
    from: e164(said('callerid'), defaultCountry),
    to: called === 's' ? '' : e164(called, defaultCountry),
    name: said('calleridname') === said('callerid') ? '' : said('calleridname'),
  };
}

function e164(number: string, country: string): string {
  const phone = normalisePhone(number, country);
  return phone?.kind === 'phone' ? phone.e164 : number;
}
