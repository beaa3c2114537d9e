import { expect } from '@jest/globals';
import type { EnrolmentView, RecoveryCodesView } from '#contract';
import { stepAt, totpCode } from '../../apps/hub/src/auth/second-factor/totp.js';
import { buildAgent, signedIn, type BuiltAgent, type Caller } from './build-rows.js';
import type { TestHub } from './start-hub.js';

export interface Enrolled {
  agent: BuiltAgent;
  caller: Caller;
  secret: string;
  codes: string[];
  /** The code that it was set up with. */
  used: string;
}

/** Somebody with an authenticator, set up with its code of now; the next one is still to be had. */
export async function enrolAgent(
  hub: TestHub,
  wish: Parameters<typeof buildAgent>[1],
  password: string,
): Promise<Enrolled> {
  const agent = await buildAgent(hub.database, wish);
  const caller = await signedIn(hub, agent.id);
  const path = '/api/me/second-factor/enrolment';
  const { body } = await caller.call<EnrolmentView>(path, { method: 'POST', body: { password } });
  const code = codeNow(body.secret);
  const confirmed = await caller.call<RecoveryCodesView>(`${path}/code`, { method: 'POST', body: { code } });
  expect(confirmed.status).toBe(201);
  return { agent, caller, secret: body.secret, codes: confirmed.body.codes, used: code };
}

export const codeNow = (secret: string): string => totpCode(secret, stepAt(Date.now()));

/** It holds already, and still does when the half minute turns in the middle of a test. */
export const nextCode = (secret: string): string => totpCode(secret, stepAt(Date.now()) + 1);
