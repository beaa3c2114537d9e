import { ChannelError, type CheckStep } from '../channel-adapter.js';

/** Posts a body and says nothing when the program took it. Throws ChannelError. */
export type PostCheck = (body: object) => Promise<void>;

const words: Record<string, string> = {
  unauthorized: 'The program refuses the signature. Its secret must be the one of this channel.',
  misconfigured: 'There is nothing at this path, or it leads elsewhere. Correct the address.',
  refused: 'The program answered, but not with 2xx. It must take posts of the type “check” as well.',
  rate_limited: 'The program wants fewer calls just now. Try again later.',
  provider_failed: 'The program failed over the check. Look into its log.',
};

/** Asks the program for a sign of life: signed like a message, but with nothing in it for anybody. */
export async function checkEndpoint(
  url: string | undefined,
  post: PostCheck,
  onStep: (step: CheckStep) => void,
): Promise<void> {
  if (url === undefined) {
    const text = 'This channel only takes messages in: there is no address to try.';
    onStep({ step: 'endpoint.none', state: 'ok', code: 'ok', text, ms: 0 });
    return;
  }
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  try {
    await post({ type: 'check' });
    onStep({ step: 'endpoint.answer', state: 'ok', code: 'ok', text: 'The program took a signed check.', ms: ms() });
  } catch (error) {
    if (!(error instanceof ChannelError)) {
      throw error;
    }
    const text = words[error.code] === undefined ? error.message : `${words[error.code] ?? ''} ${error.message}`;
    onStep({ step: 'endpoint.answer', state: 'failed', code: error.code, text, ms: ms() });
  }
}
