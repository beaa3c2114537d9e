import methods from './bot-api-methods.json' with { type: 'json' };

/** A parameter as the Bot API publishes it. `types` are alternatives: 'Integer', 'Array of String', or the name of an object. */
interface Parameter {
  types: string[];
  required: boolean;
}

type Parameters = Record<string, Parameter>;

/** The published parameters of methods, and the fields of the objects in them. */
export interface BotApiRules {
  version: string;
  methods: Record<string, Parameters>;
  types: Record<string, Parameters>;
}

/** Of Bot API 10.1, the methods that Peyk calls and the objects that it builds. */
export const botApiRules: BotApiRules = methods;

/** Lengths that the documentation gives in words: [least, most] in UTF-16 units, or in bytes where it says so. */
const lengths: Record<string, { of: 'units' | 'bytes'; least: number; most: number }> = {
  'setWebhook.secret_token': { of: 'units', least: 1, most: 256 },
  'answerCallbackQuery.text': { of: 'units', least: 0, most: 200 },
  'InlineKeyboardButton.callback_data': { of: 'bytes', least: 1, most: 64 },
};

/**
 * What is wrong with a call by the published rules, one sentence each; empty when nothing is. `isForm`: everything came as text, as it
 * does beside a file.
 */
export function faultsOf(
  method: string,
  call: Record<string, unknown>,
  isForm: boolean,
  rules = botApiRules,
): string[] {
  const parameters = rules.methods[method];
  return parameters === undefined ? [] : faultsOfFields(method, call, parameters, { rules, isForm });
}

interface Reading {
  rules: BotApiRules;
  isForm: boolean;
}

function faultsOfFields(owner: string, value: object, fields: Parameters, reading: Reading): string[] {
  const given = new Map<string, unknown>(Object.entries(value));
  const unknown = [...given.keys()].filter((name) => !(name in fields)).map((name) => `${owner} has no ${name}`);
  const missing = Object.entries(fields)
    .filter(([name, { required }]) => required && !given.has(name))
    .map(([name]) => `${owner} needs ${name}`);
  const wrong = [...given].flatMap(([name, one]) => {
    const parameter = fields[name];
    return parameter === undefined ? [] : faultsOfValue(`${owner}.${name}`, one, parameter.types, reading);
  });
  return [...unknown, ...missing, ...wrong];
}

function faultsOfValue(path: string, value: unknown, types: string[], reading: Reading): string[] {
  const attempts = types.map((type) => faultsOfType(path, value, type, reading));
  return attempts.find((faults) => faults.length === 0) ?? attempts[0] ?? [];
}

function faultsOfType(path: string, value: unknown, type: string, reading: Reading): string[] {
  const [, ofElements] = /^Array of (.+)$/.exec(type) ?? [];
  const read = reading.isForm && typeof value === 'string' ? fromForm(value, type) : value;
  if (ofElements !== undefined) {
    return Array.isArray(read)
      ? read.flatMap((one) => faultsOfType(path, one, ofElements, { ...reading, isForm: false }))
      : [`${path} is no list`];
  }
  const isSimple = simple[type];
  if (isSimple !== undefined) {
    return isSimple(read) ? faultsOfLength(path, read) : [`${path} is no ${type}`];
  }
  return faultsOfObject(path, read, type, reading);
}

function faultsOfObject(path: string, value: unknown, type: string, reading: Reading): string[] {
  const fields = reading.rules.types[type];
  return typeof value !== 'object' || value === null || fields === undefined
    ? [`${path} is no ${type}`]
    : faultsOfFields(type, value, fields, { ...reading, isForm: false });
}

const simple: Record<string, (value: unknown) => boolean> = {
  Integer: (value) => Number.isSafeInteger(value),
  Float: (value) => typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
  String: (value) => typeof value === 'string',
  InputFile: (value) => value instanceof File,
};

/** In a form numbers and truth are written out, and objects are their JSON. */
function fromForm(text: string, type: string): unknown {
  if (type === 'String' || type === 'InputFile') {
    return text;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function faultsOfLength(path: string, value: unknown): string[] {
  const rule = lengths[path];
  if (rule === undefined || typeof value !== 'string') {
    return [];
  }
  const length = rule.of === 'bytes' ? Buffer.byteLength(value) : value.length;
  return length < rule.least || length > rule.most ? [`${path} is ${String(length)} ${rule.of} long`] : [];
}
