import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { CdrCheckView, CdrFaultView, CdrImportView, CdrPreviewView, CdrReadingView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { fileContentOf, fileNameOf } from '../../desk/attachments/file-name.js';
import type { HubReply, HubRequest } from '../../platform/http/exchange.js';
import { CdrFaultsQueryDto, CdrTermsQueryDto } from './cdr-imports.dto.js';
import { CdrImports } from './cdr-imports.service.js';
import { CdrReader } from './cdr-reader.service.js';
import { renderCdrFaults } from './render-cdr-faults.js';
import { sendTable } from '../../platform/tables/send-table.js';

/** Calls of a channel out of the records of its exchange. */
@Controller('api/channels/:channelId')
@Access('admin', 'channels.manage')
export class CdrImportsController {
  constructor(
    private readonly imports: CdrImports,
    private readonly reader: CdrReader,
  ) {}

  @Get('cdr-imports')
  list(@Param('channelId', ParseUUIDPipe) channelId: string): Promise<CdrImportView[]> {
    return this.imports.list(channelId);
  }

  /** The body is the file or its beginning, at most a megabyte. */
  @Post('cdr-imports/preview')
  @HttpCode(200)
  preview(
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Query() { terms }: CdrTermsQueryDto,
    @Req() request: HubRequest,
  ): Promise<CdrPreviewView> {
    return this.imports.preview(channelId, fileContentOf(request), terms);
  }

  /** The body is the file itself; its name comes percent-encoded in `X-File-Name`. */
  @Post('cdr-imports')
  start(
    @CurrentActor() actor: Actor,
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Query() { terms }: CdrTermsQueryDto,
    @Req() request: HubRequest,
  ): Promise<CdrImportView> {
    return this.imports.start(actor, channelId, { name: fileNameOf(request), content: fileContentOf(request), terms });
  }

  @Get('cdr-imports/:id')
  get(
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<CdrImportView> {
    return this.imports.get(channelId, id);
  }

  @Post('cdr-imports/:id/stop')
  @HttpCode(200)
  stop(
    @CurrentActor() actor: Actor,
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<CdrImportView> {
    return this.imports.stop(actor, channelId, id);
  }

  @Get('cdr-imports/:id/faults')
  faults(
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<CdrFaultView[]> {
    return this.imports.faults(channelId, id);
  }

  /** The same as a file for office programs. */
  @Get('cdr-imports/:id/faults.csv')
  async faultsFile(
    @Param('channelId', ParseUUIDPipe) channelId: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { language }: CdrFaultsQueryDto,
    @Res() reply: HubReply,
  ): Promise<void> {
    await sendTable(
      reply,
      { name: 'faults', format: 'csv' },
      renderCdrFaults(await this.imports.faults(channelId, id), language),
    );
  }

  /** How the reading of the exchange's table fares. */
  @Get('cdr-reading')
  reading(@Param('channelId', ParseUUIDPipe) channelId: string): Promise<CdrReadingView> {
    return this.reader.standing(channelId);
  }

  /** Tries the table as it would be read, moving nothing. */
  @Post('cdr-reading/check')
  @HttpCode(200)
  check(@Param('channelId', ParseUUIDPipe) channelId: string): Promise<CdrCheckView[]> {
    return this.reader.check(channelId);
  }
}
