import type { MessageFlag, SenderChecks } from '../message.js';

/** How often something of ours may answer one correspondent by itself, and how often a mailbox everybody together. */
export const answerBudget = { perThread: 1, perDay: 3, perMailboxHour: 200 } as const;

/** What is known when something of ours would answer a mail by itself. */
export interface AnswerFacts {
  flags: readonly MessageFlag[];
  /** The mail is a report about mail of ours. */
  hasReport: boolean;
  checks: SenderChecks | null;
  /** Where the answer would go, in normal form. */
  address: string;
  /** Every address at which this installation receives. */
  own: ReadonlySet<string>;
  suppressed: boolean;
  /** Automatic answers so far: in this thread, to this address within a day, and of this mailbox within an hour. */
  inThread: number;
  inDay: number;
  inMailboxHour: number;
}

export type AnswerRefusal =
  | 'automatic'
  | 'forged'
  | 'unverified'
  | 'own_address'
  | 'no_address'
  | 'suppressed'
  | 'thread_budget'
  | 'day_budget'
  | 'mailbox_budget';

const robots: readonly MessageFlag[] = ['automatic', 'out_of_office', 'newsletter', 'bounce', 'complaint', 'spam'];

/**
 * Why nothing of ours may answer this mail by itself; null when it may. Every automatic answer passes here. Two robots that answer
 * each other never end, and strangers use answers to forged mail as a way to mail their victims.
 */
export function refusalToAnswer(facts: AnswerFacts): AnswerRefusal | null {
  const refusals: [boolean, AnswerRefusal][] = [
    [facts.hasReport || facts.flags.some((flag) => robots.includes(flag)), 'automatic'],
    [facts.flags.includes('forged'), 'forged'],
    [!isVouchedFor(facts), 'unverified'],
    [facts.own.has(facts.address), 'own_address'],
    [facts.address === '' || facts.address.endsWith('.invalid'), 'no_address'],
    [facts.suppressed, 'suppressed'],
    [facts.inThread >= answerBudget.perThread, 'thread_budget'],
    [facts.inDay >= answerBudget.perDay, 'day_budget'],
    [facts.inMailboxHour >= answerBudget.perMailboxHour, 'mailbox_budget'],
  ];
  return refusals.find(([holds]) => holds)?.[1] ?? null;
}

/** SPF or DKIM is enough here: many honest domains publish no DMARC. */
function isVouchedFor({ flags, checks }: AnswerFacts): boolean {
  return !flags.includes('unverified') || checks?.spf === 'pass' || checks?.dkim === 'pass';
}
