import { Injectable } from '@nestjs/common';
import {
  readJambonzLine,
  redirectJambonz,
  renderJambonz,
  renderJambonzWait,
  sayJambonz,
  type ChannelAccount,
  type JambonzLine,
  type JambonzSettings,
  type JambonzVerb,
  type LineHappening,
  type WebhookRequest,
} from '#channels';
import { Database } from '../../database/database.js';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import type { Line } from '../lines/call-lines.service.js';
import { findCall } from '../lines/phone-call.query.js';
import { PromptLibrary } from '../prompts/prompt-library.service.js';
import { KeptEvents, unmet } from '../twilio/kept-events.service.js';
import { LineAnswers } from '../twilio/line-answers.service.js';
import { LineNotices } from '../twilio/line-notices.service.js';
import { playable } from '../twilio/line-sentence.js';
import { verified } from '../twilio/verified-hook.js';

type Account = ChannelAccount<JambonzSettings>;

/** After so many fillers in a row a caller is not asked to wait any longer. */
const mostFillers = 4;
const lateAgainMs = 1000;
const awayAgainMs = 3000;

interface Question {
  channel: OpenChannel;
  account: Account;
  line: Line;
  turn: number;
  query: Record<string, string>;
  request: WebhookRequest;
}

/** What is played on the lines of a jambonz channel. */
@Injectable()
export class JambonzLines {
  constructor(
    private readonly answers: LineAnswers,
    private readonly notices: LineNotices,
    private readonly library: PromptLibrary,
    private readonly events: KeptEvents,
    private readonly database: Database,
  ) {}

  /** The verbs for a request about a line. Answers in time whatever happens, and without the database if it must. */
  async play(channel: OpenChannel, request: WebhookRequest): Promise<JambonzVerb[]> {
    const { question, asked } = await this.read(channel, request);
    const { line, turn, query } = question;
    const happening = this.answers.unseal(line, turn, query['kept']) ?? asked;
    if (happening === null) {
      return [];
    }
    if (happening.kind === 'hung_up') {
      await this.notices.tell({ line, turn, happening });
      return [];
    }
    const answer = await this.answers.ask(line, turn, happening);
    return answer.kind === 'reply'
      ? renderJambonz(answer.reply, this.surroundings(question))
      : this.fill(question, happening, answer.kind);
  }

  /** Music for a stretch, without asking anybody. */
  async wait(channel: OpenChannel, request: WebhookRequest): Promise<JambonzVerb[]> {
    const { question } = await this.read(channel, request);
    const { music, ms = '0' } = question.query;
    return renderJambonzWait(music === undefined ? null : this.library.urlOf(music, ''), Number(ms) || 1);
  }

  /** How a call goes. The line itself hears first: it knows best what a call was that is over. */
  async status(channel: OpenChannel, request: WebhookRequest): Promise<void> {
    const { question, asked, answeredFor } = await this.read(channel, request);
    if (asked !== null) {
      await this.notices.tell({ line: question.line, turn: question.turn, happening: asked });
    } else if (answeredFor !== null) {
      await this.tellAnswered({ channelId: channel.id, callId: answeredFor });
    }
    const reading = await verified(channel, () => channel.adapter.receive?.(request, channel.account));
    await this.events.keep(channel, reading?.events ?? []);
  }

  /** Whoever is rung at that moment: there is one at a time. Where it is not heard of now, the end of the talk tells it as well. */
  private async tellAnswered(line: Line): Promise<void> {
    const call = await findCall(this.database, line).catch(() => null);
    if (call?.phase === 'ringing' && call.legId !== null) {
      const happening = { kind: 'dialled', leg: call.legId, result: 'answered', seconds: null } as const;
      await this.notices.tell({ line, turn: call.turn, happening });
    }
  }

  private async read(channel: OpenChannel, request: WebhookRequest) {
    const account = channel.account as Account;
    const { callId, turn, happening, answeredFor, query } = await verified(channel, () =>
      readJambonzLine(request, account, new Date()),
    );
    const line = { channelId: channel.id, callId };
    return { question: { channel, account, line, turn, query, request }, asked: happening, answeredFor };
  }

  private async fill(question: Question, happening: LineHappening, why: 'late' | 'away'): Promise<JambonzVerb[]> {
    const { channel, account, line, turn, query, request } = question;
    const fillers = Number(query['fillers'] ?? 0);
    if (happening.kind === 'arrived' && fillers >= mostFillers) {
      const reading = await verified(channel, () => channel.adapter.receive?.({ ...request, path: 'call' }, account));
      await this.events.keepSoon(channel, (reading?.events ?? []).map(unmet));
    }
    if (fillers >= mostFillers) {
      return this.outage(account);
    }
    const kept = this.answers.seal(line, turn, happening);
    const again = { turn: String(turn), of: 'again', fillers: String(fillers + 1), kept };
    return redirectJambonz(jambonzWay(account, 'next', again), why === 'away' ? awayAgainMs : lateAgainMs);
  }

  /** jambonz takes no messages, so an outage is an apology, and a number to ring where one is set. */
  private outage({ settings }: Account): JambonzVerb[] {
    const { locale, then, number } = settings.outage;
    const sorry = playable('sorry', locale, { library: this.library, canRead: () => true });
    const said = 'url' in sorry ? [{ verb: 'play', url: sorry.url }] : sayJambonz(sorry.text, sorry.locale);
    const target = [{ type: 'phone', number }];
    return [...said, ...(then === 'dial' ? [{ verb: 'dial', target, timeout: 30 }] : []), { verb: 'hangup' }];
  }

  private surroundings({ account, line }: Question): JambonzLine {
    return {
      callId: line.callId,
      extensionsAt: account.settings.extensionsAt ?? null,
      way: (name, query) => jambonzWay(account, name, query),
      recording: (name, locale) => this.library.urlOf(name, locale),
    };
  }
}

/** The address of a way in, as jambonz is told it. */
export function jambonzWay({ id, publicUrl }: Account, name: string, query: Record<string, string>): string {
  return `${publicUrl ?? ''}/hooks/jambonz/${id}/${name}?${new URLSearchParams(query).toString()}`;
}
