import { Controller, Get, Res } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import type { HubReply } from '../http/exchange.js';
import { Health, type Readiness } from './health.js';

/** For load balancers and supervisors: is the process alive, and may it be sent work. */
@Controller('health')
@Access('public')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  live(): { alive: true } {
    return { alive: true };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: HubReply): Promise<Readiness> {
    const readiness = await this.health.ask();
    void reply.code(readiness.ready ? 200 : 503).header('cache-control', 'no-store');
    return readiness;
  }
}
