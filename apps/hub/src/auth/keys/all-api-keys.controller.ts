import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe } from '@nestjs/common';
import type { ApiKeyView } from '#contract';
import { Access } from '../access-rule.js';
import type { Actor } from '../actor.js';
import { CurrentActor } from '../current-actor.js';
import { ApiKeyService } from './api-key.service.js';
import { refusePrograms } from '../refuse-programs.js';

/** Everybody's keys: which programs there are, whose they are, and taking one away. */
@Controller('api/keys')
@Access('admin', 'developers.manage')
export class AllApiKeysController {
  constructor(private readonly keys: ApiKeyService) {}

  @Get()
  list(): Promise<ApiKeyView[]> {
    return this.keys.list(null);
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    refusePrograms(actor);
    await this.keys.revoke(actor.id, id, null);
  }
}
