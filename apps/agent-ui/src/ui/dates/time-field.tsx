import { lazy, Suspense } from 'react';
import type { TimeFieldProps } from './date-props.js';
import { PendingField } from './pending-field.js';

const TimeInput = lazy(async () => ({ default: (await import('./date-inputs.js')).TimeInput }));

/** A time of day, in any digits. It comes when it is first needed. */
export function TimeField(props: TimeFieldProps) {
  return (
    <Suspense fallback={<PendingField {...props} />}>
      <TimeInput {...props} />
    </Suspense>
  );
}
