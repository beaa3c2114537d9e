import { lazy } from 'react';
import { useSequence } from './commands.js';

const KeySequenceHint = lazy(async () => ({ default: (await import('./key-sequence-hint.js')).KeySequenceHint }));

/** Says after a G which keys may follow. */
export function KeySequence() {
  return useSequence(({ isWaiting }) => isWaiting) && <KeySequenceHint />;
}
