import type { ScriptReplayTurnView } from '#contract';
import type { SimulatedInput, SimulatedRun, SimulatedStep } from '#bots';
import type { HeardMessage } from '../sessions/bot-session.query.js';
import { readHappening } from '../sessions/read-happening.js';
import type { PastTalk, PastTurn } from './past-talk.query.js';

/** A past talk as the simulator plays it. What was taken out of the timeline is not played again. */
export function playOf(
  { id, startedAt }: Pick<PastTalk, 'id' | 'startedAt'>,
  turns: readonly PastTurn[],
): { opening: string | null; inputs: SimulatedInput[] } {
  const first = turns[0] && turns[0].event !== 'start' ? doneIn(id, turns[0]) : null;
  const opening = first && 'type' in first ? first.type : null;
  let before = startedAt.getTime();
  const inputs = turns.slice(opening === null ? 0 : 1).flatMap((turn) => {
    const gap = Math.max(0, turn.at.getTime() - before);
    before = Math.max(before, turn.at.getTime());
    const done = doneIn(id, turn);
    return [
      ...(gap > 0 && turn.event !== 'start' ? [{ wait: gap }] : []),
      ...turn.results.map(prepared),
      ...(done ? [done] : []),
    ];
  });
  return { opening, inputs };
}

function prepared(result: PastTurn['results'][number]): SimulatedInput {
  return result.ok ? { lookup: result.name, answer: result.value } : { lookup: result.name, fails: result.error };
}

function doneIn(sessionId: string, { event, message }: PastTurn): SimulatedInput | null {
  if (event === 'resume') {
    return { resume: true };
  }
  if (!message || message.isRedacted) {
    return null;
  }
  const happening = readHappening(sessionId, message as HeardMessage);
  if (happening.kind === 'text') {
    return { type: happening.text };
  }
  if (happening.kind === 'choice') {
    return { press: happening.option };
  }
  return happening.kind === 'file' ? { file: happening.mediaType } : null;
}

/** One row for the greeting and one for each thing that the customer did. */
export function compareTalks(turns: readonly PastTurn[], run: SimulatedRun): ScriptReplayTurnView[] {
  const before = groups(
    turns,
    ({ event, message }) => event === 'resume' || (message !== null && !message.isRedacted),
    saidInTurn,
  );
  const after = groups(run.steps, ({ who }) => who === 'customer', saidInStep);
  const customer = [null, ...run.steps.filter(isCustomer).map(({ does }) => does)];
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
    const [was, is] = [before[index] ?? [], after[index] ?? []];
    return { customer: customer[index] ?? null, before: was, after: is, isSame: folded(was) === folded(is) };
  });
}

/** What was said, split at each thing that the customer did. */
function groups<T>(rows: readonly T[], begins: (row: T) => boolean, said: (row: T) => string[]): string[][] {
  const found: string[][] = [[]];
  for (const row of rows) {
    if (begins(row)) {
      found.push([]);
    }
    found.at(-1)?.push(...said(row));
  }
  return found;
}

function isCustomer(step: SimulatedStep): step is Extract<SimulatedStep, { who: 'customer' }> {
  return step.who === 'customer';
}

function saidInTurn({ reply }: PastTurn): string[] {
  try {
    const messages = JSON.parse(reply) as unknown;
    return Array.isArray(messages) ? messages.flatMap(bodyOf) : [];
  } catch {
    return [];
  }
}

function saidInStep(step: SimulatedStep): string[] {
  return step.who === 'bot' ? step.rendered.flatMap(bodyOf) : [];
}

function bodyOf(message: unknown): string[] {
  const { body } = (message ?? {}) as { body?: unknown };
  return typeof body === 'string' ? [body] : [];
}

/** Links and ids of a session differ each time. */
function folded(texts: readonly string[]): string {
  return texts
    .join('\n')
    .replaceAll(/https?:\/\/\S+/gu, '')
    .replaceAll(/\{\{choice:[^}]*\}\}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
