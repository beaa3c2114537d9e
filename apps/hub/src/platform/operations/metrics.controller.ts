import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { HubConfig } from '#config';
import { Access } from '../../auth/access-rule.js';
import { sha256 } from '../../auth/tokens.js';
import { notFound } from '../errors/api-error.js';
import type { HubReply, HubRequest } from '../http/exchange.js';
import { Metrics } from './metrics.js';

const loopback = /^(::ffff:)?127\.|^::1$/;

/** Figures for Prometheus: by METRICS_TOKEN when it is set, else for this machine alone. Others learn nothing, not even that. */
@Controller('metrics')
@Access('operator')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly config: HubConfig,
  ) {}

  @Get()
  async read(@Req() request: HubRequest, @Res({ passthrough: true }) reply: HubReply): Promise<string> {
    if (!this.mayRead(request)) {
      throw notFound();
    }
    void reply.type(this.metrics.registry.contentType).header('cache-control', 'no-store');
    return this.metrics.registry.metrics();
  }

  private mayRead(request: HubRequest): boolean {
    const { metricsToken } = this.config;
    if (metricsToken === null) {
      return loopback.test(request.ip);
    }
    const given = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(sha256(given), sha256(metricsToken));
  }
}
