import { forbidden } from '../platform/errors/api-error.js';
import { hasRole, oversees, type Actor } from './actor.js';
import { holds, may, permissions, type Holder } from './permissions.js';

/** Whether somebody may do all that the other may: nobody gives what they lack, or lays hands on an account that has it. */
export function covers(giver: Actor, given: Holder): boolean {
  return (
    hasRole(giver, given.role) &&
    (oversees(giver) || !oversees(given)) &&
    permissions.every((permission) => !holds(given, permission) || may(giver, permission))
  );
}

export function refuseBeyond(giver: Actor, given: Holder): void {
  if (!covers(giver, given)) {
    throw forbidden('This would need rights that you do not have yourself.', 'beyond_own_rights');
  }
}
