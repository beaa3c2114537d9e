import { type ChannelAccount, ChannelError } from '../../channel-adapter.js';
import { exchange, type AgentChoice, type ExchangeAnswer } from '../../wire/http-exchange.js';
import { errorOfBrokenSend, errorOfStatus } from '../../wire/sending-errors.js';
import type { AgentEndpoint } from '../line.js';
import type { JambonzSettings } from '../phone-settings.js';
import { jambonzTarget } from './render-jambonz.js';

type Account = ChannelAccount<JambonzSettings>;

const timeoutMs = 8000;
const limitBytes = 1024 * 1024;

/** What can be asked of jambonz about calls. All of it throws ChannelError, and nothing else. */
export interface JambonzApi {
  /** Takes a call from what it hears now to what the address answers. */
  redirect(account: Account, callId: string, url: string): Promise<void>;
  /** Resolves with the call's id. */
  dial(account: Account, wish: { to: AgentEndpoint; from: string; url: string; statusUrl: string }): Promise<string>;
}

export function createJambonzApi(options: { agentFor?: AgentChoice | undefined } = {}): JambonzApi {
  return {
    redirect: async (account, callId, url) => {
      const body = { call_hook: { url, method: 'POST' } };
      await ask(account, { method: 'PUT', path: `/Calls/${encodeURIComponent(callId)}`, body }, options.agentFor);
    },
    dial: async (account, { to, from, url, statusUrl }) => {
      const { applicationSid, extensionsAt } = account.settings;
      const body = {
        application_sid: applicationSid,
        from,
        to: jambonzTarget(to, extensionsAt ?? null),
        call_hook: { url, method: 'POST' },
        call_status_hook: { url: statusUrl, method: 'POST' },
      };
      return sidOf(await ask(account, { method: 'POST', path: '/Calls', body }, options.agentFor));
    },
  };
}

async function ask(
  { settings }: Account,
  { method, path, body }: { method: string; path: string; body: object },
  agentFor: AgentChoice | undefined,
): Promise<ExchangeAnswer> {
  if (settings.apiKey === undefined) {
    throw new ChannelError('misconfigured', 'The key of the jambonz API is not set.', { retry: 'after-reconnect' });
  }
  const answer = await exchange({
    method,
    url: `${settings.baseUrl}/Accounts/${settings.accountSid}${path}`,
    headers: { authorization: `Bearer ${settings.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    timeoutMs,
    limitBytes,
    agentFor,
  }).catch((error: unknown) => {
    throw errorOfBrokenSend(error, 'blind');
  });
  if (answer.status < 200 || answer.status >= 300) {
    const refusal = { status: answer.status, said: '', retryAfter: answer.headers['retry-after'] };
    throw errorOfStatus(refusal, 'blind');
  }
  return answer;
}

function sidOf({ body }: ExchangeAnswer): string {
  const found = /"sid"\s*:\s*"([0-9a-zA-Z-]{1,64})"/u.exec(body.toString('utf8'))?.[1];
  if (found === undefined) {
    throw new ChannelError('unreadable', 'jambonz named no call.', { retry: 'never', doubtful: true });
  }
  return found;
}
