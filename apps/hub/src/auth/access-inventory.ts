import { Injectable, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Permission } from '#contract';
import type { HttpServer } from '../platform/http/exchange.js';
import { findAccessRule, findPermissions, type AccessRule } from './access-rule.js';

export interface Door {
  /** `GET /api/me` for a route, `AgentGateway typing` for a socket event. */
  name: string;
  /** The class and method behind it. */
  owner: string;
  rule: AccessRule | undefined;
  permissions: readonly Permission[];
}

/** A route as the server has it, whoever added it. */
export interface ServedRoute {
  method: string;
  url: string;
  rule: AccessRule | undefined;
}

/** Notes every route that is added to the server from now on. */
export function noteRoutes(server: HttpServer): ServedRoute[] {
  const routes: ServedRoute[] = [];
  server.addHook('onRoute', (route) => {
    const rule = (route.config as { access?: AccessRule } | undefined)?.access;
    routes.push(...[route.method].flat().map((method) => ({ method, url: route.url, rule })));
  });
  return routes;
}

type Handler = (...parameters: unknown[]) => unknown;

/** What Nest's own decorators leave on handlers, by the names it keeps them under. */
const marks = { path: 'path', method: 'method', isSocketHandler: 'websockets:message_mapping', socketEvent: 'message' };

/** Every way into the hub that a decorator declares: HTTP routes and socket events, with the rule of each. */
@Injectable()
export class AccessInventory {
  private readonly scanner = new MetadataScanner();

  constructor(private readonly discovery: DiscoveryService) {}

  list(): Door[] {
    const holders = [...this.discovery.getControllers(), ...this.discovery.getProviders()];
    return holders.flatMap(({ instance, metatype }) =>
      instance && metatype ? this.doorsOf(instance as object, metatype) : [],
    );
  }

  /** Throws with the name of every door that nobody said who may use. */
  refuseUndeclared(): void {
    refuse(this.list().filter(({ rule }) => rule === undefined));
  }

  /** The same for routes that were added to the server past the decorators: each says `config.access`. */
  refuseUnknown(routes: readonly ServedRoute[]): void {
    const declared = new Set(this.list().map(({ name }) => name));
    const isKnown = ({ method, url, rule }: ServedRoute): boolean =>
      rule !== undefined ||
      method === 'HEAD' ||
      method === 'OPTIONS' ||
      [method, 'ALL'].some((verb) => declared.has(`${verb} ${url}`));
    refuse(
      routes
        .filter((route) => !isKnown(route))
        .map(({ method, url }) => ({ name: `${method} ${url}`, owner: 'a route of the server' })),
    );
  }

  private doorsOf(instance: object, owner: object): Door[] {
    const prototype = Object.getPrototypeOf(instance) as Record<string, Handler> | null;
    return this.scanner.getAllMethodNames(prototype).flatMap((property) => {
      const handler = prototype?.[property];
      const names = handler ? [...routeNames(handler, owner), ...eventNames(handler, owner)] : [];
      return names.map((name) => ({
        name,
        owner: `${nameOf(owner)}.${property}`,
        rule: handler && findAccessRule(handler, owner),
        permissions: handler ? findPermissions(handler, owner) : [],
      }));
    });
  }
}

function refuse(doors: Pick<Door, 'name' | 'owner'>[]): void {
  if (doors.length > 0) {
    throw new Error(
      `Nobody said who may use these (@Access): ${doors.map(({ name, owner }) => `${name} (${owner})`).join(', ')}.`,
    );
  }
}

function routeNames(handler: Handler, owner: object): string[] {
  const method = Reflect.getMetadata(marks.method, handler) as RequestMethod | undefined;
  if (method === undefined) {
    return [];
  }
  const verb = RequestMethod[method];
  return pathsOf(owner).flatMap((outer) =>
    pathsOf(handler).map((inner) => `${verb} ${`/${outer}/${inner}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')}`),
  );
}

function pathsOf(target: object): string[] {
  const path = Reflect.getMetadata(marks.path, target) as string | string[] | undefined;
  return [path ?? ''].flat();
}

function eventNames(handler: Handler, owner: object): string[] {
  const isEvent = Reflect.getMetadata(marks.isSocketHandler, handler) === true;
  return isEvent ? [`${nameOf(owner)} ${String(Reflect.getMetadata(marks.socketEvent, handler))}`] : [];
}

function nameOf(owner: object): string {
  return typeof owner === 'function' ? owner.name : '';
}
