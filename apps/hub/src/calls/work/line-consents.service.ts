import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/database.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import type { PhoneCallRow } from '../lines/phone-call.query.js';
import { PromptLibrary } from '../prompts/prompt-library.service.js';
import { consentSteps, recordedNotice, type ConsentPlan, type RecordingPolicy } from '../recordings/consent-steps.js';
import { RecordingPolicies } from '../recordings/recording-policies.service.js';
import { CallDrivers } from './call-drivers.service.js';

const neverRecorded: RecordingPolicy = { mode: 'off', keepDays: null };

/** Tells callers that they are recorded before anybody of ours is on the line, and keeps that they were told. */
@Injectable()
export class LineConsents {
  constructor(
    private readonly prompts: PromptLibrary,
    private readonly policies: RecordingPolicies,
    private readonly channels: ChannelDirectory,
    private readonly drivers: CallDrivers,
  ) {}

  /**
   * What is played before a phone rings, and whether the talk is recorded then, which its agent sees and can pause. Nobody is told that
   * they are recorded where the provider cannot. Sets both on `call`.
   */
  async before(
    tx: Transaction,
    call: PhoneCallRow,
    { locale, queueId }: { locale: string; queueId: string },
  ): Promise<ConsentPlan> {
    const policy = await this.policies.of(tx, { queueId, channelId: call.channelId });
    const version = this.prompts.versionOf(recordedNotice(locale), locale);
    const plan = consentSteps(call, this.canRecord(call.channelId) ? policy : neverRecorded, { locale, version });
    if (plan.mark) {
      const { consent, prompt } = plan.mark;
      await tx.query(
        `update phone_call set consent = $2, consent_at = clock_timestamp(), consent_prompt = $3 where id = $1`,
        [call.id, consent, prompt],
      );
      Object.assign(call, { consent, consentAt: new Date(), consentPrompt: prompt });
    }
    if (plan.records !== call.records) {
      await tx.query('update phone_call set records = $2 where id = $1', [call.id, plan.records]);
      call.records = plan.records;
    }
    return plan;
  }

  private canRecord(channelId: string): boolean {
    const channel = this.channels.find(channelId);
    return channel !== null && this.drivers.of(channel)?.record !== undefined;
  }
}
