import { invalid } from '../../platform/errors/api-error.js';
import { unfilledIn } from './reply-template.js';

/** Refuses a message to a customer in which a variable still waits to be filled in. */
export function refuseUnfilled(body: string): void {
  const [first] = unfilledIn(body);
  if (first !== undefined) {
    throw invalid('body', `“${first}” is not filled in. Write it, or take it out.`, 'unfilled_variable');
  }
}
