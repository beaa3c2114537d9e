import { Injectable } from '@nestjs/common';
import { exchange, type AgentChoice } from '#channels';
import { HubConfig } from '#config';
import { guardAddresses } from '../../platform/outbound/guard-addresses.js';
import { isPushEndpoint, knownPushHosts } from './push-hosts.js';

const timeoutMs = 10_000;
const longestAnswer = 16 * 1024;

/**
 * The way out to push services. Two walls: the host must be one of those that the settings name, and the address that it leads to at the moment of
 * connecting must be a public one, or in a network that the operator allowed.
 */
@Injectable()
export class PushDoor {
  private readonly agentFor: AgentChoice;
  private readonly hosts: readonly string[];

  constructor(config: HubConfig) {
    this.agentFor = guardAddresses(config.outboundAllow);
    this.hosts = config.pushHosts.length > 0 ? config.pushHosts : knownPushHosts;
  }

  admits(endpoint: string): boolean {
    return isPushEndpoint(endpoint, this.hosts);
  }

  /** Throws ExchangeFailed. */
  post(endpoint: string, headers: Record<string, string>, body: Uint8Array): ReturnType<typeof exchange> {
    return exchange({
      method: 'POST',
      url: endpoint,
      headers,
      body,
      timeoutMs,
      limitBytes: longestAnswer,
      agentFor: this.agentFor,
    });
  }
}
