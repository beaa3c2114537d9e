import { lazy, Suspense } from 'react';
import type { DateTimeFieldProps } from './date-props.js';
import { PendingField } from './pending-field.js';

const DateTimeInput = lazy(async () => ({ default: (await import('./date-inputs.js')).DateTimeInput }));

/** An instant, as a day and a time on the clocks of a zone. It comes when it is first needed. */
export function DateTimeField(props: DateTimeFieldProps) {
  return (
    <Suspense fallback={<PendingField {...props} />}>
      <DateTimeInput {...props} />
    </Suspense>
  );
}
