import { Controller, Get, Header } from '@nestjs/common';
import { AccessInventory } from '../../auth/access-inventory.js';
import { Access } from '../../auth/access-rule.js';
import { apiShapes } from './api-shapes.js';
import { describeApi, type ApiDocument } from './describe-api.js';
import { renderApiPage } from './render-api-page.js';

/** The API, described: for tools and for people. */
@Controller('api')
@Access('agent')
export class OpenApiController {
  private described: ApiDocument | null = null;

  constructor(private readonly inventory: AccessInventory) {}

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  read(): Record<string, unknown> {
    return { ...this.describe() };
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  show(): string {
    return renderApiPage(this.describe());
  }

  /** The routes do not change while the hub runs. */
  private describe(): ApiDocument {
    this.described ??= describeApi(this.inventory.list(), apiShapes);
    return this.described;
  }
}
