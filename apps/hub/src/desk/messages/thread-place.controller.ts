import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ThreadPlace, type ThreadPlaceView } from './thread-place.service.js';

@Controller('api/threads/:id')
@Access('agent')
export class ThreadPlaceController {
  constructor(private readonly places: ThreadPlace) {}

  /** Where the thread is that a mail points at without continuing it. */
  @Get('place')
  place(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ThreadPlaceView> {
    return this.places.find(actor, id);
  }
}
