import { IsBoolean, IsIn } from 'class-validator';
import type { ExportFormat, ExportKind } from '#contract';
import { ReportPeriodDto } from '../reports.dto.js';

export class NewExportDto extends ReportPeriodDto {
  @IsIn(['conversations', 'tickets', 'customers'])
  kind!: ExportKind;

  @IsIn(['jsonl', 'csv'])
  format: ExportFormat = 'jsonl';

  /** The language of the head of a table. */
  @IsIn(['en', 'fa'])
  locale: 'en' | 'fa' = 'en';

  /** Of conversations: what agents wrote for each other as well. */
  @IsBoolean()
  withNotes: boolean = false;
}
