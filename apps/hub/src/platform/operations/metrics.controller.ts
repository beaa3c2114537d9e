import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { HubConfig } from '#config';
import { Access } from '../../auth/access-rule.js';
import { sha256 } from '../../auth/tokens.js';
import { notFound } from '../errors/api-error.js';
import type { HubReply, HubRequest } from '../http/exchange.js';
import { Metrics } from './metrics.js';

/** A proxy speaks for somebody else then, wherever it runs itself. */
const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];
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
      return loopback.test(request.ip) && forwarded.every((name) => request.headers[name] === undefined);
    }
    const given = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(sha256(given), sha256(metricsToken));
  }
}
