import type { InvitationView } from './account-views.js';
import type { AgentView, QueueView } from './views.js';

/** Which of several free agents gets the work. `broadcast`: all of them hear of it, and the first to accept has it. */
export type RoutingStrategy = 'longest_idle' | 'least_loaded' | 'round_robin' | 'broadcast';

/** What happens to work of a queue while its hours are over: it waits for the morning, or is given out all the same. */
export type OutOfHours = 'wait' | 'route';

/** Something that changes for work that has waited for a while. */
export interface QueueStepView {
  /** Seconds since it came into the queue. */
  afterSecs: number;
  do: 'lower_skill' | 'widen_level' | 'add_queue' | 'boost' | 'alert' | 'callback' | 'move_queue';
  /** Of `lower_skill`: what is asked for from then on. Of `widen_level`: members up to this ring are asked from then on. */
  level?: number;
  /** Of `add_queue` and `move_queue`. */
  queueId?: string;
  /** Of `boost`. */
  minutes?: number;
}

/** Head starts in minutes of waiting, by priority 1 to 4 and by the customer's tier 1 to 9; together never more than `cap`. */
export interface QueueBoostsView {
  priority: Record<string, number>;
  tier: Record<string, number>;
  cap: number;
}

/** Somebody who serves a queue. Ring 1 is asked first; those further out when a step widens it. */
export interface QueueMemberView {
  agentId: string;
  level: number;
}

/** A queue with all that administrators set up. */
export interface QueueSettingsView extends QueueView {
  /** Counts up with every change of its settings. */
  version: number;
  calendarId: string | null;
  outOfHours: OutOfHours;
  strategy: RoutingStrategy;
  /** How long an agent has to accept; null: work is theirs at once. */
  acceptSecs: number | null;
  /** How long a customer's last agent is waited for; null: 60 seconds for a chat, and not at all for what is answered in its own time. */
  stickySecs: number | null;
  /** How long a customer should wait at most; it colours the figures and moves nothing. */
  maxWaitSecs: number | null;
  /** What new work asks of an agent. */
  skillIds: string[];
  skillLevel: number;
  /** How long a solved ticket can be reopened by its customer, in hours. */
  reopenHours: number;
  /** A ticket of it is solved after all of its children only. */
  childrenFirst: boolean;
  boosts: QueueBoostsView;
  steps: QueueStepView[];
  members: QueueMemberView[];
}

/** What is in a queue, and what leads into it: what has to go somewhere else before it can go. */
export interface QueueContentsView {
  /** Live tickets without an agent, live ones with an agent, solved ones that may be reopened, and closed ones. */
  tickets: { waiting: number; held: number; solved: number; closed: number };
  channels: { id: string; name: string }[];
  /** Promises that name it: those are changed by hand, for nobody can guess what they should say instead. */
  policies: { id: string; name: string }[];
  /** Other queues with steps that lead here. */
  queues: { id: string; name: string }[];
}

export interface SkillView {
  id: string;
  name: string;
  /** Agents who have it. */
  agents: number;
  /** Queues whose new work asks for it. */
  queues: number;
}

export interface AgentSkillView {
  skillId: string;
  /** 1 knows a little, 5 is the one to ask. */
  level: number;
}

/** An account with all that administrators set up. */
export interface AgentSettingsView extends AgentView {
  /** Counts up with every change of these settings. */
  version: number;
  /** The role of the organisation's own that they have; null: a built-in one. */
  ownRoleId: string | null;
  email: string;
  locale: 'en' | 'fa';
  disabled: boolean;
  lastLoginAt: string | null;
  /** How their invitation stands; null once they joined. */
  invitation: InvitationView | null;
  /** They prove themselves twice when they sign in. */
  secondFactor: boolean;
  queues: { queueId: string; level: number }[];
  skills: AgentSkillView[];
  /** The shift: nothing is given out outside of it; null for always. */
  calendarId: string | null;
  /** The budget that all work shares, and what is taken of it. */
  capUnits: number;
  usedUnits: number;
  /** The most of each class at the same time. */
  caps: { voice: number; chat: number; async: number };
  /** What rings when a caller is offered to them; null: they get no calls. */
  phone: AgentPhoneView | null;
}

/** A number in E.164, a SIP address, or an extension of the organisation's exchange. */
export interface AgentPhoneView {
  kind: 'number' | 'sip' | 'extension';
  address: string;
}
