import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import type { ArticleSuggestionsView, ArticleView, FoundArticleView } from '#contract';
import { Access } from '../../auth/access-rule.js';
import type { Actor } from '../../auth/actor.js';
import { CurrentActor } from '../../auth/current-actor.js';
import { ArticleIndex } from './article-index.service.js';
import { ArticleSuggestions } from './article-suggestions.service.js';
import { ChangeArticleDto, FindArticlesDto, NewArticleDto, SuggestArticlesDto } from './articles.dto.js';
import { Articles } from './articles.service.js';

@Controller('api/articles')
@Access('supervisor', 'replies.manage')
export class ArticlesController {
  constructor(
    private readonly articles: Articles,
    private readonly index: ArticleIndex,
  ) {}

  @Get()
  @Access('agent')
  list(): Promise<ArticleView[]> {
    return this.articles.list();
  }

  /** Those that have all the words, however they are spelled; the best first. */
  @Get('search')
  @Access('agent')
  search(@Query() { q, locale, limit }: FindArticlesDto): Promise<FoundArticleView[]> {
    return this.index.find({ text: q, locale, limit, publicOnly: false, strict: true });
  }

  @Post()
  create(@CurrentActor() actor: Actor, @Body() body: NewArticleDto): Promise<ArticleView> {
    return this.articles.create(actor, body);
  }

  @Patch(':id')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ChangeArticleDto,
  ): Promise<ArticleView> {
    return this.articles.change(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.articles.remove(actor, id);
  }
}

@Controller('api/conversations/:id/article-suggestions')
@Access('agent')
export class ArticleSuggestionsController {
  constructor(private readonly suggestions: ArticleSuggestions) {}

  /** What may help with what the customer wrote last. */
  @Get()
  suggest(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: SuggestArticlesDto,
  ): Promise<ArticleSuggestionsView> {
    return this.suggestions.suggest(actor, id, query);
  }
}
