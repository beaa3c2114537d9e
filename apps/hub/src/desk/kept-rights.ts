import type { Actor } from '../auth/actor.js';
import { may } from '../auth/permissions.js';
import { forbidden, notFound } from '../platform/errors/api-error.js';

/** Something that is kept ready: everybody's where nobody owns it, else its owner's alone. */
export interface Kept {
  ownerId: string | null;
}

/**
 * What this actor may change, or the refusal: what is personal is not there for anybody else, whatever their role; what is everybody's
 * is changed by those who manage replies.
 */
export function getOwnKept<T extends Kept>(actor: Actor, kept: T | undefined, what: string): T {
  if (!kept || (kept.ownerId !== null && kept.ownerId !== actor.id)) {
    throw notFound(what);
  }
  if (kept.ownerId === null && !may(actor, 'replies.manage')) {
    throw forbidden('Only those who manage replies change what is for everybody. Make one of your own.', 'shared_kept');
  }
  return kept;
}
