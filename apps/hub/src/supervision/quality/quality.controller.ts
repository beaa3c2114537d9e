import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import type { ResultsView, ReviewView, SampleDetailView, SampleView, ScorecardView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import type { HubReply } from '../../platform/http/exchange.js';
import { sendTable } from '../../platform/tables/send-table.js';
import {
  AnswerReviewDto,
  ReopenReviewDto,
  ResultsDto,
  ResultsFileDto,
  ReviewDto,
  SampleDto,
  ScorecardDto,
} from './quality.dto.js';
import { Results } from './results.service.js';
import { Reviews } from './reviews.service.js';
import { Samples } from './samples.service.js';
import { Scorecards } from './scorecards.service.js';

/** Samples of work, what reviewers make of them, and what that comes to. */
@Controller('api/quality')
@Access('supervisor', 'quality.review')
export class QualityController {
  constructor(
    private readonly scorecards: Scorecards,
    private readonly samples: Samples,
    private readonly reviews: Reviews,
    private readonly results: Results,
  ) {}

  @Get('scorecard')
  scorecard(): Promise<ScorecardView> {
    return this.scorecards.read();
  }

  /** Makes the next version. Samples that were drawn keep theirs. */
  @Put('scorecard')
  changeScorecard(@CurrentActor() actor: Actor, @Body() body: ScorecardDto): Promise<ScorecardView> {
    return this.scorecards.change(actor, body);
  }

  /** The latest hundred. */
  @Get('samples')
  listSamples(@CurrentActor() actor: Actor): Promise<SampleView[]> {
    return this.samples.list(actor);
  }

  @Post('samples')
  draw(@CurrentActor() actor: Actor, @Body() body: SampleDto): Promise<SampleDetailView> {
    return this.samples.draw(actor, body);
  }

  @Get('samples/:id')
  sample(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<SampleDetailView> {
    return this.samples.get(actor, id);
  }

  /** Finishes the review of a ticket; its agent is told. */
  @Post('samples/:id/reviews')
  review(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ReviewDto,
  ): Promise<ReviewView> {
    return this.reviews.give(actor, id, body);
  }

  @Get('reviews/:id')
  readReview(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<ReviewView> {
    return this.reviews.get(actor, id);
  }

  /** Sets a finished review aside, so that another can be given. */
  @Post('reviews/:id/reopening')
  @HttpCode(200)
  reopen(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: ReopenReviewDto,
  ): Promise<ReviewView> {
    return this.reviews.reopen(actor, id, reason);
  }

  /** The latest hundred reviews of the caller's own work. */
  @Get('mine')
  @Access('agent')
  listOwn(@CurrentActor() actor: Actor): Promise<ReviewView[]> {
    return this.reviews.listOwn(actor);
  }

  /** What the agent says to a review of their work, once. */
  @Post('mine/:id/answer')
  @HttpCode(204)
  @Access('agent')
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { answer }: AnswerReviewDto,
  ): Promise<void> {
    return this.reviews.answer(actor, id, answer);
  }

  @Get('results')
  readResults(@CurrentActor() actor: Actor, @Query() query: ResultsDto): Promise<ResultsView> {
    return this.results.read(actor, query);
  }

  @Get('results/file')
  async file(@CurrentActor() actor: Actor, @Query() query: ResultsFileDto, @Res() reply: HubReply): Promise<void> {
    const name = `quality-${query.by}-${query.from}-${query.to}`;
    await sendTable(reply, { name, format: 'csv' }, await this.results.file(actor, query));
  }
}
