import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Address } from '../message.js';
import { capabilityFaults } from './contract-rules.js';
import { describeInbound } from './inbound-contract.js';
import { describeOutbound } from './outbound-contract.js';
import type { ContractSetup, Stage } from './stage.js';

export type { ContractSetup, Delivered, InboundScenes, OutboundScenes, ProviderMood, Sample, Stage } from './stage.js';

/**
 * The suite that every adapter passes. The setup opens a stage (adapter, account, and a stand-in provider on loopback where one
 * is needed) once, and says how a scene is played on it; what must come out is the same for all channels and stands here.
 */
export function describeAdapter<S extends Stage>(name: string, setup: ContractSetup<S>): void {
  describe(`${name} keeps the adapter contract`, () => {
    const opened: { stage?: S } = {};
    const stage = (): S => {
      if (!opened.stage) {
        throw new Error('the stage did not open');
      }
      return opened.stage;
    };
    beforeAll(async () => {
      opened.stage = await setup.open();
    });
    afterAll(async () => {
      await opened.stage?.close();
    });

    describeSettings(stage);
    describeCapabilities(stage, setup);
    if (setup.inbound) {
      describeInbound(stage, setup.inbound);
    }
    if (setup.outbound) {
      describeOutbound(stage, setup.outbound);
    }
  });
}

function describeSettings(stage: () => Stage): void {
  it('takes its own settings and refuses an empty set of them', () => {
    const { adapter, account } = stage();
    expect(adapter.config.safeParse(account.settings).error).toBeUndefined();
    expect(adapter.secrets.safeParse(account.settings).error).toBeUndefined();
    expect(adapter.config.safeParse('not settings').success).toBe(false);
  });

  it('never puts a secret among the settings that may be shown', () => {
    const { adapter, account, secretTexts } = stage();
    const shown = JSON.stringify(adapter.config.parse(account.settings));
    expect(secretTexts.filter((secret) => shown.includes(secret))).toEqual([]);
  });

  it('describes its settings as JSON Schema, so that the console can draw the form', () => {
    const { adapter } = stage();
    for (const schema of [adapter.config, adapter.secrets]) {
      expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'object' });
    }
  });
}

function describeCapabilities(
  stage: () => Stage,
  { outbound }: { outbound: { to: Address; attachments: boolean } | null },
): void {
  it('declares capabilities that fit together', () => {
    expect(capabilityFaults(stage().adapter.capabilities)).toEqual([]);
  });

  it('can send exactly when it says so', () => {
    const { adapter } = stage();
    expect(adapter.send !== undefined).toBe(outbound !== null);
    if (outbound) {
      expect(adapter.capabilities.reaches).toContain(outbound.to.kind);
      expect(adapter.capabilities.attachments !== null).toBe(outbound.attachments);
    }
  });
}
