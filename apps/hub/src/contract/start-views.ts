/** What the wizard leads an administrator through once the first account is made, in this order. */
export type StartStep = 'company' | 'channel' | 'team' | 'trial';

/** Whose hub it is. */
export interface CompanyView {
  name: string;
  /** IANA name. */
  timeZone: string;
  /** The language in which new colleagues find the console, and queues their first names. */
  locale: 'en' | 'fa';
  /** The hours that the wizard wrote; null: always open. */
  calendarId: string | null;
}

/** How far the hub is on its way to taking real messages, read from what is there rather than from what was clicked. */
export interface HubStartView {
  company: CompanyView | null;
  /** Steps that somebody left for later. */
  skipped: StartStep[];
  /** Where the wizard was left; null before its first step, `done` after its last. */
  at: StartStep | 'done' | null;
  /** A channel that is not part of the demonstration and is on. */
  channel: { id: string; kind: string; name: string } | null;
  /** Somebody wrote over such a channel: where it is to be read. */
  message: { conversation: string } | null;
  colleague: boolean;
  hours: boolean;
  cannedReply: boolean;
}

/** The first steps of whoever asks, and for administrators those of the hub. */
export interface StartView {
  /** What they have tried, e.g. `palette`, and whether they want to see no more of it. */
  mine: { done: string[]; dismissed: boolean };
  hub: HubStartView | null;
}
