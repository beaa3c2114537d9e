import { Controller, Delete, Get, HttpCode } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { DemoRemoval } from './demo-removal.service.js';

/** Whether there is anything of the demonstration here, and the one click that takes it away. */
@Controller('api/demo')
@Access('admin')
export class DemoController {
  constructor(private readonly removal: DemoRemoval) {}

  @Get()
  @Access('agent')
  async read(): Promise<{ present: boolean }> {
    return { present: await this.removal.isPresent() };
  }

  @Delete()
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor): Promise<void> {
    return this.removal.remove(actor);
  }
}
