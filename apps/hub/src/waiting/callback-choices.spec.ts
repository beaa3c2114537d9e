import { describe, expect, it } from '@jest/globals';
import { callbackChoices, cancelChoice, readCallbackChoice } from './callback-choices.js';

describe('the choices of a call back', () => {
  it('name what was offered, and are read back as what was chosen', () => {
    const { callbackId, list } = callbackChoices(['call', 'same'], 'en');
    expect(list.map(({ label }) => label)).toEqual(['Call me', 'Write to me here', 'I will wait']);
    expect(list.map(({ id }) => readCallbackChoice(id))).toEqual(
      (['call', 'same', 'no'] as const).map((wish) => ({ callbackId, wish })),
    );
    expect(readCallbackChoice(cancelChoice(callbackId, 'fa').id)).toEqual({ callbackId, wish: 'cancel' });
  });

  it('fit what channels carry', () => {
    const { list } = callbackChoices(['call', 'sms', 'same'], 'fa');
    expect(list.every(({ id, label }) => /^[\w.:-]{1,64}$/.test(id) && label.length <= 64)).toBe(true);
  });

  it('are nobody else’s', () => {
    for (const id of ['', 'yes', 'callback:call', 'callback:pay:0190', 'callback:call:../x', 'x:callback:no:y']) {
      expect(readCallbackChoice(id)).toBeNull();
    }
  });
});
