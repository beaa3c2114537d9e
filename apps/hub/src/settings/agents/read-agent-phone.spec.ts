import { describe, expect, it } from '@jest/globals';
import type { AgentEndpoint } from '#channels';
import { readAgentPhone } from './read-agent-phone.js';

const read = (kind: AgentEndpoint['kind'], address: string) => readAgentPhone({ kind, address }, 'IR').address;

describe('the phone of an agent', () => {
  it('is dialled in one form, however it is written', () => {
    expect(read('number', '۰۹۱۲ ۳۴۵ ۶۷۸۹')).toBe('+989123456789');
    expect(read('sip', ' sara@pbx.example ')).toBe('sip:sara@pbx.example');
    expect(read('sip', 'sips:sara@pbx.example')).toBe('sips:sara@pbx.example');
    expect(read('extension', '٢٠٥')).toBe('205');
  });

  it.each<[AgentEndpoint['kind'], string]>([
    ['number', '12'],
    ['sip', 'sara'],
    ['sip', 'sara@pbx.example>,<sip:else@where'],
    ['extension', '205@else'],
    ['extension', '1'.repeat(21)],
  ])('is refused where nobody could dial it: %s %s', (kind, address) => {
    expect(() => read(kind, address)).toThrow(/phone number|SIP address|extension/u);
  });
});
