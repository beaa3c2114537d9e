import { Controller, Get, Query } from '@nestjs/common';
import type { SearchAnswer } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { SearchDto } from './search.dto.js';
import { Search } from './search.service.js';

@Controller('api/search')
@Access('agent')
export class SearchController {
  constructor(private readonly search: Search) {}

  /** Messages that hold all the words, newest first; without words the tickets that the filters name, latest first. */
  @Get()
  find(@CurrentActor() actor: Actor, @Query() query: SearchDto): Promise<SearchAnswer> {
    return this.search.find(actor, query);
  }
}
