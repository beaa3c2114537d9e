import type { LineStep, LineStop } from '#channels';
import type { TrialStepView } from '#contract';

/** What a tester's telephone asks while it shows a step. */
export interface TrialSounds {
  /** Where the page plays a recording; null: nobody recorded it. */
  urlOf(name: string, locale: string): string | null;
  /** What a recording says; '' where the hub does not know. */
  textOf(name: string): string;
  /** Whose phone it is; '' where nobody knows. */
  ownerOf(address: string): string;
}

/** A step of a line as the page shows it. */
export function presentStep(step: LineStep, sounds: TrialSounds): TrialStepView {
  if ('play' in step) {
    const { play: name, locale } = step;
    return { kind: 'play', name, url: sounds.urlOf(name, locale), text: sounds.textOf(name), locale };
  }
  if ('say' in step) {
    return { kind: 'say', text: step.say, locale: step.locale };
  }
  return 'pause' in step ? { kind: 'pause', ms: step.pause.ms } : presentStop(step, sounds);
}

function presentStop(stop: LineStop, sounds: TrialSounds): TrialStepView {
  if ('gather' in stop) {
    const { dtmf, speech, numDigits, finishOnKey, timeoutMs } = stop.gather;
    return { kind: 'gather', keys: dtmf, speech, digits: numDigits, finishOnKey, timeoutMs };
  }
  if ('hold' in stop) {
    return { kind: 'hold', maxMs: stop.hold.maxMs, music: stop.hold.music };
  }
  if ('dial' in stop) {
    const { leg, to, timeoutSecs, record } = stop.dial;
    return { kind: 'dial', leg, to, agent: sounds.ownerOf(to.address), timeoutSecs, records: record };
  }
  if ('record' in stop) {
    return { kind: 'record', maxMs: stop.record.maxMs, finishOnKey: stop.record.finishOnKey };
  }
  return 'again' in stop ? { kind: 'again', afterMs: stop.again.afterMs } : { kind: 'hangup' };
}
