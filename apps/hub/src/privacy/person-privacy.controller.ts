import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common';
import type { ErasurePreviewView, ErasureView, LegalHoldView, PersonExportView, PersonPrivacyView } from '#contract';
import { Access } from '../auth/access-rule.js';
import type { Actor } from '../auth/actor.js';
import { CurrentActor } from '../auth/current-actor.js';
import { serveFile } from '../desk/attachments/serve-file.js';
import { CustomerReader } from '../desk/customers/customer-reader.service.js';
import type { HubReply } from '../platform/http/exchange.js';
import { VisitorConsents } from './consents/visitor-consents.service.js';
import { Erasures } from './erasures/erasures.service.js';
import { PersonExports } from './exports/person-exports.service.js';
import { LegalHolds } from './holds/legal-holds.service.js';
import { EraseDto, ExportPersonDto, HoldDto } from './privacy.dto.js';

/** What is done with all that is known of one customer. */
@Controller('api/customers/:id')
@Access('admin', 'people.erase')
export class PersonPrivacyController {
  constructor(
    private readonly reader: CustomerReader,
    private readonly erasures: Erasures,
    private readonly holds: LegalHolds,
    private readonly exports: PersonExports,
    private readonly consents: VisitorConsents,
  ) {}

  @Get('privacy')
  @Access('admin', ['people.erase', 'people.export', 'privacy.manage'])
  async all(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<PersonPrivacyView> {
    const { customerId, parts } = await this.reader.getReadable(actor, id);
    const [hold, exports, consents] = await Promise.all([
      this.holds.of(customerId),
      this.exports.listOf(customerId),
      this.consents.listOf(parts.map((part) => part.id)),
    ]);
    return { hold, exports, consents };
  }

  /** They said so by another way than the chat. */
  @Delete('consents/:consent')
  @HttpCode(204)
  @Access('admin', 'privacy.manage')
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('consent', ParseUUIDPipe) consent: string,
  ): Promise<void> {
    return this.consents.withdraw(actor, id, consent);
  }

  @Get('erasure')
  preview(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ErasurePreviewView> {
    return this.erasures.preview(actor, id);
  }

  @Post('erasure')
  @HttpCode(202)
  erase(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: EraseDto,
  ): Promise<ErasureView> {
    return this.erasures.begin(actor, id, body);
  }

  @Put('hold')
  @Access('admin', 'privacy.manage')
  hold(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { why }: HoldDto,
  ): Promise<LegalHoldView> {
    return this.holds.set(actor, id, why);
  }

  @Delete('hold')
  @HttpCode(204)
  @Access('admin', 'privacy.manage')
  lift(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.holds.lift(actor, id);
  }

  @Get('exports')
  @Access('admin', 'people.export')
  listExports(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<PersonExportView[]> {
    return this.exports.list(actor, id);
  }

  @Post('exports')
  @HttpCode(202)
  @Access('admin', 'people.export')
  askExport(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { withNotes }: ExportPersonDto,
  ): Promise<PersonExportView> {
    return this.exports.ask(actor, id, withNotes);
  }

  /** The archive, for a few hours. */
  @Get('exports/:export/file')
  @Access('admin', 'people.export')
  async file(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('export', ParseUUIDPipe) exportId: string,
    @Res() reply: HubReply,
  ): Promise<void> {
    await serveFile(reply, await this.exports.open(actor, id, exportId), 'no-store');
  }
}
