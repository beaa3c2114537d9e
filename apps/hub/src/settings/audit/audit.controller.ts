import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { AuditEntryView, AuditProofView, Page } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import type { HubReply } from '../../platform/http/exchange.js';
import { writeAudit } from './audit-file.js';
import { AuditProof } from './audit-proof.service.js';
import { AuditReader } from './audit-reader.service.js';
import { AuditDownloadDto, AuditPageDto } from './audit.dto.js';

const mediaTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson' };

@Controller('api/audit')
@Access('admin', 'audit.read')
export class AuditController {
  constructor(
    private readonly reader: AuditReader,
    private readonly proof: AuditProof,
    private readonly database: Database,
  ) {}

  /** Newest first. */
  @Get()
  list(@Query() wish: AuditPageDto): Promise<Page<AuditEntryView>> {
    return this.reader.page(wish);
  }

  /** Whether the chain holds, and if not, which entry is the first that does not. */
  @Get('verify')
  verify(): Promise<AuditProofView> {
    return this.proof.walk();
  }

  /** All that the filter finds, as a file that is written while it is read. Taking it is an act of its own. */
  @Get('download')
  async download(
    @CurrentActor() actor: Actor,
    @Query() { format, ...filter }: AuditDownloadDto,
    @Res() reply: HubReply,
  ): Promise<void> {
    const details = { format, filter };
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'audit.downloaded', subject: actor.id, details }),
    );
    await reply
      .header('content-type', mediaTypes[format])
      .header('content-disposition', `attachment; filename="audit.${format}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(writeAudit(this.reader.all(filter), format)));
  }
}
