import { describe, expect, it, jest } from '@jest/globals';
import { Places } from './places.js';

describe('places for reports', () => {
  it('go to who came first, and whoever waits too long is told when to come again', async () => {
    jest.useFakeTimers();
    try {
      const places = new Places(1, 3_000);
      const leave = await places.take();
      const impatient = places.take().catch((error: unknown) => error);
      await jest.advanceTimersByTimeAsync(1);
      const next = places.take();
      const last = places.take();
      await jest.advanceTimersByTimeAsync(2_999);
      expect(await impatient).toMatchObject({ status: 503, code: 'busy', retryAfterSeconds: 5 });
      leave();
      expect(await Promise.race([next.then(() => 'next'), last.then(() => 'last')])).toBe('next');
      (await next)();
      (await last)();
      expect(typeof (await places.take())).toBe('function');
    } finally {
      jest.useRealTimers();
    }
  });

  it('are waited for as long as it takes where nobody is refused', async () => {
    jest.useFakeTimers();
    try {
      const places = new Places(1, null);
      const leave = await places.take();
      const patient = places.take();
      await jest.advanceTimersByTimeAsync(3_600_000);
      leave();
      expect(typeof (await patient)).toBe('function');
    } finally {
      jest.useRealTimers();
    }
  });
});
