import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import type { NewSiteKeyView, SiteKeyView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { SiteKeys } from './site-keys.service.js';

/** The keys by which a site proves to a web chat who is signed in there. */
@Controller('api/channels/:id/site-keys')
@Access('admin', 'channels.manage')
export class SiteKeysController {
  constructor(private readonly keys: SiteKeys) {}

  @Get()
  list(@Param('id', ParseUUIDPipe) id: string): Promise<SiteKeyView[]> {
    return this.keys.list(id);
  }

  /** A new key beside the others, so that a site can change over at its own time. The answer is the only place that shows it. */
  @Post()
  add(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<NewSiteKeyView> {
    return this.keys.add(actor, id);
  }

  /** Tokens signed with it prove nothing from here on; who they let in before stays for a day. */
  @Delete(':kid')
  @HttpCode(204)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('kid') kid: string,
  ): Promise<void> {
    return this.keys.remove(actor, id, kid);
  }
}
