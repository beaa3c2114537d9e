import { Injectable } from '@nestjs/common';
import type { ReplyTrialView, ReplyVariableView, TemplateFaultView } from '#contract';
import { Database } from '../../database/database.js';
import { invalid, type ApiError } from '../../platform/errors/api-error.js';
import type { Reader } from './reply-reader.js';
import { readTemplate, renderTemplate, tryTemplate, type ReplyTemplate } from './reply-template.js';
import { exampleValues, listVariables, mayBeMissing } from './reply-variables.js';

interface Tried {
  template: ReplyTemplate | null;
  fault: TemplateFaultView | null;
  variables: ReplyVariableView[];
}

/** Tries texts on an imagined customer, before they are saved and while they are written. */
@Injectable()
export class ReplyTrials {
  constructor(private readonly database: Database) {}

  variables(): Promise<ReplyVariableView[]> {
    return listVariables(this.database);
  }

  async try(text: string, locale: 'en' | 'fa'): Promise<ReplyTrialView> {
    const { template, fault, variables } = await this.read(text, locale);
    if (!template) {
      return { text: '', fault, risky: [] };
    }
    const reader = readerFor(locale);
    const bare = new Map([...exampleValues(variables, locale)].filter(([name]) => !mayBeMissing(name)));
    return {
      text: renderTemplate(template, exampleValues(variables, locale), reader).text,
      fault: null,
      risky: renderTemplate(template, bare, reader).missing,
    };
  }

  /** Throws the refusal of a text that has a mistake, with its place. */
  async refuseFaulty(field: string, text: string, locale: 'en' | 'fa'): Promise<void> {
    const { fault } = await this.read(text, locale);
    if (fault) {
      throw explainFault(field, fault);
    }
  }

  private async read(text: string, locale: 'en' | 'fa'): Promise<Tried> {
    const variables = await this.variables();
    const read = readTemplate(text, new Set(variables.map(({ name }) => name)));
    if (read.outcome === 'faulty') {
      return { template: null, fault: read.fault, variables };
    }
    const fault = tryTemplate(read.template, exampleValues(variables, locale), readerFor(locale));
    return { template: fault ? null : read.template, fault, variables };
  }
}

function readerFor(locale: 'en' | 'fa'): Reader {
  return { locale, timeZone: locale === 'fa' ? 'Asia/Tehran' : 'UTC' };
}

function explainFault(field: string, { why, line, column, named }: TemplateFaultView): ApiError {
  switch (why) {
    case 'unknown_variable':
      return invalid(field, `Line ${line}, column ${column}: there is no variable “${named}”.`, why);
    case 'unknown_filter':
      return invalid(field, `Line ${line}, column ${column}: there is no filter “${named}”.`, why);
    case 'unknown_tag':
      return invalid(field, `Line ${line}, column ${column}: “${named}” cannot be used here.`, why);
    case 'unfit_value':
      return invalid(field, `Line ${line}, column ${column}: a filter cannot use “${named}”.`, why);
    case 'too_long':
      return invalid(field, `A text has at most ${named} characters.`, why);
    case 'syntax':
      return invalid(field, `Line ${line}, column ${column}: this is not finished or not understood.`, why);
  }
}
