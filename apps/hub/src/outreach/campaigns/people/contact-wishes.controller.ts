import { Body, Controller, Get, Param, ParseUUIDPipe, Patch } from '@nestjs/common';
import type { ContactWishesView } from '#contract';
import { Access } from '../../../auth/access-rule.js';
import type { Actor } from '../../../auth/actor.js';
import { CurrentActor } from '../../../auth/current-actor.js';
import { ContactWishesDto } from '../settings/outreach.dto.js';
import { ContactWishes } from './contact-wishes.service.js';

/** What the person of a conversation wants to hear of our own accord. */
@Controller('api/conversations/:id/contact-wishes')
@Access('agent')
export class ContactWishesController {
  constructor(private readonly wishes: ContactWishes) {}

  @Get()
  read(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ContactWishesView> {
    return this.wishes.read(actor, id);
  }

  @Patch()
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ContactWishesDto,
  ): Promise<ContactWishesView> {
    return this.wishes.change(actor, id, body);
  }
}
