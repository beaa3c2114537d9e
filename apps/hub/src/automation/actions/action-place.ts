import type { TicketAction } from '#tickets';
import type { Actor } from '../../auth/actor.js';

/** Why actions run. `depth`: how many rules stand between them and somebody who did something; 0 for a macro. */
export interface ActionCause {
  rule?: string;
  macro?: string;
  depth: number;
}

/** Where actions are done and by whom: a ticket whose person is locked. */
export interface ActionPlace {
  ticketId: string;
  conversationId: string;
  /** The language that the customer reads. */
  locale: string;
  /** Who runs them; null for a rule. */
  by: Actor | null;
  /** Who 'actor' is: whoever runs them, else whoever did what the rule follows. */
  actorId: string | null;
  cause: ActionCause;
  /** Whoever answers an unowned ticket becomes its owner; false where the actions say themselves whose it becomes. */
  takesWork: boolean;
}

/** An action that cannot be done. It ends the whole transaction: all of a rule's or macro's actions are done, or none. */
export class ActionRefused extends Error {
  constructor(
    /** Where it stands among the actions. */
    readonly index: number,
    readonly action: TicketAction,
    /** Stable, e.g. 'closed', 'illegal_state', 'full', 'too_many'. */
    readonly code: string,
    /** What a person may be told besides, e.g. the variables that have no value. */
    readonly detail: string = '',
  ) {
    super(`action ${index} (${action.do}) is refused: ${code}${detail && `, ${detail}`}`);
    this.name = 'ActionRefused';
  }
}

/** Why one action cannot be done. Whoever runs the list says which one it was. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly detail = '',
  ) {
    super(code);
  }
}
