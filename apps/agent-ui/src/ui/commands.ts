import { useEffect, useRef } from 'react';
import { create } from 'zustand';

export type Command = 'next' | 'previous' | 'open' | 'reply' | 'note' | 'resolve' | 'accept' | 'palette' | 'help';

interface Binding {
  command: Command;
  /** The key's place on the keyboard: with the Persian layout J types «ت», and must still mean "next". */
  code: string;
  shows: string;
  withCtrl?: boolean;
  withShift?: boolean;
  withAlt?: boolean;
}

/** Every shortcut. The listener, the palette and the help read this one table. */
export const bindings: readonly Binding[] = [
  { command: 'next', code: 'KeyJ', shows: 'J' },
  { command: 'previous', code: 'KeyK', shows: 'K' },
  { command: 'open', code: 'Enter', shows: 'Enter' },
  { command: 'reply', code: 'KeyR', shows: 'R' },
  { command: 'note', code: 'KeyN', shows: 'N' },
  { command: 'resolve', code: 'KeyE', shows: 'E' },
  // Held with Alt, for offers come while one writes to somebody else.
  { command: 'accept', code: 'KeyA', shows: 'Alt A', withAlt: true },
  { command: 'palette', code: 'KeyK', shows: 'Ctrl K', withCtrl: true },
  { command: 'help', code: 'Slash', shows: '?', withShift: true },
];

type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Which command a key press means, if any. */
export function commandOf(event: Pressed, singleKeys: boolean): Command | null {
  const held = event.ctrlKey || event.metaKey;
  const binding = bindings.find(
    ({ code, withCtrl = false, withShift = false, withAlt = false }) =>
      code === event.code && withCtrl === held && withShift === event.shiftKey && withAlt === event.altKey,
  );
  return binding && (singleKeys || binding.withCtrl || binding.withAlt) ? binding.command : null;
}

type Handlers = Partial<Record<Command, (() => void) | undefined>>;

/** What the commands do now: whatever is on screen says so. */
export const useCommands = create<Handlers>()(() => ({}));

/** Gives a command its meaning while the calling component shows; null leaves it without one. */
export function useCommand(command: Command, run: (() => void) | null): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const isOffered = run !== null;
  useEffect(() => {
    if (!isOffered) {
      return undefined;
    }
    const handler = () => latest.current?.();
    useCommands.setState({ [command]: handler });
    return () => {
      if (useCommands.getState()[command] === handler) {
        useCommands.setState({ [command]: undefined });
      }
    };
  }, [command, isOffered]);
}
