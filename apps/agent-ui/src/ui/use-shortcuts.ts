import { useEffect } from 'react';
import { commandOf, useCommands, type Command } from './commands.js';
import { usePreferences } from './preferences.js';

/** Listens to the keyboard for the whole page. */
export function useShortcuts(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const command = event.defaultPrevented ? null : commandOf(event, usePreferences.getState().singleKeys);
      const run = command && useCommands.getState()[command];
      if (command && run && mayRun(command, event.target)) {
        event.preventDefault();
        run();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** Letters typed into a field are text, and a dialog keeps its keys to itself. */
function mayRun(command: Command, target: EventTarget | null): boolean {
  if (command === 'palette' || !(target instanceof Element)) {
    return true;
  }
  return !target.closest(`${keptBy(command)}[role='dialog'], [role='menu']`);
}

/** What else keeps a key that means this command. */
function keptBy(command: Command): string {
  if (command === 'accept') {
    return '';
  }
  return `${command === 'open' ? 'a, button, summary, ' : ''}input, textarea, select, audio, [contenteditable], `;
}
