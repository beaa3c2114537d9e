import type { Agent } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { AgentChoice } from '#channels';
import { guardAddresses } from '../platform/outbound/guard-addresses.js';

/**
 * The way out for webhooks: the public internet and nothing else, by the address that a name leads to at the moment of connecting.
 * OUTBOUND_ALLOW does not open it, for it names the networks of providers, and anybody who may add a webhook would reach those.
 */
@Injectable()
export class WebhookDoor {
  private readonly choose: AgentChoice = guardAddresses([]);

  agentFor(url: URL): Agent | undefined {
    return this.choose(url);
  }
}
