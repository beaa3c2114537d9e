import type { Endpoint } from '../../api/phone.js';
import { latinDigits } from '../../i18n/latin-digits.js';

export const endpointKinds = ['number', 'sip', 'extension'] as const;

const shapes: Record<Endpoint['kind'], RegExp> = {
  number: /^\+[1-9]\d{6,14}$/,
  sip: /^[\w.!~*'()&=+$,;?/-]{1,64}@[A-Za-z0-9.-]{1,190}(:\d{1,5})?$/,
  extension: /^[0-9*#]{1,20}$/,
};

/** An address as people type it in its one form: without spaces and dashes in numbers, and without what programs put before it. */
export function tidyAddress(kind: Endpoint['kind'], typed: string): string {
  const ascii = latinDigits(typed).trim();
  if (kind === 'number') {
    return ascii.replace(/^00/, '+').replaceAll(/[\s().-]/g, '');
  }
  return kind === 'sip' ? ascii.replace(/^sips?:/i, '') : ascii.replaceAll(/\s/g, '');
}

/** Whether a phone can be rung there, as far as its address says. */
export function isEndpoint({ kind, address }: Endpoint): boolean {
  return shapes[kind].test(address);
}
