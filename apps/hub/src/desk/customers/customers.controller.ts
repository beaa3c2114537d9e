import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import type { CustomerView, MergePreview, Page, SuggestionsView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { CustomerBlocks } from './customer-blocks.service.js';
import { CustomerMerges } from './customer-merges.service.js';
import { CustomerOpening } from './customer-opening.service.js';
import { CustomerService } from './customer.service.js';
import {
  BlockDto,
  ChangeCustomerDto,
  CustomerSearchDto,
  DismissDto,
  MergeDto,
  MergePreviewDto,
  NewCustomerDto,
  UndoMergeDto,
} from './customers.dto.js';
import { Suggestions } from './suggestions.service.js';

@Controller('api/customers')
@Access('agent')
export class CustomersController {
  constructor(
    private readonly customers: CustomerService,
    private readonly merges: CustomerMerges,
    private readonly suggestions: Suggestions,
    private readonly blocks: CustomerBlocks,
    private readonly opening: CustomerOpening,
  ) {}

  @Get()
  search(
    @CurrentActor() actor: Actor,
    @Query() query: CustomerSearchDto,
  ): Promise<Page<CustomerView & { conversation: string }>> {
    return this.customers.search(actor, query);
  }

  /** Somebody who never wrote, with the ticket to write them under. */
  @Post()
  open(
    @CurrentActor() actor: Actor,
    @Body() body: NewCustomerDto,
  ): Promise<CustomerView & { conversation: string; ticket: string }> {
    return this.opening.open(actor, body);
  }

  @Get(':id')
  get(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<CustomerView & { conversation: string }> {
    return this.customers.get(actor, id);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeCustomerDto,
  ): Promise<CustomerView> {
    return this.customers.change(actor, id, body);
  }

  @Post(':id/merge-preview')
  @HttpCode(200)
  preview(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MergePreviewDto,
  ): Promise<MergePreview> {
    return this.merges.preview(actor, id, body.into);
  }

  @Post(':id/merge')
  @HttpCode(200)
  merge(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MergeDto,
  ): Promise<CustomerView> {
    return this.merges.merge(actor, id, body);
  }

  @Delete(':id/merge')
  undoMerge(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { root }: UndoMergeDto,
  ): Promise<CustomerView> {
    return this.merges.undo(actor, id, root);
  }

  @Get(':id/suggestions')
  suggest(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<SuggestionsView> {
    return this.suggestions.list(actor, id);
  }

  @Post(':id/suggestions/dismiss')
  @HttpCode(204)
  dismiss(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DismissDto,
  ): Promise<void> {
    return this.suggestions.dismiss(actor, id, body.customer);
  }

  @Post(':id/block')
  @HttpCode(200)
  block(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: BlockDto,
  ): Promise<CustomerView> {
    return this.blocks.block(actor, id, body.reason);
  }

  @Delete(':id/block')
  unblock(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<CustomerView> {
    return this.blocks.unblock(actor, id);
  }
}
