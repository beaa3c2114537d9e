import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Permission, Role } from '#contract';
import type { HubRequest } from '../platform/http/exchange.js';
import { forbidden, unauthenticated } from '../platform/errors/api-error.js';
import { findAccessRule, findPermission, type AccessRule } from './access-rule.js';
import { hasRole, type Actor, type Scope } from './actor.js';
import { may } from './permissions.js';
import { Principals } from './principals.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What the guard reads of a socket: the gateway proved who it is when it connected. */
interface SocketOfSomebody {
  data: { actor?: Actor };
}

/** Denies by default: every call passes here, and what declares no rule is refused, although the boot refused it already. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly principals: Principals) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = findAccessRule(context.getHandler(), context.getClass());
    if (rule === undefined) {
      throw forbidden();
    }
    const permission = findPermission(context.getHandler(), context.getClass());
    if (context.getType() === 'ws') {
      check({ rule, permission }, context.switchToWs().getClient<SocketOfSomebody>().data.actor ?? null, true);
      return true;
    }
    const request = context.switchToHttp().getRequest<HubRequest>();
    request.actor = isRole(rule) ? await this.principals.fromHeaders(request.headers) : null;
    check({ rule, permission }, request.actor, safeMethods.has(request.method));
    return true;
  }
}

function isRole(rule: AccessRule): rule is Role {
  return rule === 'agent' || rule === 'supervisor' || rule === 'admin';
}

interface Wanted {
  rule: AccessRule;
  permission: Permission | null;
}

function check({ rule, permission }: Wanted, actor: Actor | null, isReading: boolean): void {
  if (!isRole(rule)) {
    return;
  }
  if (actor === null) {
    throw unauthenticated();
  }
  if (!(permission === null ? hasRole(actor, rule) : may(actor, permission))) {
    throw forbidden();
  }
  const needed: Scope[] = [isReading ? 'read' : 'write', ...(rule === 'admin' ? (['admin'] as const) : [])];
  const missing = needed.find((scope) => actor.scopes !== null && !actor.scopes.includes(scope));
  if (missing !== undefined) {
    throw forbidden(`This key lacks the scope "${missing}".`, 'scope_missing');
  }
}
