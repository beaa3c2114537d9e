import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { ApiKeyView } from '#contract';
import { AnswerNotKept } from '../../platform/http/idempotency-interceptor.js';
import { Access } from '../access-rule.js';
import type { Actor } from '../actor.js';
import { CurrentActor } from '../current-actor.js';
import { refusePrograms } from '../refuse-programs.js';
import { ApiKeyService } from './api-key.service.js';
import { ApiKeyDto } from './api-keys.dto.js';

/** The keys of the agent who is signed in. A program cannot make keys: one that leaked would outlive its revocation. */
@Controller('api/me/keys')
@Access('agent')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeyService) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<ApiKeyView[]> {
    return this.keys.list(actor.id);
  }

  /** The answer is the only place where the key is ever shown. */
  @Post()
  @AnswerNotKept()
  create(@CurrentActor() actor: Actor, @Body() wish: ApiKeyDto): Promise<{ id: string; key: string }> {
    refusePrograms(actor);
    return this.keys.create(actor.id, { name: wish.name, scopes: wish.scopes, expiresAt: wish.expiresAt ?? null });
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    refusePrograms(actor);
    await this.keys.revoke(actor.id, id);
  }
}
