import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Permission, Role } from '#contract';
import type { HubRequest } from '../platform/http/exchange.js';
import { forbidden, unauthenticated } from '../platform/errors/api-error.js';
import { findAccessRule, findPermissions, type AccessRule } from './access-rule.js';
import { hasRole, type Actor, type Scope } from './actor.js';
import { holds } from './permissions.js';
import { Principals } from './principals.js';
import { SecurityLog } from './security-log.service.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What the guard reads of a socket: the gateway proved who it is when it connected. */
interface SocketOfSomebody {
  data: { actor?: Actor };
}

/** Denies by default: every call passes here, and what declares no rule is refused, although the boot refused it already. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly principals: Principals,
    private readonly security: SecurityLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = findAccessRule(context.getHandler(), context.getClass());
    if (rule === undefined) {
      throw forbidden();
    }
    const wanted = { rule, permissions: findPermissions(context.getHandler(), context.getClass()) };
    if (context.getType() === 'ws') {
      check(wanted, context.switchToWs().getClient<SocketOfSomebody>().data.actor ?? null, true);
      return true;
    }
    const request = context.switchToHttp().getRequest<HubRequest>();
    request.actor = isRole(rule) ? await this.principals.fromHeaders(request.headers) : null;
    try {
      check(wanted, request.actor, safeMethods.has(request.method));
    } catch (error) {
      await this.noteRefusal(request, context);
      throw error;
    }
    return true;
  }

  /** Somebody known who asks for more than is theirs; strangers are at every door all day. */
  private noteRefusal(
    { actor, method, ip, id: requestId }: HubRequest,
    context: ExecutionContext,
  ): void | Promise<void> {
    if (!actor) {
      return;
    }
    const door = `${context.getClass().name}.${context.getHandler().name}`;
    return this.security.noteOnce(`${actor.id} ${door}`, () => {
      const { id: agentId, apiKeyId } = actor;
      this.security.note('A call was refused for want of rights.', { agentId, apiKeyId, method, door, ip, requestId });
    });
  }
}

function isRole(rule: AccessRule): rule is Role {
  return rule === 'agent' || rule === 'supervisor' || rule === 'admin';
}

interface Wanted {
  rule: AccessRule;
  permissions: readonly Permission[];
}

function check({ rule, permissions }: Wanted, actor: Actor | null, isReading: boolean): void {
  if (!isRole(rule)) {
    return;
  }
  if (actor === null) {
    throw unauthenticated();
  }
  if (!mayEnter(actor, rule, permissions)) {
    throw forbidden();
  }
  const needed: Scope[] = [isReading ? 'read' : 'write', ...(rule === 'admin' ? (['admin'] as const) : [])];
  const missing = needed.find((scope) => actor.scopes !== null && !actor.scopes.includes(scope));
  if (missing !== undefined) {
    throw forbidden(`This key lacks the scope "${missing}".`, 'scope_missing');
  }
}

/** The door of a permission is closed to own roles that do not name it, whatever their base. */
function mayEnter(actor: Actor, rule: Role, permissions: readonly Permission[]): boolean {
  const holdsOne = permissions.length === 0 || permissions.some((permission) => holds(actor, permission));
  return holdsOne && (hasRole(actor, rule) || (actor.ownRole !== null && permissions.length > 0));
}
