import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import type { RevisionView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { MessageRevisions } from './message-revisions.service.js';

/** The earlier forms of messages that their authors changed. */
@Controller('api/messages/:id/revisions')
@Access('agent')
export class RevisionsController {
  constructor(private readonly revisions: MessageRevisions) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<RevisionView[]> {
    return this.revisions.list(actor, id);
  }
}
