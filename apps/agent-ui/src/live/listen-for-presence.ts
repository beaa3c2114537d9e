import { keys } from '../api/keys.js';
import type { LiveSocket } from './ask.js';
import type { LiveCache } from './live-cache.js';
import { useLiveState } from './live-state.js';

/** What passes without a trace: who is here, who types, who is on duty, whether storage is up. */
export function listenForPresence(socket: LiveSocket, cache: LiveCache): void {
  socket.on('presence', ({ conversation, agents }) =>
    useLiveState.setState(({ presence }) => ({ presence: { ...presence, [conversation]: agents } })),
  );
  socket.on('customer.typing', ({ conversation, until }) => {
    // Clocks differ; nobody's typing is believed for more than ten seconds.
    const end = Math.min(new Date(until).getTime(), Date.now() + 10_000);
    useLiveState.setState(({ typing }) => ({ typing: { ...typing, [conversation]: end } }));
    setTimeout(() => useLiveState.setState(({ typing }) => ({ typing: without(typing, conversation, end) })), 10_000);
  });
  socket.on('hub.state', ({ storage }) => useLiveState.setState({ storage }));
  socket.on('agent.state', (frame) => cache.changeAgent(frame));
  socket.on('team.changed', () => cache.refetch(keys.queues, keys.agents));
}

function without(typing: Record<string, number>, conversation: string, end: number): Record<string, number> {
  return typing[conversation] === end ? { ...typing, [conversation]: 0 } : typing;
}
