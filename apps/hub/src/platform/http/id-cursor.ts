import { invalid } from '../errors/api-error.js';

const shape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const afterAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** A place in a list that is ordered by id, newest first: ids ascend with time. No cursor is the beginning. */
export function fromIdCursor(cursor: string | undefined): string {
  if (cursor === undefined || cursor === '') {
    return afterAll;
  }
  if (!shape.test(cursor)) {
    throw invalid('before', 'This cursor is not one of ours.');
  }
  return cursor;
}
