import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { QueueView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import { QueueSettings } from './queue-settings.service.js';
import { ChangeQueueDto, NewQueueDto } from './queues.dto.js';

@Controller('api/queues')
@Access('admin')
export class QueuesController {
  constructor(private readonly queues: QueueSettings) {}

  @Get()
  @Access('agent')
  list(): Promise<QueueView[]> {
    return this.queues.list();
  }

  @Post()
  create(@Body() body: NewQueueDto): Promise<QueueView> {
    return this.queues.create(body);
  }

  @Patch(':id')
  change(@Param('id', ParseUUIDPipe) id: string, @Body() body: ChangeQueueDto): Promise<QueueView> {
    return this.queues.change(id, body);
  }
}
