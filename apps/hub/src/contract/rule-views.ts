/** What a rule waits for. An idle ticket names its state and for how many hours nobody wrote. */
export interface RuleEventView {
  on:
    | 'ticket_created'
    | 'message_received'
    | 'message_sent'
    | 'state_changed'
    | 'assigned'
    | 'sla_warned'
    | 'sla_breached'
    | 'survey_answered'
    | 'customer_changed'
    | 'idle';
  state?: 'new' | 'open' | 'pending' | 'on_hold' | 'solved';
  hours?: number;
}

/** A test {field, key, op, value}, or {all: [...]}, {any: [...]}, {not: ...} of conditions. */
export type RuleConditionView = Record<string, unknown>;

/** {do: 'set_state', state: ...} and so on: the same actions as macros have. */
export type RuleActionView = { do: string } & Record<string, unknown>;

/** Something that a rule names and that is gone, or a part that cannot be read. `at`: where in the rule. */
export interface RuleBrokenView {
  kind: 'queue' | 'agent' | 'channel' | 'field' | 'state_name' | 'canned_reply' | 'survey' | 'webhook' | 'unreadable';
  id: string;
  at: string;
}

/** When this happens and these hold, do that. */
export interface RuleView {
  id: string;
  name: string;
  enabled: boolean;
  /** Rules are asked in this order. */
  position: number;
  event: RuleEventView;
  conditions: RuleConditionView;
  actions: RuleActionView[];
  /** Where it fires, rules behind it are not asked. */
  stops: boolean;
  /** How often it runs for one ticket within an hour. */
  maxPerHour: number;
  version: number;
  changedAt: string;
  /** A broken rule does not act. */
  broken: RuleBrokenView[];
  /** What it did within the last seven days. */
  lately: { done: number; refused: number; lastAt: string | null };
}

/** The conditions of a rule again, each with whether it held; a test with what it saw. */
export type RuleWhyView = { holds: boolean } & Record<string, unknown>;

/** What an action did or would do: {what, from, to}, {says, text}, or {refused}. */
export interface RuleEffectView {
  action: RuleActionView;
  change: Record<string, unknown>;
}

export interface RuleTicketView {
  id: string;
  number: number;
  prefix: string;
  conversation: string;
}

/** What a rule did about one event and one ticket. */
export interface RuleRunView {
  id: string;
  /** When that happened which it followed. */
  at: string;
  event: RuleEventView['on'];
  /** Null: the ticket is gone. */
  ticket: RuleTicketView | null;
  state: 'due' | 'done' | 'refused';
  /** Why it was refused, e.g. 'rate', 'depth', 'closed'; '' where it was not. */
  code: string;
  detail: string;
  /** How many rules stand between it and somebody who did something. */
  depth: number;
  why: RuleWhyView;
  effects: RuleEffectView[];
}

/** One thing of the past that a rule would have followed. */
export interface DryRunCaseView {
  at: string;
  ticket: RuleTicketView;
  /** Why it would not have run although its conditions held; null: it would have. */
  refused: 'rate' | 'depth' | null;
  why: RuleWhyView;
  effects: RuleEffectView[];
}

/** What a rule would have done, had it been on. Nothing was changed. */
export interface DryRunView {
  /** Events that were looked at. */
  considered: number;
  fired: number;
  refused: { rate: number; depth: number };
  /** For each action of the rule: how often it would have changed or said something, found all as it wants it, or been refused. */
  actions: { do: string; would: number; already: number; refused: number }[];
  /** Of how many it is not known how things stood then: the present stands for it. */
  approximate: number;
  /** The first ones, newest first. */
  cases: DryRunCaseView[];
  /** It took too long, and the oldest events were left out. */
  isCut: boolean;
  tookMs: number;
}
