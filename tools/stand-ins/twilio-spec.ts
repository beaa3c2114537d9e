import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { LoopbackRequest } from './loopback-server.js';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: { properties?: Record<string, { type?: string }> } }> };
}

interface OpenApi {
  paths: Record<string, Record<string, Operation | Parameter[]>>;
}

/** Twilio's published description of its interface, as far as requests go. */
export interface TwilioSpec {
  /** What is wrong with a request by it, in words; empty when it is valid. */
  faultsIn(request: LoopbackRequest): string[];
}

/** Where the description lies in the public corpus, seen from the project's root. */
export const publishedSpec = '../shared/corpus/specs/twilio_api_v2010.json';

const formType = 'application/x-www-form-urlencoded';

/** Reads the description; null where it is not there. */
export function loadTwilioSpec(path = publishedSpec): TwilioSpec | null {
  return existsSync(path) ? new Spec(JSON.parse(readFileSync(path, 'utf8')) as OpenApi) : null;
}

class Spec implements TwilioSpec {
  private readonly ajv = new Ajv({
    strict: false,
    allErrors: true,
    coerceTypes: 'array',
    validateSchema: false,
    logger: false,
  });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly api: OpenApi) {
    addFormats.default(this.ajv);
    // Numbers, short codes and alphanumeric senders: what Twilio calls a phone number.
    this.ajv.addFormat('phone-number', /^(?:\+[1-9]\d{1,14}|\d{3,8}|[A-Za-z][A-Za-z0-9 ]{0,10})$/u);
    this.ajv.addSchema(api as object, 'twilio');
  }

  faultsIn(request: LoopbackRequest): string[] {
    const template = Object.keys(this.api.paths).find((path) => patternOf(path).test(request.path));
    const operation = template && (this.api.paths[template]?.[request.method.toLowerCase()] as Operation | undefined);
    if (!template || !operation) {
      return [`${request.method} ${request.path} is no call of Twilio`];
    }
    const place = `/paths/${escaped(template)}/${request.method.toLowerCase()}`;
    return [
      ...this.faultsInPath(request, template, place),
      ...this.faultsInQuery(request, operation, place),
      ...this.faultsInForm(request, operation, place),
    ];
  }

  private faultsInPath(request: LoopbackRequest, template: string, place: string): string[] {
    const values = patternOf(template).exec(request.path)?.groups ?? {};
    const parameters = this.operationAt(place).parameters ?? [];
    return parameters.flatMap(({ name, in: where }, index) =>
      where === 'path' ? this.faults(`${place}/parameters/${String(index)}/schema`, values[name], name) : [],
    );
  }

  private faultsInQuery(request: LoopbackRequest, { parameters = [] }: Operation, place: string): string[] {
    const known = new Set(parameters.flatMap(({ name, in: where }) => (where === 'query' ? [name] : [])));
    // Twilio writes the page into the links of its own lists.
    const unknown = [...request.query.keys()].filter((name) => !known.has(name) && name !== 'Page');
    const wrong = parameters.flatMap(({ name, in: where, required }, index) => {
      const value = request.query.get(name);
      if (where !== 'query' || (value === null && !required)) {
        return [];
      }
      return value === null
        ? [`${name} is missing`]
        : this.faults(`${place}/parameters/${String(index)}/schema`, value, name);
    });
    return [...unknown.map((name) => `${name} is no parameter of this list`), ...wrong];
  }

  private faultsInForm(request: LoopbackRequest, { requestBody }: Operation, place: string): string[] {
    if (requestBody === undefined) {
      return [];
    }
    if (request.headers['content-type']?.split(';')[0] !== formType) {
      return [`the body is no ${formType}`];
    }
    const known = requestBody.content[formType]?.schema.properties ?? {};
    const form = new URLSearchParams(request.body.toString('utf8'));
    const names = [...new Set(form.keys())];
    const value = Object.fromEntries(
      names.map((name) => [name, known[name]?.type === 'array' ? form.getAll(name) : form.get(name)]),
    );
    return [
      ...names.filter((name) => !(name in known)).map((name) => `${name} is no field of this form`),
      ...this.faults(`${place}/requestBody/content/${escaped(formType)}/schema`, value, 'form'),
    ];
  }

  private operationAt(place: string): Operation {
    const [, , path = '', method = ''] = place.split('/');
    return this.api.paths[unescaped(path)]?.[method] as Operation;
  }

  private faults(pointer: string, value: unknown, name: string): string[] {
    const known = this.compiled.get(pointer);
    const validate = known ?? this.ajv.compile({ $ref: `twilio#${pointer}` });
    this.compiled.set(pointer, validate);
    return validate(value)
      ? []
      : (validate.errors ?? []).map((error) => `${name}${error.instancePath} ${error.message ?? 'is wrong'}`);
  }
}

function patternOf(template: string): RegExp {
  const source = template.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+?)`);
  return new RegExp(`^${source}$`, 'u');
}

/** A path as a step of a JSON pointer inside a URI. */
function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function unescaped(step: string): string {
  return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
}
