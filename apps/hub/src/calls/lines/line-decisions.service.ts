import { Injectable } from '@nestjs/common';
import type { LineStep } from '#channels';
import { TalkSurveys } from '../../bots/effects/talk-surveys.service.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { PromptLibrary } from '../prompts/prompt-library.service.js';
import { trialOf } from '../try/trial-line.js';
import { AfterCall } from './after-call.service.js';
import { decideLine, type LinePlan, type LineScene } from './decide-line.js';
import { LineMessages } from './line-messages.service.js';
import { isBots, type LineMoment } from './line-moment.js';
import { LinePeople } from './line-people.service.js';
import { placeWithPeople } from './line-reads.query.js';
import { lineSettingsOf } from './line-settings.js';
import { endingIn, sentence, spokenOf, type IsRecorded } from './line-steps.js';
import type { CallPhase, PhoneCallRow } from './phone-call.query.js';

/** What a line plays next, and where the call is then. `ticketId`: whose it is by now. */
export interface Decided {
  steps: LineStep[];
  phase: CallPhase;
  ticketId: string | null;
}

/** Asks all who have a say in what a line plays next: the script, people's side, the survey behind a talk. The person is locked. */
@Injectable()
export class LineDecisions {
  /** Asked for what is about to be played: the library notes what nobody recorded. */
  private readonly isRecorded: IsRecorded = (name, locale) => this.prompts.fileOf(name, locale) !== null;

  constructor(
    private readonly people: LinePeople,
    private readonly messages: LineMessages,
    private readonly afterCall: AfterCall,
    private readonly channels: ChannelDirectory,
    private readonly prompts: PromptLibrary,
    private readonly talkSurveys: TalkSurveys,
  ) {}

  async decide(moment: LineMoment): Promise<Decided> {
    const { call, happening, session, about } = moment;
    const ticketId = session?.ticketId ?? call.ticketId ?? about.ticketId;
    const after = (await this.afterDial(moment)) ?? this.afterSurvey(moment);
    if (after !== null) {
      return { ...after, ticketId };
    }
    if (happening.kind === 'recorded') {
      await this.messages.keep(moment, happening);
    }
    const plan = decideLine(this.sceneOf(moment), this.isRecorded);
    return (await this.askAfterScript(moment, plan)) ?? this.carryOut(moment, plan, ticketId);
  }

  /** A script that is over by itself may want to know how it was before its line hangs up. */
  private async askAfterScript({ tx, call, session, locale }: LineMoment, plan: LinePlan): Promise<Decided | null> {
    const isOver = plan.do === 'play' && plan.phase === 'over' && call.phase !== 'over';
    if (!isOver || session?.status !== 'ended' || session.state.status !== 'ended') {
      return null;
    }
    const { conversationId, channelId, seq } = call;
    const talk = { ...session, conversationId, channelId, channel: 'voice', firstSeq: seq } as const;
    const ticketId = await this.talkSurveys.ticketForCall(tx, talk);
    const question = ticketId && (await this.afterCall.ask(tx, { ...call, ticketId }, locale, this.isRecorded));
    const words = plan.steps.filter((step) => !('hangup' in step));
    return question ? { steps: [...words, ...question], phase: 'survey', ticketId } : null;
  }

  /** The end of a talk with one of us, unless they gave the caller back to the script; null for everything else. */
  private async afterDial(moment: LineMoment): Promise<Omit<Decided, 'ticketId'> | null> {
    const { tx, call, happening, locale } = moment;
    if (happening.kind !== 'dialled' || call.phase === 'over') {
      return null;
    }
    if (call.phase === 'handing') {
      // Their talk ended because they are to go on to somebody else, or a moment before that.
      return null;
    }
    await this.people.dialled(tx, call, happening);
    if (happening.result !== 'answered' || isBots(moment)) {
      return null;
    }
    const question = await this.afterCall.ask(tx, call, locale, this.isRecorded);
    return question === null ? this.farewell(locale, false) : { steps: question, phase: 'survey' };
  }

  private afterSurvey({ call, happening, locale }: LineMoment): Omit<Decided, 'ticketId'> | null {
    const hasAnswered = happening.kind === 'heard' && happening.digits !== '';
    return call.phase === 'survey' ? this.farewell(locale, hasAnswered) : null;
  }

  private farewell(locale: string, isThanked: boolean): Omit<Decided, 'ticketId'> {
    const thanks = isThanked ? [sentence('thank-you', locale, this.isRecorded)] : [];
    return { steps: [...thanks, sentence('goodbye', locale, this.isRecorded), { hangup: true }], phase: 'over' };
  }

  private sceneOf({ call, session, about, happening, locale, said }: LineMoment): LineScene {
    const before = said.filter(({ turn }) => turn <= call.saidTurn).flatMap(({ steps }) => steps);
    const since = said.filter(({ turn }) => turn > call.saidTurn).flatMap(({ steps }) => steps);
    return {
      phase: call.phase,
      direction: call.direction,
      happening: happening.kind,
      isBlocked: about.isBlocked,
      isBusy: about.isBusy,
      bot: session && {
        status: session.status,
        said: spokenOf(since, locale, this.isRecorded),
        open: spokenOf(before, locale, () => true).stop,
        isCutOff: session.status === 'ended' && session.state.status !== 'ended',
      },
      isGreeted: call.turn > 0,
      settings: lineSettingsOf(this.channels.find(call.channelId)?.account.settings),
      locale,
      isAlone: trialOf(call.callId) === 'alone',
    };
  }

  private async carryOut(moment: LineMoment, plan: LinePlan, ticketId: string | null): Promise<Decided> {
    const decided =
      plan.do === 'people'
        ? await this.toPeople(moment, plan.steps, ticketId)
        : { steps: plan.steps, phase: plan.do === 'message' ? ('recording' as const) : plan.phase, ticketId };
    if (decided.phase === 'recording') {
      await this.messages.noteConsent(moment, decided.steps);
    }
    return decided;
  }

  private async toPeople(moment: LineMoment, words: LineStep[], known: string | null): Promise<Decided> {
    const { tx, talk, call, happening, locale } = moment;
    const isNew = call.phase === 'script' || call.phase === 'recording';
    const ticketId = isNew && call.direction === 'in' ? await this.people.receive(tx, talk, call, known) : known;
    if (ticketId === null && call.direction === 'in') {
      const sorry = sentence('sorry', locale, this.isRecorded);
      return { steps: [...words, sorry, { hangup: true }], phase: 'over', ticketId };
    }
    const theirs: PhoneCallRow = { ...call, ticketId, ...(isNew && { phase: 'waiting' as const }) };
    await tx.query(placeWithPeople, [call.id, ticketId, theirs.phase]);
    const next = await this.people.next(tx, theirs, happening);
    const steps = endingIn([...words, ...next], { hold: { music: null, maxMs: 5_000 } });
    return { steps, phase: phaseOf(steps.at(-1), theirs.phase), ticketId: theirs.ticketId };
  }
}

function phaseOf(stop: LineStep | undefined, before: CallPhase): CallPhase {
  if (stop === undefined || 'hangup' in stop) {
    return 'over';
  }
  if ('dial' in stop) {
    return 'ringing';
  }
  return 'record' in stop ? 'recording' : before === 'talking' ? 'talking' : 'waiting';
}
