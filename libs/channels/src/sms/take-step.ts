import { ChannelError, type CheckStep } from '../channel-adapter.js';

/** Takes one step of an account's check and tells how it ended. @returns whether the next one makes sense. */
export async function takeStep(
  step: string,
  onStep: (step: CheckStep) => void,
  work: () => Promise<string>,
): Promise<boolean> {
  const from = performance.now();
  const told = (end: Pick<CheckStep, 'state' | 'code' | 'text'>) =>
    onStep({ step, ...end, ms: Math.round(performance.now() - from) });
  try {
    told({ state: 'ok', code: 'ok', text: await work() });
    return true;
  } catch (error) {
    const { code, message } = error instanceof ChannelError ? error : { code: 'unexpected', message: String(error) };
    told({ state: 'failed', code, text: message });
    return false;
  }
}
