import { Injectable } from '@nestjs/common';
import {
  readTwilioLine,
  redirectTwiml,
  renderTwiml,
  renderTwimlWait,
  sayTwiml,
  silenceOf,
  twiml,
  type ChannelAccount,
  type LineHappening,
  type TwilioLine,
  type TwilioLineRequest,
  type TwilioVoiceSettings,
  type WebhookRequest,
} from '#channels';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import type { Line } from '../lines/call-lines.service.js';
import { PromptLibrary } from '../prompts/prompt-library.service.js';
import { KeptEvents, unmet } from './kept-events.service.js';
import { LineAnswers } from './line-answers.service.js';
import { LineNotices } from './line-notices.service.js';
import { playable } from './line-sentence.js';
import { twilioGoodbye, twilioOutage } from './twilio-outage.js';
import { verified } from './verified-hook.js';

type Account = ChannelAccount<TwilioVoiceSettings>;

const nothing = twiml([]);

/** After so many fillers in a row a caller is not asked to wait any longer. */
const mostFillers = 4;
const lateAgainMs = 1000;
const awayAgainMs = 3000;

/** A caller could not be held, which would fail again at once. */
const queueTroubles = new Set(['error', 'system-error', 'queue-full']);

const nudgeAt = (turn: number) => ({ turn: String(turn), of: 'nudge' });

interface Question {
  channel: OpenChannel;
  account: Account;
  line: Line;
  asked: TwilioLineRequest;
  request: WebhookRequest;
}

/** What is played on the lines of a Twilio channel, and what to do while nobody can say what that is. */
@Injectable()
export class TwilioLines {
  constructor(
    private readonly answers: LineAnswers,
    private readonly notices: LineNotices,
    private readonly library: PromptLibrary,
    private readonly events: KeptEvents,
  ) {}

  /** The TwiML for a request about a line. Answers in time whatever happens, and without the database if it must. */
  async play(channel: OpenChannel, request: WebhookRequest): Promise<string> {
    const question = await this.read(channel, request);
    const { line, asked } = question;
    if (asked.happening?.kind === 'held' && queueTroubles.has(asked.params['QueueResult'] ?? '')) {
      return twiml(redirectTwiml(wayOf(question.account, 'voice-next', nudgeAt(asked.turn)), awayAgainMs));
    }
    const happening = this.answers.unseal(line, asked.turn, asked.query['kept']) ?? asked.happening;
    if (happening === null) {
      return nothing;
    }
    if (happening.kind === 'hung_up') {
      await this.notices.tell({ line, turn: asked.turn, happening });
      return nothing;
    }
    const answer = await this.answers.ask(line, asked.turn, happening);
    return answer.kind === 'reply'
      ? renderTwiml(answer.reply, this.surroundings(question))
      : this.fill(question, happening, answer.kind);
  }

  /** Twilio got no answer of ours, or could not read it. What the caller had said to us is lost, so they are asked again. */
  async recover(channel: OpenChannel, request: WebhookRequest): Promise<string> {
    const question = await this.read(channel, request);
    const lost = silenceOf(question.asked.params['ErrorUrl'] ?? '');
    const turn = lost?.turn ?? 0;
    const happening =
      this.answers.unseal(question.line, turn, lost?.query['kept']) ?? lost?.happening ?? arrivedOf(question.asked);
    return this.fill({ ...question, asked: { ...question.asked, turn, query: lost?.query ?? {} } }, happening, 'late');
  }

  /** Music for a stretch, without asking anybody. */
  async wait(channel: OpenChannel, request: WebhookRequest): Promise<string> {
    const { asked } = await this.read(channel, request);
    const { music, ms = '0' } = asked.query;
    return renderTwimlWait(music === undefined ? null : this.library.urlOf(music, ''), Number(ms) || 1);
  }

  /** That a caller hung up, or that two talk now. */
  async notice(channel: OpenChannel, request: WebhookRequest): Promise<void> {
    const { asked } = await this.read(channel, request);
    if (asked.happening !== null) {
      await this.notices.tell({ line: lineOf(channel, asked), turn: asked.turn, happening: asked.happening });
    }
  }

  /** A message was left with Twilio while Peyk could not speak. */
  async takeMessage(channel: OpenChannel, request: WebhookRequest): Promise<string> {
    const { account, line, asked } = await this.read(channel, request);
    const reading = await verified(channel, () => channel.adapter.receive?.(request, account));
    const { From: from = '', To: to = '' } = asked.params;
    await this.events.keepMessage(channel, reading?.events ?? [], {
      ...line,
      from,
      to,
      locale: account.settings.outage.locale,
    });
    return twilioGoodbye({ sentence: (name) => this.sentence(account, name) });
  }

  private async read(channel: OpenChannel, request: WebhookRequest): Promise<Question> {
    const account = channel.account as Account;
    const asked = await verified(channel, () => readTwilioLine(request, account));
    return { channel, account, asked, request, line: { channelId: channel.id, callId: asked.callId } };
  }

  /** A moment of patience, then the same question again; after too many of them, what the settings say of an outage. */
  private async fill(question: Question, happening: LineHappening, why: 'late' | 'away'): Promise<string> {
    const { account, line, asked } = question;
    const fillers = Number(asked.query['fillers'] ?? 0);
    if (happening.kind === 'arrived' ? fillers >= mostFillers : why === 'away') {
      await this.keep(question, happening);
    }
    if (fillers >= mostFillers) {
      return twilioOutage({
        settings: account.settings.outage,
        sentence: (name) => this.sentence(account, name),
        recordedAt: wayOf(account, 'voice-recorded', { outage: '1' }),
        callerId: account.settings.number ?? null,
      });
    }
    const kept = this.answers.seal(line, asked.turn, happening);
    const again = { turn: String(asked.turn), of: 'again', fillers: String(fillers + 1), kept };
    const wait = redirectTwiml(wayOf(account, 'voice-next', again), why === 'away' ? awayAgainMs : lateAgainMs);
    return twiml(wait);
  }

  /** A call that was never met, and a message that nobody could be told of yet, are known all the same. */
  private async keep({ channel, account, request }: Question, happening: LineHappening): Promise<void> {
    const isMessage =
      happening.kind === 'recorded' && happening.reference !== null && request.path === 'voice-recorded';
    const path = happening.kind === 'arrived' ? 'voice' : isMessage ? request.path : null;
    if (path !== null) {
      const reading = await verified(channel, () => channel.adapter.receive?.({ ...request, path }, account));
      const events = reading?.events ?? [];
      await this.events.keepSoon(channel, happening.kind === 'arrived' ? events.map(unmet) : events);
    }
  }

  private surroundings({ account, asked }: Question): TwilioLine {
    return {
      callId: asked.callId,
      party: asked.query['party'] ?? asked.params['From'] ?? '',
      extensionsAt: account.settings.extensionsAt ?? null,
      way: (name, query) => wayOf(account, name, query),
      recording: (name, locale) => this.library.urlOf(name, locale),
    };
  }

  private sentence({ settings }: Account, name: 'leave-a-message' | 'sorry' | 'goodbye') {
    const canRead = (locale: string) => sayTwiml('-', locale).length > 0;
    return playable(name, settings.outage.locale, { library: this.library, canRead });
  }
}

/** The address of a way in, as Twilio knows it and signs it. */
export function wayOf({ id, publicUrl }: Account, name: string, query: Record<string, string>): string {
  return `${publicUrl ?? ''}/hooks/twilio/${id}/${name}?${new URLSearchParams(query).toString()}`;
}

/** Of a leg, the call that it belongs to. */
function lineOf({ id }: OpenChannel, { callId, params }: TwilioLineRequest): Line {
  return { channelId: id, callId: params['ParentCallSid'] || callId };
}

function arrivedOf({ params }: TwilioLineRequest): LineHappening {
  return { kind: 'arrived', from: params['From'] ?? '', to: params['To'] ?? '', name: params['CallerName'] ?? '' };
}
