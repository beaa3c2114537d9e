import { describe, expect, it } from '@jest/globals';
import { isEndpoint, tidyAddress } from './endpoint-rules.js';

describe('where an agent’s phone rings', () => {
  it('is taken as people write it', () => {
    expect(tidyAddress('number', ' ۰۰۹۸ ۹۱۲-۰۰۰ ۰۰۰۰ ')).toBe('+989120000000');
    expect(tidyAddress('sip', 'sip:sara@pbx.example.com')).toBe('sara@pbx.example.com');
    expect(tidyAddress('extension', '۱۰۱')).toBe('101');
  });

  it('is refused where nothing could ring', () => {
    expect(isEndpoint({ kind: 'number', address: '+989120000000' })).toBe(true);
    expect(isEndpoint({ kind: 'number', address: '09120000000' })).toBe(false);
    expect(isEndpoint({ kind: 'sip', address: 'sara@pbx.example.com:5061' })).toBe(true);
    expect(isEndpoint({ kind: 'sip', address: 'sara' })).toBe(false);
    expect(isEndpoint({ kind: 'extension', address: '101*' })).toBe(true);
    expect(isEndpoint({ kind: 'extension', address: '' })).toBe(false);
  });
});
