import 'reflect-metadata';
import type { Role } from '#contract';

/**
 * Who may call a route or a socket event.
 *
 * A role means that role and those above it. `public` is open to all. The other three are open at the door and proven by what
 * stands behind it: `webhook` by the provider's signature, `visitor` by a visitor's token, `operator` by METRICS_TOKEN or by
 * calling from this machine.
 */
export type AccessRule = Role | 'public' | 'webhook' | 'visitor' | 'operator';

const key = 'peyk:access';

/** Declares the rule of a handler, or of all handlers of a class; the handler's own wins. A hub with an undeclared one does not start. */
export function Access(rule: AccessRule): ClassDecorator & MethodDecorator {
  return (target: object, _property?: string | symbol, descriptor?: PropertyDescriptor) => {
    Reflect.defineMetadata(key, rule, (descriptor?.value as object | undefined) ?? target);
  };
}

/** The declared rule, or undefined. A class does not pass its rule on to those that extend it. */
export function findAccessRule(handler: object, owner: object): AccessRule | undefined {
  return (Reflect.getOwnMetadata(key, handler) ?? Reflect.getOwnMetadata(key, owner)) as AccessRule | undefined;
}
