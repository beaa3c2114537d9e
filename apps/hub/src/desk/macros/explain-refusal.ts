import type { BrokenAction } from '#contract';
import type { ActionRefused } from '../../automation/actions/action-place.js';
import { conflict, type ApiError } from '../../platform/errors/api-error.js';

type Explained = (step: number, field: string, detail: string) => ApiError;

const notAsked: Explained = (step, field) =>
  conflict('not_asked', `Step ${step}: this customer is not asked now. Nothing was changed.`, field);

/** Each refusal of an action in a sentence that says which step it was, from 1. All say that nothing was done. */
const refusals: Record<string, Explained> = {
  closed: (step, field) => conflict('closed', `Step ${step}: the ticket is closed. Nothing was changed.`, field),
  illegal_state: (step, field) =>
    conflict(
      'illegal_state',
      `Step ${step}: the ticket cannot go to this state from where it is. Nothing was changed.`,
      field,
    ),
  nobody: (step, field) =>
    conflict('nobody', `Step ${step}: there is nobody to do this for. Nothing was changed.`, field),
  absent: (step, field) =>
    conflict('absent', `Step ${step} names something that is not there any more. Nothing was changed.`, field),
  queue_gone: (step, field) => conflict('queue_gone', `Step ${step}: this queue is gone. Nothing was changed.`, field),
  agent_cannot: (step, field) =>
    conflict('agent_cannot', `Step ${step}: this agent cannot take tickets. Nothing was changed.`, field),
  finished: (step, field) =>
    conflict('finished', `Step ${step}: the ticket is solved by then. Nothing was changed.`, field),
  no_way: (step, field) =>
    conflict('no_way', `Step ${step}: there is no way to write to this customer. Nothing was changed.`, field),
  missing_variables: (step, field, detail) =>
    conflict('missing_variables', `Step ${step}: the reply has no value for ${detail}. Nothing was changed.`, field),
  canned_reply_gone: (step, field) =>
    conflict('canned_reply_gone', `Step ${step}: this canned reply is gone. Nothing was changed.`, field),
  survey_gone: (step, field) =>
    conflict('survey_gone', `Step ${step}: this survey is gone. Nothing was changed.`, field),
  asked_this_cycle: notAsked,
  cool_down: notAsked,
  off: notAsked,
  opted_out: notAsked,
  agent_gone: (step, field) => conflict('agent_gone', `Step ${step}: this agent is gone. Nothing was changed.`, field),
  field_gone: (step, field) => conflict('field_gone', `Step ${step}: this field is gone. Nothing was changed.`, field),
  field_unfit: (step, field) =>
    conflict('field_unfit', `Step ${step}: the field does not take this value. Nothing was changed.`, field),
  fields_missing: (step, field, detail) =>
    conflict('fields_missing', `Step ${step}: the ticket still lacks ${detail}. Nothing was changed.`, field),
  children_open: (step, field) =>
    conflict('children_open', `Step ${step}: tickets under this one are still open. Nothing was changed.`, field),
  webhook_off: (step, field) =>
    conflict('webhook_off', `Step ${step}: this webhook is off or gone. Nothing was changed.`, field),
  stale: (step, field) =>
    conflict('stale', `Step ${step}: somebody changed this ticket meanwhile. Nothing was changed.`, field),
};

export function explainRefusal({ index, code, detail }: ActionRefused): ApiError {
  const [step, field] = [index + 1, `actions.${index}`];
  const known = refusals[code];
  return known
    ? known(step, field, detail)
    : conflict(code, `Step ${step} was refused (${detail || code}). Nothing was changed.`, field);
}

const gone: Record<BrokenAction['what'], Explained> = {
  queue: (step, field) => conflict('macro_broken', `Step ${step} names a queue that is gone. Change the macro.`, field),
  agent: (step, field) => conflict('macro_broken', `Step ${step} names an agent who is gone. Change the macro.`, field),
  field: (step, field) => conflict('macro_broken', `Step ${step} names a field that is gone. Change the macro.`, field),
  state: (step, field) => conflict('macro_broken', `Step ${step} names a state that is gone. Change the macro.`, field),
  canned_reply: (step, field) =>
    conflict('macro_broken', `Step ${step} names a canned reply that is gone. Change the macro.`, field),
  survey: (step, field) =>
    conflict('macro_broken', `Step ${step} names a survey that is gone. Change the macro.`, field),
  webhook: (step, field) =>
    conflict('macro_broken', `Step ${step} names a webhook that is off or gone. Change the macro.`, field),
  unreadable: (step, field) =>
    conflict('macro_broken', `Step ${step} is not understood any more. Change the macro.`, field),
};

/** Why a macro cannot be run or saved: the first of its actions that names something gone. */
export function explainBroken({ index, what }: BrokenAction): ApiError {
  return gone[what](index + 1, `actions.${index}`, '');
}
