import { keys } from '../api/keys.js';
import type { LiveSocket } from './ask.js';
import type { LiveCache } from './live-cache.js';
import { useLiveState } from './live-state.js';

/** Clocks differ: nobody's typing is believed for longer, whatever theirs says. */
const longestMs = 10_000;

/** What passes without a trace: who is here, who types, who is on duty, whether storage is up. */
export function listenForPresence(socket: LiveSocket, cache: LiveCache): void {
  socket.on('presence', ({ conversation, agents }) =>
    useLiveState.setState(({ presence }) => ({ presence: { ...presence, [conversation]: agents } })),
  );
  socket.on('customer.typing', ({ conversation, until }) => {
    const end = new Date(until).getTime();
    useLiveState.setState(({ typing }) => ({
      typing: { ...typing, [conversation]: endOf(typing[conversation], end) },
    }));
    setTimeout(
      () => useLiveState.setState(({ typing }) => ({ typing: without(typing, conversation, end) })),
      longestMs,
    );
  });
  socket.on('hub.state', ({ storage }) => useLiveState.setState({ storage }));
  socket.on('agent.state', (frame) => cache.changeAgent(frame));
  socket.on('team.changed', () => cache.refetch(keys.queues, keys.agents, keys.stateNames));
}

/** Whoever stops is told to end before what was told last; two times of the same clock, the hub's. */
function endOf(told: number | undefined, end: number): number {
  return end < (told ?? 0) ? 0 : end;
}

function without(typing: Record<string, number>, conversation: string, end: number): Record<string, number> {
  return typing[conversation] === end ? { ...typing, [conversation]: 0 } : typing;
}
