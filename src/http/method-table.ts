import { Injectable } from '@nestjs/common';
import FindMyWay, { type HTTPMethod } from 'find-my-way';
import { MethodNotAllowed, RouteNotFound } from './http.errors.js';
import { MAX_PARAM_LENGTH } from './limits.js';

const ORDER = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Which methods a path has. Fastify answers 404 to a wrong method, so the edge keeps its own table of
 * every route (HEAD twins too), read only for refusals and preflights.
 */
@Injectable()
export class MethodTable {
  private readonly router = FindMyWay({ ignoreTrailingSlash: true, maxParamLength: MAX_PARAM_LENGTH });
  private readonly methods = new Set<HTTPMethod>();

  /** Takes a route in; one that takes every path says nothing about a path and is left out. */
  add(method: string | readonly string[], pattern: string): void {
    if (pattern === '*' || pattern === '/*') return;
    for (const name of [method].flat() as HTTPMethod[]) {
      if (this.router.hasRoute(name, pattern)) continue;
      this.router.on(name, pattern, () => undefined);
      this.methods.add(name);
    }
  }

  /** The methods of a request target, in a fixed order; empty for a path that no route has. */
  methodsAt(target: string): readonly string[] {
    return [...this.methods]
      .filter((method) => this.has(method, target))
      .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));
  }

  /** What to refuse an unrouted request with: MethodNotAllowed on a known path, else RouteNotFound. */
  refusal(method: string, target: string): MethodNotAllowed | RouteNotFound {
    const allow = this.methodsAt(target);
    return allow.length === 0 || allow.includes(method) ? new RouteNotFound() : new MethodNotAllowed(allow);
  }

  private has(method: HTTPMethod, target: string): boolean {
    // Nest answers 404 to an empty parameter, so such a path is not a known one.
    const found = this.router.find(method, target);
    return (
      found !== null && Object.entries(found.params).every(([name, value]) => value !== '' || name === '*')
    );
  }
}

function rank(method: string): number {
  const place = ORDER.indexOf(method);
  return place === -1 ? ORDER.length : place;
}
