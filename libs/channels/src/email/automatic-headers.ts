/** Tells a mail that some installation of Peyk sent by itself; its value is that installation's id. */
export const instanceHeader = 'X-Peyk-Instance';

/** How a mail that nobody wrote leaves. */
export interface AutomaticEnvelope {
  /** The null sender: what cannot be delivered comes back to nobody. */
  envelopeFrom: '';
  headers: { key: string; value: string }[];
}

/**
 * What every mail that Peyk sends by itself carries, so that no robot answers it and a copy of it is known on sight. `instance` is
 * the id of this installation: letters, digits, dots and dashes. Throws on any other, since it would become header text.
 */
export function automaticEnvelope(instance: string): AutomaticEnvelope {
  if (!/^[\w.-]{1,100}$/u.test(instance)) {
    throw new TypeError('the id of an installation is letters, digits, dots and dashes');
  }
  return {
    envelopeFrom: '',
    headers: [
      { key: 'Auto-Submitted', value: 'auto-replied' },
      { key: 'X-Auto-Response-Suppress', value: 'All' },
      { key: 'X-Loop', value: instance },
      { key: instanceHeader, value: instance },
    ],
  };
}
