import type { ChannelKind } from './views.js';

/** A message, or a ticket by its latest message, that a search found. */
export interface SearchHit {
  /** The person's. */
  conversation: string;
  customer: { id: string; name: string };
  ticket: { id: string; number: number; prefix: string; subject: string; state: string } | null;
  message: {
    id: string;
    at: string;
    author: 'customer' | 'agent' | 'bot' | 'system';
    /** Of the agent who wrote it; '' for others. */
    authorName: string;
    kind: string;
    channelKind: ChannelKind | null;
    /** A part of its words around what was searched for. */
    snippet: string;
    /** Where in the snippet: [from, to) in UTF-16 units. */
    marks: [number, number][];
  } | null;
}

/** A filter of a search that could not be followed, as it was typed. `too_wide`: what was found so far is all that could be looked at in time. */
export interface SearchProblem {
  term: string;
  why: 'unknown_filter' | 'unknown_value' | 'bad_date' | 'words_needed' | 'too_wide';
}

export interface SearchAnswer {
  rows: SearchHit[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  problems: SearchProblem[];
}
