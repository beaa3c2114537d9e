/** A text that people read, in the languages in which it is there. */
export interface FieldWords {
  en?: string | undefined;
  fa?: string | undefined;
}

export type FieldKind = 'text' | 'long_text' | 'number' | 'checkbox' | 'choice' | 'choices' | 'date';

/** What a field holds: several choices are a list of their values, a date is an ISO day without a time. */
export type FieldValue = string | number | boolean | string[];

/** One thing to choose. A retired one keeps old values readable and takes no new ones. */
export interface FieldChoice {
  value: string;
  name: FieldWords;
  retired?: boolean | undefined;
}

/** What tickets are asked for. `key` names it in rules, in the API and in ticket.fields, and never changes. */
export interface TicketField {
  id: string;
  key: string;
  kind: FieldKind;
  name: FieldWords;
  choices: FieldChoice[];
  /** The queues whose tickets have it; null: those of all. A queue that was removed stands for the one that took over. */
  queueIds: string[] | null;
  requiredToSolve: boolean;
  /** It takes no new values; old ones are shown. */
  isRetired: boolean;
}

/** Whether tickets of a queue are asked for this. */
export function isAskedIn({ queueIds, isRetired }: TicketField, queueId: string): boolean {
  return !isRetired && (queueIds === null || queueIds.includes(queueId));
}
