import { useEffect, useRef } from 'react';
import { create } from 'zustand';

/** Every shortcut by what it does, in the order of the help. */
export type Command = (typeof bindings)[number]['command'];

/** How keys without a modifier behave: not at all, as they are, or only with Alt held (WCAG 2.1.4). */
export type KeyMode = 'off' | 'single' | 'alt';

export type KeyGroup = 'move' | 'ticket' | 'write' | 'many' | 'go' | 'anywhere';

export interface Binding<Name extends string = string> {
  command: Name;
  group: KeyGroup;
  /** The key's place on the keyboard: with the Persian layout J types «ت», and must still mean "next". */
  code: string;
  /** What is printed on a Latin keyboard at that place. */
  cap: string;
  withCtrl?: boolean;
  withShift?: boolean;
  withAlt?: boolean;
  /** Second of two keys: G, then this one within a second. */
  afterG?: boolean;
  /** Works while one writes. Everything else is text there. */
  inFields?: boolean;
  /** May be held down. What is done once must not be done thirty times. */
  repeats?: boolean;
  /** In the mode with Alt, this one needs Shift as well, because Alt with its letter is taken. */
  altTaken?: boolean;
}

/**
 * Every shortcut. The listener, the palette and the help read this one table. None of them is a combination that a
 * browser keeps for itself (Ctrl+T, Ctrl+N, Ctrl+W, Alt+D, Alt+arrows to the sides).
 */
export const bindings = [
  { command: 'next', group: 'move', code: 'KeyJ', cap: 'J', repeats: true },
  { command: 'previous', group: 'move', code: 'KeyK', cap: 'K', repeats: true },
  { command: 'open', group: 'move', code: 'Enter', cap: 'Enter' },
  { command: 'back', group: 'move', code: 'Escape', cap: 'Esc', inFields: true },
  { command: 'messageUp', group: 'move', code: 'ArrowUp', cap: '↑', withAlt: true, inFields: true, repeats: true },
  { command: 'messageDown', group: 'move', code: 'ArrowDown', cap: '↓', withAlt: true, inFields: true, repeats: true },
  { command: 'hideViews', group: 'move', code: 'BracketLeft', cap: '[' },
  { command: 'hidePanel', group: 'move', code: 'BracketRight', cap: ']' },

  { command: 'resolve', group: 'ticket', code: 'KeyE', cap: 'E' },
  { command: 'snooze', group: 'ticket', code: 'KeyH', cap: 'H' },
  { command: 'raiseHand', group: 'ticket', code: 'KeyH', cap: 'H', withShift: true },
  { command: 'assign', group: 'ticket', code: 'KeyA', cap: 'A', altTaken: true },
  { command: 'assignMe', group: 'ticket', code: 'KeyI', cap: 'I' },
  { command: 'tags', group: 'ticket', code: 'KeyT', cap: 'T' },
  { command: 'priority', group: 'ticket', code: 'KeyP', cap: 'P' },
  { command: 'unread', group: 'ticket', code: 'KeyU', cap: 'U' },
  { command: 'why', group: 'ticket', code: 'KeyW', cap: 'W' },

  { command: 'reply', group: 'write', code: 'KeyR', cap: 'R' },
  { command: 'note', group: 'write', code: 'KeyN', cap: 'N' },
  {
    command: 'sendAndResolve',
    group: 'write',
    code: 'Enter',
    cap: 'Enter',
    withCtrl: true,
    withShift: true,
    inFields: true,
  },
  { command: 'channel1', group: 'write', code: 'Digit1', cap: '1', withCtrl: true, withAlt: true, inFields: true },
  { command: 'channel2', group: 'write', code: 'Digit2', cap: '2', withCtrl: true, withAlt: true, inFields: true },
  { command: 'channel3', group: 'write', code: 'Digit3', cap: '3', withCtrl: true, withAlt: true, inFields: true },
  { command: 'channel4', group: 'write', code: 'Digit4', cap: '4', withCtrl: true, withAlt: true, inFields: true },
  { command: 'channel5', group: 'write', code: 'Digit5', cap: '5', withCtrl: true, withAlt: true, inFields: true },
  { command: 'newConversation', group: 'write', code: 'KeyC', cap: 'C' },

  { command: 'select', group: 'many', code: 'KeyX', cap: 'X' },
  { command: 'selectDown', group: 'many', code: 'KeyJ', cap: 'J', withShift: true, repeats: true },
  { command: 'selectUp', group: 'many', code: 'KeyK', cap: 'K', withShift: true, repeats: true },

  { command: 'goInbox', group: 'go', code: 'KeyI', cap: 'I', afterG: true },
  { command: 'goUnassigned', group: 'go', code: 'KeyU', cap: 'U', afterG: true },
  { command: 'goCustomers', group: 'go', code: 'KeyC', cap: 'C', afterG: true },
  { command: 'goSearch', group: 'go', code: 'KeyF', cap: 'F', afterG: true },
  { command: 'goSettings', group: 'go', code: 'KeyS', cap: 'S', afterG: true },

  // Held with Alt, for offers come while one writes to somebody else.
  { command: 'accept', group: 'anywhere', code: 'KeyA', cap: 'A', withAlt: true, inFields: true },
  { command: 'search', group: 'anywhere', code: 'Slash', cap: '/' },
  { command: 'palette', group: 'anywhere', code: 'KeyK', cap: 'K', withCtrl: true, inFields: true },
  { command: 'help', group: 'anywhere', code: 'Slash', cap: '?', withShift: true },
] as const satisfies readonly Binding[];

const table: readonly Binding<Command>[] = bindings;

export function bindingOf(command: Command): Binding<Command> {
  return table.find((binding) => binding.command === command)!;
}

/** Whether the mode of the keys is about it: letters, digits and signs without a modifier. */
function isCharacter({ code, withCtrl = false, withAlt = false }: Binding): boolean {
  return !withCtrl && !withAlt && !/^(?:Enter|Escape|Arrow)/u.test(code);
}

/** What is pressed for it in this mode, key by key as printed; null while it is turned off. */
export function capsOf(binding: Binding, mode: KeyMode): string[] | null {
  if (isCharacter(binding) && mode === 'off') {
    return null;
  }
  const { ctrl, alt, shift } = holds(binding, mode, false);
  return [
    ctrl && 'Ctrl',
    alt && 'Alt',
    // A question mark says by itself that Shift is held.
    shift && binding.cap !== '?' && 'Shift',
    binding.afterG === true && 'G',
    binding.cap,
  ].filter((cap) => cap !== false);
}

/** The same as one string, for a tooltip or a row of the palette; empty while it is turned off. */
export function shownOf(command: Command, mode: KeyMode): string {
  return (capsOf(bindingOf(command), mode) ?? []).join(' ');
}

export type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> &
  Partial<Pick<KeyboardEvent, 'key'>>;

/** Signs that are elsewhere on many keyboards (German, French), where nobody would look for them at their place. */
const bySign: Readonly<Record<string, Command>> = { '/': 'search', '?': 'help' };

/** Which modifiers a binding asks for in this mode. */
function holds(binding: Binding, mode: KeyMode, isAfterG: boolean) {
  const isAlt = isCharacter(binding) && mode === 'alt' && !isAfterG;
  return {
    ctrl: binding.withCtrl ?? false,
    alt: (binding.withAlt ?? false) || isAlt,
    shift: (binding.withShift ?? false) || (isAlt && (binding.altTaken ?? false)),
  };
}

/**
 * What a key press means.
 * @param isAfterG whether G was pressed within the last second
 * @returns a command, `'g'` for the first of two keys, or null
 */
export function commandOf(event: Pressed, mode: KeyMode, isAfterG = false): Command | 'g' | null {
  const held = event.ctrlKey || event.metaKey;
  // After G the Alt of the mode may still be down, or be up already.
  const pressed = { ctrl: held, alt: event.altKey && !mayHoldAlt(mode, isAfterG, held), shift: event.shiftKey };
  const found = table.find(
    (binding) =>
      binding.code === event.code && isReached(binding, isAfterG) && isHeld(binding, mode, isAfterG, pressed),
  );
  if (mode === 'off' && (!found || isCharacter(found))) {
    return null;
  }
  return found?.command ?? (isG(event, mode) ? 'g' : signedCommand(event, mode, isAfterG));
}

function signedCommand(event: Pressed, mode: KeyMode, isAfterG: boolean): Command | null {
  const { key = '', ctrlKey, metaKey, altKey } = event;
  const isPlain = !ctrlKey && !metaKey && altKey === (mode === 'alt');
  return isPlain && !isAfterG ? (bySign[key] ?? null) : null;
}

function mayHoldAlt(mode: KeyMode, isAfterG: boolean, isCtrlHeld: boolean): boolean {
  return isAfterG && mode === 'alt' && !isCtrlHeld;
}

/** After G letters mean what they mean second, and nothing else. */
function isReached(binding: Binding, isAfterG: boolean): boolean {
  return (binding.afterG ?? false) === (isAfterG && isCharacter(binding));
}

function isHeld(binding: Binding, mode: KeyMode, isAfterG: boolean, pressed: ReturnType<typeof holds>): boolean {
  const asks = holds(binding, mode, isAfterG);
  return asks.ctrl === pressed.ctrl && asks.alt === pressed.alt && asks.shift === pressed.shift;
}

function isG(event: Pressed, mode: KeyMode): boolean {
  const { code, ctrlKey, metaKey, altKey, shiftKey } = event;
  return code === 'KeyG' && !ctrlKey && !metaKey && !shiftKey && altKey === (mode === 'alt');
}

type Handlers = Partial<Record<Command, (() => void) | undefined>>;

/** What the commands do now: whatever is on screen says so. */
export const useCommands = create<Handlers>()(() => ({}));

/** Whether the first of two keys was pressed and the second is waited for. */
export const useSequence = create<{ isWaiting: boolean }>()(() => ({ isWaiting: false }));

/** Who has given a command a meaning, the latest last: when they go, the one before has it again. */
const givers = new Map<Command, (() => void)[]>();

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
    const settle = (handlers: (() => void)[]) => {
      givers.set(command, handlers);
      useCommands.setState({ [command]: handlers.at(-1) });
    };
    settle([...(givers.get(command) ?? []), handler]);
    return () => settle((givers.get(command) ?? []).filter((other) => other !== handler));
  }, [command, isOffered]);
}
