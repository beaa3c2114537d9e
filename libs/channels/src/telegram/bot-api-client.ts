import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import type { Telegram } from 'telegraf';
import { ChannelError } from '../channel-adapter.js';
import type { AgentChoice } from '../wire/http-exchange.js';
import { SocksAgent } from '../wire/socks-agent.js';
import { errorOfBrokenCall, errorOfRefusal, type BotApiRefusal, type CallPurpose } from './bot-api-errors.js';
import type { TelegramSettings } from './telegram-settings.js';

/** Calls one bot's API. Throws ChannelError only. */
export interface BotApiClient {
  call(method: string, payload: object, how: { purpose: CallPurpose; signal: AbortSignal }): Promise<unknown>;
}

/** The method a client must be asked through: telegraf's typed list ends at Bot API 7.1, ours is checked by its callers. */
type CallAnything = (method: string, payload: object, how: { signal: AbortSignal }) => Promise<unknown>;

/**
 * A client over telegraf, used as HTTP client only: it knows multipart uploads, nothing of polling or middleware is wanted.
 * It is loaded at the first call, because importing it costs memory that a hub without Telegram need not pay.
 */
export function createBotApiClient(settings: TelegramSettings, agentFor: AgentChoice | undefined): BotApiClient {
  return {
    async call(method, payload, { purpose, signal }) {
      const client = await clientOf(settings, agentFor);
      try {
        return await (client.callApi.bind(client) as unknown as CallAnything)(method, payload, { signal });
      } catch (error) {
        throw channelErrorOf(error, purpose);
      }
    },
  };
}

async function clientOf(settings: TelegramSettings, agentFor: AgentChoice | undefined): Promise<Telegram> {
  const { Telegram } = await import('telegraf');
  const isTls = new URL(settings.apiRoot).protocol === 'https:';
  const agent = agentOf(settings, agentFor) ?? (isTls ? freshTls : fresh);
  // The slash at the end keeps a path inside apiRoot, which URL resolution would drop otherwise.
  const client = new Telegram(settings.token, { apiRoot: `${settings.apiRoot}/`, webhookReply: false });
  // Given to the constructor, an agent is thrown away for http:// roots, and the guard of addresses with it.
  (client as unknown as { options: { agent: Agent } }).options.agent = agent;
  return client;
}

/** A pooled connection may die at the moment it is used, which would put a send in doubt for nothing. */
const freshTls = new TlsAgent({ keepAlive: false });
const fresh = new Agent({ keepAlive: false });

const proxyAgents = new Map<string, TlsAgent>();

/** The agent for calls and downloads of this account: its proxy if it has one, otherwise what the hub chose. */
export function agentOf(settings: TelegramSettings, agentFor: AgentChoice | undefined): ReturnType<AgentChoice> {
  const proxy = proxyOf(settings);
  if (proxy === null) {
    return agentFor?.(new URL(settings.apiRoot));
  }
  let agent = proxyAgents.get(proxy);
  if (agent === undefined) {
    agent = proxy.startsWith('socks') ? new SocksAgent(proxy) : httpProxyAgent(proxy);
    proxyAgents.set(proxy, agent);
  }
  return agent;
}

/** The proxy's address with what it asks for. */
function proxyOf({ proxy, proxyLogin }: TelegramSettings): string | null {
  if (proxy === undefined || proxyLogin === undefined) {
    return proxy ?? null;
  }
  const colon = proxyLogin.indexOf(':');
  const address = new URL(proxy);
  address.username = encodeURIComponent(proxyLogin.slice(0, colon));
  address.password = encodeURIComponent(proxyLogin.slice(colon + 1));
  return address.href;
}

function httpProxyAgent(proxy: string): TlsAgent {
  requireProxySupport();
  return new TlsAgent({ keepAlive: false, proxyEnv: { HTTPS_PROXY: proxy } });
}

// An older Node ignores the option above without a word, and would connect around the proxy.
function requireProxySupport(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 24 || (major === 24 && minor < 5)) {
    throw new ChannelError('misconfigured', 'A proxy needs Node 24.5 or newer.', { retry: 'after-reconnect' });
  }
}

function channelErrorOf(error: unknown, purpose: CallPurpose): ChannelError {
  const refusal = refusalOf(error);
  return refusal === null ? errorOfBrokenCall(error, purpose) : errorOfRefusal(refusal, purpose);
}

/** What telegraf throws for an answer with ok: false, whatever the HTTP status was. */
function refusalOf(error: unknown): BotApiRefusal | null {
  if (typeof error !== 'object' || error === null || !('response' in error)) {
    return null;
  }
  const response = error.response as Partial<BotApiRefusal> | null;
  return typeof response?.error_code === 'number'
    ? { ...response, error_code: response.error_code, description: response.description ?? '' }
    : null;
}
