import type { VisitorMessage } from '#contract';
import type { VisitorSession } from './visitor-memory.js';

/** A chat as it would look: nothing is asked of the hub and nothing is stored. */
export interface Still {
  session: VisitorSession;
  messages: VisitorMessage[];
}
