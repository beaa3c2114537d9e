import { Body, Controller, Delete, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import type { CustomerView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { CustomerIdentities } from './customer-identities.service.js';
import { ChangeIdentityDto, NewIdentityDto } from './customers.dto.js';

/** Addresses of a customer: those that reached us, and those that are only claimed. */
@Controller('api/customers/:id')
@Access('agent')
export class IdentitiesController {
  constructor(private readonly identities: CustomerIdentities) {}

  @Post('identities')
  claim(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewIdentityDto,
  ): Promise<CustomerView> {
    return this.identities.claim(actor, id, body);
  }

  @Patch('identities/:identity')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('identity', ParseUUIDPipe) identity: string,
    @Body() body: ChangeIdentityDto,
  ): Promise<CustomerView> {
    return this.identities.share(actor, id, identity, body.shared);
  }

  /** The address is no longer theirs; what passed over it stays with them. */
  @Delete('identities/:identity')
  retire(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('identity', ParseUUIDPipe) identity: string,
  ): Promise<CustomerView> {
    return this.identities.retire(actor, id, identity);
  }

  @Post('claims/:claim/confirm')
  @HttpCode(200)
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('claim', ParseUUIDPipe) claim: string,
  ): Promise<CustomerView> {
    return this.identities.confirm(actor, id, claim);
  }

  @Delete('claims/:claim')
  dismiss(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('claim', ParseUUIDPipe) claim: string,
  ): Promise<CustomerView> {
    return this.identities.dismiss(actor, id, claim);
  }
}
