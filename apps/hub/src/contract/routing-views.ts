import type { ChannelKind, AgentStatus, TicketState } from './views.js';

/** A piece of work that waits for one agent's yes. Durations are milliseconds at the moment of answering, for clocks differ. */
export interface OfferView {
  id: string;
  /** A broadcast goes to everybody who could take it, and to the first who does. */
  kind: 'exclusive' | 'broadcast';
  ticketId: string;
  ticketNumber: number;
  ticketPrefix: string;
  /** The person's, as the API knows them. */
  conversationId: string;
  subject: string;
  customerName: string;
  channelKind: ChannelKind | null;
  /** Somebody is on the line: my phone rings, and whoever takes it up has said yes. */
  ring: boolean;
  queueName: string;
  priority: 1 | 2 | 3 | 4;
  /** Why it is offered to this agent: the `why` that is recorded with the offer. */
  why: string | null;
  waitedMs: number;
  expiresAt: string;
  remainingMs: number;
}

/** How an offer ended. `byName`: who took it, where somebody else did. */
export interface OfferEndedFrame {
  id: string;
  outcome: 'accepted' | 'declined' | 'expired' | 'revoked' | 'taken';
  byName?: string;
}

export type WorkClassName = 'voice' | 'chat' | 'async';

/** What an agent holds, and whether they are given more. */
export interface LoadView {
  status: AgentStatus;
  /** 'no_answer': the hub set them away, because offers went unanswered; 'supervisor': see `statusBy`. Null: they said so themselves. */
  statusReason: 'no_answer' | 'supervisor' | null;
  /** The supervisor who set it, and why; '' where they did not say. */
  statusBy: { name: string; words: string } | null;
  usedUnits: number;
  capUnits: number;
  classes: { class: WorkClassName; used: number; cap: number }[];
  /** False outside the hours of their shift: nothing is given to them then. */
  onShift: boolean;
  /** Offers in a row that they let run out. */
  missedOffers: number;
}

/** Somebody or something by name; '' where it is gone. */
export interface Named {
  id: string;
  name: string;
}

/** Where a ticket's live work stands. Durations are milliseconds at the moment of answering. */
export interface RoutingPlaceView {
  ticketId: string;
  queueId: string;
  state: 'queued' | 'offered' | 'assigned';
  class: WorkClassName;
  waitedMs: number;
  /** 1 is next; counted up to 200. Null where it does not wait. */
  position: number | null;
  /** To whom it is offered now. */
  offers: { agent: Named; remainingMs: number }[];
  skills: Named[];
  /** The lowest level that counts, 1 to 5. */
  skillLevel: number;
  /** Who is asked first. */
  preferred: Named | null;
}

/** What keeps an agent from having waiting work. Of several, what must change first. */
export type ExplainHindrance =
  | 'queue_closed'
  | 'not_online'
  | 'not_present'
  | 'off_shift'
  | 'excluded'
  | 'not_in_queue'
  | 'lacks_skill'
  | 'no_phone'
  | 'asked_already'
  | 'no_units'
  | 'class_full'
  | 'on_a_call';

/** Why a ticket is where it is, from what was recorded when it was decided. Steps and promises come oldest first. */
export interface ExplainView {
  ticketId: string;
  number: number;
  state: TicketState;
  queue: Named;
  owner: Named | null;
  /** Null where no work is alive: it is solved. */
  place: RoutingPlaceView | null;
  /** While it waits: everybody who serves its queue, and what keeps them from having it at this moment; null where nothing does. */
  servers: { agent: Named; hindrance: ExplainHindrance | null }[];
  steps: ExplainStep[];
  promises: ExplainedPromise[];
}

/** When something was decided, and the agent who did it; null where the hub did. */
interface ExplainMoment {
  at: string;
  by: Named | null;
}

export type ExplainStep =
  | ExplainOpened
  | ExplainQueued
  | ExplainReranked
  | ExplainOffered
  | ExplainAccepted
  | ExplainOfferEnd
  | ExplainAbandoned
  | ExplainStickyWait
  | ExplainStepped
  | ExplainAsked
  | ExplainAway
  | ExplainCallback
  | ExplainHand
  | ExplainMoved
  | ExplainPromiseStep;

export interface ExplainOpened extends ExplainMoment {
  kind: 'opened';
}

/** Its place in line: by how much it stands before those who came with it, and of what that is made. All in milliseconds. */
interface ExplainRank {
  boostMs: number;
  parts: { priority: number; tier: number; overdue: number };
}

/** It began to wait, or waits again. */
export interface ExplainQueued extends ExplainMoment, ExplainRank {
  kind: 'queued';
  queue: Named | null;
  reason: string;
  class: WorkClassName | null;
  skills: Named[];
  skillLevel: number;
  preferred: Named | null;
}

/** Its place in line moved, and nothing else. */
export interface ExplainReranked extends ExplainMoment, ExplainRank {
  kind: 'reranked';
  reason: string;
}

/** Somebody who could have had it. What is not known of them is null. */
export interface ExplainCandidate {
  agent: Named;
  /** The sum of their levels in the skills asked for. */
  skill: number | null;
  idleMs: number | null;
  /** The share of their units in use, 0 to 1. */
  load: number | null;
  /** Since they last got work. */
  sinceMs: number | null;
  isSticky: boolean;
}

/** Who was chosen, and why. */
export interface ExplainChoice {
  strategy: string | null;
  why: string | null;
  /** How many could have had it. */
  eligible: number | null;
  /** The first of them, best first. */
  candidates: ExplainCandidate[];
  waitedMs: number | null;
  /** How many waited before it in the queue. */
  ahead: number | null;
}

export interface ExplainOffered extends ExplainMoment, ExplainChoice {
  kind: 'offered';
  agent: Named | null;
  expiresAt: string | null;
}

/** `auto`: nobody was asked, for the queue does not ask. The choice is only known then; it stands with the offer otherwise. */
export interface ExplainAccepted extends ExplainMoment, ExplainChoice {
  kind: 'accepted';
  agent: Named | null;
  auto: boolean;
}

export interface ExplainOfferEnd extends ExplainMoment {
  kind: 'declined' | 'expired' | 'revoked';
  agent: Named | null;
  /** Their own words, or the hub's word for it, as phone_no_answer, phone_busy and phone_failed; '' where there is none. */
  reason: string;
}

/** The caller hung up before anybody answered. */
export interface ExplainAbandoned extends ExplainMoment {
  kind: 'abandoned';
  waitedMs: number | null;
}

/** It was kept for the agent who knows the customer. */
export interface ExplainStickyWait extends ExplainMoment {
  kind: 'sticky_waited';
  agent: Named | null;
  waitedMs: number | null;
}

/** Nobody took it in time, so a step of the queue was done. */
export interface ExplainStepped extends ExplainMoment {
  kind: 'stepped';
  /** From 1. */
  step: number;
  action: string;
  level: number | null;
  queue: Named | null;
  minutes: number | null;
}

/** Somebody said whom it needs. */
export interface ExplainAsked extends ExplainMoment {
  kind: 'asked';
  skills: Named[];
  skillLevel: number;
  preferred: Named | null;
}

export interface ExplainAway extends ExplainMoment {
  kind: 'away';
  agent: Named | null;
}

/** The customer wants to be called or written back and keeps their place; or it was done, or called off. */
export interface ExplainCallback extends ExplainMoment {
  kind: 'callback';
  state: 'requested' | 'missed' | 'done' | 'cancelled';
}

/** It changed hands: `to` null, back to its queue. */
export interface ExplainHand extends ExplainMoment {
  kind: 'handed';
  from: Named | null;
  to: Named | null;
}

export interface ExplainMoved extends ExplainMoment {
  kind: 'moved';
  from: TicketState;
  to: TicketState;
}

export interface ExplainPromiseStep extends ExplainMoment {
  kind: 'promise_warned' | 'promise_broken' | 'promise_escalated';
  metric: 'first_response' | 'next_response' | 'resolution';
}

/** One promise about the ticket: who made it and how its time is counted. Durations are milliseconds of service time. */
export interface ExplainedPromise {
  metric: 'first_response' | 'next_response' | 'resolution';
  state: 'running' | 'paused' | 'met' | 'cancelled';
  policyName: string;
  version: number;
  publishedAt: string | null;
  /** What the policy names of this ticket, and so why it was this policy; empty: it is for everything. */
  chosenBy: ('queue' | 'tier' | 'priority')[];
  /** The hours that count; null for all hours. */
  calendar: { name: string; timeZone: string } | null;
  pausedIn: TicketState[];
  targetMs: number;
  consumedMs: number;
  startedAt: string;
  /** Null where it does not run, or never comes to its end. */
  dueAt: string | null;
  breachedAt: string | null;
  endedAt: string | null;
}
