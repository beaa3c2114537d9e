import 'reflect-metadata';
import type { Permission, Role } from '#contract';

/**
 * Who may call a route or a socket event.
 *
 * A role means that role and those above it. `public` is open to all. The other three are open at the door and proven by what
 * stands behind it: `webhook` by the provider's signature, `visitor` by a visitor's token, `operator` by METRICS_TOKEN or by
 * calling from this machine.
 */
export type AccessRule = Role | 'public' | 'webhook' | 'visitor' | 'operator';

const key = 'peyk:access';

interface Declared {
  rule: AccessRule;
  /** Any of them does. Empty: the role alone decides. */
  permissions: readonly Permission[];
}

/**
 * Declares the rule of a handler, or of all handlers of a class; the handler's own wins. A hub with an undeclared one does not start.
 *
 * A built-in role is held against the rule. A role of the organisation's own may call it when it names the permission, or one of
 * several, and without any permission when its base has the rule's rank.
 */
export function Access(
  rule: AccessRule,
  permission?: Permission | readonly Permission[],
): ClassDecorator & MethodDecorator {
  return (target: object, _property?: string | symbol, descriptor?: PropertyDescriptor) => {
    const declared: Declared = { rule, permissions: [permission ?? []].flat() };
    Reflect.defineMetadata(key, declared, (descriptor?.value as object | undefined) ?? target);
  };
}

/** The declared rule, or undefined. A class does not pass its rule on to those that extend it. */
export function findAccessRule(handler: object, owner: object): AccessRule | undefined {
  return findDeclared(handler, owner)?.rule;
}

export function findPermissions(handler: object, owner: object): readonly Permission[] {
  return findDeclared(handler, owner)?.permissions ?? [];
}

function findDeclared(handler: object, owner: object): Declared | undefined {
  return (Reflect.getOwnMetadata(key, handler) ?? Reflect.getOwnMetadata(key, owner)) as Declared | undefined;
}
