import { matchKey } from '#channels';
import { mayMove, type TicketState } from '../tickets/ticket-state.js';
import { isSaying, type ActionOf, type SayingAction, type StepAction, type TicketAction } from './ticket-action.js';

/** The ticket as far as actions change it. */
export interface TicketFacts {
  state: TicketState;
  stateName: string | null;
  priority: 1 | 2 | 3 | 4;
  queueId: string;
  ownerId: string | null;
  tags: readonly string[];
  /** Custom fields by key; one that is not there is empty. */
  fields: Readonly<Record<string, unknown>>;
  snoozed: ActionOf<'snooze'>['until'] | null;
  followerIds: readonly string[];
  /** Who runs the actions; null where nobody does. */
  actorId: string | null;
}

/** What of a ticket an action changes. */
export type ChangedPart = 'state' | 'priority' | 'tags' | 'field' | 'queue' | 'owner' | 'snooze' | 'followers';

export type ActionChange =
  /** `from` and `to` are equal where the action finds everything as it wants it. `field`: the custom field's key. */
  | { what: ChangedPart; field?: string; from: unknown; to: unknown }
  /** Something is written or asked. `text`: in each language that is there; null until it is written for this customer. */
  | {
      says: 'note' | 'reply' | 'survey' | 'webhook';
      text: { en?: string; fa?: string } | null;
      subjectId: string | null;
    }
  /** 'closed': the ticket is read-only · 'illegal_state' · 'nobody': 'actor' where nobody acts · or a code of whoever would do it. */
  | { refused: string; detail?: string };

export interface ActionEffect {
  action: TicketAction;
  change: ActionChange;
}

/** What the actions would do, one after another: each finds the ticket as those before it leave it. Decides nothing about rights. */
export function planActions(facts: TicketFacts, actions: readonly TicketAction[]): ActionEffect[] {
  let now = facts;
  return actions.map((action) => {
    const { change, next } = planOne(now, action);
    now = next ?? now;
    return { action, change };
  });
}

interface Planned {
  change: ActionChange;
  /** The ticket afterwards; absent where it stays as it is. */
  next?: TicketFacts;
}

function planOne(now: TicketFacts, action: TicketAction): Planned {
  if (now.state === 'closed' && !leavesTicketAlone(action)) {
    return refused('closed');
  }
  if (isSaying(action)) {
    return { change: plannedWords(action) };
  }
  const plan = steps[action.do] as (now: TicketFacts, action: StepAction) => Planned;
  return plan(now, action);
}

const steps: { [Kind in StepAction['do']]: (now: TicketFacts, action: ActionOf<Kind>) => Planned } = {
  set_state: planState,
  set_priority: (now, { priority }) =>
    moved({ what: 'priority', from: now.priority, to: priority }, { ...now, priority }),
  add_tags: planTags,
  remove_tags: planTags,
  set_field: planField,
  move_to_queue: (now, { queueId }) => planQueue(now, queueId),
  assign: planPeople,
  follow: planPeople,
  snooze: (now, { until }) => moved({ what: 'snooze', from: now.snoozed, to: until }, { ...now, snoozed: until }),
};

function plannedWords(action: SayingAction): ActionChange {
  switch (action.do) {
    case 'note':
      return { says: 'note', text: { en: action.text }, subjectId: null };
    case 'reply':
      return { says: 'reply', text: definedTexts(action.text), subjectId: null };
    case 'canned_reply':
      return { says: 'reply', text: null, subjectId: action.cannedReplyId };
    case 'ask_survey':
      return { says: 'survey', text: null, subjectId: action.surveyId };
    case 'call_webhook':
      return { says: 'webhook', text: null, subjectId: action.webhookId };
  }
}

function definedTexts({ en, fa }: { en?: string | undefined; fa?: string | undefined }): { en?: string; fa?: string } {
  return { ...(en !== undefined && { en }), ...(fa !== undefined && { fa }) };
}

function leavesTicketAlone({ do: what }: TicketAction): boolean {
  return what === 'call_webhook' || what === 'note' || what === 'ask_survey';
}

function planState(now: TicketFacts, { state, stateName }: ActionOf<'set_state'>): Planned {
  if (!mayMove(now.state, state)) {
    return refused('illegal_state');
  }
  const to = stateName ?? state;
  return moved(
    { what: 'state', from: now.stateName ?? now.state, to },
    { ...now, state, stateName: stateName ?? null },
  );
}

function planTags(now: TicketFacts, action: ActionOf<'add_tags' | 'remove_tags'>): Planned {
  const tags = changeTags(now.tags, action);
  return moved({ what: 'tags', from: now.tags, to: tags }, { ...now, tags });
}

/** The tags after an action of tags: none twice, however it is spelled, in the order in which they came. */
export function changeTags(tags: readonly string[], action: ActionOf<'add_tags' | 'remove_tags'>): string[] {
  if (action.do === 'remove_tags') {
    const gone = new Set(action.tags.map((tag) => matchKey(tag)));
    return tags.filter((tag) => !gone.has(matchKey(tag)));
  }
  const had = new Set(tags.map((tag) => matchKey(tag)));
  return [...tags, ...action.tags.filter((tag) => had.size < had.add(matchKey(tag)).size)];
}

function planField(now: TicketFacts, { field, value }: ActionOf<'set_field'>): Planned {
  const { [field]: from = null, ...others } = now.fields;
  return moved(
    { what: 'field', field, from, to: value },
    { ...now, fields: value === null ? others : { ...others, [field]: value } },
  );
}

/** A ticket that comes into another queue waits there for whoever serves it. */
function planQueue(now: TicketFacts, queueId: string): Planned {
  const ownerId = queueId === now.queueId ? now.ownerId : null;
  return moved({ what: 'queue', from: now.queueId, to: queueId }, { ...now, queueId, ownerId });
}

function planPeople(now: TicketFacts, action: ActionOf<'assign' | 'follow'>): Planned {
  const agentId = action.agentId === 'actor' ? now.actorId : action.agentId;
  if (action.agentId === 'actor' && agentId === null) {
    return refused('nobody');
  }
  if (action.do === 'assign') {
    return moved({ what: 'owner', from: now.ownerId, to: agentId }, { ...now, ownerId: agentId });
  }
  const followerIds = [...new Set([...now.followerIds, agentId ?? ''])];
  return moved({ what: 'followers', from: now.followerIds, to: followerIds }, { ...now, followerIds });
}

function refused(code: string): Planned {
  return { change: { refused: code } };
}

function moved(change: ActionChange, next: TicketFacts): Planned {
  return { change, next };
}
