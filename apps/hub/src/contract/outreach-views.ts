import type { ChannelKind } from './views.js';

/** What people can agree to hear, or withdraw from. */
export type OutreachPurpose = 'service' | 'offers' | 'news' | 'feedback';

export type OutreachState = 'draft' | 'scheduled' | 'running' | 'paused' | 'done' | 'stopped';

/** A text in one language; empty where it is not written in it. The subject is used by mails only. */
export interface OutreachText {
  subject: string;
  body: string;
}

/** Something that is told to the members of a segment. */
export interface OutreachView {
  id: string;
  name: string;
  version: number;
  state: OutreachState;
  purpose: OutreachPurpose;
  /** explicit: only who agreed to the purpose. service: everybody who has not withdrawn. */
  consent: 'explicit' | 'service';
  segmentId: string;
  texts: { en: OutreachText; fa: OutreachText };
  /** In the order in which they are tried. */
  channelIds: string[];
  /** The channel that a person asked for, or uses most, goes first. */
  ownChannelFirst: boolean;
  /** Where answers go; null: where messages of their channel go. */
  queueId: string | null;
  repeats: 'once' | 'daily' | 'weekly' | 'monthly';
  /** ISO; null: as soon as it is scheduled. */
  startsAt: string | null;
  /** Of one that repeats: whoever got it is left alone for so long. */
  coolDownDays: number;
  /** When it may arrive: at any hour, within hours on the clock of the person, or while a calendar is open. */
  hours: 'any' | 'person' | 'calendar';
  /** Minutes of the day. */
  fromMinute: number;
  toMinute: number;
  calendarId: string | null;
  holdOutPercent: number;
  perMinute: number;
  /** For how long what somebody writes counts as an answer to it. */
  answerDays: number;
  /** How often it ran, the present round included. */
  round: number;
  /** When it runs next; null when it does not. */
  nextAt: string | null;
  createdAt: string;
  changedAt: string;
}

/** Why somebody gets nothing, or not yet. */
export type OutreachWhy =
  | 'blocked'
  | 'cap'
  | 'merged'
  | 'missing_variable'
  | 'no_consent'
  | 'no_text'
  | 'no_way'
  | 'opted_out'
  | 'quiet_hours'
  | 'all_ways_failed'
  | 'withdrawn';

export type OutreachPersonState = 'waiting' | 'sending' | 'sent' | 'unconfirmed' | 'failed' | 'skipped' | 'held_out';

export interface OutreachPersonView {
  personId: string;
  conversationId: string;
  name: string;
  round: number;
  state: OutreachPersonState;
  /** '' where there is nothing to say. */
  why: OutreachWhy | '';
  /** Variables that nothing stands for. */
  details: string[];
  channel: { id: string; kind: ChannelKind; name: string } | null;
  /** How often a way failed before. */
  failedWays: number;
  sentAt: string | null;
  /** When somebody who waits is looked at again. */
  dueAt: string | null;
}

/** What would become of one member if it were sent now. */
export interface OutreachPreviewRow {
  personId: string;
  conversationId: string;
  name: string;
  outcome: 'send' | 'skip' | 'wait' | 'hold_out';
  why: OutreachWhy | '';
  details: string[];
  channel: { id: string; kind: ChannelKind; name: string } | null;
  /** What they would get, '' where nothing. */
  subject: string;
  text: string;
  waitsUntil: string | null;
}

export interface OutreachPreviewView {
  rows: OutreachPreviewRow[];
  /** Of the members that were looked at. */
  counts: { send: number; skip: number; wait: number; holdOut: number };
  /** There are more members than were looked at. */
  isCut: boolean;
}

/** Those who got it, or those who were held out to compare them with. */
export interface OutreachGroupView {
  people: number;
  /** Who wrote to us within the days of an answer. */
  wrote: number;
  /** Who bought something within them. */
  bought: number;
  /** What they bought together, per currency. */
  spent: { currency: string; amount: number }[];
}

export interface OutreachFiguresView {
  /** Everybody in the audience so far; it grows while it is being frozen. */
  audience: number;
  isFrozen: boolean;
  waiting: number;
  sending: number;
  sent: number;
  /** Of those sent, whose provider said that it arrived. */
  delivered: number;
  unconfirmed: number;
  failed: number;
  skipped: number;
  heldOut: number;
  /** Who went on to another way because one failed. */
  fellOver: number;
  optedOut: number;
  skippedWhy: { why: OutreachWhy; people: number }[];
  channels: { id: string; name: string; sent: number }[];
  told: OutreachGroupView;
  held: OutreachGroupView;
}

/** What one person said of what they want to hear. */
export interface ContactWishesView {
  preferredKind: ChannelKind | null;
  consents: {
    purpose: OutreachPurpose;
    state: 'given' | 'withdrawn';
    source: 'agent' | 'customer' | 'import';
    at: string;
  }[];
}

export interface OutreachLimitsView {
  /** The most that one person gets of all outreach together. */
  perDay: number;
  perWeek: number;
}
