import { lazy, Suspense } from 'react';
import type { DayFieldProps } from './date-props.js';
import { PendingField } from './pending-field.js';

const DayInput = lazy(async () => ({ default: (await import('./date-inputs.js')).DayInput }));

/** A day, typed in either calendar and any digits, or picked. It comes when it is first needed. */
export function DayField(props: DayFieldProps) {
  return (
    <Suspense fallback={<PendingField {...props} />}>
      <DayInput {...props} />
    </Suspense>
  );
}
