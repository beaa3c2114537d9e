import type { CompiledView } from '#tickets';
import type { ViewPlace } from './view-cursor.js';

/** Where the parameters of a filter begin, behind those that every statement of views takes. */
export const firstCompiled = 8;

/** What the statements of views take. */
export function viewParameters(
  view: CompiledView,
  { reader, queues, place }: { reader: string; queues: readonly string[]; place: ViewPlace },
): unknown[] {
  const { states, owners } = view.walk;
  return [reader, queues, place.at, place.id, place.p, states, owners, ...view.values];
}
