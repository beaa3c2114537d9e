import { conflict } from '../../platform/errors/api-error.js';

/** Says in words what the database refused so that nobody is locked out; anything else is thrown on. */
export function explainLastWayIn(error: unknown): never {
  if ((error as { constraint?: unknown }).constraint === 'sign_in_stays_open') {
    throw conflict(
      'last_way_in',
      'While passwords are closed, one administrator must keep theirs and one provider must be switched on. Open passwords first.',
    );
  }
  throw error;
}
