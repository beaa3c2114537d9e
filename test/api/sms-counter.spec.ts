import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countSegments } from '../../apps/agent-ui/src/features/conversation/sms/count-segments.js';
import { countSegments as countAsTheHub } from '../../libs/channels/src/sms/segments.js';

it('the console counts an SMS as the hub does, whatever is written', () => {
  const letter = fc.oneof(
    fc.constantFrom('a', '€', '[', 'ی', '👍', '👨‍👩‍👧', '\n', 'é', '۱', '“'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 400 }), (letters) => {
      const text = letters.join('');
      const { encoding, segments } = countSegments(text);
      expect({ encoding, segments }).toEqual({
        encoding: countAsTheHub(text).encoding,
        segments: countAsTheHub(text).segments,
      });
    }),
  );
});
