import { useEffect } from 'react';
import { bindingOf, commandOf, useCommands, useSequence, type Command } from './commands.js';
import { usePreferences } from './preferences.js';

/** How long the second of two keys may take, in milliseconds. */
const sequenceMs = 1_000;

const modifiers = new Set(['Shift', 'Alt', 'Control', 'Meta', 'AltGraph']);

/** Listens to the keyboard for the whole page. */
export function useShortcuts(): void {
  useEffect(() => {
    const sequence = holdSequence();
    const press = (event: KeyboardEvent) => {
      if (isTyping(event)) {
        return;
      }
      const meaning = commandOf(event, usePreferences.getState().keys, sequence.end());
      if (meaning === 'g') {
        sequence.begin(event);
      } else if (meaning) {
        runCommand(meaning, event);
      }
    };
    document.addEventListener('keydown', press);
    window.addEventListener('keydown', noteLayers, true);
    return () => {
      sequence.end();
      document.removeEventListener('keydown', press);
      window.removeEventListener('keydown', noteLayers, true);
    };
  }, []);
}

/**
 * Presses that are no command whatever they say: taken by somebody else, a modifier on its own, part of a word that is
 * being composed, or AltGr, which many layouts report as Ctrl and Alt and which writes characters.
 */
function isTyping(event: KeyboardEvent): boolean {
  // A browser that fills in a form tells of presses that are none: plain events without any key.
  const isPress = event instanceof KeyboardEvent;
  return (
    !isPress ||
    event.defaultPrevented ||
    event.isComposing ||
    modifiers.has(event.key) ||
    event.getModifierState('AltGraph')
  );
}

/** The second after a G. */
function holdSequence() {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    const { isWaiting } = useSequence.getState();
    clearTimeout(timer);
    if (isWaiting) {
      useSequence.setState({ isWaiting: false });
    }
    return isWaiting;
  };
  return {
    /** @returns whether the second was still running */
    end,
    begin: (event: KeyboardEvent) => {
      if (!isKept(event.target, fields)) {
        event.preventDefault();
        useSequence.setState({ isWaiting: true });
        timer = setTimeout(end, sequenceMs);
      }
    },
  };
}

function runCommand(command: Command, event: KeyboardEvent): void {
  const run = useCommands.getState()[command];
  if (!run || !mayRun(command, event.target) || (event.repeat && !bindingOf(command).repeats)) {
    return;
  }
  event.preventDefault();
  run();
}

const layers = "[role='dialog'], [role='alertdialog'], [role='menu'], [role='listbox']";
const fields = `input, textarea, select, audio, [contenteditable], ${layers}`;

/** Whether something lay over the page when the key went down: by the time it comes here, Esc has closed that already. */
let wasCovered = false;

function noteLayers(): void {
  wasCovered = document.querySelector(layers) !== null;
}

/** Letters typed into a field are text, and a dialog keeps its keys to itself. */
function mayRun(command: Command, target: EventTarget | null): boolean {
  if (command === 'palette') {
    return true;
  }
  if (command === 'back') {
    // Esc closes what lies on top, wherever the focus is.
    return !wasCovered;
  }
  if (command === 'open') {
    return !isKept(target, `a, button, summary, ${fields}`);
  }
  return !isKept(target, bindingOf(command).inFields ? `select, ${layers}` : fields);
}

function isKept(target: EventTarget | null, by: string): boolean {
  return target instanceof Element && target.closest(by) !== null;
}
