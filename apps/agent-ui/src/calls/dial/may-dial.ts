import type { ChannelView } from '#contract';

/** Providers that can ring somebody for us; the others only tell of calls. */
const dialling = new Set<unknown>(['twilio', 'jambonz', 'asterisk']);

/** Whether calls can be made over a channel. */
export function mayDial({ kind, enabled, problem, config }: ChannelView): boolean {
  return kind === 'phone' && enabled && problem === null && dialling.has(config['driver']);
}
