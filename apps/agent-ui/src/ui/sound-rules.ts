import type { AgentStatus, Preferences } from '#contract';

/** What decides whether an alert may be heard. */
export interface Hearing {
  sound: boolean;
  quiet: Preferences['quiet'];
  status: AgentStatus;
}

/** Whether an instant, as the reader's own clock shows it, lies in their quiet hours. Those may go past midnight. */
export function isQuietAt(quiet: Preferences['quiet'], at: Date): boolean {
  if (quiet === null || quiet.from === quiet.to) {
    return false;
  }
  const now = at.getHours() * 60 + at.getMinutes();
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/** Nobody is rung for who is away, or who wants quiet. What is only shown is shown all the same. */
export function mayRing({ sound, quiet, status }: Hearing, at: Date): boolean {
  return sound && status !== 'away' && status !== 'offline' && !isQuietAt(quiet, at);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
