import { Global, Module } from '@nestjs/common';
import { ArticleIndex } from './article-index.service.js';
import { ArticleSuggestions } from './article-suggestions.service.js';
import { ArticleSuggestionsController, ArticlesController } from './articles.controller.js';
import { Articles } from './articles.service.js';

/** The knowledge list. Whoever answers from it, an agent or a bot, asks ArticleIndex. */
@Global()
@Module({
  controllers: [ArticlesController, ArticleSuggestionsController],
  providers: [ArticleIndex, ArticleSuggestions, Articles],
  exports: [ArticleIndex],
})
export class ArticlesModule {}
