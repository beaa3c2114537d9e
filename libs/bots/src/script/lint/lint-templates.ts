import { isFault, readTemplate } from '../../templates/read-template.js';
import type { ScriptNode } from '../nodes.js';
import type { Finding } from '../problem.js';
import type { Script } from '../script.js';
import { isAmbient, namedVariables } from './script-variables.js';
import { nodesOf, templatesOf, type PlacedTemplate } from './script-texts.js';

/** That every template can be read, names only variables that there are, and gives away nothing that is secret. */
export function lintTemplates(script: Script): Finding[] {
  const known = new Set(namedVariables(script));
  const secret = secretVariables(script);
  return nodesOf(script).flatMap(([name, node]) =>
    templatesOf(name, node).flatMap((template) => lintTemplate(template, node, known, secret)),
  );
}

function lintTemplate(
  template: PlacedTemplate,
  node: ScriptNode,
  known: ReadonlySet<string>,
  secret: ReadonlySet<string>,
): Finding[] {
  const { path, source, locale } = template;
  const read = readTemplate(source, locale ?? 'en');
  if (isFault(read)) {
    return [{ code: read.code, path, values: { named: read.named } }];
  }
  const roots = [...new Set(read.variables.map((variable) => variable.split('.')[0] ?? ''))];
  const unknown = roots
    .filter((root) => !known.has(root) && !isAmbient(root))
    .map((root): Finding => ({ code: 'unknown_variable', path, values: { name: root } }));
  const told = roots
    .filter((root) => (secret.has(root) || isSecretValue(root, template, node)) && tellsPlainly(source, root))
    .map((root): Finding => ({ code: 'sensitive_in_text', path, values: { name: root } }));
  return template.reader === 'connector' ? unknown : [...unknown, ...told];
}

/** Also a secret while it is confirmed. */
function isSecretValue(root: string, { path }: PlacedTemplate, node: ScriptNode): boolean {
  return root === 'value' && node.do === 'collect' && node.sensitive === true && path[2] === 'confirm';
}

function secretVariables(script: Script): Set<string> {
  return new Set(
    nodesOf(script).flatMap(([, node]) => (node.do === 'collect' && node.sensitive === true ? [node.into] : [])),
  );
}

/** Whether a text shows a variable anywhere without hiding most of it. */
function tellsPlainly(source: string, name: string): boolean {
  const shown = [...source.matchAll(/\{\{(?!\{)([^{}]*)\}\}/gu)].map(([, body = '']) => body.trim());
  const own = shown.filter((body) => new RegExp(`(?:^|[^\\w.])${name}\\b`, 'u').test(body));
  const inFormat = new RegExp(`(?<!\\{)\\{\\s*${name}\\s*[,}]`, 'u').test(source);
  return inFormat || own.some((body) => !/\|\s*mask\b/u.test(body));
}
