import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import type { CustomerView, Page } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { CustomerService } from './customer.service.js';
import { ChangeCustomerDto, CustomerSearchDto, MergeDto, NewIdentityDto } from './customers.dto.js';

@Controller('api/customers')
@Access('agent')
export class CustomersController {
  constructor(private readonly customers: CustomerService) {}

  @Get()
  search(
    @CurrentActor() actor: Actor,
    @Query() query: CustomerSearchDto,
  ): Promise<Page<CustomerView & { conversation: string }>> {
    return this.customers.search(actor, query);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeCustomerDto,
  ): Promise<CustomerView> {
    return this.customers.change(actor, id, body);
  }

  @Post(':id/identities')
  addIdentity(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewIdentityDto,
  ): Promise<CustomerView> {
    return this.customers.addIdentity(actor, id, body);
  }

  @Post(':id/merge')
  @HttpCode(200)
  merge(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MergeDto,
  ): Promise<CustomerView> {
    return this.customers.merge(actor, id, body.into);
  }

  @Delete(':id/merge')
  undoMerge(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<CustomerView> {
    return this.customers.undoMerge(actor, id);
  }
}
