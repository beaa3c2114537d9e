/** What a field of a ticket holds: several choices are a list of their values, a date is an ISO day. */
export type FieldValue = string | number | boolean | string[];
export type FieldKind = 'text' | 'long_text' | 'number' | 'checkbox' | 'choice' | 'choices' | 'date';

/** A text in the languages in which it is there; one of them at least. */
export interface FieldWordsView {
  en?: string;
  fa?: string;
}

export interface FieldChoiceView {
  value: string;
  name: FieldWordsView;
  /** Not offered any more; what has it keeps it. */
  retired?: boolean;
}

/** What tickets are asked for besides their words. */
export interface TicketFieldView {
  id: string;
  /** Its name in rules, in the API and in `TicketView.fields`; never changes. */
  key: string;
  kind: FieldKind;
  name: FieldWordsView;
  choices: FieldChoiceView[];
  /** The queues whose tickets have it; null: those of all. */
  queueIds: string[] | null;
  /** Agents cannot solve a ticket that lacks it. */
  requiredToSolve: boolean;
  /** It takes no new values; old ones are shown. */
  isRetired: boolean;
  position: number;
  version: number;
}

/** A tag that was used. `uses` counts tickets up to a thousand. */
export interface TagView {
  /** The form under which spellings are one. */
  key: string;
  name: string;
  uses: number;
  /** Former names, whose tickets count here. */
  formerly: { key: string; name: string }[];
}

/** What a queue does with its tickets besides routing them. */
export interface QueueTicketsView {
  /** 2 to 6 capital letters before the numbers of tickets opened here; '': none. */
  prefix: string;
  /** A pending ticket is solved after so many days without an answer; null: never. */
  idleDays: number | null;
  /** So many days before that, the ticket says so. */
  idleWarnDays: number;
  /** What the customer is told then, in their language; '' in both: nothing. */
  idleTexts: { en: string; fa: string };
  /** Open tickets of one person opened within so many hours of each other are told as doubtful; 0: only alike ones. */
  duplicateHours: number;
}

/** Until when a ticket sleeps: an instant, so many days on which its queue serves, or its customer's next words. */
export type SnoozeUntil = { at: string } | { workDays: number } | { reply: true };

export interface SnoozeView {
  kind: 'at' | 'work_days' | 'reply';
  workDays: number | null;
  /** When it wakes by itself; null: by a reply only. */
  until: string | null;
  /** Who put it to sleep; null: a rule. */
  by: { id: string; name: string } | null;
  at: string;
}

/** Another open ticket of the same person that may be about the same. */
export interface DuplicateView {
  ticketId: string;
  number: number;
  prefix: string;
  subject: string;
  openedAt: string;
  reason: 'same_subject' | 'similar_text' | 'opened_together';
}

/** What a ticket's card shows that its row does not hold. */
export interface TicketPropertiesView {
  snooze: SnoozeView | null;
  followers: { id: string; name: string; why: 'chose' | 'mentioned' }[];
  duplicates: DuplicateView[];
  /** When it is solved unless its customer answers; null: nothing of the kind is near. */
  closesAt: string | null;
}
