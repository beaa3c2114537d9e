import { Logger } from '@nestjs/common';
import { ForgedWebhook, UnreadableWebhook, type WebhookRequest } from '#channels';
import { ApiError, forbidden } from '../../platform/errors/api-error.js';
import type { HubRequest } from '../../platform/http/exchange.js';
import type { OpenChannel } from '../../settings/channel-directory.service.js';

const logger = new Logger('LineHooks');

/** A request of a provider as adapters read it. `path`: what stands behind the channel. */
export function toLineHook(request: HubRequest, path: string): WebhookRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const);
  return {
    method: request.method,
    path,
    originalUrl: request.originalUrl,
    headers: Object.fromEntries(headers),
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
  };
}

/** What `read` finds, once the provider is proven; 403 and 400 otherwise. */
export async function verified<Read>(channel: OpenChannel, read: () => Read | Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ForgedWebhook) {
      logger.warn(`a request about a call on channel ${channel.name} was not its provider's: ${error.message}`);
      throw forbidden('This is not signed by the provider.', 'forged_webhook');
    }
    if (error instanceof UnreadableWebhook) {
      throw new ApiError(400, 'unreadable_webhook', error.message);
    }
    throw error;
  }
}
