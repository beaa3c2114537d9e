import type { Rendered, SimulatedRun, VoiceStep } from '#bots';

type Gather = Extract<VoiceStep, { gather: unknown }>['gather'];

/** A run as it is read in a terminal: who did what, with the minutes since the beginning, and the words as the channel had them. */
export function transcript({ steps }: SimulatedRun): string[] {
  const beganAt = steps[0]?.at ?? 0;
  return steps.flatMap((step) => {
    const time = clock(step.at - beganAt);
    if (step.who === 'bot') {
      return step.rendered.flatMap((one) =>
        renderedLines(one).map((line, at) => `${at === 0 ? time : '     '}  bot   ${line}`),
      );
    }
    return [`${time}  ${step.who === 'customer' ? 'you ' : 'hub '}  ${step.does}`];
  });
}

/** What a turn becomes on its channel, line by line. */
export function renderedLines(rendered: Rendered): string[] {
  if (rendered.kind === 'voice') {
    return rendered.steps.map(voiceLine);
  }
  const { body, choices, media, smsParts, html } = rendered;
  const buttons = smsParts === undefined && html === undefined ? choices.map(({ label }) => `  [${label}]`) : [];
  const cost = smsParts === undefined ? [] : [`  (${String(smsParts)} SMS)`];
  // Few numbers send pictures by SMS.
  const file = media === null || smsParts !== undefined ? [] : [`  (with ${media})`];
  return [...body.split('\n'), ...file, ...buttons, ...cost];
}

function voiceLine(step: VoiceStep): string {
  if ('play' in step) {
    return `♪ ${step.play}`;
  }
  if ('say' in step) {
    return `“${step.say}”`;
  }
  return 'gather' in step ? gatherLine(step.gather) : lineAct(step);
}

function gatherLine({ numDigits, finishOnKey, speech, timeoutMs }: Gather): string {
  const keys = numDigits === null ? `keys until ${finishOnKey ?? 'silence'}` : `${String(numDigits)} key(s)`;
  return `(listens: ${keys}${speech ? ' or speech' : ''}, ${String(Math.round((timeoutMs ?? 0) / 1000))} s)`;
}

function lineAct(step: Exclude<VoiceStep, { play: string } | { say: string } | { gather: Gather }>): string {
  if ('enqueue' in step) {
    return `(queue ${step.enqueue.queue ?? 'of the channel'})`;
  }
  return 'pause' in step ? `(pause ${String(step.pause.ms)} ms)` : 'record' in step ? '(records)' : '(hangs up)';
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
