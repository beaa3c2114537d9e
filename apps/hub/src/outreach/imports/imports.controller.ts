import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { ImportFaultView, ImportPreviewView, ImportView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { fileContentOf, fileNameOf } from '../../desk/attachments/file-name.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { Imports } from './imports.service.js';
import { FaultsDto, NewImportDto, ReadImportDto } from './imports.dto.js';
import { renderFaults } from './render-faults.js';
import { sendTable } from '../../platform/tables/send-table.js';

@Controller('api/customer-imports')
@Access('admin', 'automation.manage')
export class ImportsController {
  constructor(private readonly imports: Imports) {}

  @Get()
  list(): Promise<ImportView[]> {
    return this.imports.list();
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<ImportView> {
    return this.imports.get(id);
  }

  /** The body is the file itself; its name comes percent-encoded in `X-File-Name`. Nothing is done with it before it is started. */
  @Post()
  give(@Query() query: NewImportDto, @Req() request: HubRequest): Promise<ImportView> {
    return this.imports.give(query.kind, fileNameOf(request), fileContentOf(request));
  }

  @Post(':id/preview')
  @HttpCode(200)
  preview(@Param('id', ParseUUIDPipe) id: string, @Body() body: ReadImportDto): Promise<ImportPreviewView> {
    return this.imports.preview(id, body.terms);
  }

  @Post(':id/start')
  @HttpCode(200)
  start(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReadImportDto,
  ): Promise<ImportView> {
    return this.imports.start(actor, id, body.terms);
  }

  @Post(':id/stop')
  @HttpCode(200)
  stop(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ImportView> {
    return this.imports.stop(actor, id);
  }

  @Get(':id/faults')
  faults(@Param('id', ParseUUIDPipe) id: string): Promise<ImportFaultView[]> {
    return this.imports.faults(id);
  }

  /** The same as a file for office programs. */
  @Get(':id/faults.csv')
  async faultsFile(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { language }: FaultsDto,
    @Res() reply: HubReply,
  ): Promise<void> {
    await sendTable(reply, { name: 'faults', format: 'csv' }, renderFaults(await this.imports.faults(id), language));
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.imports.remove(actor, id);
  }
}
