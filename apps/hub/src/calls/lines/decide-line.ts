import type { LineStep, LineStop, LineHappening } from '#channels';
import type { CallPhase } from './phone-call.query.js';
import type { LineSettings } from './line-settings.js';
import { sentence, type IsRecorded, type Spoken } from './line-steps.js';

/** What is known of a call at the moment at which its line asks. */
export interface LineScene {
  phase: CallPhase;
  direction: 'in' | 'out';
  happening: LineHappening['kind'];
  /** Somebody of the team wants to hear nothing of the caller. */
  isBlocked: boolean;
  /** Something for the caller's bot is still to be answered. */
  isBusy: boolean;
  /** Null where no script answers. `said`: since the line was heard of; `open`: what it waited for last, before that. */
  bot: {
    status: 'active' | 'waiting' | 'handed_off' | 'ended' | 'failed';
    said: Spoken;
    open: LineStop | null;
    /** Its talk was broken off from elsewhere while the caller is still there. */
    isCutOff: boolean;
  } | null;
  /** The caller has heard anything at all. */
  isGreeted: boolean;
  settings: LineSettings;
  /** The language in which the hub's own sentences are said. */
  locale: string;
  /** Nobody of ours may be asked: a tester tries the line. */
  isAlone: boolean;
}

/**
 * What is played. `steps` of `play` end in their stop. Behind those of the others it goes on: `people` decide what comes next, `message`
 * records one and its reference becomes a ticket.
 */
export type LinePlan =
  | { do: 'play'; steps: LineStep[]; phase: CallPhase }
  | { do: 'people'; steps: LineStep[] }
  | { do: 'message'; steps: LineStep[] };

type Bot = NonNullable<LineScene['bot']>;

/** A sentence of the hub's own as a step. */
type Saying = (name: Parameters<typeof sentence>[0]) => LineStep;

/** While a bot looks something up, its line asks again so soon. */
const soonMs = 700;
/** How long somebody may speak to a machine. */
const messageMs = 120_000;
/** Any key, or words: for a question whose own way of asking is not known any more. */
const anyAnswer = (locale: string): LineStop => ({
  gather: { dtmf: true, speech: true, hints: [], numDigits: null, finishOnKey: '#', timeoutMs: 6_000, locale },
});

/**
 * What comes next on a line. Pure. Whatever happens the caller hears something and it leads somewhere: a question, people, a message that
 * people get, or a goodbye.
 */
export function decideLine(scene: LineScene, isRecorded: IsRecorded): LinePlan {
  const say: Saying = (name) => sentence(name, scene.locale, isRecorded);
  const plan = decide(scene, say);
  return plan.do === 'people' && scene.isAlone
    ? { do: 'play', phase: 'over', steps: [...plan.steps, say('goodbye'), { hangup: true }] }
    : plan;
}

function decide(scene: LineScene, say: Saying): LinePlan {
  const { phase, isBlocked, bot } = scene;
  if (isBlocked || phase === 'over') {
    return { do: 'play', phase: 'over', steps: [say('goodbye'), { hangup: true }] };
  }
  return bot?.status === 'active' || bot?.status === 'waiting'
    ? ofTalk(scene, bot, bot.status)
    : withoutTalk(scene, say);
}

function withoutTalk(scene: LineScene, say: Saying): LinePlan {
  const { phase, bot, happening } = scene;
  if (phase === 'recording' && happening === 'recorded' && bot?.status !== 'ended') {
    return { do: 'play', phase: 'over', steps: [say('thank-you'), say('goodbye'), { hangup: true }] };
  }
  if (isPeoples(scene)) {
    return { do: 'people', steps: bot?.said.words ?? [] };
  }
  return bot === null ? beforeBot(scene, say) : afterBot(scene, bot, say);
}

const withPeople: ReadonlySet<CallPhase> = new Set(['waiting', 'ringing', 'talking', 'handing']);

function isPeoples({ phase, direction }: LineScene): boolean {
  return direction === 'out' || withPeople.has(phase);
}

/** A script that goes on: it asks, or finds something out. */
function ofTalk({ isBusy, locale }: LineScene, { said, open }: Bot, status: 'active' | 'waiting'): LinePlan {
  const { words, stop } = said;
  if (status === 'waiting' || (isBusy && stop === null)) {
    return waitForBot(words);
  }
  const next = stop ?? open ?? anyAnswer(locale);
  return { do: 'play', phase: 'record' in next ? 'recording' : 'script', steps: [...words, next] };
}

/** A script that is over, or that gave the caller away. */
function afterBot({ isGreeted }: LineScene, { status, isCutOff, said: { words } }: Bot, say: Saying): LinePlan {
  if (status === 'handed_off' || status === 'failed') {
    return { do: 'people', steps: words.length > 0 ? words : [say('please-wait')] };
  }
  const isSilent = words.length === 0 && (isCutOff || !isGreeted);
  const last = isSilent ? [say(isCutOff ? 'sorry' : 'goodbye')] : words;
  return { do: 'play', phase: 'over', steps: [...last, { hangup: true }] };
}

function waitForBot(words: LineStep[]): LinePlan {
  return { do: 'play', phase: 'script', steps: [...words, { again: { afterMs: soonMs } }] };
}

/** Without a script: the channel's own words, and then people or a machine. */
function beforeBot({ isBusy, isGreeted, settings }: LineScene, say: Saying): LinePlan {
  if (isBusy) {
    return waitForBot([]);
  }
  const { greeting, locale, withoutScript } = settings;
  const words: LineStep[] = greeting === '' || isGreeted ? [] : [{ say: greeting, locale }];
  return withoutScript === 'voicemail'
    ? { do: 'message', steps: [...words, say('leave-a-message'), { record: { maxMs: messageMs, finishOnKey: '#' } }] }
    : { do: 'people', steps: [...words, say('please-wait')] };
}
