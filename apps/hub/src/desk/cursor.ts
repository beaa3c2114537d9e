import { invalid } from '../platform/errors/api-error.js';

/** A place in a list ordered by (instant, id). The instant keeps PostgreSQL's microseconds, which a Date would lose. */
export interface Place {
  at: string;
  id: string;
}

const shape = /^(\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00|infinity)~([0-9a-f-]{36})$/;
const beginning: Place = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Opaque to clients, plain inside: nothing in it is secret and anything altered is refused. */
export function toCursor(place: Place): string {
  return Buffer.from(`${place.at}~${place.id}`).toString('base64url');
}

/** No cursor is the beginning. Throws `invalid` for one that is not ours. */
export function fromCursor(cursor: string | undefined): Place {
  if (cursor === undefined || cursor === '') {
    return beginning;
  }
  const [, at, id] = shape.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined) {
    throw invalid('before', 'This cursor is not one of ours.');
  }
  return { at, id };
}
