import { createContext, use } from 'react';

/** Whether the reader only looks on: what a message can do is not offered then. */
export const LooksOn = createContext(false);

export const useLooksOn = (): boolean => use(LooksOn);
