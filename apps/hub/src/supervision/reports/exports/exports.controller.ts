import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import type { ExportView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import type { HubReply } from '../../../platform/http/exchange.js';
import { NewExportDto } from './exports.dto.js';
import { Exports } from './exports.service.js';
import { sendTable } from '../../../platform/tables/send-table.js';

@Controller('api/exports')
@Access('supervisor', 'exports.make')
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  /** Those that the caller made. */
  @Get()
  list(@CurrentActor() actor: Actor): Promise<ExportView[]> {
    return this.exports.list(actor);
  }

  @Post()
  begin(@CurrentActor() actor: Actor, @Body() body: NewExportDto): Promise<ExportView> {
    return this.exports.begin(actor, body);
  }

  @Get(':id')
  get(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ExportView> {
    return this.exports.get(actor, id);
  }

  @Get(':id/file')
  async file(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Res() reply: HubReply,
  ): Promise<void> {
    const { name, bytes, content, format } = await this.exports.open(actor, id);
    void reply.header('content-length', bytes);
    await sendTable(reply, { name, format }, content);
  }

  /** Stops it where it is being made, and takes the file away. */
  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.exports.remove(actor, id);
  }
}
