import { describe, expect, it, jest } from '@jest/globals';
import { Places } from './places.js';

describe('places for reports', () => {
  it('go to who came first, and whoever waits too long is told when to come again', async () => {
    jest.useFakeTimers();
    try {
      const places = new Places(1);
      const came: string[] = [];
      const leave = await places.take(3_000);
      const impatient = places.take(3_000).catch((error: unknown) => error);
      const patient = places.take(null).then((leaves) => (came.push('patient'), leaves));
      await jest.advanceTimersByTimeAsync(2_999);
      const last = places.take(3_000).then((leaves) => (came.push('last'), leaves));
      await jest.advanceTimersByTimeAsync(1);
      expect(await impatient).toMatchObject({ status: 503, code: 'busy', retryAfterSeconds: 5 });
      expect(came).toEqual([]);
      leave();
      (await patient)();
      (await last)();
      expect(came).toEqual(['patient', 'last']);
      expect(typeof (await places.take(0))).toBe('function');
    } finally {
      jest.useRealTimers();
    }
  });
});
