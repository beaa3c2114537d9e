import { forbidden } from '../platform/errors/api-error.js';
import type { Actor } from './actor.js';

/** How accounts are come into is changed by people in a console: a key that leaked would outlive its revocation. Throws ApiError. */
export function refusePrograms(actor: Actor): void {
  if (actor.apiKeyId !== null) {
    throw forbidden('This is done in the console, not by keys.');
  }
}
