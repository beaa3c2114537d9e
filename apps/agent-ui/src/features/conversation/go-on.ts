import { useCommands } from '../../ui/commands.js';
import { usePreferences } from '../../ui/preferences.js';

/** After a ticket is done: whoever likes it so goes on with the next one of the list. Where no list shows, nothing moves. */
export function goOn(): void {
  if (usePreferences.getState().afterResolve !== 'next') {
    return;
  }
  useCommands.getState().next?.();
  // The line is chosen first; opening means the chosen one by the next frame.
  requestAnimationFrame(() => requestAnimationFrame(() => useCommands.getState().open?.()));
}
