import type { ViewSort } from '#tickets';
import { invalid } from '../../platform/errors/api-error.js';

/** A place in a view: by what it is sorted (`p` for priorities, `at` for everything), and the ticket's id. */
export interface ViewPlace {
  p: number;
  at: string;
  id: string;
}

const shape =
  /^(newest|waiting|priority|deadline)~(\d)~(\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00|-?infinity)~([0-9a-f-]{36})$/;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const firstId = '00000000-0000-0000-0000-000000000000';
const beginnings: Record<ViewSort, ViewPlace> = {
  newest: { p: 0, at: 'infinity', id: lastId },
  priority: { p: 9, at: 'infinity', id: lastId },
  waiting: { p: 0, at: '-infinity', id: firstId },
  deadline: { p: 0, at: '-infinity', id: firstId },
};

/** Opaque to clients, plain inside. It names its order: a view that is sorted otherwise by now has no such place. */
export function toViewCursor(sort: ViewSort, { p, at, id }: ViewPlace): string {
  return Buffer.from(`${sort}~${String(p)}~${at}~${id}`).toString('base64url');
}

/** No cursor is the beginning. Throws `invalid` for one that is not of this order. */
export function fromViewCursor(sort: ViewSort, cursor: string | undefined): ViewPlace {
  if (cursor === undefined || cursor === '') {
    return beginnings[sort];
  }
  const [, of, p, at, id] = shape.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (of !== sort || at === undefined || id === undefined) {
    throw invalid('before', 'This cursor is not one of ours.');
  }
  return { p: Number(p), at, id };
}
