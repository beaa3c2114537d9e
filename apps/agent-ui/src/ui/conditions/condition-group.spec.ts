import { describe, expect, it } from '@jest/globals';
import { fromGroup, toGroup } from './condition-group.js';

const tier = { field: 'customer.tier', op: 'is', value: 1 } as const;
const back = (condition: Record<string, unknown>) => fromGroup(toGroup<typeof tier>(condition));

describe('conditions in the editor', () => {
  it('come back as they were, and what is not one of a group is none of it', () => {
    const nested = { all: [tier, { any: [tier, { not: { any: [tier, tier] } }] }] };
    expect(back(nested)).toEqual(nested);
    expect(back({ not: tier })).toEqual({ not: { any: [tier] } });
    expect(back(tier)).toEqual({ all: [tier] });
    expect(back({ all: [] })).toEqual({ all: [] });
  });
});
