import type { Schema } from './api-shape.js';
import type { ApiDocument, Operation } from './describe-api.js';

const style = `
:root { color-scheme: light dark; font: 15px/1.55 'Inter Variable', system-ui, sans-serif }
body { max-inline-size: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-block: 2rem .5rem }
details { border: 1px solid color-mix(in srgb, currentcolor 18%, transparent); border-radius: .5rem; margin-block: .4rem }
summary { cursor: pointer; padding: .5rem .75rem } details > div { padding: 0 .75rem .75rem }
code, pre { font: 13px/1.5 ui-monospace, monospace } pre { overflow-x: auto; padding: .5rem; background: color-mix(in srgb, currentcolor 6%, transparent); border-radius: .375rem }
b { display: inline-block; min-inline-size: 4.5rem } small { opacity: .75 } table { border-collapse: collapse } td, th { padding: .2rem .75rem .2rem 0; text-align: start; vertical-align: top }
a { color: inherit }`;

/** The API as a page to read: no script and nothing from elsewhere, so the strictest policy lets it through. */
export function renderApiPage({ info, tags, paths, components }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
  );
  const sections = tags.map(({ name, description = '' }) => {
    const mine = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<h2 id="${escape(name)}">${escape(name)}</h2><p>${escape(description)}</p>${mine.map(renderOperation).join('')}`;
  });
  const schemas = Object.entries(components.schemas).map(([name, schema]) => renderSchema(name, schema));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)} API</title><style>${style}</style></head><body>
<h1>${escape(info.title)} API</h1>
${info.description
  .split('\n\n')
  .map((text) => `<p>${withCode(text)}</p>`)
  .join('')}
<p>For tools: <a href="/api/openapi.json">openapi.json</a></p>
<p>${tags.map(({ name }) => `<a href="#${escape(name)}">${escape(name)}</a>`).join(' · ')} · <a href="#schemas">shapes</a></p>
${sections.join('\n')}
<h2 id="schemas">Shapes</h2>${schemas.join('\n')}
</body></html>`;
}

function renderOperation({ path, verb, operation }: { path: string; verb: string; operation: Operation }): string {
  const { summary = '', description, parameters = [], requestBody, responses } = operation;
  const answers = Object.entries(responses).map(([status, answer]) => {
    const shown = shapesIn(answer).map(linkOf).join(', ');
    return `<tr><td>${escape(status === 'default' ? 'refused' : status)}</td><td>${shown || '<small>no content</small>'}</td></tr>`;
  });
  return `<details id="${escape(operation.operationId)}"><summary><b>${escape(verb.toUpperCase())}</b> <code>${escape(path)}</code></summary><div>
${summary && `<p>${withCode(summary)}</p>`}<p><small>Who may: ${escape(description)}</small></p>
${parameters.length > 0 ? `<table>${parameters.map(renderParameter).join('')}</table>` : ''}
${requestBody ? `<p>Takes ${shapesIn(requestBody).map(linkOf).join(', ') || 'bytes'}</p>` : ''}
<table>${answers.join('')}</table></div></details>`;
}

function renderParameter(parameter: Schema): string {
  const isRequired = parameter['required'] === true;
  const schema = JSON.stringify(parameter['schema']);
  return `<tr><td><code>${escape(String(parameter['name']))}</code></td><td>${escape(String(parameter['in']))}${isRequired ? '' : ', optional'}</td><td><code>${escape(schema)}</code></td></tr>`;
}

function renderSchema(name: string, schema: Schema): string {
  return `<details id="${idOf(name)}"><summary><code>${escape(name)}</code></summary><div><pre>${withLinks(escape(JSON.stringify(schema, null, 2)))}</pre></div></details>`;
}

/** The schemas of a body or an answer: a name, or the shape itself where it has none. */
function shapesIn(part: Schema): Schema[] {
  const content = (part['content'] ?? {}) as Record<string, { schema?: Schema }>;
  return Object.values(content).map(({ schema }) => schema ?? {});
}

function linkOf(schema: Schema): string {
  const name = nameIn(schema['$ref']);
  if (name !== null) {
    return `<a href="#${idOf(name)}"><code>${escape(name)}</code></a>`;
  }
  return Object.keys(schema).length === 0
    ? 'bytes'
    : `<pre>${withLinks(escape(JSON.stringify(schema, null, 2)))}</pre>`;
}

function nameIn(reference: unknown): string | null {
  return typeof reference === 'string' ? reference.replace('#/components/schemas/', '') : null;
}

function withLinks(escaped: string): string {
  return escaped.replace(/#\/components\/schemas\/(\w+)/g, (_, name: string) => `<a href="#${idOf(name)}">${name}</a>`);
}

function idOf(name: string): string {
  return `shape-${escape(name)}`;
}

function withCode(text: string): string {
  return escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.codePointAt(0))};`);
}
