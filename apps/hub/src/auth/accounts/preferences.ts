import type { Preferences } from '#contract';

/** What holds for whoever has not chosen. Accounts store only what was chosen, so a default may change for all others. */
const defaults: Preferences = {
  sound: true,
  repeat: true,
  quiet: null,
  keys: 'single',
  undo: { email: 10, other: 0 },
  calendar: 'auto',
  digits: 'auto',
  density: 'comfortable',
  enterSends: false,
  afterResolve: 'stay',
};

/** @param chosen what an account stores: any part of the preferences */
export function withDefaults(chosen: Partial<Preferences>): Preferences {
  return { ...defaults, ...chosen };
}
