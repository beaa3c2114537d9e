import type { ReactNode } from 'react';
import { useTexts } from './use-texts.js';

/** Shows what speaks of keys once the words for it are here. */
export function WithKeyTexts({ children }: { children: ReactNode }): ReactNode {
  return useTexts('keys') && children;
}
