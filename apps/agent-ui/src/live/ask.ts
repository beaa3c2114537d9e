import type { Socket } from 'socket.io-client';
import type { AgentCalls, AgentEvents } from '#contract';

export type LiveSocket = Socket<AgentEvents, AgentCalls>;

type Question = 'conversation.open' | 'steering.watch' | 'catch-up' | 'feed';
type AnswerTo<Asked extends Question> = Parameters<Parameters<AgentCalls[Asked]>[1]>[0];

const answerWithinMs = 10_000;

/** Asks the hub over the socket. Null means that no answer came: the link fell, and joining again asks anew. */
export function ask<Asked extends Question>(
  socket: LiveSocket,
  question: Asked,
  call: Parameters<AgentCalls[Asked]>[0],
): Promise<AnswerTo<Asked> | null> {
  // The library's types lose the answer behind a time limit; the contract's are put back here.
  const limited: Socket = socket.timeout(answerWithinMs);
  return (limited.emitWithAck(question, call) as Promise<AnswerTo<Asked>>).catch(() => null);
}
