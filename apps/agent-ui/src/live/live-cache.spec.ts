import { expect, it } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { ConversationView } from '#contract';
import { keys } from '../api/keys.js';
import { LiveCache } from './live-cache.js';
import { buildView } from './testing/build-views.js';

const named = (name: string): ConversationView => {
  const view = buildView({ rev: 1, messages: [] });
  return { ...view, customer: { ...view.customer, name } };
};

/** Lets everything that is due now happen. */
const aTurn = () => new Promise<void>((resolve) => void setTimeout(resolve));

it('is not overwritten by an answer that was on its way when something newer came', async () => {
  const queries = new QueryClient();
  const answers: ((view: ConversationView) => void)[] = [];
  const observer = new QueryObserver<ConversationView>(queries, {
    queryKey: keys.conversation('row'),
    initialData: named('as it was'),
    staleTime: Infinity,
    queryFn: () => new Promise<ConversationView>((resolve) => void answers.push(resolve)),
  });
  const stop = observer.subscribe(() => undefined);
  // It is asked for, and before the answer comes a frame says more.
  void observer.refetch();
  await aTurn();
  new LiveCache(queries).putCustomer('row', named('as it is now').customer);
  await aTurn();
  answers[0]?.(named('read too early'));
  answers[1]?.(named('as it is now'));
  while (queries.isFetching() > 0) {
    await aTurn();
  }
  expect(queries.getQueryData<ConversationView>(keys.conversation('row'))?.customer.name).toBe('as it is now');
  stop();
  queries.clear();
});
