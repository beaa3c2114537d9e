import { keptPush, signUp } from './own-subscription.js';

/** A subscription ends with the session it was made in: whoever signs in again goes on with it. */
export async function renewPush(agentId: string): Promise<void> {
  const kept = keptPush(agentId);
  if (kept) {
    await signUp(agentId, kept.withText).catch(() => undefined);
  }
}
