/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access, typescript/no-unsafe-return -- Plain JavaScript over the compiler's API. */
// Reads the shapes of the API out of its sources: what every handler takes and returns, as JSON Schema. The types are the one place
// where they are written; `node tools/openapi.mjs` writes what follows from them, and a test compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '..');
const shapesFile = join(root, 'apps/hub/src/platform/openapi/api-shapes.ts');
const verbs = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All']);

/** The file's text as it should be. */
async function renderShapes() {
  const shapes = readShapes();
  const text = `// Written by tools/openapi.mjs from the controllers and the contract. Do not edit.
/* oxlint-disable max-lines */
import type { ApiShapes } from './api-shape.js';

export const apiShapes: ApiShapes = ${JSON.stringify(shapes)};
`;
  return format(text, { ...(await resolveConfig(shapesFile)), parser: 'typescript' });
}

function readShapes() {
  const program = openProgram();
  const reader = new Reader(program.getTypeChecker());
  const operations = {};
  for (const file of program.getSourceFiles().filter(({ fileName }) => fileName.endsWith('.controller.ts'))) {
    for (const statement of file.statements.filter(ts.isClassDeclaration)) {
      if (decoratorOf(statement, 'Controller')) {
        Object.assign(operations, reader.operationsOf(statement));
      }
    }
  }
  reader.describe(program, 'Problem');
  return { rooms: sorted(reader.rooms), operations: sorted(operations), schemas: sorted(reader.schemas) };
}

function openProgram() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const parsed = ts.parseJsonConfigFileContent({ ...config, include: ['apps/hub/src'] }, ts.sys, root);
  const controllers = parsed.fileNames.filter((name) => name.endsWith('.controller.ts'));
  return ts.createProgram(controllers, {
    ...parsed.options,
    noEmit: true,
    incremental: false,
    tsBuildInfoFile: undefined,
  });
}

class Reader {
  schemas = {};
  /** What each name of a schema means: two shapes of one name would be described by whichever is read first. */
  named = new Map();
  rooms = {};

  constructor(checker) {
    this.checker = checker;
  }

  /** A shape of the contract that no handler mentions. */
  describe(program, name) {
    const contract = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('contract/views.ts'));
    const declaration = contract?.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === name);
    this.schemaOf(this.checker.getTypeAtLocation(declaration));
  }

  operationsOf(controller) {
    this.rooms[controller.name.text] = this.docOf(controller);
    const found = {};
    for (const method of controller.members.filter(ts.isMethodDeclaration)) {
      if (ts.getDecorators(method)?.some((one) => verbs.has(nameOfDecorator(one)))) {
        found[`${controller.name.text}.${method.name.getText()}`] = this.operationOf(method);
      }
    }
    return found;
  }

  operationOf(method) {
    const status = decoratorOf(method, 'HttpCode')?.arguments[0]?.getText();
    const query = method.parameters.flatMap((one) => this.queryOf(one));
    const body = method.parameters.find((one) => decoratorOf(one, 'Body'));
    return prune({
      summary: this.docOf(method) || undefined,
      status: status && Number(status),
      path: this.pathOf(method),
      query: query.length > 0 ? query : undefined,
      takesRaw: takesRaw(method) || undefined,
      body: body && this.schemaOf(this.checker.getTypeAtLocation(body)),
      ...this.answerOf(method),
    });
  }

  /** A handler without a value writes the answer itself when it has the reply: a file, or what a provider wants to hear. */
  answerOf(method) {
    const signature = this.checker.getSignatureFromDeclaration(method);
    const returned = this.awaited(this.checker.getReturnTypeOfSignature(signature));
    if ((returned.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) === 0) {
      return { answers: this.schemaOf(returned) };
    }
    const reply = method.parameters.map((one) => decoratorOf(one, 'Res')).find(Boolean);
    return reply && !/passthrough:\s*true/.test(reply.getText()) ? { raw: true } : {};
  }

  /** Parts of the path that are more than any text, by the pipe that checks them. */
  pathOf(method) {
    const checks = { ParseUUIDPipe: { type: 'string', format: 'uuid' }, ParseIntPipe: { type: 'integer' } };
    const known = method.parameters.flatMap((one) => {
      const [name, pipe] = decoratorOf(one, 'Param')?.arguments ?? [];
      const check = checks[pipe?.getText()];
      return check ? [[name.text, check]] : [];
    });
    return known.length > 0 ? Object.fromEntries(known) : undefined;
  }

  /** `@Query()` of a class stands for its properties, `@Query('name')` for one of that name. */
  queryOf(parameter) {
    const call = decoratorOf(parameter, 'Query');
    if (!call) {
      return [];
    }
    const type = this.checker.getTypeAtLocation(parameter);
    const [name] = call.arguments;
    if (name && ts.isStringLiteral(name)) {
      return [{ name: name.text, required: true, schema: this.schemaOf(type) }];
    }
    return this.propertiesOf(type).map(({ name: property, schema, isOptional }) => ({
      name: property,
      required: !isOptional,
      schema,
    }));
  }

  schemaOf(type) {
    if (type.isUnion()) {
      return this.unionOf(type);
    }
    const named = this.nameOf(type);
    if (named === null) {
      return this.shapeOf(type);
    }
    const [declared] = (type.aliasSymbol ?? type.symbol).declarations;
    if ((this.named.get(named) ?? declared) !== declared) {
      throw new Error(
        `Two shapes are called ${named}: in ${this.named.get(named).getSourceFile().fileName} and ${declared.getSourceFile().fileName}.`,
      );
    }
    this.named.set(named, declared);
    if (!(named in this.schemas)) {
      this.schemas[named] = {};
      this.schemas[named] = prune({
        description: this.docOfSymbol(type.aliasSymbol ?? type.symbol) || undefined,
        ...this.shapeOf(type),
      });
    }
    return { $ref: `#/components/schemas/${named}` };
  }

  unionOf(type) {
    const parts = type.types.filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
    const rest = parts.filter(({ flags }) => (flags & ts.TypeFlags.Null) === 0);
    const schema = this.oneOf(rest);
    return rest.length === parts.length ? schema : nullable(schema);
  }

  oneOf(types) {
    if (types.every(({ flags }) => (flags & ts.TypeFlags.BooleanLiteral) !== 0)) {
      return { type: 'boolean' };
    }
    if (types.every((one) => one.isStringLiteral() || one.isNumberLiteral())) {
      const values = types.map(({ value }) => value);
      return { type: typeof values[0] === 'number' ? 'integer' : 'string', enum: values };
    }
    const schemas = types.map((one) => this.schemaOf(one));
    return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  }

  shapeOf(type) {
    if (type.isStringLiteral() || type.isNumberLiteral()) {
      return { const: type.value };
    }
    if (type.flags & ts.TypeFlags.BooleanLiteral) {
      return { const: this.checker.typeToString(type) === 'true' };
    }
    const [, name] = primitives.find(([flag]) => type.flags & flag) ?? [];
    return name === undefined ? this.objectOf(type) : { type: name };
  }

  objectOf(type) {
    if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) {
      return {};
    }
    if (this.checker.isArrayType(type)) {
      return { type: 'array', items: this.schemaOf(this.checker.getTypeArguments(type)[0]) };
    }
    if (type.symbol?.name === 'Date') {
      return { type: 'string', format: 'date-time' };
    }
    const properties = this.propertiesOf(type);
    const others = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const required = properties.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
    return prune({
      type: 'object',
      properties:
        properties.length > 0 ? Object.fromEntries(properties.map(({ name, schema }) => [name, schema])) : undefined,
      required: required.length > 0 ? required : undefined,
      additionalProperties: others && this.schemaOf(others),
    });
  }

  propertiesOf(type) {
    return this.checker.getPropertiesOfType(type).flatMap((symbol) => {
      const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
      if (!declaration || ts.isMethodDeclaration(declaration)) {
        return [];
      }
      const isGiven = ts.isPropertyDeclaration(declaration) && declaration.initializer !== undefined;
      const value = this.checker.getTypeOfSymbolAtLocation(symbol, declaration);
      const schema = prune({
        ...this.schemaOf(value),
        ...rulesOf(declaration, value),
        description: this.docOfSymbol(symbol) || undefined,
      });
      return [{ name: symbol.name, schema, isOptional: isGiven || (symbol.flags & ts.SymbolFlags.Optional) !== 0 }];
    });
  }

  /** Shapes that have a name of their own in our sources are described once; generic ones once per use. */
  nameOf(type) {
    const symbol = type.aliasSymbol ?? type.symbol;
    if (!isOurs(symbol?.declarations?.[0])) {
      return null;
    }
    const parameters = type.aliasTypeArguments ?? (type.target ? this.checker.getTypeArguments(type) : []);
    const inner = parameters.filter((one) => !one.isTypeParameter?.()).map((one) => this.nameOf(one));
    return inner.includes(null) ? null : symbol.name + inner.map((name) => `Of${name}`).join('');
  }

  awaited(type) {
    return this.checker.getAwaitedType(type) ?? type;
  }

  docOf(node) {
    const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).slice(-1);
    return doc ? oneLine(ts.getTextOfJSDocComment(doc.comment) ?? '') : '';
  }

  docOfSymbol(symbol) {
    return oneLine(ts.displayPartsToString(symbol.getDocumentationComment(this.checker)));
  }
}

const primitives = [
  [ts.TypeFlags.StringLike, 'string'],
  [ts.TypeFlags.NumberLike, 'number'],
  [ts.TypeFlags.BooleanLike, 'boolean'],
  [ts.TypeFlags.Null, 'null'],
];

function isOurs(declaration) {
  return (
    declaration !== undefined &&
    [ts.isInterfaceDeclaration, ts.isClassDeclaration, ts.isTypeAliasDeclaration].some((is) => is(declaration)) &&
    !relative(root, declaration.getSourceFile().fileName).startsWith('node_modules')
  );
}

function nullable(schema) {
  const isPlain = typeof schema.type === 'string' && schema.enum === undefined;
  return isPlain ? { ...schema, type: [schema.type, 'null'] } : { anyOf: [schema, { type: 'null' }] };
}

/** What the input checks add to a property's type. */
function rulesOf(declaration, type) {
  const found = (ts.getDecorators(declaration) ?? []).map(ruleOf).filter(Boolean);
  const own = Object.assign({}, ...found.filter(({ isEach }) => !isEach).map(({ rule }) => rule));
  const ofItems = found.filter(({ isEach }) => isEach).map(({ rule }) => rule);
  if (type.isUnion()) {
    delete own.type;
  }
  return ofItems.length > 0 ? { ...own, items: Object.assign({ type: 'string' }, ...ofItems) } : own;
}

const plainRules = {
  IsUUID: { format: 'uuid' },
  IsEmail: { format: 'email' },
  IsISO8601: { format: 'date-time' },
  IsInt: { type: 'integer' },
};
const countingRules = {
  Min: 'minimum',
  Max: 'maximum',
  MinLength: 'minLength',
  MaxLength: 'maxLength',
  ArrayMaxSize: 'maxItems',
};

/** A check with a limit that is not written there as a number is left out. */
function ruleOf(decorator) {
  const name = nameOfDecorator(decorator);
  const text = decorator.expression.getText();
  const limit = Number(/\(([\d_]+)/.exec(text)?.[1]?.replaceAll('_', '') ?? NaN);
  const counted = name in countingRules && !Number.isNaN(limit) ? { [countingRules[name]]: limit } : undefined;
  const rule = plainRules[name] ?? counted;
  return rule && { rule, isEach: /each:\s*true/.test(text) };
}

function decoratorOf(node, name) {
  const found = ts.getDecorators(node)?.find((one) => nameOfDecorator(one) === name);
  return found && ts.isCallExpression(found.expression) ? found.expression : undefined;
}

function nameOfDecorator({ expression }) {
  return (ts.isCallExpression(expression) ? expression.expression : expression).getText();
}

/** The handler reads the body off the request: a file, or what only a provider's adapter understands. */
function takesRaw(method) {
  const isPost = ts.getDecorators(method)?.some((one) => nameOfDecorator(one) === 'Post');
  const has = (name) => method.parameters.some((one) => decoratorOf(one, name));
  return isPost && has('Req') && !has('Body');
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}

function prune(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = await renderShapes();
  const isCurrent = existsSync(shapesFile) && readFileSync(shapesFile, 'utf8') === text;
  if (process.argv.includes('--check') && !isCurrent) {
    console.error('The API changed and its description did not: run "node tools/openapi.mjs".');
    process.exitCode = 1;
  } else if (!isCurrent) {
    writeFileSync(shapesFile, text);
  }
}
