import './keep-compiled.mjs';
import { constants, createContext } from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

type Config = ConstructorParameters<typeof TestEnvironment>[0];
type Context = ConstructorParameters<typeof TestEnvironment>[1];
type Globals = typeof globalThis & Record<PropertyKey, unknown>;

/** Enough to find a place by. Pages are driven by thousands of calls, and each keeps a stack. */
const stackLines = 30;

/** What Jest's own environment makes anew for each file, or shares with the outside on purpose. */
const given = ['process', 'Buffer', 'ArrayBuffer', 'Uint8Array'];

/**
 * Jest's environment for Node in a context whose global object is a plain one. Jest's own stands behind a proxy, which every `Promise`
 * or `Date` that the code under test says has to pass: it costs a fifth of a microsecond each time, and forbids to inline it.
 */
// oxlint-disable-next-line import/no-default-export -- Jest wants a default export here.
export default class LeanEnvironment extends TestEnvironment {
  constructor(config: Config, context: Context) {
    super(config, context);
    const proxied = this.global as unknown as Globals;
    const plain = createContext(constants.DONT_CONTEXTIFY) as Globals;
    lend(plain);
    for (const key of [...given, ...Object.getOwnPropertySymbols(proxied)]) {
      Object.defineProperty(plain, key, { value: proxied[key], configurable: true, writable: true });
    }
    const now = { value: plain.Date.now.bind(plain.Date) };
    Object.defineProperty(plain, Symbol.for('jest-native-now'), now);
    Object.assign(plain, { global: plain }, config.projectConfig.globals);
    plain.Error.stackTraceLimit = stackLines;
    this.context = plain;
    this.global = plain as unknown as typeof this.global;
    this.moduleMocker = remake(this.moduleMocker, plain);
    this.fakeTimersModern = remake(this.fakeTimersModern, { config: config.projectConfig, global: plain });
    this.fakeTimers?.dispose();
    this.fakeTimers = null;
  }
}

/** Gives a context what Node has beyond the language. What Node itself loads at its first use is loaded no earlier. */
function lend(context: Globals): void {
  for (const [name, found] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
    if (!Object.hasOwn(context, name)) {
      Object.defineProperty(context, name, 'value' in found || !found.configurable ? found : lazily(context, name));
    }
  }
}

function lazily(context: Globals, name: string): PropertyDescriptor {
  const settle = (value: unknown): unknown => {
    Object.defineProperty(context, name, { value, configurable: true, enumerable: true, writable: true });
    return value;
  };
  return {
    configurable: true,
    enumerable: true,
    get: () => settle((globalThis as Globals)[name]),
    set: (value) => void settle(value),
  };
}

function remake<T>(one: T, wish: unknown): T {
  const Kind = (one as { constructor: new (wish: unknown) => T }).constructor;
  return new Kind(wish);
}
