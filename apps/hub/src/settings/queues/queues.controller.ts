import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import type { QueueContentsView, QueueSettingsView, QueueView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { QueueRemoval } from './queue-removal.service.js';
import { QueueSettings } from './queue-settings.service.js';
import { ChangeQueueDto, NewQueueDto, RemoveQueueDto } from './queues.dto.js';

@Controller('api/queues')
@Access('admin', 'routing.manage')
export class QueuesController {
  constructor(
    private readonly queues: QueueSettings,
    private readonly removal: QueueRemoval,
  ) {}

  @Get()
  @Access('agent')
  list(): Promise<QueueView[]> {
    return this.queues.list();
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewQueueDto): Promise<QueueSettingsView> {
    return this.queues.create(actor, body);
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<QueueSettingsView> {
    return this.queues.get(id);
  }

  /** What has to go somewhere else before the queue can go. */
  @Get(':id/contents')
  contents(@Param('id', ParseUUIDPipe) id: string): Promise<QueueContentsView> {
    return this.queues.contents(id);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeQueueDto,
  ): Promise<QueueSettingsView> {
    return this.queues.change(actor, id, body);
  }

  /** Removes it. A queue that was ever used goes only towards another one, which takes over what is in it and what still comes for it. */
  @Delete(':id')
  @HttpCode(204)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { moveTo }: RemoveQueueDto,
  ): Promise<void> {
    return this.removal.remove(actor, id, moveTo ?? null);
  }
}
