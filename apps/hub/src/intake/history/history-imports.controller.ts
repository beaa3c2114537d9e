import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { HistoryFaultView, HistoryFindingsView, HistoryImportView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { fileContentOf, fileNameOf } from '../../desk/attachments/file-name.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { HistoryFindings } from './history-findings.service.js';
import { HistoryFaultsDto, HistoryMatchDto, HistoryTermsDto, NewHistoryDto } from './history-imports.dto.js';
import { HistoryImports } from './history-imports.service.js';
import { renderHistoryFaults } from './render-history-faults.js';
import { sendTable } from '../../platform/tables/send-table.js';

/** Customers and what was said with them, out of another product. */
@Controller('api/history-imports')
@Access('admin', 'system.manage')
export class HistoryImportsController {
  constructor(
    private readonly imports: HistoryImports,
    private readonly findings: HistoryFindings,
  ) {}

  @Get()
  list(): Promise<HistoryImportView[]> {
    return this.imports.list();
  }

  @Post()
  begin(@CurrentActor() actor: Actor, @Body() { system, account }: NewHistoryDto): Promise<HistoryImportView> {
    return this.imports.begin(actor, system, account);
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string): Promise<HistoryImportView> {
    return this.imports.get(id);
  }

  /** The body is a file itself, as application/octet-stream; its name comes percent-encoded in `X-File-Name`. */
  @Post(':id/files')
  give(@Param('id', ParseUUIDPipe) id: string, @Req() request: HubRequest): Promise<HistoryImportView> {
    return this.imports.give(id, fileNameOf(request), fileContentOf(request));
  }

  /** Reads the files; nothing of them is written to any timeline yet. */
  @Post(':id/read')
  @HttpCode(200)
  read(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<HistoryImportView> {
    return this.imports.read(actor, id);
  }

  @Get(':id/findings')
  async found(@Param('id', ParseUUIDPipe) id: string): Promise<HistoryFindingsView> {
    await this.imports.get(id);
    return this.findings.of(id);
  }

  @Put(':id/matches/:match')
  choose(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('match', ParseUUIDPipe) match: string,
    @Body() { isJoined }: HistoryMatchDto,
  ): Promise<HistoryImportView> {
    return this.imports.choose(id, match, isJoined);
  }

  @Post(':id/start')
  @HttpCode(200)
  start(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() terms: HistoryTermsDto,
  ): Promise<HistoryImportView> {
    return this.imports.start(actor, id, terms);
  }

  @Post(':id/stop')
  @HttpCode(200)
  stop(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<HistoryImportView> {
    return this.imports.stop(actor, id);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.imports.remove(actor, id);
  }

  @Get(':id/faults')
  faults(@Param('id', ParseUUIDPipe) id: string): Promise<HistoryFaultView[]> {
    return this.imports.faults(id);
  }

  /** The same as a file for office programs. */
  @Get(':id/faults.csv')
  async faultsFile(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { language }: HistoryFaultsDto,
    @Res() reply: HubReply,
  ): Promise<void> {
    await sendTable(
      reply,
      { name: 'faults', format: 'csv' },
      renderHistoryFaults(await this.imports.faults(id), language),
    );
  }
}
