import type { ConversationView, CustomerView } from '#contract';
import { useLive } from '../../live/live-context.js';
import { useAction } from '../../ui/use-action.js';

/** Something done to a customer: the hub answers with the person as they are then, who is shown at once. */
export function useCustomerAction<Input>(
  { id }: Pick<ConversationView, 'id'>,
  act: (input: Input) => Promise<CustomerView>,
  done?: (customer: CustomerView, input: Input) => void,
) {
  const { cache } = useLive();
  return useAction(act, (customer, input) => {
    cache.putCustomer(id, customer);
    done?.(customer, input);
  });
}
