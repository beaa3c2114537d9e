import type { CallContent } from '#channels';
import type { CallView } from '#contract';

/** A call as its reader gets it. Where its provider keeps recordings is nobody's to know: they are heard through Peyk alone. */
export function presentCall({ details = {}, ...call }: CallContent): CallView {
  return {
    direction: call.direction,
    state: call.state,
    outcome: call.outcome,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    endedAt: call.endedAt,
    durationSeconds: call.durationSeconds,
    ...presentWhereabouts(details),
    legs: (details.legs ?? []).map(({ id, to, agentId, startedAt, answeredAt, endedAt, outcome }) => ({
      id,
      to,
      agentId,
      startedAt,
      answeredAt,
      endedAt,
      outcome,
    })),
    path: (details.path ?? []).map(({ node, at, heard }) => ({ node, at, heard: heard ?? null })),
    recordings: (details.recordings ?? []).map(({ id, seconds }) => ({ id, seconds })),
  };
}

function presentWhereabouts(
  details: NonNullable<CallContent['details']>,
): Pick<CallView, 'waitSeconds' | 'line' | 'queue' | 'cause' | 'source' | 'disposition' | 'transcript'> {
  const told = <Told>(value: Told | undefined): Told | null => value ?? null;
  return {
    waitSeconds: told(details.waitSeconds),
    line: told(details.line),
    queue: told(details.queue),
    cause: told(details.cause),
    source: told(details.source),
    disposition: told(details.disposition),
    transcript: told(details.transcript),
  };
}
