import { useQuery } from '@tanstack/react-query';
import type { SteeringView } from '#contract';
import { conversationQuery } from '../../api/queries.js';
import { steeringQuery } from '../../api/steering.js';

/** What of steering concerns the reader in a conversation that is open; null: not known. It changes with who has the work. */
export function useOwnSteering(person: string): SteeringView | null {
  const view = useQuery({ ...conversationQuery(person), enabled: false }).data;
  const standing = (view?.tickets ?? []).map(({ id, ownerId, state }) => `${id} ${ownerId ?? ''} ${state}`).join();
  return useQuery({ ...steeringQuery(person, standing), enabled: view !== undefined }).data ?? null;
}
